"""Proofreading a document as an editor would: every format, offsets, marked-up copies, refusals."""

import io
import json

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cli import run
from democity.files import pdf
from domain.errors import UsageError
from inspection.texts.manuscripts import kind_of_bytes, read_manuscript
from inspection.texts.marked_copies import marked_docx, marked_html
from inspection.texts.proof import proof, read_proof

TEXT = "关于开展检查的通知\n各部门要认真布署下一步工作，既使下雨也不得停工。\n会议定于2023年2月30日召开。"
KEYS = {"start", "end", "text", "suggestion", "check", "severity", "confidence", "sentence"}


def make_docx(*lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "责任单位"
    table.rows[0].cells[1].text = "请认真布署"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def make_pdf(text):
    """The smallest PDF that shows Latin text."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def test_rows_follow_the_contract():
    rows = proof(TEXT)
    assert [(row["text"], row["suggestion"]) for row in rows] == [
        ("布署", "部署"),
        ("既使", "即使"),
        ("2023年2月30日", None),
    ]
    for row in rows:
        assert set(row) == KEYS
        assert TEXT[row["start"] : row["end"]] == row["text"]
        assert row["text"] in row["sentence"]
    assert [row["check"] for row in rows] == ["text.typo", "text.typo", "text.format"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files_of_any_encoding(encoding):
    assert [row["text"] for row in proof(TEXT.encode(encoding), "txt")][:2] == ["布署", "既使"]


def test_line_ends_of_windows_keep_the_offsets():
    text = TEXT.replace("\n", "\r\n")
    assert [text[row["start"] : row["end"]] for row in proof(text)][:2] == ["布署", "既使"]


def test_html_is_read_without_scripts():
    page = f"<html><head><meta charset=utf-8><script>var a='布署'</script></head><body><p>{TEXT}</p></body></html>"
    found = read_proof(page.encode(), "html")
    assert [found.text[hit.start : hit.end] for hit in found.hits if hit.check == "text.typo"] == ["布署", "既使"]


def test_docx_with_tables():
    rows = proof(make_docx(*TEXT.split("\n")), ".docx")
    assert [row["text"] for row in rows].count("布署") == 2


def test_xlsx_cells_are_lines():
    book = openpyxl.Workbook()
    book.active.append(["事项", "请认真布署"])
    target = io.BytesIO()
    book.save(target)
    assert [row["text"] for row in proof(target.getvalue(), "xlsx")] == ["布署"]


def test_pdf_text_is_read():
    assert "2023-02-30" in read_manuscript(make_pdf("Date 2023-02-30 end"), "pdf").text
    assert [row["check"] for row in proof(make_pdf("Date 2023-02-30 end"), "pdf")] == ["text.format"]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("data", [b"", b"not a document", b"PK\x03\x04broken", b"%PDF-1.4 broken"])
def test_damaged_documents_are_refused_with_a_sentence(kind, data):
    with pytest.raises(UsageError, match="文件已损坏或不是"):
        read_manuscript(data, kind)


def test_unknown_kinds_are_refused():
    with pytest.raises(UsageError, match=r"不能校对 \.xls 文件"):
        proof(b"", ".xls")


@pytest.mark.parametrize("text", ["", "\n\n", "hello", "\ud83d\ude00" * 3, "a" * 10_000, "，" * 500, "的" * 2_000])
def test_odd_texts_raise_nothing(text):
    assert isinstance(proof(text), list)


def test_private_numbers_leave_masked_only():
    found = read_proof("张三 身份证号210102199003078515")
    assert "210102199003078515" not in repr(found.rows(True))
    assert found.rows()[0]["text"] == "210102********8515"


def test_marked_html_escapes_and_marks():
    page = marked_html(read_proof("<b>认真布署工作</b>"))
    assert "&lt;b&gt;认真" in page
    assert ">布署</mark><ins>部署</ins>" in page
    assert "210102199003078515" not in marked_html(read_proof("张三 身份证号210102199003078515"))


def test_marked_docx_comments_stand_on_the_words():
    data = make_docx(*TEXT.split("\n"))
    copy = docx.Document(io.BytesIO(marked_docx(data, read_proof(data, "docx"))))
    comments = [comment.text for comment in copy.comments]
    assert any("“布署”应为“部署”" in text for text in comments)
    assert len(comments) == 4
    assert copy.paragraphs[1].text == TEXT.split("\n")[1]
    fresh = docx.Document(io.BytesIO(marked_docx(None, read_proof(TEXT))))
    assert [paragraph.text for paragraph in fresh.paragraphs] == TEXT.split("\n")


def test_places_of_a_word_document_and_its_notes():
    data = make_docx(*TEXT.split("\n"))
    document = docx.Document(io.BytesIO(data))
    document.sections[0].header.paragraphs[0].text = "认真布署"
    target = io.BytesIO()
    document.save(target)
    found = read_proof(target.getvalue(), "docx")
    typos = [(found.place_of(hit.start), hit.text) for hit in found.hits if hit.check == "text.typo"]
    assert typos == [("第2段", "布署"), ("第2段", "既使"), ("第1个表格第1行", "布署"), ("页眉", "布署")]
    copy = docx.Document(io.BytesIO(marked_docx(target.getvalue(), found)))
    assert any(comment.text.startswith("页眉：错别字：“布署”应为“部署”") for comment in copy.comments)
    page = marked_html(found, "某某文稿")
    assert "<td>请认真<mark" in page.replace("\n", "")
    assert "某某文稿" in page
    assert page.count("<mark") == 5 + len(found.hits)  # five of them in the legend


def test_comments_stand_on_the_words_only_and_keep_the_format():
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("各部门要").bold = True
    paragraph.add_run("认真布署下一步工作")
    paragraph.add_run("。")
    target = io.BytesIO()
    document.save(target)
    (marked,) = docx.Document(
        io.BytesIO(marked_docx(target.getvalue(), read_proof(target.getvalue(), "docx")))
    ).paragraphs
    assert [(run.text, run.bold) for run in marked.runs if run.text] == [
        ("各部门要", True), ("认真", None), ("布署", None), ("下一步工作", None), ("。", None),
    ]  # fmt: skip
    names = [child.tag.rpartition("}")[2] for child in marked._p]
    assert names.index("commentRangeStart") == 2


def test_words_in_links_boxes_and_insertions_are_found_and_commented():
    box = "<w:r><w:t>框</w:t></w:r>"
    inner = (
        f"<w:p {nsdecls('w')}><w:ins w:id='1' w:author='a'><w:r><w:t>认真布署工作，</w:t></w:r></w:ins>"
        "<w:hyperlink><w:r><w:t>既使下雨也不停工。</w:t></w:r></w:hyperlink>"
        f"<w:r><w:pict><w:txbxContent><w:p>{box.replace('框', '再接再励')}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    document = docx.Document()
    document.element.body.insert(0, parse_xml(inner))
    target = io.BytesIO()
    document.save(target)
    found = read_proof(target.getvalue(), "docx")
    assert [hit.text for hit in found.hits] == ["布署", "既使", "再接再励"]
    assert len(list(docx.Document(io.BytesIO(marked_docx(target.getvalue(), found))).comments)) == 3


def test_a_pdf_has_no_unpaired_brackets():
    text = "（以下简称《办法》的规定执行。"
    assert [row["check"] for row in proof(text)] == ["text.format"]
    assert proof(pdf([text]), "pdf") == []


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf", "html", "txt"])
def test_standard_input_is_known_by_its_first_bytes(kind):
    book = openpyxl.Workbook()
    target = io.BytesIO()
    book.save(target)
    samples = {
        "docx": make_docx("一"), "xlsx": target.getvalue(), "pdf": pdf(["一"]), "txt": "通知".encode(),
        "html": b"\xef\xbb\xbf\n<!DOCTYPE html><p>x",
    }  # fmt: skip
    assert kind_of_bytes(samples[kind]) == kind


def test_a_wrong_character_is_shown_with_its_word_and_its_reason():
    found = read_proof("会议要求切实加强安全生产监督管里工作，保障人民群众生命财产安全。会议邀请台湾等国家代表参加。")
    notes = [found.note_of(hit) for hit in found.hits if hit.reported]
    assert notes == [
        "错别字：很可能“监督管里”应为“监督管理”",
        "表述待核实：很可能“台湾等国家”应为“台湾等国家和地区”（新华社规范用语）",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024年5月，市环境保护局发布通告。", ["市环境保护局"]),
        ("本市环境保护局发布通告。", []),  # no year says that the text is of today
        ("2016年5月，市环境保护局发布通告。", []),
        ("2024年5月，原市环境保护局的职责已移交。", []),
        ("2024年5月，市环境保护局更名为市生态环境局。", []),
        ("2024年修订《环境保护部规章制定程序》。", []),
        ("2024年，市农业部门召开会议。", []),
        ("2024年，以色列环境保护部与美国农业部代表来访。", []),
    ],
)
def test_bodies_that_exist_no_longer(text, told):
    hits = [hit for hit in read_proof(text).hits if "撤销" in hit.layer and hit.reported]
    assert [text[hit.start - 1 : hit.end] for hit in hits] == told


@pytest.mark.parametrize("kind", ["txt", "html", "docx", "xlsx"])
def test_a_document_without_text_says_so(kind):
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.save(target)
    empty = {"txt": b" \n", "html": b"<html><p></p></html>", "docx": make_empty(), "xlsx": target.getvalue()}
    with pytest.raises(UsageError, match=r"没有读到任何文字|没有文字"):
        read_proof(empty[kind], kind)


def make_empty():
    target = io.BytesIO()
    docx.Document().save(target)
    return target.getvalue()


def test_old_word_documents_need_libreoffice(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="LibreOffice"):
        read_proof(b"\xd0\xcf\x11\xe0", "doc")
    program = tmp_path / "soffice"  # stands for the real one: writes the converted file where it is told to
    (tmp_path / "made.docx").write_bytes(make_docx("请认真布署"))
    program.write_text(
        f'#!/bin/sh\nwhile [ "$1" != "--outdir" ]; do shift; done\n/bin/mkdir -p "$2"\n/bin/cp {tmp_path}/made.docx "$2/document.docx"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    assert [hit.text for hit in read_proof(b"\xd0\xcf\x11\xe0", "doc").hits] == ["布署", "布署"]


def test_several_documents_and_folders(tmp_path, capfd):
    (tmp_path / "稿").mkdir()
    (tmp_path / "稿" / "一.txt").write_text("请认真布署工作。", encoding="utf-8")
    (tmp_path / "稿" / "二.docx").write_bytes(make_docx("一切正常。"))
    (tmp_path / "空.txt").write_text("", encoding="utf-8")
    (tmp_path / "正.txt").write_text("一切正常。", encoding="utf-8")
    out = tmp_path / "标注"
    named = [str(tmp_path / "稿"), str(tmp_path / "空.txt")]
    assert run(["proof", *named, "-o", str(out)]) == 1
    said = capfd.readouterr()
    assert "一.txt：1 处" in said.out
    assert "text.typo" not in said.out
    assert "空.txt：没有读到任何文字" in said.err
    assert sorted(path.name for path in out.iterdir()) == ["一.txt.校对.html", "二.docx.校对.docx"]
    assert run(["proof", *named, "--format", "json"]) == 1
    assert {row["file"] for row in json.loads(capfd.readouterr().out)} == {
        str(tmp_path / "稿" / "一.txt"),
        str(tmp_path / "稿" / "二.docx"),
    }
    assert run(["proof", str(tmp_path / "空.txt"), str(tmp_path / "正.txt")]) == 2

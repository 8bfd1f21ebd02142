"""Documents as lines with places: what Word and Excel really write, limits, and files that are none."""

import io
import random
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from crawler.parsing.documents.model import DocumentText, Limits, UnreadableDocument
from crawler.parsing.documents.reading import KINDS, read_document
from democity.files import pdf

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SENTENCE = "各区县人民政府要切实加强组织领导，压实工作责任，健全工作机制，确保各项任务按期完成，"


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def package(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"_rels__.rels": "<r/>", **parts}.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def body(inner: str, namespace: str = W) -> bytes:
    text = f'<w:document xmlns:w="{namespace}" xmlns:mc="mc"><w:body>{inner}</w:body></w:document>'
    return package(**{"word__document.xml": text})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_paragraphs_and_tables_in_order_with_places() -> None:
    document = docx.Document()
    document.add_paragraph("第一段")
    table = document.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("姓名", "电话", "张三", "138"), strict=True):
        cell.text = text
    table.cell(1, 1).add_paragraph("说明文字另起一段。")
    document.add_paragraph("第二段")
    document.sections[0].header.paragraphs[0].text = "某市人民政府文件"
    document.sections[0].footer.paragraphs[0].text = "联系人：某某"
    found = read_document(saved(document), "docx")
    assert found.lines == (
        "第一段", "姓名\t电话", "张三", "138", "说明文字另起一段。", "第二段", "某市人民政府文件", "联系人：某某",
    )  # fmt: skip
    assert found.places == (
        (1, "第1段"), (2, "第1个表格第1行"), (3, "第1个表格第2行"), (6, "第2段"), (7, "页眉"), (8, "页脚"),
    )  # fmt: skip
    assert not found.cut


def test_text_is_read_as_it_is_printed() -> None:
    inner = (
        "<w:p><w:r><w:t>保留</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>增加</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('控件中的文字')}</w:sdtContent></w:sdt>"
    )
    assert read_document(body(inner), "docx").lines == ("保留增加链接", "控件中的文字")


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('文本框')}</w:txbxContent>"
    inner = f"<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    assert read_document(body(inner), "docx").lines == ("正文", "文本框")


def test_nested_tables_notes_and_the_strict_format() -> None:
    cell = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    inner = cell.format(cell.format(paragraph("里面")) + "<w:p/>")
    assert read_document(body(inner), "docx").lines == ("里面",)
    assert read_document(body(paragraph("严格"), "http://purl.oclc.org/ooxml/wordprocessingml/main"), "docx").lines == (
        "严格",
    )
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote>{paragraph("注释文字")}</w:footnote></w:footnotes>'
    main = f'<w:document xmlns:w="{W}"><w:body>{paragraph("正文")}</w:body></w:document>'
    found = read_document(package(**{"word__document.xml": main, "word__footnotes.xml": notes}), "docx")
    assert (found.lines, found.places) == (("正文", "注释文字"), ((1, "第1段"), (2, "脚注")))


def test_a_comment_of_word_is_no_text() -> None:
    document = docx.Document()
    first = document.add_paragraph("正文")
    document.add_comment(first.runs, text="批注文字", author="甲")
    first._p.append(parse_xml(f"<w:bookmarkStart {nsdecls('w')} w:id='9' w:name='x'/>"))
    assert read_document(saved(document), "docx").lines == ("正文",)


def test_rows_of_all_sheets_hidden_ones_too() -> None:
    book = openpyxl.Workbook()
    book.active.title = "公示表"
    book.active.append(["单位", None, "数量"])
    book.active["A5"], book.active["B5"], book.active["C5"] = "某局", 13800138000.0, 2.5
    hidden = book.create_sheet("底稿")
    hidden.sheet_state = "hidden"
    hidden["B2"] = "内部\n名单"
    found = read_document(saved(book), "xlsx")
    assert found.lines == ("单位\t数量", "某局\t13800138000\t2.5", "内部 名单")
    assert found.places == ((1, "工作表“公示表”第1行"), (2, "工作表“公示表”第5行"), (3, "工作表“底稿”第2行"))


def test_an_announced_size_of_a_billion_cells_costs_nothing() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "内容"
    data = saved(book)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'ref="A1"', b'ref="A1:XFD1048576"'))
    assert read_document(out.getvalue(), "xlsx").lines == ("内容",)


def test_lines_of_a_pdf_are_joined_where_the_page_broke_them() -> None:
    found = read_document(pdf([SENTENCE, "并于月底前报送情况。", "- 2 -", "二、工作要求"]), "pdf")
    assert found.lines == (SENTENCE + "并于月底前报送情况。", "二、工作要求")
    assert found.places == ((1, "第1页"),)


def test_rows_of_a_table_in_a_pdf_stay_apart() -> None:
    rows = ["1 张三 210102199003078515 13800138000", "2 李四 210102199003078515 13900139001"]
    assert read_document(pdf(rows), "pdf").lines == tuple(rows)


def test_a_sentence_goes_on_over_the_page() -> None:
    writer = pypdf.PdfWriter()
    for lines in ([SENTENCE, "- 1 -"], ["并于月底前报送情况。", "下一段"]):
        writer.append(io.BytesIO(pdf(lines)))
    found = read_document(saved(_Saving(writer)), "pdf")
    assert found.lines == (SENTENCE + "并于月底前报送情况。", "下一段")
    assert found.places == ((1, "第1页"), (2, "第2页"))


class _Saving:
    def __init__(self, writer: pypdf.PdfWriter) -> None:
        self.save = writer.write


def test_a_font_without_a_code_table_is_not_taken_for_text() -> None:
    with pytest.raises(UnreadableDocument, match="没有文字编码"):
        read_document(pdf(["\ue001\ue002\ue003\ue004\ue005\ue006" * 5]), "pdf")
    rare = "".join(chr(0x8000 + place * 7) for place in range(300))
    with pytest.raises(UnreadableDocument, match="没有文字编码"):
        read_document(pdf([rare[start : start + 30] for start in range(0, 300, 30)]), "pdf")


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(["可以打开的文件，只是不许修改内容。"])))
    writer.encrypt("", "geheim", algorithm="RC4-128")
    assert read_document(saved(_Saving(writer)), "pdf").lines == ("可以打开的文件，只是不许修改内容。",)


@pytest.mark.parametrize(
    "limits", [Limits(lines=3), Limits(characters=9), Limits(rows=3)], ids=["lines", "characters", "rows"]
)
def test_the_rest_of_a_long_document_is_left_out_and_told(limits: Limits) -> None:
    book = openpyxl.Workbook()
    for number in range(9):
        book.active.append([f"第{number}行"])
    found = read_document(saved(book), "xlsx", limits)
    assert found.lines == ("第0行", "第1行", "第2行")
    assert found.cut


def test_pages_beyond_the_limit_are_left_out() -> None:
    writer = pypdf.PdfWriter()
    for number in range(4):
        writer.append(io.BytesIO(pdf([f"这是文件的第{number}页文字内容。"])))
    found = read_document(saved(_Saving(writer)), "pdf", Limits(pages=2))
    assert (len(found.lines), found.cut) == (2, True)


def test_bombs_are_refused_before_they_unpack() -> None:
    with pytest.raises(UnreadableDocument, match="解压后过大"):
        read_document(body(" " * 60_000_000), "docx")
    with pytest.raises(UnreadableDocument, match="解压后过大"):
        read_document(package(**{f"part{number}.bin": "" for number in range(5_001)}), "xlsx")


def test_entities_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    text = f'<!DOCTYPE w [<!ENTITY a0 "哈哈哈哈">{levels}]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>'
    try:
        found = read_document(package(**{"word__document.xml": text}), "docx")
    except UnreadableDocument:
        return
    assert sum(map(len, found.lines)) < 1_000


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("data", [b"", b"not a document", b"PK\x03\x04broken", b"%PDF-1.4 broken", b"\0" * 5_000])
def test_what_is_no_document_is_refused(kind: str, data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=f"文件已损坏或不是 {kind} 文件"):
        read_document(data, kind)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_damaged_files_give_text_or_a_reason_and_nothing_else(kind: str) -> None:
    document, book = docx.Document(), openpyxl.Workbook()
    document.add_paragraph("正文内容")
    book.active.append(["正文内容"])
    good = {"docx": saved(document), "xlsx": saved(book), "pdf": pdf(["正文内容", "第二行"])}[kind]
    dice = random.Random(11)
    reasons = []
    for _ in range(60):
        data = bytearray(good)
        for _ in range(dice.randint(1, 30)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            found = read_document(bytes(data[: dice.randint(len(data) // 2, len(data))]), kind)
        except UnreadableDocument as refusal:
            reasons.append(str(refusal))
        else:
            assert isinstance(found, DocumentText)
    assert reasons
    assert all(reason.startswith("文件") for reason in reasons)


def chinese_font() -> str:
    places = (
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    )
    return next((place for place in places if Path(place).exists()), "")


def test_text_in_a_picture_is_recognised() -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason="the extra `ocr` is not installed")
    from PIL import Image, ImageDraw, ImageFont

    if not chinese_font():
        pytest.skip("no Chinese font to draw with")
    picture = Image.new("RGB", (900, 200), "white")
    words = "各部门要认真布署下一步工作"
    ImageDraw.Draw(picture).text((30, 60), words, "black", ImageFont.truetype(chinese_font(), 40, index=2))
    out = io.BytesIO()
    picture.save(out, "PNG")
    assert read_document(out.getvalue(), "picture").lines == (words,)


def test_what_is_no_picture_is_refused_with_a_reason() -> None:
    with pytest.raises(UnreadableDocument, match=r"未安装文字识别组件|已损坏或不是图片"):
        read_document(b"no picture at all", "picture")

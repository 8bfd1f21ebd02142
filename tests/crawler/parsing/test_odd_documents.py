"""Documents that open everywhere and hold their text where readers do not look, or hold none that can be read."""

import io
import zipfile

import openpyxl
import pytest

from crawler.parsing.documents.model import UnreadableDocument
from crawler.parsing.documents.reading import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = "各乡镇要切实加强组织领导。"
HTML = f"<html><head><meta charset=utf-8><style>p{{}}</style></head><body><p>{WORDS}</p><p style='display:none'>藏</p></body></html>"
MHT = (
    "From: <saved>\r\nSubject: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n"
    "Content-Transfer-Encoding: 8bit\r\n\r\n" + HTML + "\r\n--b--\r\n"
)  # fmt: skip


def word(*chunks: tuple[str, bytes], before: str = "") -> bytes:
    out = io.BytesIO()
    paragraph = f"<w:p><w:r><w:t>{before}</w:t></w:r></w:p>" if before else ""
    refs = "".join(f'<w:altChunk r:id="c{n}"/>' for n in range(len(chunks)))
    rels = "".join(
        f'<Relationship Id="c{n}" Type="{R}/aFChunk" Target="{name}"/>' for n, (name, _) in enumerate(chunks)
    )
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="d" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{paragraph}{refs}</w:body></w:document>',
        )
        package.writestr("word/_rels/document.xml.rels", f"<Relationships>{rels}</Relationships>")
        for name, data in chunks:
            package.writestr(name.removeprefix("/") if name[0] == "/" else f"word/{name}", data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", HTML.encode()),
        ("a.htm", HTML.replace("utf-8", "gbk").encode("gbk")),
        ("/parts/a.mht", MHT.encode()),
        ("a.txt", f"\ufeff{WORDS}\r\n".encode()),
        ("a.docx", word(("b.html", HTML.encode()))),
    ],
)
def test_embedded_texts_are_read(name: str, data: bytes) -> None:
    assert read_document(word((name, data)), "docx").lines == (WORDS,)
    both = read_document(word((name, data), before="前言。"), "docx")
    assert both.lines == ("前言。", WORDS)
    assert both.places[-1][1].startswith("嵌入的第1部分")


@pytest.mark.parametrize("data", [b"{\\rtf1 x}", b""])
def test_what_nobody_reads_is_not_without_fault(data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        read_document(word(("a.rtf", data)), "docx")
    with pytest.raises(UnreadableDocument):
        read_document(word(), "docx")


def strict(parts: set[str]) -> bytes:
    book, out, copy = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append([WORDS, 12])
    book.save(out)
    names = ((b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"), (R.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"))  # fmt: skip
    with zipfile.ZipFile(out) as package, zipfile.ZipFile(copy, "w") as written:
        for name in package.namelist():
            data = package.read(name)
            for usual, other in names if not parts or name in parts else ():
                data = data.replace(usual, other)
            written.writestr(name, data)
    return copy.getvalue()


@pytest.mark.parametrize("parts", [set(), {"xl/workbook.xml"}, {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"}, {"_rels/.rels", "xl/_rels/workbook.xml.rels"}])  # fmt: skip
def test_strict_workbooks_are_read(parts: set[str]) -> None:
    assert read_document(strict(parts), "xlsx").lines == (f"{WORDS}\t12",)


def test_a_workbook_without_words_is_not_without_fault() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(UnreadableDocument):
        read_document(out.getvalue(), "xlsx")


def pdf(encoding: str, shown: bytes, ordering: str = "Identity", extra: str = "") -> bytes:
    stream = b"BT /F1 12 Tf 72 700 Td <" + shown.hex().encode() + b"> Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        f"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/{encoding}{extra}/DescendantFonts[6 0 R]>>".encode(),
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>>>".encode(),
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 7\n0000000000 65535 f \n%strailer\n<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        rows,
        len(out),
    )


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [("GBK-EUC-H", "gbk"), ("GBKp-EUC-H", "gbk"), ("GBKp-EUC-V", "gbk"), ("GB-EUC-H", "gb2312"), ("GBpc-EUC-H", "gb2312"), ("GBK2K-H", "gb18030"), ("UniGB-UTF16-H", "utf-16-be"), ("UniGB-UCS2-H", "utf-16-be")],
)  # fmt: skip
def test_encodings_of_the_standard_are_read(encoding: str, codec: str) -> None:
    assert read_document(pdf(encoding, WORDS.encode(codec), "GB1"), "pdf").lines == (WORDS,)


@pytest.mark.parametrize("codes", [range(500, 540), range(0x4E00, 0x4E28), range(0x3000, 0x3040)])
@pytest.mark.parametrize("ordering", ["Identity", "GB1"])
def test_numbers_of_glyphs_are_no_characters(codes: range, ordering: str) -> None:
    with pytest.raises(UnreadableDocument):
        read_document(pdf("Identity-H", b"".join(code.to_bytes(2) for code in codes), ordering), "pdf")


def test_radicals_are_the_characters_they_look_like() -> None:
    shown = "\u2f45便群众，\u2f00门办事，\u2ed3期有效，\u2ec5面说明"
    assert read_document(pdf("UniGB-UCS2-H", shown.encode("utf-16-be"), "GB1"), "pdf").lines == (
        "方便群众，一门办事，长期有效，见面说明",
    )

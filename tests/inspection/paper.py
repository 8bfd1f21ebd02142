"""Documents as officials make them, generated: what the tests of attachments hand out."""

import io
import zipfile

import docx
import openpyxl
import pypdf

from democity.files import pdf

PEOPLE = (
    ("张三", "210102199003078515", "13800138000"),
    ("李四", "210102198511230426", "13900139001"),
    ("王五", "210102197207150018", "13700137002"),
    ("赵六", "210102196601010035", "13600136003"),
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def with_check_digit(number: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return number[:17] + "10X98765432"[total % 11]


def rows(masked: bool = False) -> list[list[str]]:
    out = [["序号", "姓名", "身份证号", "联系电话"]]
    for order, (name, number, mobile) in enumerate(PEOPLE, 1):
        full = with_check_digit(number)
        shown = (full[:6] + "********" + full[-4:], mobile[:3] + "****" + mobile[-4:]) if masked else (full, mobile)
        out.append([str(order), name, *shown])
    return out


def numbers() -> list[str]:
    """Everything that must never be shown."""
    return [value for row in rows()[1:] for value in row[2:]]


def word(*paragraphs: str, table: list[list[str]] | None = None, header: str = "") -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, values in zip(grid.rows, table, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    if header:
        document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(*sheets: list[list[object]], names: tuple[str, ...] = ("名单",)) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in zip(names, sheets, strict=True):
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def printed(*lines: str) -> bytes:
    return pdf(list(lines))


def locked(data: bytes) -> bytes:
    """The PDF behind a password."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("geheim", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned() -> bytes:
    """A PDF of one empty page."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def package(**parts: str) -> bytes:
    """A zip with XML parts; `__` stands for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def bomb() -> bytes:
    """A docx of 60 kB that unpacks to 60 MB."""
    return package(word__document="<w:document xmlns:w='w'><w:body>" + " " * 60_000_000 + "</w:body></w:document>")

"""The files that articles offer: small, the same every time, and what an office program opens."""

import io

import docx
import openpyxl
import pypdf

from democity import files
from democity.persons import persons


def test_office_programs_open_them() -> None:
    rows = persons(7)
    sheet = openpyxl.load_workbook(io.BytesIO(files.xlsx("名单", rows))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == rows
    assert sheet.title == "名单"
    lines = ["关于公布名单的通知", "现将名单予以公布。"]
    assert [item.text for item in docx.Document(io.BytesIO(files.docx(lines))).paragraphs] == lines
    (page,) = pypdf.PdfReader(io.BytesIO(files.pdf(lines))).pages
    assert page.extract_text().split() == lines


def test_they_are_small_and_the_same_every_time() -> None:
    made = [files.xlsx("名单", persons(7)), files.docx(["一"]), files.pdf(["一"])]
    assert made == [files.xlsx("名单", persons(7)), files.docx(["一"]), files.pdf(["一"])]
    assert max(map(len, made)) < 3_000


def test_persons_are_masked() -> None:
    for _, _, identity, mobile in persons(7)[1:]:
        assert "********" in identity
        assert "****" in mobile

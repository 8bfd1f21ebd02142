"""Reply forms filled in as a unit would."""

import io
from pathlib import Path

import docx
from openpyxl import load_workbook

from inspection.people.fill_in_sheets import KEY
from reports.letters.forms import CLAIM, NEW_URL, REMARK

Answers = dict[int, tuple[str, str, str]]  # item -> claim, new address, remark


def fill_word(path: Path, answers: Answers, name: str = "") -> Path:
    """The Word form with answers by the number of the item."""
    document = docx.Document(str(path))
    (table,) = document.tables
    heads = [cell.text for cell in table.rows[0].cells]
    for row in table.rows[1:]:
        cells = dict(zip(heads, row.cells, strict=True))
        for head, value in zip((CLAIM, NEW_URL, REMARK), answers.get(int(cells["序号"].text), ()), strict=False):
            cells[head].text = value
    out = path.with_name(name or f"填好的{path.name}")
    document.save(str(out))
    return out


def fill_excel(path: Path, answers: Answers, name: str = "") -> Path:
    """The workbook."""
    book = load_workbook(path)
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[1]}
    for line in range(2, sheet.max_row + 1):
        for head, value in zip(
            (CLAIM, NEW_URL, REMARK), answers.get(sheet.cell(line, heads["序号"]).value, ()), strict=False
        ):
            sheet.cell(line, heads[head], value)
    out = path.with_name(name or f"填好的{path.name}")
    book.save(out)
    return out


def rekeyed(path: Path, old: str, new: str, name: str) -> Path:
    """A workbook whose last column was tampered with."""
    book = load_workbook(path)
    sheet = book.active
    at = next(cell.column for cell in sheet[1] if cell.value == KEY)
    for line in range(2, sheet.max_row + 1):
        sheet.cell(line, at, str(sheet.cell(line, at).value).replace(old, new))
    book.save(path.with_name(name))
    return path.with_name(name)


def texts_of(path: Path) -> str:
    """Every paragraph of a Word document."""
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(path.read_bytes())).paragraphs)

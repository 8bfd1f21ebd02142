"""Workbooks and text files written the way offices write them."""

from datetime import date

import pytest
from openpyxl import Workbook

from domain.targets import Registry
from registry import build, read_file

DAY = date(2023, 4, 26)


@pytest.fixture
def workbook(tmp_path):
    """Write sheets {name: rows} to an xlsx; `merge` lists ranges of the first sheet."""

    def write(sheets, merge=(), name="city.xlsx", hidden=()):
        book = Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            sheet.sheet_state = "hidden" if title in hidden else "visible"
        for cells in merge:
            book.worksheets[0].merge_cells(cells)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def load(tmp_path):
    """Import a text as a file into a registry."""

    def run(text, current=None, name="in.csv", encoding="utf-8", as_of=DAY):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return build(read_file(tmp_path / name), current or Registry(), as_of=as_of)

    return run

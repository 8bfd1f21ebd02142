"""Sheets of a workbook as people read and print them: safe cells, real dates and shares, links, frozen heads."""

import re
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.styleable import StyleableObject
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | date | None
Row = Sequence[Cell]

# Excel runs cells that start so as formulas, also after spaces or control characters.
_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_LINK = 2_000
_LONGEST = 32_000  # Excel refuses cells beyond 32,767 characters
_LINE = Side(style="thin", color="BFC4CA")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="E9ECEF")


def safe(value: Cell) -> Cell:
    """A value that Excel shows and never runs: formula starts get an apostrophe, control characters go."""
    if not isinstance(value, str):
        return value
    text = _ILLEGAL.sub("", value)[:_LONGEST]
    return f"'{text}" if _FORMULA.match(text) else text


def fill_sheet(
    sheet: Worksheet, head: Sequence[str], rows: Iterable[Row], widths: Sequence[int], footer: str,
    centred: Iterable[str] = (), frozen: str = "C2",
) -> None:  # fmt: skip
    """A head and rows. Columns whose name ends with 率 or 占比 show shares as percent; `footer` is printed on each page."""
    sheet.append(list(head))
    for row in rows:
        sheet.append([safe(value) for value in row])
    middle = {place for place, name in enumerate(head, 1) if name in {*centred}}
    shares = {place for place, name in enumerate(head, 1) if name.endswith(("率", "占比"))}
    _style(sheet, middle, shares)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = frozen
    sheet.auto_filter.ref = sheet.dimensions
    _print_setup(sheet, footer)


def save_book(book: Workbook, path: Path, title: str) -> Path:
    """Write a workbook whole or not at all; returns `path`."""
    book.properties.title = title
    book.properties.creator = "xunjian"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()  # openpyxl leaves a half-written archive open when the disk is full
    book.save(content)
    path.write_bytes(content.getvalue())
    return path


def _style(sheet: Worksheet, centred: set[int], shares: set[int]) -> None:
    # openpyxl hashes every style set on a cell; copying the index of the first such cell is four times as fast.
    made: dict[str, StyleArray] = {}
    lines: Iterable[tuple[Any, ...]] = sheet.iter_rows()
    for number, line in enumerate(lines, 1):
        for place, cell in enumerate(line, 1):
            name = "head" if number == 1 else "middle" if place in centred else "plain"
            if name not in made:
                _dress(cell, name)
                made[name] = cell._style
            cell._style = copy(made[name])
            if isinstance(cell.value, str):
                cell.data_type = "s"  # "#N/A" and the like stay text
                if number > 1 and cell.value.startswith(("http://", "https://")):
                    cell.hyperlink = cell.value[:_LONGEST_LINK]
            elif isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
            elif place in shares and isinstance(cell.value, float):
                cell.number_format = "0.0%"


def _dress(cell: StyleableObject, name: str) -> None:
    head = name == "head"
    cell.border = _BORDER
    cell.font = Font(name="等线", size=10, bold=head)
    cell.alignment = Alignment(
        vertical="center" if head else "top", horizontal="left" if name == "plain" else "center", wrap_text=True
    )
    if head:
        cell.fill = _HEAD


def _print_setup(sheet: Worksheet, footer: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    header, below = sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter
    if header and below:
        header.center.text = sheet.title
        below.left.text = footer
        below.right.text = "第 &P 页，共 &N 页"

"""Excel sheets that go out with columns for a person to fill, and come back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineError, CalamineWorkbook

from domain.errors import UsageError, cause
from reports.spreadsheets import safe
from reports.workbook import KEY

__all__ = ["KEY", "read_filled", "text_of", "write_fillable"]

_HEAD_ROWS = 10  # people put a title above the heads


@dataclass(frozen=True, slots=True)
class Filling:
    """One sheet: `columns` (head -> width), the rows with `KEY` as the last cell, and what is to fill with its answers."""

    title: str
    columns: Mapping[str, int]
    rows: Sequence[Sequence[Any]]
    fill: Mapping[str, Sequence[str]]


def write_fillable(
    path: Path, title: str, columns: Mapping[str, int], rows: Sequence[Sequence[Any]], fill: Mapping[str, Sequence[str]]
) -> None:
    """Write a sheet with `columns` (head -> width) and `KEY`; those in `fill` are shaded and offer their answers."""
    write_fillings(path, (Filling(title, columns, rows, fill),))


def write_fillings(path: Path, fillings: Sequence[Filling]) -> None:
    """Write a workbook of such sheets."""
    book = Workbook()
    for number, filling in enumerate(fillings):
        sheet = book.active if number == 0 else book.create_sheet()
        if not isinstance(sheet, Worksheet):
            raise UsageError(f"不能写出{filling.title}表 {path}")
        sheet.title = filling.title
        sheet.append([*filling.columns, KEY])
        for row in filling.rows:
            sheet.append([safe(cell) for cell in row])
        _dress(sheet, {**filling.columns, KEY: 24}, max(len(filling.rows) + 1, 2), filling.fill)
    content = BytesIO()  # openpyxl leaves a half-written archive open when the disk is full
    book.save(content)
    path.write_bytes(content.getvalue())


def sheet_names(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook; none of a file that is no workbook."""
    try:
        return tuple(CalamineWorkbook.from_path(str(path)).sheet_names)
    except (CalamineError, OSError):
        return ()


def _dress(sheet: Worksheet, columns: Mapping[str, int], last: int, fill: Mapping[str, Sequence[str]]) -> None:
    shade = PatternFill("solid", fgColor="FFF5D6")
    for number, (name, width) in enumerate(columns.items(), 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = width
        sheet.cell(1, number).font = Font(bold=True)
        for line in range(1, last + 1):
            cell = sheet.cell(line, number)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if name in fill:
                cell.fill = shade
        if answers := fill.get(name):
            choice = DataValidation("list", formula1=f'"{",".join(answers)}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "B2"


def read_filled(
    path: Path, title: str, needed: str, source: str, *, sheet: str = ""
) -> Iterator[tuple[int, dict[str, Any]]]:
    """(row number, head -> cell) of the rows under the heads, which hold `needed` and `KEY`.

    UsageError when the file is no such sheet; `source` is the command that writes one.
    """
    rows = _rows(path, title, source, sheet)
    wanted = {needed, KEY}
    head = next((n for n, row in enumerate(rows[:_HEAD_ROWS]) if wanted <= {text_of(cell) for cell in row}), None)
    if head is None:
        raise UsageError(f"{path.name} 不是{title}表：前 {_HEAD_ROWS} 行中没有“{needed}”和“{KEY}”两列")
    names = [text_of(cell) for cell in rows[head]]
    for number, row in enumerate(rows[head + 1 :], head + 2):
        yield number, dict(zip(names, row, strict=False))


def _rows(path: Path, title: str, source: str, sheet: str) -> list[list[Any]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        chosen = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
        return [list(row) for row in chosen.to_python(skip_empty_area=False)]
    except OSError as fault:
        raise UsageError(f"不能打开{title}表 {path}（{cause(fault)}）；请检查路径") from fault
    except CalamineError as fault:
        raise UsageError(f"{path} 不是 Excel 文件，或文件已损坏；请用 {source} 写出的{title}表") from fault


def text_of(cell: object) -> str:
    """A cell as text without blanks around it."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "").strip()

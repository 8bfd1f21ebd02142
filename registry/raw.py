"""Bytes to grids of text: which format a file really has, merged cells, encodings, row numbers."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from domain.errors import RegistryError, cause
from domain.workbook_days import counts_from_1904
from registry.extent import refuse_boundless
from registry.formulas import refuse_unanswered
from registry.plain_cells import cell_of
from registry.text import cell_text
from registry.yaml_strict import read_yaml

LARGEST_FILE = 50_000_000  # bytes
_YAML = {".yaml", ".yml"}
_TEXT = {".csv", ".txt", ".tsv"}
# What calamine and zipfile raise over damaged bytes.
_DAMAGED = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet with the number the user sees."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet before anything is understood."""

    name: str
    lines: Sequence[Line]
    hidden: bool = False
    from_1904: bool = False  # its unformatted days count from 1904


def read_raw(path: Path) -> tuple[RawSheet, ...]:
    """The sheets of a file, of the CSV files in a folder, or of `city-units.csv`, `city-sites.csv`, ... for `city.csv`."""
    if path.is_dir():
        return _read_many(
            sorted(path.glob("*.csv")), f"文件夹 {path.name} 里没有 CSV 文件；请指向表格文件或放 CSV 的文件夹"
        )
    if not path.exists() and path.suffix.lower() == ".csv":
        siblings = [path.with_name(f"{path.stem}-{kind}.csv") for kind in ("units", "sites", "accounts", "columns")]
        return _read_many([file for file in siblings if file.exists()], f"找不到文件 {path}；请检查路径")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise RegistryError(f"{path.name} 超过 50 MB，不像名录表；请另存为只含名录的文件")
        data = path.read_bytes()
    except OSError as error:
        raise RegistryError(f"打不开文件 {path}（{cause(error)}）；请检查路径和权限") from error
    return tuple(_read_bytes(path, data))


def _read_many(files: Sequence[Path], when_none: str) -> tuple[RawSheet, ...]:
    if not files:
        raise RegistryError(when_none)
    return tuple(sheet for file in files for sheet in read_raw(file))


def _read_bytes(path: Path, data: bytes) -> Iterable[RawSheet]:
    # The content decides, not the suffix: web systems hand out HTML and CSV under the name .xls.
    if data.startswith((_ZIP, _OLE)):
        return _workbook(path, data)
    if data.lstrip()[:1] == b"<":
        raise RegistryError(f"{path.name} 其实是网页或 XML，不是表格；请用 Excel 打开后另存为 .xlsx 再导入")
    if path.suffix.lower() in _YAML:
        return [
            RawSheet(name, [Line(number, cells) for number, cells in lines])
            for name, lines in read_yaml(_decode(path, data), path)
        ]
    if path.suffix.lower() in _TEXT | {".xls", ".xlsx"}:
        return [RawSheet(path.stem, _csv_lines(path, _decode(path, data)))]
    raise RegistryError(f"不认识 {path.name} 的格式；请用 .xlsx、.xls、.csv 或 .yaml")


def _workbook(path: Path, data: bytes) -> Iterable[RawSheet]:
    broken = f"{path.name} 不是完好的表格文件；请用 Excel 打开后另存为 .xlsx 再导入"
    try:
        late = False
        if data.startswith(_ZIP):
            refuse_boundless(path, data)
            refuse_unanswered(path, data)
            late = counts_from_1904(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, meta in enumerate(book.sheets_metadata):
            sheet = book.get_sheet_by_index(number)
            yield RawSheet(meta.name, _grid(sheet), meta.visible != SheetVisibleEnum.Visible, late)
    except PasswordError as error:
        raise RegistryError(f"{path.name} 有密码；请去掉密码后再导入") from error
    except _DAMAGED as error:
        raise RegistryError(broken) from error
    except BaseException as error:
        # The reader panics on some damaged XLS files; its exception class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise RegistryError(broken) from error


def _grid(sheet: CalamineSheet) -> list[Line]:
    rows = [[cell_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
        for below in rows[top + 1 : bottom + 1]:
            if left < len(below) and not below[left]:
                below[left] = rows[top][left]
    return [Line(number, cells) for number, cells in enumerate(rows, 1)]


def _decode(path: Path, data: bytes) -> str:
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if utf16 else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise RegistryError(f"{path.name} 的文字编码既不是 UTF-8 也不是 GBK；请用 Excel 打开后另存为 .xlsx 再导入")


def _csv_lines(path: Path, text: str) -> list[Line]:
    head = text[:5000]
    delimiter = max(",\t;", key=head.count)
    # Strict: a stray quote would otherwise swallow rows, and swallowed targets would count as missing.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = [[cell_of(cell) for cell in row] for row in reader]
    except csv.Error as error:
        where = f"{path.name} 第 {reader.line_num} 行附近的引号不成对或内容过长"
        raise RegistryError(f"{where}；请用 Excel 改正后另存为 .xlsx 再导入") from error
    return [Line(number, [_unwrapped(cell) for cell in cells]) for number, cells in enumerate(rows, 1)]


def _unwrapped(cell: str) -> str:
    """="0021" is how exports make Excel keep a number as text; Excel shows 0021."""
    match = re.fullmatch(r"\s*=\s*\"(.*)\"\s*", cell, re.DOTALL)
    return match[1].replace('""', '"') if match else cell

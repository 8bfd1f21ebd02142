"""Files to sheets: CSV, XLSX, XLS, ODS and YAML become rows of text with the number the user sees."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import RegistryError
from domain.workbook_days import serial_moment
from registry.headers import HEADERS, REQUIRED, TITLE, find_header, header_key, is_ledger, kind_of_name, official
from registry.raw import RawSheet, read_raw
from registry.text import clean, key

_FOOTNOTES = (
    "合计",
    "总计",
    "小计",
    "注:",
    "备注:",
    "说明:",
    "填表人",
    "填报人",
    "填表说明",
    "审核人",
    "联系人:",
    "制表",
)
_EXAMPLES = ("例", "示例", "样例", "举例")


@dataclass(frozen=True, slots=True)
class Row:
    """One record: field -> text as it stands in the cell. `number` is the row number in Excel, the line in YAML."""

    sheet: str
    kind: str
    number: int
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        """The cell of a field on one line; empty when blank or when the sheet has no such column."""
        return clean(self.cells.get(name, ""))

    def has(self, name: str) -> bool:
        """Whether the sheet has a column for the field."""
        return name in self.cells

    def at(self, name: str = "") -> str:
        """The place for a message: sheet, row, column."""
        column = f"“{official(self.kind, name)}”列" if name else ""
        return f"“{self.sheet}”第 {self.number} 行{column}"


@dataclass(frozen=True, slots=True)
class Sheets:
    """All recognised rows of a file by kind (units, sites, accounts, columns), in file order."""

    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def read_file(path: Path) -> Sheets:
    """Read a registry file or a folder of CSV files.

    Raises RegistryError when the file cannot be read at all; faults inside it are listed in `problems`.
    """
    raws = read_raw(path)
    rows: dict[str, list[Row]] = {}
    warnings: list[str] = []
    problems: list[str] = []
    for raw in raws:
        _read_sheet(raw, rows, warnings, problems)
    if not rows and not problems:
        raise RegistryError(
            f"{path.name} 里没有可导入的行；前 10 行须有表头，例如网站表“网站标识码、网站名称、主办单位、首页网址、网站类型”",
            tuple(warnings),
        )
    return Sheets({kind: tuple(found) for kind, found in rows.items()}, tuple(warnings), tuple(problems))


def _read_sheet(raw: RawSheet, rows: dict[str, list[Row]], warnings: list[str], problems: list[str]) -> None:
    named = kind_of_name(raw.name)
    texts = [[clean(cell) for cell in line.cells] for line in raw.lines]
    if not any(any(line) for line in texts):
        return
    if is_ledger(raw.name):
        warnings.append(f"“{raw.name}”是工作台账，这里不导入")
        return
    header = (find_header(texts, [named], named=True) if named else None) or find_header(texts, list(HEADERS))
    if header is None and named:
        wanted = "、".join(official(named, name) for name in REQUIRED[named])
        problems.append(f"“{raw.name}”前 10 行没有找到表头；{TITLE[named]}表至少要有这些列：{wanted}")
        return
    if header is None or raw.hidden:
        why = "是隐藏的工作表" if raw.hidden else "不是认识的表"
        warnings.append(f"“{raw.name}”{why}，没有导入")
        return
    if header.repeated:
        twice = "、".join(f"“{name}”" for name in dict.fromkeys(header.repeated))
        problems.append(f"“{raw.name}”第 {raw.lines[header.row].number} 行表头{twice}出现了两次；请删去或改名其中一列")
        return
    if header.unused:
        warnings.append(f"“{raw.name}”的这些列没有导入：{'、'.join(header.unused)}")
    found = list(_records(raw, header.row, header.columns, header.kind, warnings))
    if found:
        rows.setdefault(header.kind, []).extend(found)
    else:
        warnings.append(f"“{raw.name}”只有表头，没有数据行，未作任何改动")


def _records(
    raw: RawSheet, header_row: int, columns: Mapping[str, int], kind: str, warnings: list[str]
) -> Iterable[Row]:
    titles = {name: header_key(raw.lines[header_row].cells[at]) for name, at in columns.items()}
    for line in raw.lines[header_row + 1 :]:
        cells = {name: line.cells[at] if at < len(line.cells) else "" for name, at in columns.items()}
        filled = {name: header_key(text) for name, text in cells.items() if clean(text)}
        if not filled or all(titles[name] == text for name, text in filled.items()):
            continue  # an empty row, or the header printed again on a further page
        if skipped := _not_a_record(line.cells, len(filled)):
            warnings.append(f"“{raw.name}”第 {line.number} 行是{skipped}，已跳过")
            continue
        yield Row(raw.name, kind, line.number, _dated(cells) if raw.from_1904 else cells)


_DAYS = frozenset({"valid_from", "valid_to", "closed_on"})


def _dated(cells: Mapping[str, str]) -> Mapping[str, str]:
    """Unformatted days of a workbook that counts from 1904, as days."""
    return {
        name: serial_moment(int(text), from_1904=True).date().isoformat()
        if name in _DAYS and re.fullmatch(r"[2-6]\d{4}", text.strip())
        else text
        for name, text in cells.items()
    }


def _not_a_record(cells: Sequence[str], filled: int) -> str:
    first = next((key(cell) for cell in cells if clean(cell)), "")
    if first in _EXAMPLES:
        return "示例"
    return "合计或说明" if first.startswith(_FOOTNOTES) and filled <= 2 else ""

"""The sheet 联系人: rows of text with their numbers, whatever the file is. What they mean is decided by its caller."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.errors import RegistryError
from registry.headers import HEADER_ROWS, header_key
from registry.raw import RawSheet, read_raw
from registry.text import clean

HEADS: Mapping[str, tuple[str, ...]] = {
    "unit": ("单位", "单位名称", "主办单位"),
    "name": ("姓名", "联系人"),
    "title": ("职务",),
    "phone": ("电话", "联系电话", "手机"),
    "mail": ("邮箱", "电子邮箱"),
    "address": ("消息地址",),
    "role": ("角色",),
    "since": ("起", "起始日期"),
    "until": ("止", "截止日期"),
}
NEEDED = ("unit", "name")


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One row: field -> text."""

    number: int
    cells: Mapping[str, str]


def read_contacts(path: Path) -> tuple[ContactRow, ...]:
    """The rows of the first sheet that has the heads; RegistryError when there is none."""
    for raw in read_raw(path):
        places = [(number, _places(line.cells)) for number, line in enumerate(raw.lines[:HEADER_ROWS])]
        head = next(((number, found) for number, found in places if all(name in found for name in NEEDED)), None)
        if head:
            return tuple(_rows(raw, *head))
    raise RegistryError(
        f"{path.name} 里没有联系人表；前 10 行须有表头“单位、姓名、职务、电话、邮箱、消息地址、角色、起、止”"
    )


def _places(cells: Sequence[str]) -> dict[str, int]:
    keys = [header_key(cell) for cell in cells]
    return {
        field: next(keys.index(header_key(name)) for name in names if header_key(name) in keys)
        for field, names in HEADS.items()
        if any(header_key(name) in keys for name in names)
    }


def _rows(raw: RawSheet, head: int, places: Mapping[str, int]) -> list[ContactRow]:
    found = []
    for line in raw.lines[head + 1 :]:
        cells = {name: clean(line.cells[at]) if at < len(line.cells) else "" for name, at in places.items()}
        if any(cells.values()):
            found.append(ContactRow(line.number, cells))
    return found

"""A sheet with known heads, as rows of text with their numbers, whatever the file is. What they mean is its caller's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.errors import RegistryError
from registry.headers import HEADER_ROWS, header_key
from registry.raw import RawSheet, read_raw
from registry.text import clean

Heads = Mapping[str, tuple[str, ...]]  # field -> heads, the official one first


@dataclass(frozen=True, slots=True)
class PlainRow:
    """One row: field -> text; a field whose column is missing is empty."""

    number: int
    cells: Mapping[str, str]


def read_plain(path: Path, name: str, heads: Heads, needed: Sequence[str]) -> tuple[PlainRow, ...]:
    """The rows of the first sheet that has the needed heads; RegistryError when there is none."""
    for raw in read_raw(path):
        places = [(number, _places(line.cells, heads)) for number, line in enumerate(raw.lines[:HEADER_ROWS])]
        head = next(((number, found) for number, found in places if all(field in found for field in needed)), None)
        if head:
            return tuple(_rows(raw, head[0], head[1], heads))
    wanted = "、".join(names[0] for names in heads.values())
    raise RegistryError(f"{path.name} 里没有{name}表；前 {HEADER_ROWS} 行须有表头“{wanted}”")


def _places(cells: Sequence[str], heads: Heads) -> dict[str, int]:
    keys = [header_key(cell) for cell in cells]
    found: dict[str, int] = {}
    for field, names in heads.items():
        known = [header_key(name) for name in names if header_key(name) in keys]
        if known:
            found[field] = keys.index(known[0])
    return found


def _rows(raw: RawSheet, head: int, places: Mapping[str, int], heads: Heads) -> list[PlainRow]:
    found = []
    for line in raw.lines[head + 1 :]:
        cells = {name: clean(line.cells[at]) if at < len(line.cells) else "" for name, at in places.items()}
        if any(cells.values()):
            found.append(PlainRow(line.number, dict.fromkeys(heads, "") | cells))
    return found

"""The trail in windows, searched from its end: never more is read than a page may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from domain.ports import Store
from inspection.people.trail_lines import trail_cells

SHOWN = 100
PART = 2000  # entries read at once
MOST = 20_000  # entries looked through for one page


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Rows, the newest first; `first`: the search goes on before this entry, 0 at the beginning."""

    rows: Sequence[tuple[str, ...]]
    first: int
    until: int
    last: int


def trail_page(store: Store, until: int, word: str = "", act: str = "") -> TrailPage:
    """The entries up to a number that hold a word and are of an act."""
    head = store.trail_head()
    last = head.number if head else 0
    at = until = min(last, until) if until else last
    found: list[tuple[str, ...]] = []
    while at > 0 and len(found) < SHOWN and until - at < MOST:
        begin = max(0, at - (PART if word or act else SHOWN))
        for entry in reversed(list(islice(store.trail(begin), at - begin))):
            at = entry.number - 1
            cells = trail_cells(entry)
            if act in {"", cells[4]} and any(word in cell for cell in cells[:8]):
                found.append(cells)
            if len(found) == SHOWN:
                break
        else:
            at = begin
    return TrailPage(found, at, until, last)

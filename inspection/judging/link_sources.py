"""Which pages point to an address: those read tonight, and of the older ones a spread worth reading again."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from domain.captured import Link
from domain.ports import Store
from domain.runs import Run

MAX_SOURCES = 20  # pages asked before a link counts as taken off
Pointers = dict[str, list[tuple[str, Link]]]


def held_tonight(store: Store, site_id: str, run: Run, targets: Collection[str], read: Collection[str]) -> Pointers:
    """Target -> (page, link) of the pages that were `read` in a run and hold it."""
    found: Pointers = {}
    for page, link in store.pointing(site_id, targets, run.as_of, run.id):
        if page in read:
            found.setdefault(link.url.partition("#")[0], []).append((page, link))
    return found


def known_sources(store: Store, site_id: str, as_of: datetime, targets: Collection[str]) -> Mapping[str, list[str]]:
    """Target -> the pages that pointed to it before a run of `as_of`."""
    found: dict[str, dict[str, None]] = {}
    for page, link in store.pointing(site_id, targets, as_of - timedelta(microseconds=1)):
        found.setdefault(link.url.partition("#")[0], {})[page] = None
    return {target: list(pages) for target, pages in found.items()}


def suffices(pages: Collection[str], examined: Collection[str]) -> bool:
    """Whether enough of the pages that pointed to a target were looked at: MAX_SOURCES of them, from every folder."""
    read = [page for page in pages if page in examined]
    folders = {page.rpartition("/")[0] for page in spread(pages)}
    return len(read) >= min(len(pages), MAX_SOURCES) and folders <= {page.rpartition("/")[0] for page in read}


def still_to_read(pages: Collection[str], planned: Collection[str], most: int = MAX_SOURCES) -> list[str]:
    """What has to be added to a plan so that it `suffices` for a target; fewer, where `most` are enough."""
    already = [page for page in pages if page in planned]
    folders = {page.rpartition("/")[0] for page in already}
    chosen = spread(pages, most)
    lacking = [page for page in chosen if page.rpartition("/")[0] not in folders]
    missing = min(len(pages), most) - len(already) - len(lacking)
    rest = [page for page in chosen if page not in lacking and page not in planned]
    return [*lacking, *rest[: max(0, missing)]] if len(already) < most or lacking else []


def spread(pages: Iterable[str], most: int = MAX_SOURCES) -> list[str]:
    """Up to `most` addresses, in turn from each folder: one template after the other, the same ones every time."""
    folders: dict[str, list[str]] = {}
    for page in sorted(pages, key=_mixed):
        folders.setdefault(page.rpartition("/")[0], []).append(page)
    chosen: list[str] = []
    rows = list(folders.values())
    for turn in range(max(map(len, rows), default=0)):
        chosen.extend(row[turn] for row in rows if turn < len(row))
        if len(chosen) >= most:
            break
    return chosen[:most]


def _mixed(url: str) -> bytes:
    return hashlib.blake2b(url.encode("utf-8", "surrogatepass"), digest_size=8).digest()

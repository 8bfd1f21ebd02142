"""Which pages point to an address: those read tonight, and of the older ones a spread worth reading again."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from domain.captured import Link
from domain.ports import Store
from domain.runs import Run

MAX_SOURCES = 20  # pages asked before a link counts as taken off
Pointers = dict[str, list[tuple[str, Link]]]


def held_tonight(store: Store, site_id: str, run: Run, targets: Collection[str]) -> Pointers:
    """Target -> (page, link) of the pages that were read in a run and hold it."""
    read = {url for url, status in store.visited(run.id, site_id) if 0 < status < 400} if targets else set()
    found: Pointers = {}
    for page, link in store.pointing(site_id, targets, run.as_of, run.id):
        if page in read:
            found.setdefault(link.url.partition("#")[0], []).append((page, link))
    return found


def known_sources(store: Store, site_id: str, as_of: datetime, targets: Collection[str]) -> Mapping[str, list[str]]:
    """Target -> up to MAX_SOURCES pages that pointed to it before a run of `as_of`, spread over the site."""
    found: dict[str, dict[str, None]] = {}
    for page, link in store.pointing(site_id, targets, as_of - timedelta(microseconds=1)):
        found.setdefault(link.url.partition("#")[0], {})[page] = None
    return {target: spread(pages) for target, pages in found.items()}


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

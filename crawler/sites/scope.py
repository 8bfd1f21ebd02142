"""Which addresses of a page belong to its site, and how urgently each should be asked. Pure."""

import ipaddress
import re
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, timedelta

from crawler.fetch.file_types import DOCUMENTS
from crawler.guard import literal_ip
from crawler.parsing.html.addresses import scope_of
from crawler.sites.revisits import ARTICLE, ASSET, COLUMN, LATER_LIST, NEW_FILE, RECENT, REST
from domain.captured import UNLINKED, Address, PageKind, Reading
from domain.crawl_policy import CrawlPolicy
from domain.times import beijing_date

FILE_ENDINGS = tuple(f".{kind}" for kind in sorted(DOCUMENTS))
PAGE_TAGS = frozenset({"a", "area", "iframe", "frame", "meta"})


def priorities(reading: Reading, as_of: datetime, policy: CrawlPolicy) -> dict[str, int]:
    """Address -> priority for everything a page points to; the most urgent reason wins."""
    ranks: dict[str, int] = {}
    for url, rank in _ranked(reading, beijing_date(as_of) - timedelta(days=policy.recent_days)):
        if url and ranks.get(url, 99) > rank:
            ranks[url] = rank
    return ranks


def _ranked(reading: Reading, recent: date) -> Iterator[tuple[str, int]]:
    is_home = reading.kind is PageKind.HOME
    yield from ((url, COLUMN) for _, url in (*(reading.nav if is_home else ()), *reading.trail))
    yield from ((block.url, COLUMN) for block in reading.lists if block.main or is_home)
    for block in reading.lists:
        for entry in block.entries:
            yield entry.url, RECENT if entry.published_on and entry.published_on >= recent else ARTICLE
    yield reading.framed, COLUMN
    yield from ((url, LATER_LIST) for url in reading.next_pages)
    yield from ((link.url, REST if link.tag in PAGE_TAGS else ASSET) for link in reading.links)
    if reading.published.day and reading.published.day >= recent:  # documents of new articles before those of old ones
        yield from ((link.url, NEW_FILE) for link in reading.links if link.url.lower().endswith(FILE_ENDINGS))


def unusable(url: str, allow_private: bool) -> str:
    """Why only an editor can open an address: own_disk, own_host, misspelt; empty for every other."""
    if not url.startswith(("http://", "https://")):
        return "own_disk" if url.startswith("file:") else "misspelt"
    if allow_private or not _LOOPBACK.match(url):
        return ""
    ip = literal_ip(url)
    return "own_host" if ip and ipaddress.ip_address(ip).is_loopback else ""


_LOOPBACK = re.compile(r"https?://(?:[\w.-]*+@)?(?:localhost|127\.|\[::1)", re.I)


def discover(
    page: Address,
    reading: Reading,
    scopes: Collection[str],
    as_of: datetime,
    policy: CrawlPolicy,
    is_known: Callable[[str], bool] = lambda _: False,
) -> Iterator[Address]:
    """Yield the in-scope addresses of a page that are not known yet; the caller counts too long or too deep ones."""
    for url, priority in priorities(reading, as_of, policy).items():
        if not is_known(url) and scope_of(url) in scopes:
            rank = max(priority, UNLINKED) if page.priority == UNLINKED else priority
            yield Address(page.site_id, url, rank, page.depth + 1)

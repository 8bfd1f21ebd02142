"""Site maps for programs (sitemap.xml): a source of addresses, asked when all links have been followed.

What only a site map names is captured and read, but nothing on the site leads there: `UNLINKED` is its priority, and
everything found from there has it too, so that no list of such a corner is taken for a column of the site.
"""

import re
import zlib
from collections.abc import Awaitable, Callable, Iterable
from html import unescape

from crawler.parsing.html.addresses import resolve, scope_of

MOST_FILES, MOST_ADDRESSES, MOST_BYTES = 50, 50_000, 10_000_000
_LOC = re.compile(rb"<(?:\w{1,20}:)?loc\b[^>]{0,200}>\s{0,200}(?:<!\[CDATA\[\s{0,200})?([^<\]\s]{1,2048})", re.I)
_INDEX = re.compile(rb"<(?:\w{1,20}:)?sitemapindex\b", re.I)
_NAMED = re.compile(rb"^[ \t]{0,20}sitemap[ \t]{0,20}:[ \t]{0,20}(\S{1,2048})", re.I | re.M)

Ask = Callable[[str], Awaitable[bytes]]


def named_sitemaps(robots: bytes) -> tuple[str, ...]:
    """The site maps that a robots.txt names."""
    return tuple(found.decode("utf-8", "replace") for found in _NAMED.findall(robots[:500_000]))[:MOST_FILES]


def read_sitemap(body: bytes) -> tuple[list[str], bool]:
    """The addresses of a site map, and whether they are site maps themselves; also one in gzip, or of plain lines."""
    if body[:2] == b"\x1f\x8b":
        try:
            body = zlib.decompressobj(31).decompress(body, MOST_BYTES)
        except zlib.error:
            return [], False
    body = body[:MOST_BYTES]
    found = _LOC.findall(body)
    if not found and b"<" not in body[:1_000]:
        found = [line.strip() for line in body.split(b"\n") if line.strip().startswith((b"http://", b"https://"))]
    return [unescape(item.decode("utf-8", "replace")) for item in found[:MOST_ADDRESSES]], bool(_INDEX.search(body))


async def addresses_of(first: Iterable[str], scopes: set[str], ask: Ask) -> list[str]:
    """Every address of the site that its site maps name; those of other hosts are left out, and so are their maps."""
    todo, asked = list(dict.fromkeys(first)), set[str]()
    found: dict[str, None] = {}
    while todo and len(asked) < MOST_FILES and len(found) < MOST_ADDRESSES:
        url = todo.pop(0)
        if url in asked or scope_of(url) not in scopes:
            continue
        asked.add(url)
        named, is_index = read_sitemap(await ask(url))
        whole = [address for item in named if (address := resolve(url, item)) and scope_of(address) in scopes]
        todo += whole if is_index else []
        found |= {} if is_index else dict.fromkeys(whole)
    return list(found)[:MOST_ADDRESSES]

"""A page read as a column: its name, its lists from wherever they stand, and where they go on."""

from dataclasses import dataclass, replace
from datetime import datetime

from crawler.parsing.articles import SITE_NAME, bare_title
from crawler.parsing.embedded import datastore_html, datastore_next, json_entries
from crawler.parsing.kinds import Features
from crawler.parsing.links import collect_links, loose_targets
from crawler.parsing.lists import Block, find_blocks, says_empty, short_names
from crawler.parsing.own_lists import choose_main
from crawler.parsing.pagination import next_pages
from crawler.parsing.tree import Tree, build
from domain.captured import EntryList, Link


@dataclass(frozen=True, slots=True)
class Listing:
    """What a column page lists."""

    name: str
    blocks: list[Block]
    lists: tuple[EntryList, ...]
    next_pages: tuple[str, ...]
    features: Features
    detail: str = ""
    links: tuple[Link, ...] = ()  # links that stand in a script
    notes: tuple[str, ...] = ()


def read_listing(
    tree: Tree, targets: dict[int, str], seen: Features, base: str, as_of: datetime, *, home: bool = False
) -> Listing:
    """Read a page as a column (or a home page)."""
    loose = loose_targets(tree, targets, seen.url, base, "utf-8")
    wanted = dict(sorted((targets | loose).items())) if loose else targets
    blocks = find_blocks(tree, wanted, as_of, home=home, trail=seen.trail_node, prose=len(seen.body) >= 60 and not home)
    stored, extra, links = _stored(tree, seen.url, base, as_of)
    blocks += stored
    name = column_name(tree, seen, blocks)
    if not home:
        choose_main(blocks, seen.url, name, seen.text, seen.title)
    if not home and not any(not block.side for block in blocks) and not says_empty(seen.text):
        blocks += short_names(tree, targets, seen.url, as_of, seen.trail_node)
    lists = [block.value(seen.url) for block in blocks]
    if not any(block.dated and not block.side for block in blocks):
        lists += [EntryList(name, seen.url, entries) for entries in json_entries(tree, base, as_of)]
    pages = tuple(dict.fromkeys((*next_pages(tree, targets, seen.url, base), *extra)))
    main = [block for block in lists if block.main]
    features = replace(
        seen,
        dated=sum(entry.published_on is not None for block in main for entry in block.entries),
        items=sum(len(block.entries) for block in main),
        paged=bool(pages) or any(block.paged for block in blocks),
        empty=says_empty(seen.text),
    )
    detail = "datastore" if stored else "hub" if len(main) > 1 else ""
    notes = tuple(f"列表“{block.name or '未命名'}”不计入：{block.why}" for block in blocks if block.side and block.why)
    return Listing(name, blocks, tuple(lists), pages, features, detail, links, notes)


def _stored(tree: Tree, url: str, base: str, as_of: datetime) -> tuple[list[Block], list[str], tuple[Link, ...]]:
    html = datastore_html(tree)
    if not html:
        return [], [], ()
    records = build(html)
    targets, links = collect_links(records, url, base, "utf-8")
    blocks = find_blocks(records, targets, as_of)
    for block in blocks:
        block.paged = True
    return blocks, datastore_next(tree, base), links


def column_name(tree: Tree, seen: Features, blocks: list[Block]) -> str:
    """Meta ColumnName, else the page title when it is not the site's, else heading, else the last breadcrumb."""
    if told := seen.meta.get("ColumnName"):
        return told
    first = bare_title(seen.title)
    site = seen.meta.get("SiteName") or ""
    if first and first != site and first != seen.title.strip():
        return first
    if first and first != site and not SITE_NAME.search(first) and len(first) <= 16:
        return first
    main = max((block for block in blocks if not block.side and block.name), key=lambda b: len(b.entries), default=None)
    if main:
        return main.name
    for head in tree.heads:
        text = tree.text_of(head)
        if 2 <= len(text) <= 16 and not tree.places[head] and text != site and not SITE_NAME.search(text):
            return text
    return seen.trail[-1][0] if seen.trail else first

"""A page read as a column: its name, its lists from wherever they stand, and where they go on."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.parsing.html.links import collect_links, loose_targets
from crawler.parsing.html.tree import Tree, build
from crawler.parsing.kinds import Features
from crawler.parsing.lists.blocks import Block, find_blocks, pictures, place, short_names
from crawler.parsing.lists.own_lists import COLUMN_NAME, choose_main
from crawler.parsing.lists.pagination import next_pages
from crawler.parsing.lists.script_records import datastore_next, datastores, json_entries, promises_records
from crawler.parsing.words import SITE_NAME, bare_title, says_empty
from domain.captured import Detail, EntryList, Link


@dataclass(frozen=True, slots=True)
class Listing:
    """What a column page lists."""

    name: str
    blocks: list[Block]
    lists: tuple[EntryList, ...]
    next_pages: tuple[str, ...]
    features: Features
    detail: Detail = Detail.NONE
    links: tuple[Link, ...] = ()  # links that stand in a script
    notes: tuple[str, ...] = ()


def read_listing(
    tree: Tree, targets: dict[int, str], seen: Features, base: str, as_of: datetime, *, home: bool = False
) -> Listing:
    """Read a page as a column (or a home page)."""
    loose = loose_targets(tree, targets, seen.url, base, "utf-8")
    wanted = dict(sorted((targets | loose).items())) if loose else targets
    above = {address for _, address in seen.trail}
    wanted = {link: address for link, address in wanted.items() if address not in above}
    if "?" not in seen.url and not home:  # the same page with a query is this list in another choice: 近一周, 按部门
        wanted = {link: address for link, address in wanted.items() if not address.startswith(f"{seen.url}?")}
    blocks = find_blocks(tree, wanted, as_of, home=home, trail=seen.trail_node, prose=len(seen.body) >= 60 and not home)
    stored = _stored(tree, targets, seen.url, base, as_of)
    blocks += stored.blocks
    name = column_name(tree, seen, blocks)
    if not home:
        choose_main(blocks, seen.url, name, seen.main, seen.title)
    if not home and not any(not block.side for block in blocks) and not says_empty(seen.main):
        blocks += short_names(tree, targets, seen.url, as_of, seen.trail_node) or pictures(
            tree, targets, as_of, seen.trail_node
        )
    lists = [block.value(seen.url) for block in blocks]
    if not any(block.dated and not block.side for block in blocks):
        lists += [EntryList(name, seen.url, entries) for entries in json_entries(tree, base, as_of)]
    pages = tuple(dict.fromkeys((*next_pages(tree, targets, seen.url, base), *datastore_next(tree, base))))
    main = [block for block in lists if block.main]
    features = replace(
        seen,
        dated=sum(entry.published_on is not None for block in main for entry in block.entries),
        items=sum(len(block.entries) for block in main),
        paged=bool(pages) or any(block.paged for block in blocks),
        empty=says_empty(seen.main) or stored.empty,
    )
    detail = _detail(stored, len(main))
    notes = tuple(f"列表“{block.name or '未命名'}”不计入：{block.why}" for block in blocks if block.side and block.why)
    return Listing(name, blocks, tuple(lists), pages, features, detail, stored.links, notes)


@dataclass(slots=True)
class _Stored:
    """What stands in the datastores of a page: `empty` when there are some and none holds a record."""

    blocks: list[Block] = field(default_factory=list)
    links: tuple[Link, ...] = ()
    empty: bool = False


def _stored(tree: Tree, page_targets: dict[int, str], url: str, base: str, as_of: datetime) -> _Stored:
    stores = datastores(tree)
    found = _Stored(empty=bool(stores) and not any(html for _, html in stores) and not promises_records(tree))
    for node, html in stores:
        if not html:
            continue
        records = build(html)
        targets, links = collect_links(records, url, base, "utf-8")
        found.links += links
        for block in find_blocks(records, targets, as_of):
            place(block, tree, node, page_targets)
            block.paged = True
            found.blocks.append(block)
    return found


def _detail(stored: _Stored, lists: int) -> Detail:
    if stored.blocks:
        return Detail.DATASTORE
    if lists > 1:
        return Detail.HUB
    return Detail.NO_RECORDS if stored.empty else Detail.NONE


def column_name(tree: Tree, seen: Features, blocks: list[Block]) -> str:
    """Meta ColumnName, else the page title when it is not the site's, else breadcrumbs, the largest list's heading, a heading."""
    if told := seen.meta.get("ColumnName"):
        return told
    first = bare_title(seen.title)
    site = seen.meta.get("SiteName") or ""
    main = max((block for block in blocks if not block.side and block.name), key=lambda b: len(b.entries), default=None)
    if (last := _last_step(seen)) and (main is None or COLUMN_NAME.search(main.name)):
        return last
    if first and first != site and first != seen.title.strip():
        return first
    if first and first != site and not SITE_NAME.search(first) and len(first) <= 16:
        return first
    if main:
        return main.name
    for head in tree.heads:
        text = tree.text_of(head)
        if 2 <= len(text) <= 16 and not tree.places[head] and text != site and not SITE_NAME.search(text):
            return text
    return seen.trail[-1][0] if seen.trail else first


def _last_step(seen: Features) -> str:
    """The last breadcrumb of a page whose title names none of them."""
    steps = [name for name, _ in seen.trail[1:]]
    told = steps and 2 <= len(steps[-1]) <= 16 and not any(name in seen.title for name in steps)
    return steps[-1] if told else ""

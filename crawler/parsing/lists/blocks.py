"""Lists of a page: name, 更多 address, entries, and whether they are the page's own or a sidebar."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.parsing.html.tree import Tree
from crawler.parsing.kinds import ARTICLE_URL, HOME_URL
from crawler.parsing.lists import items as reading
from crawler.parsing.lists.date_headings import carry_years, date_by_headings, join_headlines, join_sections
from crawler.parsing.lists.entries import dates_stand_apart, entry_of, set_year
from crawler.parsing.lists.groups import Group, group_items
from crawler.parsing.lists.headings import heading
from crawler.parsing.lists.no_entries import OFFICIAL, is_chrome, pager_zones
from crawler.parsing.words import SIDE_NAME
from domain.captured import DateHow, Entry, EntryList

_SIDE_HINT = re.compile(
    r"(?:^|[\s_-])(?:side|aside|sidebar|hot|hots|rank|ranking|recommend|relat\w*|tuijian|xgxx|xgwz|xgyd|xglj|rdtj|phb|yqlj|friend\w*|float|banner|slide|swiper|focus)(?:$|[\s_\d-])|sidebar|related|recommend|hotlist|hotnews|ranklist",
    re.I,
)
_TEMPLATE = re.compile(r"(?:^|[\s_-])(?:tpl|tmpl|templ\w*|muban|moban|mould|demo|sample)", re.I)
_YEAR_NAME = re.compile(r"^((?:19|20)\d\d)\s*年?度?$")


@dataclass(slots=True)
class Block:
    """A list candidate with what speaks for and against it."""

    tree: Tree  # of the page, or of the records in its datastore
    container: int
    name: str
    more: str
    entries: tuple[Entry, ...]
    nodes: tuple[int, ...]  # the element of each entry
    dated: int
    side: bool
    paged: bool = False
    own: float = 0.0  # share of the entries under the page's own folder
    named: bool = False  # its heading is the column's name
    why: str = ""

    def value(self, url: str) -> EntryList:
        """As a captured fact."""
        return EntryList(self.name, self.more or url, self.entries, not self.side)


def find_blocks(
    tree: Tree,
    targets: dict[int, str],
    as_of: datetime,
    *,
    home: bool = False,
    trail: int = -1,
    prose: bool = False,
) -> list[Block]:
    """Every list of the page outside navigation, breadcrumbs (element `trail`) and footer, in page order.

    `prose`: the page has running text, so that one or two files are its attachments.
    """
    skipped = pager_zones(tree)
    if trail > tree.body:
        skipped.append((trail, tree.ends[trail]))
    wanted = {
        link: address
        for link, address in targets.items()
        if not tree.places[link]
        and not OFFICIAL.search(address)
        and not HOME_URL.fullmatch(address)
        and not _within(link, skipped)
        and not is_chrome(tree, link)
    }
    if prose and 0 < sum(1 for address in wanted.values() if _FILE.search(address)) <= 2:
        wanted = {link: address for link, address in wanted.items() if not _FILE.search(address)}
    blocks: list[Block] = []
    seen: set[tuple[str, ...]] = set()
    groups = join_sections(tree, group_items(tree, wanted, as_of), as_of)
    for group in groups:
        if any(
            not tree.hidden[item.node] for item in group.items
        ):  # a row hidden among others; of a hidden tab all are
            group.items = [item for item in group.items if not tree.hidden[item.node]]
        reading.date_items(tree, group, as_of)
        date_by_headings(tree, group, as_of)
        carry_years(tree, group)
    for group in join_headlines(tree, groups):
        if not _is_list(tree, group):
            continue
        block = _block(tree, group, targets, as_of, home)
        key = tuple(entry.url + entry.title for entry in block.entries)
        if key not in seen:
            seen.add(key)
            blocks.append(block)
    return blocks


def _within(index: int, zones: list[tuple[int, int]]) -> bool:
    return any(start <= index < stop for start, stop in zones)


_SINGLE = frozenset(("li", "tr", "dd", "dl", "dt", "ul", "ol", "tbody", "table"))


_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|wps|et|ofd|pdf|zip|rar|7z|txt|jpe?g|png|gif|mp[34])$", re.I)


def short_names(tree: Tree, targets: dict[int, str], url: str, as_of: datetime, trail: int = -1) -> list[Block]:
    """The links under the page's own folder as one list: names too short to be told from a menu (领导之窗)."""
    trail_end = tree.ends[trail] if trail > tree.body else trail
    folder = url.partition("?")[0].rpartition("/")[0] + "/"
    own = {
        link: address
        for link, address in targets.items()
        if not tree.places[link]
        and address.startswith(folder)
        and address not in (url, folder)
        and not is_chrome(tree, link)
        and not trail <= link < trail_end
        and not _FILE.search(address)
    }
    groups = [group for group in group_items(tree, own, as_of) if folder.count("/") > 3]
    return _as_blocks(tree, groups, targets, as_of)


def pictures(tree: Tree, targets: dict[int, str], as_of: datetime, trail: int = -1) -> list[Block]:
    """Pictures with captions too short to be told from a menu, as lists, where they lead to articles."""
    zone = range(trail, tree.ends[trail] if trail > tree.body else trail)
    own = {
        link: address
        for link, address in targets.items()
        if not tree.places[link] and ARTICLE_URL.search(address) and not is_chrome(tree, link) and link not in zone
    }
    shown = {address for link, address in own.items() if "img" in tree.tags[link : tree.ends[link]]}
    groups = [group for group in group_items(tree, own, as_of) if len(group.items) >= 3]
    groups = [group for group in groups if all(item.url in shown and len(item.title) > 2 for item in group.items)]
    return _as_blocks(tree, groups, targets, as_of)


def _as_blocks(tree: Tree, groups: list[Group], targets: dict[int, str], as_of: datetime) -> list[Block]:
    for group in groups:
        reading.date_items(tree, group, as_of)
    return [_block(tree, group, targets, as_of, False) for group in groups]


def _is_list(tree: Tree, group: Group) -> bool:
    count, dated = len(group.items), group.dated()
    if count > 2 and len({item.url for item in group.items}) == 1 and _leads_elsewhere(tree, group.items[0].link):
        return False  # five days of weather
    if dated == count == 1:
        item = group.items[0]
        tag = tree.tags[item.node]
        listed = "list" in (tree.hints[group.container] + tree.hints[item.node]).lower()
        return len(item.title) >= 6 and (tag in _SINGLE or listed)
    if dated * 3 >= count:
        return True
    long = sum(len(item.title) >= 9 for item in group.items)
    return count >= 2 and long * 2 >= count


def _leads_elsewhere(tree: Tree, link: int) -> bool:
    """Whether a link has an address of its own instead of a script."""
    href = tree.attrs[link].get("href") or ""
    return bool(href) and not href.startswith("#") and not href.lower().startswith("javascript:")


def _block(tree: Tree, group: Group, targets: dict[int, str], as_of: datetime, home: bool) -> Block:
    name, more = heading(tree, group.container, group.items[0].node, targets)
    year = _YEAR_NAME.search(name)
    if year:
        set_year(group.items, int(year[1]))
    entries = tuple(entry_of(tree, item, as_of) for item in group.items)
    if dates_stand_apart(tree, group):
        entries = tuple(replace(entry, how=DateHow.UNREADABLE) for entry in entries)
    side, why = _beside(tree, group.container, name, home)
    nodes = tuple(item.node for item in group.items)
    return Block(tree, group.container, name, more, entries, nodes, group.dated(), side, why=why)


def place(block: Block, tree: Tree, node: int, targets: dict[int, str]) -> None:
    """Name and place a list that stands in a script by the element `node` of the page that carries it."""
    name, more = heading(tree, tree.parents[node], node, targets)
    block.name, block.more = block.name or name, block.more or more
    if not block.side:
        block.side, block.why = _beside(tree, tree.parents[node], block.name, home=False)


def _beside(tree: Tree, container: int, name: str, home: bool) -> tuple[bool, str]:
    """Whether a list is a sidebar by its name or by the element it stands in, and why."""
    if SIDE_NAME.search(name) and not home:
        return True, f"列表名“{name}”是侧栏用语"
    if tree.hidden[container] and (hint := _hint_above(tree, container, _TEMPLATE)):
        return True, f"所在区块（{hint}）是不显示的模板"
    if hint := _hint_above(tree, container, _SIDE_HINT):
        return not home or "link" in hint, f"所在区块（{hint}）是侧栏"
    return False, ""


def _hint_above(tree: Tree, container: int, pattern: re.Pattern[str]) -> str:
    """The name of the nearest element around a list that matches; a sidebar may be told by its tag."""
    node = container
    while node > tree.body:
        told = tree.tags[node] in ("aside", "marquee") and pattern is _SIDE_HINT
        if told or pattern.search(tree.hints[node]):
            return tree.hints[node].strip() or tree.tags[node]
        node = tree.parents[node]
    return ""

"""Which links of a page belong together: items of one list, whatever elements hold them."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime

from crawler.parsing.dates import reader as dates
from crawler.parsing.dates.reader import Stamp
from crawler.parsing.html.tree import Tree

DATE_CHAR = re.compile(
    r"[\d昨今前刚N{]|[零〇○◯Ｏ一二三四五六七八九十廿元壹贰貳叁肆伍陆柒捌玖拾]\s*[年月日号零〇○◯一二三四五六七八九Ｏ]|[周期拜]\s*[一二三四五六日天]"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)


@dataclass(slots=True)
class Item:
    """One link of a list with the texts around it."""

    node: int  # the largest element that holds this link only
    link: int
    url: str
    title: str
    outside: list[tuple[int, str]] = field(default_factory=list)  # (parent element, text) beside the link
    around: list[tuple[int, str]] = field(default_factory=list)  # texts between the items
    inside: list[tuple[int, str]] = field(default_factory=list)  # texts in the link
    stamp: Stamp | None = None
    pinned: bool = False


@dataclass(slots=True)
class Group:
    """Items that stand in one container."""

    container: int
    items: list[Item]
    parts: list[int] = field(default_factory=list)  # further containers of the same list

    def dated(self) -> int:
        """How many items carry a date of their own."""
        return sum(1 for item in self.items if item.stamp is not None)


def group_items(tree: Tree, targets: dict[int, str], as_of: datetime) -> list[Group]:
    """Put the links `targets` (element -> address) into groups, in page order."""
    counts = _count(tree, targets)
    groups, inside = _rows(tree, targets, counts, as_of)
    for link, url in targets.items():
        if link in inside:
            continue
        node = _largest_alone(tree, link, counts)
        item = Item(node, link, url, _title(tree, link))
        bucket = groups.setdefault(tree.parents[node], [])
        if bucket and bucket[-1].node == node:
            if len(item.title) > len(bucket[-1].title):
                bucket[-1].link, bucket[-1].title = link, item.title
            continue
        bucket.append(item)
    found = [
        Group(container, sorted(items, key=lambda item: item.node)) for container, items in groups.items() if items
    ]
    return _merge_neighbours(tree, sorted(found, key=lambda group: group.container))


_ROW_NODES = 150
_ROW_LINKS = 8


def _rows(
    tree: Tree, targets: dict[int, str], counts: dict[int, int], as_of: datetime
) -> tuple[dict[int, list[Item]], set[int]]:
    """Siblings with several links and one date each ([category] title, title + author) are one item each."""
    groups: dict[int, list[Item]] = {}
    inside: set[int] = set()
    links = sorted(targets)
    for parent, many in counts.items():
        if many < 4:
            continue
        children = [child for child in tree.children(parent) if counts.get(child)]
        rows = [child for child in children if _is_row(tree, child, counts)]
        if not rows or len(children) < 2 or len({tree.tags[child] for child in rows}) > 1:
            continue
        if any(_dates_in(tree, row, as_of) != 1 for row in rows):
            continue
        for row in rows:
            own = links[bisect_left(links, row) : bisect_left(links, tree.ends[row])]
            best = max(own, key=lambda link: _weight(tree, link))
            groups.setdefault(parent, []).append(Item(row, best, targets[best], _title(tree, best)))
            inside.update(own)
    return groups, inside


def _is_row(tree: Tree, node: int, counts: dict[int, int]) -> bool:
    return 2 <= counts[node] <= _ROW_LINKS and tree.ends[node] - node <= _ROW_NODES and tree.tags[node] != "a"


def _weight(tree: Tree, link: int) -> float:
    """The title of a row is its longest link, a heading before all."""
    return len(_title(tree, link)) + (100 if tree.tags[tree.parents[link]] in ("h2", "h3", "h4", "h5") else 0)


def _dates_in(tree: Tree, node: int, as_of: datetime) -> int:
    """How many places under an element hold nothing but a date."""
    times = [i for i in range(node, tree.ends[node]) if tree.tags[i] == "time"]
    if times:
        return len(times)
    shown = (tree.texts[i].strip() for i in range(node, tree.ends[node]) if tree.texts[i] and not tree.hidden[i])
    texts = [text for text in shown if text]
    told = sum(1 for text in texts if len(text) < 60 and DATE_CHAR.search(text) and dates.read(text, as_of))
    return told or _in_pieces(texts, as_of)


def _in_pieces(texts: list[str], as_of: datetime) -> int:
    """How many neighbouring pieces make a full date together: Dec | 5 | 2021."""
    threes = zip(texts, texts[1:], texts[2:], strict=False)
    joined = (" ".join(pieces) for pieces in threes if all(len(piece) <= 9 for piece in pieces))
    found = (dates.read(text, as_of) for text in joined if DATE_CHAR.search(text))
    return sum(1 for stamp in found if stamp and stamp.value is not None)


def _merge_neighbours(tree: Tree, groups: list[Group]) -> list[Group]:
    """A list cut into several containers (every five items, say) with nothing between them is one list."""
    merged: list[Group] = []
    for group in groups:
        last = merged[-1] if merged else None
        if last and _adjoins(tree, last, group) and not _of_two_columns(last, group):
            last.items += group.items
            last.parts.append(group.container)
        else:
            merged.append(group)
    return merged


def _adjoins(tree: Tree, one: Group, two: Group) -> bool:
    left, right = one.parts[-1] if one.parts else one.container, two.container
    if tree.parents[left] != tree.parents[right] or tree.tags[left] != tree.tags[right] or right < tree.ends[left]:
        return False
    if tree.tags[left] not in ("ul", "ol", "table", "dl", "div", "tbody", "tr"):
        return False
    if tree.tags[left] == "div" and tree.attrs[left].get("class") != tree.attrs[right].get("class"):
        return False
    if tree.texts[right + 1]:
        return False  # it has a heading
    between = range(tree.ends[left], right)
    return (
        not any(tree.texts[i] or tree.tags[i] in ("h1", "h2", "h3", "h4") for i in between) and tree.texts[right] == ""
    )


def _of_two_columns(one: Group, two: Group) -> bool:
    """Whether every item of one list stands in one folder and every item of the other in another."""
    if len(one.items) < 3 or len(two.items) < 3:
        return False
    left, right = ({item.url.rpartition("/")[0] for item in group.items} for group in (one, two))
    return len(left) == 1 and len(right) == 1 and left != right


def _count(tree: Tree, targets: dict[int, str]) -> dict[int, int]:
    """How many different links stand under each element."""
    counts: dict[int, int] = {}
    last: dict[int, str] = {}
    parents = tree.parents
    for link, url in targets.items():
        named = tree.attrs[link].get("href") or "#"
        above, key = link, f"#{link}" if named.startswith("#") or named[:11].lower() == "javascript:" else url
        while above > tree.body:
            if last.get(above) != key:
                counts[above] = counts.get(above, 0) + 1
                last[above] = key
            above = parents[above]
    return counts


def _largest_alone(tree: Tree, link: int, counts: dict[int, int]) -> int:
    node = link
    while (above := tree.parents[node]) > tree.body and counts.get(above) == 1 and tree.tags[node] != "li":
        node = above
    return node


def _title(tree: Tree, link: int) -> str:
    head = next((i for i in range(link, tree.ends[link]) if tree.tags[i] in ("h2", "h3", "h4", "h5")), link)
    text = tree.text_of(head) or tree.text_of(link)
    hover = " ".join((tree.attrs[link].get("title") or "").split())
    if not text:
        text = hover or _alt(tree, link)
    shown = text.rstrip(".…· ")
    if hover and len(hover) > len(shown) and hover.startswith(shown.lstrip("·•■◆> ")[:6]):
        return hover
    return text


def _alt(tree: Tree, link: int) -> str:
    for index in range(link, tree.ends[link]):
        if tree.tags[index] == "img" and (alt := tree.attrs[index].get("alt") or tree.attrs[index].get("title")):
            return " ".join(alt.split())
    return ""

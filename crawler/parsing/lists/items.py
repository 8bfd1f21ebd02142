"""What belongs to every item of a list: the texts around it, its date column, its pin."""

import re
from datetime import datetime

from crawler.parsing.dates import reader as dates
from crawler.parsing.dates.orders import settle_list
from crawler.parsing.dates.reader import Stamp
from crawler.parsing.html.tree import Tree
from crawler.parsing.lists.entries import PIN
from crawler.parsing.lists.groups import Group, Item
from crawler.parsing.lists.item_dates import own_date

_PIN_HINT = re.compile(r"(?:^|[\s_/-])(?:top|zd|zhiding|istop|pin|pinned|stick|sticky)(?:$|[\s_.\d-])", re.I)


def date_items(tree: Tree, group: Group, as_of: datetime) -> None:
    """Give every item its surrounding texts and its date."""
    _attach_texts(tree, group)
    column = _date_column(tree, group)
    for item in group.items:
        item.pinned = _is_pinned(tree, item)
        item.stamp = _in_column(tree, item, column, as_of) or own_date(tree, item, as_of)
    dated = [item for item in group.items if item.stamp]
    for item, stamp in zip(dated, settle_list([item.stamp for item in dated if item.stamp], as_of), strict=True):
        item.stamp = stamp


_PUBLISHED = re.compile(r"发布|公开|公布|发表|上网|更新")
_OTHER_DATE = re.compile(r"成文|生成|印发|生效|施行|实施|截止|失效|废止|结束|有效|制定|签署")


def _date_column(tree: Tree, group: Group) -> int:
    """The cell number under a header such as 发布日期; -1 when the rows have no such header."""
    if not group.items or tree.tags[group.items[0].node] != "tr":
        return -1
    above = group.container
    rows = [row for row in tree.children(above) if tree.tags[row] == "tr"]
    head = next((child for child in tree.children(tree.parents[above]) if tree.tags[child] == "thead"), -1)
    rows = ([row for row in tree.children(head) if tree.tags[row] == "tr"] if head >= 0 else []) + rows[:1]
    for row in rows:
        names = [tree.text_of(cell) for cell in tree.children(row) if tree.tags[cell] in ("td", "th")]
        found = [n for n, name in enumerate(names) if len(name) < 10 and ("日期" in name or "时间" in name)]
        found = [n for n in found if not _OTHER_DATE.search(names[n])]
        if found:
            return max(found, key=lambda n: bool(_PUBLISHED.search(names[n])))
    return -1


def _in_column(tree: Tree, item: Item, column: int, as_of: datetime) -> Stamp | None:
    cells = [cell for cell in tree.children(item.node) if tree.tags[cell] in ("td", "th")] if column >= 0 else []
    return dates.read(tree.text_of(cells[column], " "), as_of) if column < len(cells) and cells else None


def _attach_texts(tree: Tree, group: Group) -> None:
    """Texts in the item belong to it; texts between items to the one before, or to the next when dates lead."""
    between: list[list[tuple[int, str]]] = []
    position = group.container + 1
    for item in group.items:
        start = max(position, tree.parents[item.node] + 1)
        between.append(_texts(tree, start, item.node) if between else _before(tree, group.container, item.node))
        stop = tree.ends[item.link]
        for parent, text in _texts(tree, item.node, tree.ends[item.node]):
            inside = item.link <= parent < stop
            (item.inside if inside else item.outside).append((parent, text))
        position = tree.ends[item.node]
    between.append(_after(tree, group.items[-1].node))
    leading = _has_date(between[0]) and not _has_date(between[-1])
    for number, item in enumerate(group.items):
        item.around = between[number if leading else number + 1]


def _before(tree: Tree, container: int, node: int) -> list[tuple[int, str]]:
    """The text directly before the first item, no further than one element."""
    siblings = [child for child in tree.children(container) if child < node]
    return _texts(tree, siblings[-1], tree.ends[siblings[-1]]) if siblings and _is_plain(tree, siblings[-1]) else []


def _after(tree: Tree, node: int) -> list[tuple[int, str]]:
    """What follows the last item up to the next link."""
    texts: list[tuple[int, str]] = []
    for child in tree.children(tree.parents[node]):
        if child > node:
            if not _is_plain(tree, child):
                break
            texts += _texts(tree, child, tree.ends[child])
    return texts[:4]


def _is_plain(tree: Tree, node: int) -> bool:
    stop = tree.ends[node]
    return stop - node <= 12 and "a" not in tree.tags[node:stop]


def _texts(tree: Tree, start: int, stop: int) -> list[tuple[int, str]]:
    texts, parents, hidden = tree.texts, tree.parents, tree.hidden
    places = tree.places
    return [(parents[i], texts[i].strip()) for i in range(start, stop) if texts[i] and not hidden[i] and not places[i]]


def _has_date(texts: list[tuple[int, str]]) -> bool:
    return any(len(text) < 30 and any(char.isdigit() for char in text) for _, text in texts)


def _is_pinned(tree: Tree, item: Item) -> bool:
    if PIN.search(item.title) or any(PIN.search(text) for _, text in (*item.outside, *item.inside, *item.around)):
        return True
    for index in range(item.node, tree.ends[item.node]):
        attrs = tree.attrs[index]
        if attrs and (
            _PIN_HINT.search(tree.hints[index])
            or (tree.tags[index] == "img" and _PIN_HINT.search(attrs.get("src") or ""))
        ):
            return tree.tags[index] in ("li", "tr", "span", "i", "em", "img", "b", "font", "dd", "a", "div")
    return False

"""Lists cut into sections under headings that are dates: 2023年4月20日, then what appeared that day."""

import re
from collections import defaultdict
from datetime import datetime

from crawler.parsing.dates import reader as dates
from crawler.parsing.dates.reader import Stamp
from crawler.parsing.html.tree import Tree
from crawler.parsing.lists.entries import set_year
from crawler.parsing.lists.groups import DATE_CHAR, Group, Item


def join_sections(tree: Tree, groups: list[Group], as_of: datetime) -> list[Group]:
    """Sections of one parent become one group; a section of one item stands in the parent's own group."""
    sections: dict[int, list[Group]] = defaultdict(list)
    for group in groups:
        if _before(tree, group.container, as_of):
            sections[tree.parents[group.container]].append(group)
    if not sections:
        return groups
    joined = {id(group) for parts in sections.values() for group in parts}
    found = [group for group in groups if id(group) not in joined]
    for parent, parts in sections.items():
        own = next((group for group in found if group.container == parent), None)
        if own is None and len(parts) == 1:
            found.append(parts[0])
            continue
        if own is None:
            own = Group(parent, [])
            found.append(own)
        own.items = sorted(own.items + [item for part in parts for item in part.items], key=lambda item: item.node)
    return sorted(found, key=lambda group: group.container)


def date_by_headings(tree: Tree, group: Group, as_of: datetime) -> None:
    """Items without a date of their own take the one of the heading they stand under."""
    undated = {item.node: item for item in group.items if item.stamp is None}
    for parent in {tree.parents[node] for node in undated}:
        current = _before(tree, parent, as_of)
        nodes = {item.node for item in group.items}
        for child in tree.children(parent):
            if child in undated:
                undated[child].stamp = current
            elif child not in nodes and (tree.tags[child] or tree.texts[child]):
                current = _date(tree, child, as_of) or (current if tree.ends[child] - child <= 1 else None)


def _before(tree: Tree, node: int, as_of: datetime) -> Stamp | None:
    """The date that stands alone directly before an element."""
    last = node - 1
    if last <= tree.body or last <= tree.parents[node]:
        return None
    while tree.parents[last] != tree.parents[node]:
        last = tree.parents[last]
    return _date(tree, last, as_of)


def _date(tree: Tree, node: int, as_of: datetime) -> Stamp | None:
    stop = tree.ends[node]
    if stop - node > 8 or tree.tags[node] in ("li", "tr") or "a" in tree.tags[node:stop]:
        return None
    text = tree.text_of(node)
    if not 8 <= len(text) <= 24 or not DATE_CHAR.search(text):
        return None
    stamp = dates.read(text, as_of)
    return stamp if stamp and stamp.value is not None and stamp.shape in ("full", "split", "chinese") else None


_YEAR = re.compile(r"\W{0,3}((?:19|20)\d\d)\s*年?度?\W{0,3}")


def carry_years(tree: Tree, group: Group) -> None:
    """Months and days in rows below a row that names a year are of that year."""
    rows = {item.node: item for item in group.items if item.stamp and item.stamp.shape == "month_day"}
    for parent in {tree.parents[node] for node in rows}:
        year = 0
        for child in tree.children(parent):
            if child in rows:
                set_year([rows[child]], year)
            elif tree.ends[child] - child < 12 and (told := _YEAR.fullmatch(tree.text_of(child))):
                year = int(told[1])


_HEADS = ("h1", "h2", "h3", "h4", "h5")
_NEAR = 3  # siblings between a headline and its list


def join_headlines(tree: Tree, groups: list[Group]) -> list[Group]:
    """A headline with its picture and summary belongs to the list it stands beside, when both lead to one folder."""
    lists = [group for group in groups if len(group.items) > 1]
    left = []
    for group in groups:
        if len(group.items) <= 2 and lists:
            group.items = [item for item in group.items if not _joined(tree, item, group, lists)]
        if group.items:
            left.append(group)
    return left


def _joined(tree: Tree, item: Item, group: Group, lists: list[Group]) -> bool:
    if len(item.title) < 9 or not (item.stamp or any(tag in _HEADS for tag in tree.tags[item.node : item.link])):
        return False
    folder = item.url.rpartition("/")[0]
    siblings = [child for child in tree.children(tree.parents[item.node]) if tree.tags[child]]
    at = siblings.index(item.node)
    for beside in siblings[max(0, at - 1) : at + 1 + _NEAR]:
        for found in lists:
            inside = found is not group and beside <= found.container < tree.ends[beside]
            if inside and any(other.url.rpartition("/")[0] == folder for other in found.items):
                found.items = sorted([item, *found.items], key=lambda each: each.node)
                return True
    return False

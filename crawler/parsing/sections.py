"""Lists cut into sections under headings that are dates: 2023年4月20日, then what appeared that day."""

from collections import defaultdict
from datetime import datetime

from crawler.parsing import dates
from crawler.parsing.dates import Stamp
from crawler.parsing.grouping import DATE_CHAR, Group
from crawler.parsing.tree import Tree


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

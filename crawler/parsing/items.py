"""Repeated items of a page: which links belong together, and the date that stands with each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from crawler.parsing import dates
from crawler.parsing.dates import Stamp
from crawler.parsing.tree import Tree
from domain.captured import DateHow, Entry

_DATE_CHAR = re.compile(r"[\d０-９昨今前刚一二]")
_SLOT = re.compile(r"(?:^|[\s_-])(?:date|time|rq|sj|fbsj|riqi|shijian|pubtime|pubdate|day)|date|time", re.I)
_PIN = re.compile(r"^\W{0,2}(?:置顶|固顶|顶)\W|[\[【(（]\s*(?:置顶|固顶|顶|TOP)\s*[\]】)）]|^置顶$", re.I)
_PIN_HINT = re.compile(r"(?:^|[\s_/-])(?:top|zd|zhiding|istop|pin|pinned|stick|sticky)(?:$|[\s_.\d-])", re.I)
_TAIL_DATE = re.compile(r"[\s\[(（【<《]+([^\s\[(（【]{1,4}\d[\d年月日/.:\-\s]{2,18})[\])）】>》]?\s*$")
_HEAD_DATE = re.compile(r"^[\[(（【]?\s*((?:\d{2,4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?)\s*[\])）】\s]\s*(?=\S{4})")
_LABELLED = re.compile(r"(?:发布|发文|公开|公布|上传|更新|刊登|录入)?(?:日期|时间)\s*[:：]?\s*$|发布于\s*$")
_CLICK = re.compile(r"['\"]([^'\"\s]*(?:/|\.s?html?|\.jsp|\.aspx?|\.php)[^'\"\s]*)['\"]")


@dataclass(slots=True)
class Item:
    """One link of a list with the texts around it."""

    node: int  # the largest element that holds this link only
    link: int
    url: str
    title: str
    outside: list[tuple[int, str]] = field(default_factory=list)  # (parent element, text) beside the link
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
    groups: dict[int, list[Item]] = {}
    for link, url in targets.items():
        node = _largest_alone(tree, link, counts)
        item = Item(node, link, url, _title(tree, link))
        bucket = groups.setdefault(tree.parents[node], [])
        if bucket and bucket[-1].node == node:
            if len(item.title) > len(bucket[-1].title):
                bucket[-1].link, bucket[-1].title = link, item.title
            continue
        bucket.append(item)
    _promote_rows(tree, groups, as_of)
    found = [
        Group(container, sorted(items, key=lambda item: item.node)) for container, items in groups.items() if items
    ]
    return _merge_neighbours(tree, sorted(found, key=lambda group: group.container))


def _promote_rows(tree: Tree, groups: dict[int, list[Item]], as_of: datetime) -> None:
    """Rows with several links and one date ([category] title, title + department) are one item each."""
    rows: dict[tuple[int, str], list[int]] = {}
    for container, items in groups.items():
        if 2 <= len(items) <= 5 and tree.tags[container] in (
            "tr",
            "li",
            "dd",
            "dl",
            "div",
            "p",
            "dt",
            "tbody",
            "table",
            "ul",
        ):
            rows.setdefault((tree.parents[container], tree.tags[container]), []).append(container)
    for (parent, _), containers in rows.items():
        if len(containers) + len(groups.get(parent, ())) < 2 or any(
            _dates_in(tree, row, as_of) != 1 for row in containers
        ):
            continue
        for row in containers:
            best = max(groups.pop(row), key=lambda item: len(item.title))
            groups.setdefault(parent, []).append(Item(row, best.link, best.url, best.title))


def _dates_in(tree: Tree, node: int, as_of: datetime) -> int:
    texts = [tree.texts[i] for i in range(node, tree.ends[node]) if tree.texts[i] and _DATE_CHAR.search(tree.texts[i])]
    return sum(1 for text in texts if len(text) < 60 and dates.read(text, as_of))


def _merge_neighbours(tree: Tree, groups: list[Group]) -> list[Group]:
    """A list cut into several containers (every five items, say) with nothing between them is one list."""
    merged: list[Group] = []
    for group in groups:
        last = merged[-1] if merged else None
        if last and _adjoins(tree, last, group):
            last.items += group.items
            last.parts.append(group.container)
        else:
            merged.append(group)
    return merged


def _adjoins(tree: Tree, one: Group, two: Group) -> bool:
    left, right = one.parts[-1] if one.parts else one.container, two.container
    if tree.parents[left] != tree.parents[right] or tree.tags[left] != tree.tags[right] or right < tree.ends[left]:
        return False
    if tree.tags[left] not in ("ul", "ol", "table", "dl", "div", "tbody"):
        return False
    if tree.tags[left] == "div" and tree.attrs[left].get("class") != tree.attrs[right].get("class"):
        return False
    between = range(tree.ends[left], right)
    return (
        not any(tree.texts[i] or tree.tags[i] in ("h1", "h2", "h3", "h4") for i in between) and tree.texts[right] == ""
    )


def _count(tree: Tree, targets: dict[int, str]) -> dict[int, int]:
    """How many different links stand under each element."""
    counts: dict[int, int] = {}
    last: dict[int, str] = {}
    parents = tree.parents
    for link, url in targets.items():
        above, key = link, url if not (tree.attrs[link].get("href") or "").startswith("#") else f"#{link}"
        while above > tree.body:
            if last.get(above) != key:
                counts[above] = counts.get(above, 0) + 1
                last[above] = key
            above = parents[above]
    return counts


def _largest_alone(tree: Tree, link: int, counts: dict[int, int]) -> int:
    node = link
    while (above := tree.parents[node]) > tree.body and counts.get(above) == 1:
        node = above
    return node


def _title(tree: Tree, link: int) -> str:
    text = tree.text_of(link)
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


def date_items(tree: Tree, group: Group, as_of: datetime) -> None:
    """Give every item its surrounding texts and its date."""
    _attach_texts(tree, group)
    for item in group.items:
        item.pinned = _is_pinned(tree, item)
        item.stamp = _own_date(tree, item, as_of)


def entry_of(item: Item, as_of: datetime) -> Entry:
    """The item as a captured fact; the address speaks only when the list shows nothing."""
    title = clean_title(item.title)
    stamp = item.stamp
    if stamp is None:
        day = dates.from_address(item.url, as_of)
        return Entry(title, item.url, day, DateHow.ADDRESS if day else DateHow.ABSENT, item.pinned)
    if stamp.day is None:
        return Entry(title, item.url, None, DateHow.UNREADABLE, item.pinned)
    how = DateHow.RELATIVE if stamp.shape == "relative" else DateHow.LIST
    return Entry(title, item.url, _year_from_address(stamp, item.url, as_of), how, item.pinned)


def clean_title(title: str) -> str:
    """Without bullets, a pin mark and a date at either end."""
    title = _PIN.sub("", title.lstrip("·•■◆●▪> 　")).strip()
    for pattern in (_TAIL_DATE, _HEAD_DATE):
        if (match := pattern.search(title)) and len(title) > len(match[0]) + 3:
            title = (title[: match.start()] + title[match.end() :]).strip()
    return title


def _year_from_address(stamp: Stamp, url: str, as_of: datetime) -> date | None:
    """A month and day without a year take the year of the address when both agree."""
    day = stamp.day
    told = dates.from_address(url, as_of) if stamp.shape == "month_day" else None
    return told if day and told and (told.month, told.day) == (day.month, day.day) else day


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
        item.outside += between[number if leading else number + 1]


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
    texts, parents = tree.texts, tree.parents
    return [(parents[i], texts[i].strip()) for i in range(start, stop) if texts[i]]


def _has_date(texts: list[tuple[int, str]]) -> bool:
    return any(len(text) < 30 and any(char.isdigit() for char in text) for _, text in texts)


def _is_pinned(tree: Tree, item: Item) -> bool:
    if _PIN.search(item.title) or any(_PIN.search(text) for _, text in (*item.outside, *item.inside)):
        return True
    for index in range(item.node, tree.ends[item.node]):
        attrs = tree.attrs[index]
        if attrs and (
            _PIN_HINT.search(tree.hint(index))
            or (tree.tags[index] == "img" and _PIN_HINT.search(attrs.get("src") or ""))
        ):
            return tree.tags[index] in ("li", "tr", "span", "i", "em", "img", "b", "font", "dd", "a", "div")
    return False


def _own_date(tree: Tree, item: Item, as_of: datetime) -> Stamp | None:
    broken: Stamp | None = None
    for stamp in _candidates(tree, item, as_of):
        if stamp.value is not None:
            return stamp
        broken = broken or stamp
    return broken


def _candidates(tree: Tree, item: Item, as_of: datetime) -> Iterator[Stamp]:
    outside = [pair for pair in item.outside if pair[1]]
    inside = [pair for pair in item.inside if len(pair[1]) < 26] if len(item.inside) > 1 else []
    for texts in (outside, inside):
        dated = [pair for pair in texts if _DATE_CHAR.search(pair[1])]
        if not dated:
            continue
        yield from _labelled(texts, as_of)
        yield from _slots(tree, dated, as_of)
        yield from _exact(dated, as_of)
    yield from _attributes(tree, item, as_of)
    yield from _in_title(item, as_of)
    for _, text in outside:
        if len(text) < 60 and _DATE_CHAR.search(text):
            yield from dates.search(text, as_of)


def _labelled(texts: list[tuple[int, str]], as_of: datetime) -> Iterator[Stamp]:
    joined = " ".join(text for _, text in texts)
    if len(joined) > 400:
        return
    for stamp in dates.search(joined, as_of, short=True):
        if _LABELLED.search(dates.fold(joined[max(0, stamp.start - 8) : stamp.start])):
            yield stamp


def _slots(tree: Tree, texts: list[tuple[int, str]], as_of: datetime) -> Iterator[Stamp]:
    for parent, text in texts:
        if _SLOT.search(tree.hint(parent)) and (stamp := dates.read(text, as_of)):
            yield stamp


def _exact(texts: list[tuple[int, str]], as_of: datetime) -> Iterator[Stamp]:
    """Texts that are a date alone, and neighbours that make one together (20 | 2023-04)."""
    words = [text for _, text in texts]
    for width in (1, 2, 3):
        for start in range(len(words) - width + 1):
            if stamp := dates.read(" ".join(words[start : start + width]), as_of):
                if width == 1 and stamp.shape == "month_day" and len(words) > 1 and _year_beside(words, start):
                    continue
                yield stamp


def _year_beside(words: list[str], at: int) -> bool:
    return any(re.fullmatch(r"(?:19|20)\d\d年?", words[i]) for i in (at - 1, at + 1) if 0 <= i < len(words))


def _attributes(tree: Tree, item: Item, as_of: datetime) -> Iterator[Stamp]:
    for index in range(item.node, tree.ends[item.node]):
        attrs = tree.attrs[index]
        if not attrs:
            continue
        for name in ("datetime", "data-time", "data-date", "data-pubdate"):
            if (value := attrs.get(name)) and (stamp := dates.read(value, as_of)):
                yield stamp
        hover = attrs.get("title") or ""
        if "发布" in hover and _DATE_CHAR.search(hover):
            yield from dates.search(hover, as_of)


def _in_title(item: Item, as_of: datetime) -> Iterator[Stamp]:
    for text in (" ".join(text for _, text in item.inside), item.title):
        folded = dates.fold(text)
        for pattern in (_TAIL_DATE, _HEAD_DATE):
            if (match := pattern.search(folded)) and (stamp := dates.read(match[1], as_of)) and stamp.value:
                yield stamp


def clicked_address(script: str) -> str:
    """The address in an onclick such as window.open('/a/b.html'); empty when there is none."""
    match = _CLICK.search(script)
    return match[1] if match else ""

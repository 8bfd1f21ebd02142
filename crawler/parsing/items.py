"""The date, title and pin of every item of a list."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from crawler.parsing import dates
from crawler.parsing.date_labels import Label, label_of
from crawler.parsing.dates import Stamp
from crawler.parsing.entries import HEAD_DATE, PIN, TAIL_DATE
from crawler.parsing.grouping import DATE_CHAR, Group, Item
from crawler.parsing.tree import Tree

_SLOT = re.compile(r"(?:^|[\s_-])(?:date|time|rq|sj|fbsj|riqi|shijian|pubtime|pubdate|day)|date|time", re.I)
_PIN_HINT = re.compile(r"(?:^|[\s_/-])(?:top|zd|zhiding|istop|pin|pinned|stick|sticky)(?:$|[\s_.\d-])", re.I)
_CLICK = re.compile(r"['\"]([^'\"\s]*(?:/|\.s?html?|\.jsp|\.aspx?|\.php)[^'\"\s]*)['\"]")


def date_items(tree: Tree, group: Group, as_of: datetime) -> None:
    """Give every item its surrounding texts and its date."""
    _attach_texts(tree, group)
    column = _date_column(tree, group)
    for item in group.items:
        item.pinned = _is_pinned(tree, item)
        item.stamp = _in_column(tree, item, column, as_of) or _own_date(tree, item, as_of)
    _put_day_first(group)


_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}", re.A)


def _put_day_first(group: Group) -> None:
    """Where one date of a list can only be day/month/year, all of them are."""
    slashed = [(item, found) for item in group.items if item.stamp and (found := _SLASHED.match(item.stamp.text))]
    if not any(int(found[1]) > 12 for _, found in slashed):
        return
    for item, found in slashed:
        stamp = item.stamp
        if stamp and stamp.value is not None and int(found[1]) <= 12 and int(found[2]) <= 12:
            item.stamp = replace(stamp, value=stamp.value.replace(day=int(found[1]), month=int(found[2])))


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


def _own_date(tree: Tree, item: Item, as_of: datetime) -> Stamp | None:
    broken: Stamp | None = None
    labelled = _by_labels((*item.outside, *item.inside, *item.around), as_of)
    foreign = {stamp.day for label, stamp in labelled if label is Label.OTHER} - {
        stamp.day for label, stamp in labelled if label is not Label.OTHER
    }
    for stamp in _candidates(tree, item, as_of):
        if stamp.value is not None and stamp.day not in foreign:
            return _with_hover_year(tree, item, stamp, as_of) if stamp.shape == "month_day" else stamp
        broken = broken or (stamp if stamp.value is None else None)
    return broken


def _with_hover_year(tree: Tree, item: Item, stamp: Stamp, as_of: datetime) -> Stamp:
    """A month and day without a year take the one that a tooltip of the item tells with them."""
    hovers = (attrs.get("title") for attrs in tree.attrs[item.node : tree.ends[item.node]] if attrs)
    for told in (
        found for hover in hovers if hover and DATE_CHAR.search(hover) for found in dates.search(hover, as_of)
    ):
        if told.day and stamp.day and (told.day.month, told.day.day) == (stamp.day.month, stamp.day.day):
            return told
    return stamp


def _candidates(tree: Tree, item: Item, as_of: datetime) -> Iterator[Stamp]:
    outside = [pair for pair in item.outside if pair[1]]
    inside = [pair for pair in item.inside if len(pair[1]) < 26] if len(item.inside) > 1 else []
    yield from _machine_times(tree, item, as_of)
    around = [pair for pair in item.around if pair[1]]
    for texts in (outside, inside, around):
        dated = [pair for pair in texts if DATE_CHAR.search(pair[1])]
        if not dated:
            continue
        yield from _labelled(texts, as_of)
        yield from _slots(tree, dated, as_of)
        yield from _exact(dated, as_of)
    yield from _attributes(tree, item, as_of)
    yield from _in_title(item, as_of)
    for _, text in (*outside, *around):
        if len(text) < 60 and DATE_CHAR.search(text):
            found = dates.search(text, as_of)
            yield from (stamp for stamp in found if not _IN_PROSE.search(text[: stamp.start]))
    for _, text in (*outside, *inside, *around):
        if _VAGUE.fullmatch(text):
            yield Stamp(0, len(text), text, None, "unreadable")
    if _shows_picture_for_date(tree, item):
        yield Stamp(0, 0, "", None, "unreadable")


def _shows_picture_for_date(tree: Tree, item: Item) -> bool:
    """Whether a picture stands where a date belongs."""
    pictures = (i for i in range(item.node, tree.ends[item.node]) if tree.tags[i] == "img")
    return any(_SLOT.search(tree.hints[i]) or _SLOT.search(tree.hints[tree.parents[i]]) for i in pictures)


_VAGUE = re.compile(
    r"\D{0,3}\d{1,2}[:：]\d\d(?:[:：]\d\d)?\D{0,3}|\W?(?:19|20)\d\d\s*(?:年|[-/.])?\s*(?:\d{1,2}\s*月?)?份?\W?"
)  # a time of some day, a month, a year
_IN_PROSE = re.compile(r"(?:自|于|从|至|到|截至|截止)\s*$")
_PREFERRED = (Label.PUBLISHED, Label.BARE, Label.UPDATED)


def _by_labels(texts: Iterable[tuple[int, str]], as_of: datetime) -> list[tuple[Label, Stamp]]:
    """Every date of an item that has a label, with what the label says."""
    joined = dates.fold(" ".join(text for _, text in texts))
    if len(joined) > 400 or not _LABEL_WORD.search(joined):
        return []
    found = ((label_of(joined[max(0, at.start - 16) : at.start]), at) for at in dates.search(joined, as_of, short=True))
    return [(label, stamp) for label, stamp in found if label is not Label.NONE]


_LABEL_WORD = re.compile(r"日\s?期|时\s?间|发布|[一-鿿]\s*:")


def _labelled(texts: list[tuple[int, str]], as_of: datetime) -> Iterator[Stamp]:
    found = [(label, stamp) for label, stamp in _by_labels(texts, as_of) if label in _PREFERRED]
    for _, stamp in sorted(found, key=lambda pair: _PREFERRED.index(pair[0])):
        yield stamp


def _slots(tree: Tree, texts: list[tuple[int, str]], as_of: datetime) -> Iterator[Stamp]:
    words = [text for _, text in texts]
    for number, (parent, text) in enumerate(texts):
        stamp = dates.read(text, as_of) if _SLOT.search(tree.hints[parent]) else None
        if stamp and (stamp.shape != "month_day" or not _year_beside(words, number, number + 1)):
            yield stamp


def _exact(texts: list[tuple[int, str]], as_of: datetime) -> Iterator[Stamp]:
    """Texts that are a date alone, and neighbours that make one together (20 | 2023-04)."""
    words = [text for _, text in texts]
    for width in (1, 2, 3):
        for start in range(len(words) - width + 1):
            if stamp := dates.read(" ".join(words[start : start + width]), as_of):
                if stamp.shape == "month_day" and _year_beside(words, start, start + width):
                    continue
                yield stamp


def _year_beside(words: list[str], start: int, stop: int) -> bool:
    beside = (words[i] for i in (start - 1, stop) if 0 <= i < len(words))
    return any(re.fullmatch(r"(?:19|20)\d\d\s*[年.]?", word) for word in beside)


def _machine_times(tree: Tree, item: Item, as_of: datetime) -> Iterator[Stamp]:
    for index in range(item.node, tree.ends[item.node]):
        if (
            tree.tags[index] == "time"
            and (value := tree.attrs[index].get("datetime"))
            and (stamp := dates.read(value, as_of))
        ):
            yield stamp


def _attributes(tree: Tree, item: Item, as_of: datetime) -> Iterator[Stamp]:
    for index in range(item.node, tree.ends[item.node]):
        attrs = tree.attrs[index]
        if not attrs:
            continue
        for name, value in attrs.items():
            named = name == "datetime" or (name[:5] == "data-" and _TIME_NAME.search(name))
            if value and named and (stamp := _machine_date(value, as_of)):
                yield stamp
        hover = attrs.get("title") or ""
        if "发布" in hover and DATE_CHAR.search(hover):
            yield from dates.search(hover, as_of)


_TIME_NAME = re.compile(r"time|date|stamp|pub")


def _machine_date(value: str, as_of: datetime) -> Stamp | None:
    if value.isdigit() and len(value) in (10, 13):
        moment = dates.from_number(int(value), as_of)
        return Stamp(0, len(value), value, moment, "full") if moment else None
    return dates.read(value, as_of)


def _in_title(item: Item, as_of: datetime) -> Iterator[Stamp]:
    for text in (" ".join(text for _, text in item.inside), item.title):
        folded = dates.fold(text)
        for pattern in (TAIL_DATE, HEAD_DATE):
            if (match := pattern.search(folded)) and (stamp := dates.read(match[1], as_of)) and stamp.value:
                yield stamp


def clicked_address(script: str) -> str:
    """The address in an onclick such as window.open('/a/b.html'); empty when there is none."""
    match = _CLICK.search(script)
    return match[1] if match else ""

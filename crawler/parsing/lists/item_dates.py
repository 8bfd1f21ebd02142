"""The date of one item of a list: every place it may stand, from the surest to the vaguest."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from crawler.parsing.dates import reader as dates
from crawler.parsing.dates.absence import may_hold_date
from crawler.parsing.dates.labels import Label, label_of
from crawler.parsing.dates.reader import Stamp
from crawler.parsing.html.tree import Tree
from crawler.parsing.lists.entries import HEAD_DATE, TAIL_DATE
from crawler.parsing.lists.groups import DATE_CHAR, Item

_SLOT = re.compile(r"(?:^|[\s_-])(?:date|time|rq|sj|fbsj|riqi|shijian|pubtime|pubdate|day)|date|time", re.I)


def own_date(tree: Tree, item: Item, as_of: datetime) -> Stamp | None:
    """The best date in and around an item; without value where there is one that cannot be read."""
    broken: Stamp | None = None
    labelled = _by_labels((*item.outside, *item.inside, *item.around), as_of)
    foreign = {stamp.day for label, stamp in labelled if label is Label.OTHER} - {
        stamp.day for label, stamp in labelled if label is not Label.OTHER
    }
    for stamp in _candidates(tree, item, as_of):
        if len(stamp.figures) == 3 and stamp.day not in foreign:
            return stamp  # the list tells what it means
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
    r"\D{0,3}\d{1,2}[:：]\d\d(?:[:：]\d\d)?\D{0,3}|\W?(?:19|20)\d\d\s{0,9}(?:年|[-/.])?\s{0,9}(?:\d{1,2}\s{0,9}月?)?份?\W?"
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
    if value.isdecimal() and len(value) in (10, 13):
        moment = dates.from_number(int(value), as_of)
        return Stamp(0, len(value), value, moment, "full") if moment else None
    return dates.read(value, as_of)


def _in_title(item: Item, as_of: datetime) -> Iterator[Stamp]:
    for text in (" ".join(text for _, text in item.inside), item.title):
        folded = dates.fold(text)
        for pattern in (TAIL_DATE, HEAD_DATE):
            if (match := pattern.search(folded)) and (stamp := dates.read(match[1], as_of)) and stamp.value:
                rest = folded[: match.start()] + folded[match.end() :]
                if stamp.shape == "month_day" and may_hold_date(rest[-24:] if pattern is TAIL_DATE else rest[:24]):
                    stamp = replace(stamp, value=None, shape="unreadable")  # a part of something longer
                yield stamp

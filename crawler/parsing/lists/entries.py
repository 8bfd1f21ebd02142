"""The item of a list as a captured fact: its clean title and its date."""

import re
from dataclasses import replace
from datetime import date, datetime

from crawler.parsing.dates import reader as dates
from crawler.parsing.dates.absence import certainly_undated, may_hold_date
from crawler.parsing.html.tree import Tree
from crawler.parsing.lists.groups import DATE_CHAR, Group, Item
from domain.captured import DateHow, Entry

PIN = re.compile(r"^\W{0,2}(?:置顶|固顶|顶)\W|[\[【(（]\s*(?:置顶|固顶|顶|TOP)\s*[\]】)）]|^置顶$", re.I)
TAIL_DATE = re.compile(r"[\s\[(（【<《]{1,9}([^\s\[(（【]{1,4}\d[\d年月日/.:\-\s]{2,18})[\])）】>》]?\s*+$")
HEAD_DATE = re.compile(
    r"^[\[(（【]?\s{0,9}((?:\d{2,4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?)\s{0,9}[\])）】\s]\s{0,9}(?=\S{4})"
)


def set_year(items: list[Item], year: int) -> None:
    """Months and days under a heading such as 2021年 belong to that year; 0: no heading."""
    for item in items if year else ():
        stamp = item.stamp
        if stamp and stamp.shape == "month_day" and isinstance(stamp.value, date):
            leap = stamp.value.month == 2 and stamp.value.day == 29
            item.stamp = replace(stamp, value=None if leap else stamp.value.replace(year=year), shape="full")


def entry_of(tree: Tree, item: Item, as_of: datetime) -> Entry:
    """The item as a captured fact; the address speaks only when the list shows nothing."""
    title = clean_title(_without_dates(item, as_of))
    stamp = item.stamp
    if stamp is None:
        day = dates.from_address(item.url, as_of)
        how = DateHow.ADDRESS if day else DateHow.ABSENT if _is_undated(tree, item) else DateHow.UNREADABLE
        return Entry(title, item.url, day, how, item.pinned)
    if stamp.day is None:
        return Entry(title, item.url, None, DateHow.UNREADABLE, item.pinned)
    if stamp.shape == "month_day":
        return _without_year(title, item, stamp.day, as_of)
    how = DateHow.RELATIVE if stamp.shape == "relative" else DateHow.LIST
    return Entry(title, item.url, stamp.day, how, item.pinned)


def _is_undated(tree: Tree, item: Item) -> bool:
    start, stop = item.node, tree.ends[item.node]
    texts = (text for text in (*tree.texts[start:stop], *(text for _, text in item.around)) if text)
    return certainly_undated((*texts, *(text for _, text in item.outside)), tree, start, stop, item.url)


def dates_stand_apart(tree: Tree, group: Group) -> bool:
    """Whether nothing in a list is dated and beside it stands an element without links that has as many dates as it items."""
    if len(group.items) < 2 or group.dated():
        return False
    for beside in tree.children(tree.parents[group.container]):
        start, stop = beside, tree.ends[beside]
        if beside == group.container or stop - start < 2 * len(group.items) or "a" in tree.tags[start:stop]:
            continue
        if sum(may_hold_date(text) for text in tree.texts[start:stop] if text and len(text) < 40) >= len(group.items):
            return True
    return False


def _without_dates(item: Item, as_of: datetime) -> str:
    """The title without a date, or its pieces (20 | 2023-04), that stand in elements of their own inside the link."""
    title, pieces = item.title, 0
    for _, text in item.inside if len(item.inside) > 1 else ():
        if len(text) >= 26 or not DATE_CHAR.search(text) or text not in title:
            continue
        if dates.read(text, as_of) or (item.stamp and pieces < 3 and _PIECE.fullmatch(text)):
            title, pieces = title.replace(text, "", 1).strip(), pieces + 1
    return title if len(title) > 3 else item.title


_PIECE = re.compile(r"\W?(?:\d{1,2}[日月]?|(?:19|20)\d\d\s{0,9}(?:[-/.年]\s{0,9}\d{1,2})?\s{0,9}[年月]?)\W?")


def clean_title(title: str) -> str:
    """Without bullets, a pin mark and a date at either end."""
    title = PIN.sub("", title.lstrip("·•■◆●▪> 　")).strip()
    for pattern in (TAIL_DATE, HEAD_DATE):
        if (match := pattern.search(title)) and len(title) > len(match[0]) + 3:
            title = (title[: match.start()] + title[match.end() :]).strip()
    return title


def _without_year(title: str, item: Item, day: date, as_of: datetime) -> Entry:
    """A month and day without a year take the year of the address when both agree."""
    told = dates.from_address(item.url, as_of)
    if told and (told.month, told.day) == (day.month, day.day):
        return Entry(title, item.url, told, DateHow.LIST, item.pinned)
    return Entry(title, item.url, day, DateHow.NO_YEAR, item.pinned)

"""The dates of a column's entries: from its list, else from their articles, and from later pages where newer ones may stand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from domain.captured import Dated, DateHow, Entry, Page, Reading
from domain.times import beijing_date
from inspection.judging.column_pages import is_blank

PageOf = Callable[[str], Page | None]
MAX_BY_ARTICLES = 30  # entries of one page whose articles are looked up
MAX_LATER_PAGES = 30
_ASKS_ARTICLE = (DateHow.ABSENT, DateHow.UNREADABLE, DateHow.NO_YEAR, DateHow.ADDRESS)


@dataclass(frozen=True, slots=True)
class ColumnDates:
    """The entries of a column's first page, the newest date that is not in the future, or why there is none."""

    entries: tuple[Entry, ...] = ()
    newest: date | None = None
    undated: str = ""  # as `Column.undated`
    unread_later: bool = False  # newer entries may stand on later pages that were not read in this run


def read_dates(page: Page | None, as_of: datetime, page_of: PageOf) -> ColumnDates:
    """What the captured pages of a column tell; `page_of` finds the latest capture of an address."""
    reading = page.reading if page else None
    if page is None or reading is None or (reading.needs_render and not page.rendered):
        return ColumnDates(undated="not_read")
    if not reading.entries:
        blank = not reading.framed and is_blank(page_of(page.url) or page)
        return ColumnDates(undated="blank" if blank else "not_read")
    entries = _by_articles(_with_letters(reading), page_of, as_of)
    newest, unread = _newest(entries, as_of), False
    if _goes_on_newer(entries):
        later = list(_later_pages(page, page_of))
        unread = None in later
        found = (_newest(_by_articles(entries, page_of, as_of), as_of) for entries in later if entries)
        newest = max(filter(None, (newest, *found)), default=None)
    return ColumnDates(entries, newest, "" if newest else _why_undated(entries), unread)


def _with_letters(reading: Reading) -> tuple[Entry, ...]:
    """Entries of a list of letters are of the day of their answer, else of their question."""
    days = {letter.url: letter.replied_on or letter.asked_on for letter in reading.inquiries if letter.url}
    return tuple(
        replace(entry, published_on=day, how=DateHow.LIST) if (day := days.get(entry.url)) else entry
        for entry in reading.entries
    )


def _newest(entries: Iterable[Entry], as_of: datetime) -> date | None:
    today = beijing_date(as_of)
    dated = (entry.published_on for entry in entries if entry.published_on and entry.published_on <= today)
    return max(dated, default=None)


def _goes_on_newer(entries: tuple[Entry, ...]) -> bool:
    """Whether newer entries may stand on later pages: all of this one are pinned, or they run from old to new."""
    loose = [entry for entry in entries if not entry.pinned]
    dates = [entry.published_on for entry in loose if entry.published_on]
    steps = list(pairwise(dates))
    rising, falling = sum(one < two for one, two in steps), sum(one > two for one, two in steps)
    return not loose or rising > 2 * falling


def _later_pages(page: Page, page_of: PageOf) -> Iterator[tuple[Entry, ...] | None]:
    """The entries of the list's last pages; None for one that was not read in the run of the first page."""
    for url in page.reading.next_pages[-MAX_LATER_PAGES:] if page.reading else ():
        found = page_of(url)
        yield found.reading.entries if found and found.reading and found.run_id == page.run_id else None


def _by_articles(entries: tuple[Entry, ...], page_of: PageOf, as_of: datetime) -> tuple[Entry, ...]:
    """Entries whose list shows no full date take that of their article; one that was not read leaves it open.

    A list on which everything is of today is asked for its articles too: its template may print the day of the visit.
    """
    today = beijing_date(as_of)
    stamped = len(entries) > 2 and all(entry.published_on == today for entry in entries)
    asked = 0
    dated = []
    for entry in entries:
        if stamped or entry.how in _ASKS_ARTICLE:
            asked += 1
            entry = _by_article(entry, page_of(entry.url) if asked <= MAX_BY_ARTICLES else None)
        dated.append(entry)
    return tuple(dated)


def _by_article(entry: Entry, page: Page | None) -> Entry:
    told = page.reading.published if page and page.reading else None
    if entry.how is DateHow.NO_YEAR:
        return _with_year(entry, told)
    if entry.published_on and (told is None or told.day is None):
        return entry
    if told is None or (told.day is None and entry.how is DateHow.UNREADABLE):
        return replace(entry, how=DateHow.UNREADABLE)
    if told.day is None:
        return replace(entry, how=told.how)
    how = DateHow.NO_YEAR if told.how is DateHow.NO_YEAR else DateHow.ARTICLE
    return replace(entry, published_on=told.day, how=how)


def _with_year(entry: Entry, told: Dated | None) -> Entry:
    """The year of an article that agrees in month and day with what the list shows; none when the article tells none."""
    day, read = entry.published_on, told.day if told else None
    if told and read is None:
        return replace(entry, published_on=None, how=DateHow.UNREADABLE)
    if told and told.how is DateHow.NO_YEAR:
        return entry
    agrees = read and day and (read.month, read.day) == (day.month, day.day)
    return replace(entry, published_on=read, how=DateHow.ARTICLE) if agrees else entry


def _why_undated(entries: tuple[Entry, ...]) -> str:
    hows = {entry.how for entry in entries if entry.published_on is None}
    if not hows:
        return "future"
    return "unreadable" if DateHow.UNREADABLE in hows else "absent"

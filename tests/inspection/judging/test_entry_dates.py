"""What the entries of a column tell of its newest date, with their articles and the list's further pages."""

from collections.abc import Mapping
from datetime import date, datetime

from domain.captured import Dated, DateHow, Entry, EntryList, Page, PageKind, Reading
from domain.times import BEIJING
from inspection.judging.entry_dates import ColumnDates, read_dates

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
LIST = "http://www.a.gov.cn/gzdt/"
OLD, NEW = date(2022, 8, 1), date(2023, 4, 20)


def page(url: str, reading: Reading, run: str = "tonight") -> Page:
    return Page(site_id="1", url=url, run_id=run, fetched_at=AS_OF, status=200, final_url=url, reading=reading)


def column(*entries: Entry, next_pages: tuple[str, ...] = ()) -> Reading:
    return Reading(PageKind.COLUMN, lists=(EntryList("动态", LIST, entries),), next_pages=next_pages)


def entry(number: int, day: date | None, how: DateHow = DateHow.LIST, *, pinned: bool = False) -> Entry:
    return Entry(f"第{number}项工作", f"{LIST}{number}.html", day, how, pinned)


def article(day: date | None, how: DateHow = DateHow.PRINTED) -> Reading:
    return Reading(PageKind.ARTICLE, published=Dated(day, how))


def told(first: Reading, others: Mapping[str, Reading] | None = None, run: str = "tonight") -> ColumnDates:
    pages = {url: page(url, reading, run) for url, reading in (others or {}).items()}
    return read_dates(page(LIST, first), AS_OF, pages.get)


def test_a_list_that_runs_upwards_is_dated_by_its_last_page() -> None:
    first = column(entry(1, date(2021, 1, 1)), entry(2, OLD), next_pages=(f"{LIST}2.html",))
    found = told(first, {f"{LIST}2.html": column(entry(3, NEW))})
    assert (found.newest, found.unread_later) == (NEW, False)


def test_further_pages_that_were_not_read_tonight_leave_it_open() -> None:
    first = column(entry(1, OLD, pinned=True), entry(2, OLD, pinned=True), next_pages=(f"{LIST}2.html",))
    assert told(first).unread_later
    assert told(first, {f"{LIST}2.html": column(entry(3, OLD))}, run="last month").unread_later
    assert not told(column(entry(1, NEW), entry(2, OLD), next_pages=(f"{LIST}2.html",))).unread_later


def test_a_year_comes_from_the_article_or_stays_open() -> None:
    first = column(entry(1, NEW, DateHow.NO_YEAR))
    assert told(first).newest == NEW
    assert told(first, {f"{LIST}1.html": article(date(2019, 4, 20))}).newest == date(2019, 4, 20)
    unknown = told(first, {f"{LIST}1.html": article(None, DateHow.ABSENT)})
    assert (unknown.newest, unknown.undated) == (None, "unreadable")


def test_articles_outweigh_addresses_and_the_day_of_the_visit() -> None:
    moved = column(entry(1, NEW, DateHow.ADDRESS))
    assert told(moved, {f"{LIST}1.html": article(OLD)}).newest == OLD
    assert told(moved).newest == NEW
    stamped = column(*(entry(number, AS_OF.date()) for number in (1, 2, 3)))
    articles = {f"{LIST}{number}.html": article(OLD) for number in (1, 2, 3)}
    assert told(stamped, articles).newest == OLD
    assert told(stamped).newest == AS_OF.date()


def test_undated_is_only_what_was_read_and_shows_none() -> None:
    first = column(entry(1, None, DateHow.ABSENT))
    assert told(first, {f"{LIST}1.html": article(None, DateHow.ABSENT)}).undated == "absent"
    assert told(first, {f"{LIST}1.html": article(None, DateHow.UNREADABLE)}).undated == "unreadable"
    assert told(first).undated == "unreadable"

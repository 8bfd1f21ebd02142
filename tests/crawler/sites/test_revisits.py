"""The second night: what is asked again, and that nothing waits for ever."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sites.revisits import (
    ARTICLE,
    COLUMN,
    HOME,
    LATER_LIST,
    PATIENCE,
    RECENT,
    REST,
    is_share_of_night,
    plan_lists,
    plan_night,
)
from domain.captured import Known, PageKind
from domain.crawl_policy import CrawlPolicy
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 22, 30, tzinfo=BEIJING)
HOME_URL = "http://a.gov.cn/"


def known(
    url: str,
    kind: PageKind | None = PageKind.ARTICLE,
    *,
    status: int = 200,
    published: date | None = None,
    priority: int = ARTICLE,
) -> Known:
    return Known("a", HOME_URL + url, "", "", "h", 1, status, kind, published, AS_OF, priority)


def planned(items: list[Known], as_of: datetime = AS_OF) -> dict[str, int]:
    return {a.url.removeprefix(HOME_URL): a.priority for a in plan_night(items, HOME_URL, as_of, CrawlPolicy())}


def of_another_night(prefix: str, count: int = 1) -> list[str]:
    """Addresses whose share does not fall on AS_OF."""
    urls = (f"{prefix}{n}" for n in range(10_000))
    found = [url for url in urls if not is_share_of_night(HOME_URL + url, AS_OF, CrawlPolicy().revisit_days)]
    return found[:count]


def test_what_every_later_night_asks() -> None:
    column, faulty, silent, recent, edge = (of_another_night(name)[0] for name in ("c", "f", "s", "r", "e"))
    items = [
        known("", PageKind.HOME, priority=HOME),
        known(column, PageKind.COLUMN, priority=COLUMN),
        known(faulty, None, status=404, priority=REST),
        known(silent, None, status=0, priority=REST),
        known(recent, published=date(2023, 4, 20)),
        known(edge, published=date(2023, 3, 27)),
    ]
    assert planned(items) == {
        "": HOME, column: COLUMN, faulty: COLUMN, silent: COLUMN, recent: RECENT, edge: RECENT,
    }  # fmt: skip


def test_what_waits_for_its_night() -> None:
    old, undated, second, file = (of_another_night(name)[0] for name in ("o", "u", "l", "p"))
    items = [
        known(old, published=date(2023, 3, 26)),
        known(undated),
        known(second, PageKind.COLUMN, priority=LATER_LIST),
        known(file, None, priority=REST),
    ]
    assert planned(items) == {}


def test_a_list_is_asked_by_its_own_pace() -> None:
    rests = {"daily": (1, 1), "now and then": (8, 1), "its turn": (8, 2), "long": (40, 9), "archive": (400, 27)}
    moments = {HOME_URL + name: tuple(AS_OF - timedelta(days=days) for days in pair) for name, pair in rests.items()}
    items = [known(name, PageKind.COLUMN, priority=REST) for name in rests]
    items += [known("later", PageKind.COLUMN, priority=LATER_LIST), known("article"), known("gone", PageKind.COLUMN, status=404, priority=REST)]  # fmt: skip
    asked: list[str] = []

    def changes(urls: Collection[str]) -> dict[str, tuple[datetime, datetime]]:
        asked.extend(urls)
        return {url: (moments[url][0], moments[url][1]) for url in urls}

    due = [address.url.removeprefix(HOME_URL) for address in plan_lists(items, changes, AS_OF)]
    assert due == ["daily", "its turn"]
    assert [url.removeprefix(HOME_URL) for url in asked] == list(rests)


@pytest.mark.parametrize("change", [1, 3, 20])
def test_a_pace_follows_what_a_list_does(change: int) -> None:
    """A list that changes every so many days, and is asked when it is due: how late its changes are seen."""
    looked = changed = AS_OF
    asked, late = 0, []
    for day in range(1, 200):
        now = AS_OF + timedelta(days=day)
        item = known("list", PageKind.COLUMN, priority=REST)
        due = list(plan_lists([item], lambda _: {item.url: (changed, looked)}, now))  # noqa: B023
        last_news = AS_OF + timedelta(days=day - day % change)
        if due:
            asked += 1
            late.append((now - last_news).days if last_news > looked else 0)
            changed, looked = (now, now) if last_news > looked else (changed, now)
    assert max(late) <= change // PATIENCE + 1
    assert asked >= 199 / max(1, change)


@pytest.mark.parametrize("cycle", [1, 7, 28])
def test_every_address_comes_up_once_in_a_cycle(cycle: int) -> None:
    urls = [f"http://a.gov.cn/{n}.html" for n in range(300)]
    nights = [AS_OF + timedelta(days=n) for n in range(cycle)]
    for url in urls:
        assert sum(is_share_of_night(url, night, cycle) for night in nights) == 1


def test_the_share_of_a_night_is_even() -> None:
    urls = [f"http://a.gov.cn/art/{n}.html" for n in range(5_600)]
    shares = [sum(is_share_of_night(u, AS_OF + timedelta(days=n), 28) for u in urls) for n in range(28)]
    assert sum(shares) == len(urls)
    assert 140 < min(shares) <= max(shares) < 260


def test_old_articles_keep_their_priority_and_are_all_asked_in_a_cycle() -> None:
    items = [known(f"{n}", published=date(2020, 1, 1), priority=REST) for n in range(200)]
    asked: set[str] = set()
    for number in range(CrawlPolicy().revisit_days):
        tonight = planned(items, AS_OF + timedelta(days=number))
        assert set(tonight.values()) <= {REST}
        asked |= tonight.keys()
    assert len(asked) == 200


@given(st.text(min_size=1, max_size=60), st.integers(1, 60), st.integers(0, 400), st.integers(0, 23))
def test_a_share_depends_on_the_date_not_the_hour(url: str, cycle: int, days: int, hour: int) -> None:
    night = AS_OF.replace(hour=0, minute=0) + timedelta(days=days)
    assert is_share_of_night(url, night, cycle) == is_share_of_night(url, night.replace(hour=hour), cycle)
    assert is_share_of_night(url, night, cycle) == is_share_of_night(url, night + timedelta(days=cycle), cycle)

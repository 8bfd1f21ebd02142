"""Twice the hostile text, at most about twice the time: for every page, feed and account answer."""

import time
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

import pytest
from hostile_texts import FEEDS, PAGES

from crawler.fetch.walls import wall_of
from crawler.links.soft_404 import doubt_of
from crawler.parsing import read_page
from crawler.parsing.html.charsets import decode
from crawler.parsing.services.code_pictures import code_pictures
from crawler.parsing.services.search_forms import find_search
from crawler.platforms.adapters import parse
from crawler.platforms.values import Answer, Limits
from domain.targets import Account, Platform, Source
from domain.times import BEIJING

NOW = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
MOST, LITTLE = 3.0, 0.15  # factor of a doubling; seconds in which no factor can be told from chance
PARTS = 3_000
ACCOUNT = Account("a", "某某发布", Platform.OTHER)


def read_as_page(text: str) -> None:
    body = text.encode("utf-8", "replace")
    for home, url in ((False, "http://a.gov.cn/x/"), (True, "http://a.gov.cn/")):
        reading = read_page(body, url, NOW, "text/html", home=home)
        doubt_of(reading, url, body)
    wall_of(200, {}, body[:20_000])
    shown = decode(body).text
    code_pictures(shown[:200_000], "http://a.gov.cn/", 12)
    find_search(shown[:200_000], "http://a.gov.cn/", "utf-8", {"a.gov.cn"})


def read_as_answer(text: str) -> None:
    for adapter in ("feed", "page", "weibo", "wechat_article", "json"):
        answer = Answer(
            "https://a.example/x", body=text.encode(), headers={"content-type": "text/html"}, fetched_at=NOW
        )
        parse(ACCOUNT, Source(adapter, "https://a.example/x"), answer, NOW, Limits())


def growth(read: Callable[[str], None], make: Callable[[int], str]) -> float:
    """The smallest factor of three doublings, each the best of two; 1 where the largest takes no time at all."""
    times = []
    for size in (PARTS // 4, PARTS // 2, PARTS, 2 * PARTS):
        text = make(size)
        best = float("inf")
        for _ in range(2):
            started = time.process_time()
            read(text)
            best = min(best, time.process_time() - started)
        times.append(best)
    return 1.0 if times[-1] < LITTLE else min(after / before for before, after in pairwise(times))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_what_it_is_long(name: str) -> None:
    assert growth(read_as_page, PAGES[name]) < MOST


@pytest.mark.parametrize("name", [*FEEDS, *list(PAGES)[:6]])
def test_an_answer_costs_what_it_is_long(name: str) -> None:
    assert growth(read_as_answer, {**PAGES, **FEEDS}[name]) < MOST

"""Families of addresses without end: what belongs together, and when enough has been seen."""

from datetime import date

import pytest

from crawler.sites.families import STREAK, Families, shape_of
from domain.captured import Dated, PageKind, Reading, Trap


def page(text: str, title: str = "办事日历", **more: object) -> Reading:
    return Reading(PageKind.OTHER, title=title, text=text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/rl/2023/04/", "http://a.gov.cn/rl/2031/11/"),
        ("http://a.gov.cn/rl?y=2023&m=4", "http://a.gov.cn/rl?m=5&y=2023"),
        ("http://a.gov.cn/list?sort=up&page=1", "http://a.gov.cn/list?page=9&sort=down"),
        ("http://a.gov.cn/(S(k3jq2n45ab0v55zk))/x.aspx", "http://a.gov.cn/(S(b1xq2n45ab0v55zz))/x.aspx"),
        ("http://a.gov.cn/s/0f3a9c77d2e14b8899aa/x.html", "http://a.gov.cn/s/11aa9c77d2e14b8899ff/x.html"),
        ("http://a.gov.cn/a/b/a/b/a/b/x.html", "http://a.gov.cn/a/b/a/b/a/b/a/b/x.html"),
    ],
)
def test_what_belongs_together(one: str, other: str) -> None:
    assert shape_of(one) == shape_of(other) != one.partition("://")[2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/zwgk/index.html", "http://a.gov.cn/xwzx/index.html"),
        ("http://a.gov.cn/list?page=1", "http://a.gov.cn/show?page=1"),
        ("http://a.gov.cn/zhengfuxinxigongkaizhinan/", "http://a.gov.cn/zhengfuxinxigongkainianbao/"),
    ],
)
def test_what_does_not(one: str, other: str) -> None:
    assert shape_of(one) != shape_of(other)


def test_pages_that_say_the_same_but_for_numbers_have_no_end() -> None:
    families = Families()
    for month in range(STREAK + 1):
        assert not families.bars("http://a.gov.cn/rl?m=999")
        families.note(f"http://a.gov.cn/rl?m={month}", page(f"{month} 月没有安排"))
    assert families.bars("http://a.gov.cn/rl?m=999")
    assert not families.bars("http://a.gov.cn/art?m=999")
    (trap,) = families.found()
    assert (trap.shape, trap.example, trap.read) == ("a.gov.cn/rl?m", "http://a.gov.cn/rl?m=0", STREAK + 1)


def test_the_order_of_lines_says_nothing() -> None:
    families = Families()
    for number in range(STREAK + 1):
        lines = ["甲事项", "乙事项", "丙事项"]
        families.note(f"http://a.gov.cn/l?o={number}", page("\n".join(lines if number % 2 else reversed(lines))))
    assert families.endless


def test_articles_and_their_like_have_an_end() -> None:
    families = Families()
    for number in range(500):
        words = "".join(chr(0x4E00 + (number * 7 + step) % 3000) for step in range(9))
        families.note(f"http://a.gov.cn/art/2023/4/art_{number}.html", page(f"第 {number} 号：{words}"))
        families.note(f"http://a.gov.cn/w/{number}.html", page("", needs_render="list"))
        if number < STREAK:
            families.note(f"http://a.gov.cn/pic/{number}.html", page(""))
        notice = page(f"第 {number} 号公示", published=Dated(date(2023, 4, 1)))
        families.note(f"http://a.gov.cn/gs/{number}.html", notice)
        families.note("http://a.gov.cn/index.html", page("首页"))
    assert families.found() == ()


def test_one_article_under_ever_new_session_ids_has_no_end() -> None:
    families = Families()
    article = page("第 3 号公示", published=Dated(date(2023, 4, 1)))
    for number in range(STREAK + 1):
        families.note(f"http://a.gov.cn/s/aaaaaaaaaaaaaaaa{number:04d}/3.html", article)
    assert families.endless


def test_what_had_no_end_is_tasted_and_may_have_one_now() -> None:
    before = (Trap("a.gov.cn/rl?m", "x", 40), Trap("a.gov.cn/s?q", "y", 40))
    same, changed, silent = Families(before), Families(before), Families(before)
    for month in range(3):
        same.note(f"http://a.gov.cn/rl?m={month}", page("没有安排"))
        changed.note(f"http://a.gov.cn/rl?m={month}", page("没有安排" + "甲乙丙"[month]))
    assert same.bars("http://a.gov.cn/rl?m=7")
    assert not changed.bars("http://a.gov.cn/rl?m=7")
    assert [trap.shape for trap in same.found()] == ["a.gov.cn/rl?m", "a.gov.cn/s?q"]
    assert [trap.shape for trap in changed.found()] == ["a.gov.cn/s?q"]
    assert [trap.shape for trap in silent.found()] == ["a.gov.cn/rl?m", "a.gov.cn/s?q"]
    assert silent.was_endless("http://a.gov.cn/s?q=1")

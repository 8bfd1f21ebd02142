"""Which lists are a column's own: every rule of the ladder fires on one page, and leaves a like one alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest

from crawler.parsing import read_page
from crawler.parsing.lists import own_lists
from crawler.parsing.lists.blocks import Block
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
URL = "http://www.a.gov.cn/zw/tzgg/"
PAGER = "<div class=page><a href=index_2.html>下一页</a></div>"


def rows(folder: str, day: str = "2023-04-20", count: int = 5) -> str:
    line = "<li><a href='{0}{1}.html'>关于开展第{1}号检查工作的通知</a><span>{2}</span></li>"
    return "<ul>" + "".join(line.format(folder, n, day) for n in range(count)) + "</ul>"


def box(head: str, inner: str, kind: str = "box", more: str = "") -> str:
    link = f"<a href='{more}'>更多</a>" if more else ""
    return f"<div class={kind}><h3>{head}{link}</h3>{inner}</div>"


OWN, OTHER = partial(rows, "./"), partial(rows, "/zw/gzdt/")
FLAT = "http://www.a.gov.cn/list"  # its address tells nothing of its entries
PAGES = {  # rule -> (address, page on which it fires, a like page on which it does not)
    "named_like_the_column": (
        URL,
        box("通知公告", OWN(), "sidebar"),
        box("热门推荐", OTHER(), "sidebar") + box("通知公告", OWN()),
    ),
    "all_links_elsewhere": (URL, OWN() + box("工作动态", OTHER()), OWN() + box("二月", OWN(count=3))),
    "own_among_sidebars": (
        URL,
        box("相关信息", OTHER(), "sidebar") + box("资讯", OWN(), "sidebar"),
        box("资讯", OWN()) + box("相关信息", OTHER(), "sidebar"),
    ),
    "beside_its_own": (
        FLAT,
        f"<div>{rows('/a/')}{PAGER}</div>" + box("工作动态", rows("/b/")),
        rows("/a/") + box("工作动态", rows("/b/")),
    ),
    "on_an_empty_page": (FLAT, "<p>暂无信息</p>" + box("工作动态", rows("/b/")), box("工作动态", rows("/b/"))),
    "excerpts": (FLAT, rows("/a/") + box("工作动态", rows("/b/"), more="/b/"), rows("/a/") + rows("/b/")),
    "headed_otherwise": (
        FLAT,
        rows("/a/", count=8) + box("工作动态", rows("/b/")),
        rows("/a/", count=8) + box("2022年", rows("/b/")),
    ),
}


def fired(monkeypatch: pytest.MonkeyPatch, url: str, body: str) -> set[str]:
    seen: set[str] = set()

    def watched(rule: own_lists.Rule, page: own_lists._Lists) -> Iterator[Block]:
        for block in rule.picks(page):
            seen.add(rule.name)
            yield block

    rules = tuple(replace(rule, picks=partial(watched, rule)) for rule in own_lists.RULES)
    with monkeypatch.context() as patched:
        patched.setattr(own_lists, "RULES", rules)
        html = f"<html><head><meta charset=utf-8><title>通知公告_某某市</title></head><body>{body}</body></html>"
        read_page(html.encode(), url, AS_OF)
    return seen


def test_every_rule_has_an_example() -> None:
    assert {rule.name for rule in own_lists.RULES} == PAGES.keys()


@pytest.mark.parametrize("name", PAGES)
def test_a_rule_fires_where_it_should_and_not_beside(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    url, page, like = PAGES[name]
    assert name in fired(monkeypatch, url, page)
    assert name not in fired(monkeypatch, url, like)

"""A column of the site is one that its living pages lead to; what an old article still names is none."""

from pathlib import Path

import pytest
from faults import LATE, STALE
from town import Town, Watch, built, item, watched

from domain.findings import FindingRecord


def raw_article(path: str, links: str) -> str:
    """An article as a static file of its day, with the navigation of its day."""
    return (
        f'<html><head><meta charset="utf-8"><title>旧闻一则</title><meta name="ArticleTitle" content="旧闻一则"><meta name="PubDate" '
        f'content="2023-04-10 09:00"></head><body><div class="nav"><ul><li><a href="/">首页</a></li>{links}</ul></div>'
        f'<h1>旧闻一则</h1><div>发布时间：2023-04-10 09:00</div><div class="content"><p>{"会议研究了下一步工作。" * 12}</p></div></body></html>'
    )


def with_old_articles(number: int) -> Town:
    """Recent enough to be read every night, and never written again."""
    town = built()
    LATE[0](town)
    rows = town.__dict__.setdefault("old_rows", [])
    for each in range(number):
        path = f"/jiu/{each}.html"
        rows.append(item(town.today, path, f"旧闻{each}"))
        town.pages[path] = raw_article(path, '<li><a href="/xw/">工作动态</a></li><li><a href="/zc/">政策文件</a></li>')
    return town


def stale(watch: Watch, night: int) -> FindingRecord:
    return watch.records(watch.inspect(night))["column.stale /zc/"]


@pytest.mark.parametrize("number", [1, 30])
def test_it_is_closed_and_comes_back_with_the_navigation(tmp_path: Path, number: int) -> None:
    town = with_old_articles(number)
    with watched(tmp_path, town) as watch:
        assert stale(watch, 0).state.is_open
        name = town.nav.pop("/zc/")
        states = [stale(watch, night) for night in (1, 2, 3)]
        assert {asked for asked in town.asked if asked.startswith("/jiu/")}  # they are read every night
        assert (states[1].state.value, states[1].closed) == ("fixed", "gone")
        assert (states[2].state.value, states[2].closed) == ("fixed", "gone")
        town.nav["/zc/"] = name
        assert stale(watch, 4).state.value == "reopened"


def test_another_column_that_leads_to_it_keeps_it(tmp_path: Path) -> None:
    town = built()
    town.column("/zc/", "政策文件", STALE)
    town.column("/xxgk/", "信息公开", item(town.today, "/gg/1.html", "关于开展检查的通知"))
    with watched(tmp_path, town) as watch:
        assert stale(watch, 0).state.is_open
        town.nav.pop("/zc/")
        town.pages["/xxgk/"] = town.pages["/xxgk/"].replace("<h2>", '<p><a href="/zc/">政策文件</a></p><h2>')
        for night in (1, 2, 3):
            assert stale(watch, night).state.value == "persisting"


def test_two_columns_that_only_lead_to_each_other_are_both_let_go(tmp_path: Path) -> None:
    town = built()
    nav = '<li><a href="/zc/">政策文件</a></li><li><a href="/jd/">政策解读</a></li>'
    for path, name in (("/zc/", "政策文件"), ("/jd/", "政策解读")):
        town.nav[path] = name
        town.pages[path] = (
            f'<html><head><meta charset="utf-8"><title>{name}</title><meta name="ColumnName" content="{name}"></head><body>'
            f'<div class="nav"><ul>{nav}</ul></div><h2>{name}</h2><ul>{STALE}</ul></body></html>'
        )
    with watched(tmp_path, town) as watch:
        assert stale(watch, 0).state.is_open
        town.nav.clear()
        watch.inspect(1)
        records = watch.records(watch.inspect(2))
        assert {records[f"column.stale {path}"].closed for path in ("/zc/", "/jd/")} == {"gone"}


def test_a_column_that_only_articles_ever_led_to_is_left_as_it_was_found(tmp_path: Path) -> None:
    town = with_old_articles(3)
    town.nav.pop("/zc/")  # as where a script draws the navigation of the home page
    with watched(tmp_path, town) as watch:
        assert [stale(watch, night).state.value for night in range(4)] == ["new", *["persisting"] * 3]

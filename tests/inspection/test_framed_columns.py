"""Columns whose list stands in a frame: judged by the frame's page, once, under the column's name."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from checks.rules.column_kinds import classify
from checks.rules.rulebook import load_rules
from crawler.parsing import read_page
from domain.captured import Page, SiteRun
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.targets import Site
from domain.times import BEIJING
from domain.views import Column, SiteView
from inspection.judging.site_views import build_site_view
from storage import open_store

HOST = "http://www.a.gov.cn"
AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
SITE = Site("a", "某某市民政局", f"{HOST}/")
NAV = '<div class="nav"><a href="/">首页</a><a href="/gzdt/">工作动态</a><a href="/tzgg.html">通知公告</a></div>'
FOOT = '<div class="footer">主办单位：某某市民政局 联系电话：024-12345678</div>'


def page(title: str, inner: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{NAV}<h2>{title}</h2>{inner}{FOOT}</body></html>"


def frame(address: str) -> str:
    return f'<iframe src="{address}" width="100%" height="700"></iframe>'


def rows(*days: str) -> str:
    items = (f'<li><a href="/a/{d}.html">某某市民政局召开工作推进会部署{d}工作</a><span>{d}</span></li>' for d in days)
    return f"<html><head><title>列表</title></head><body><ul>{''.join(items)}</ul></body></html>"


FRESH, OLD = rows("2023-04-24", "2023-04-12", "2023-03-30"), rows("2022-04-24", "2022-04-12", "2022-03-30")
HOME = page("某某市民政局", FRESH)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store("memory:", "")
    yield opened
    opened.close()


def viewed(store: Store, pages: Mapping[str, str], *, earlier: Mapping[str, str] | None = None) -> SiteView:
    """The site as of a run that captured `pages`; `earlier` was captured the night before."""
    for number, captured in enumerate((earlier or {}, {"/": HOME, **pages})):
        at = AS_OF - timedelta(days=1 - number)
        run = Run(f"r{number}", RunKind.NIGHTLY, at, at, RunState.COMPLETE, targets=("a",))
        store.save_run(run)
        captures = [_capture(run, path, html) for path, html in captured.items()]
        store.write([*captures, SiteRun(run.id, "a", "complete", len(captures))])
    return build_site_view(store, SITE, run, partial(classify, rulebook=load_rules()))


def _capture(run: Run, path: str, html: str) -> Page:
    reading = read_page(html.encode(), HOST + path, run.as_of, "text/html; charset=utf-8", home=path == "/")
    return Page(run.id, "a", HOST + path, HOST + path, 200, run.as_of, body_hash=f"{hash(html):x}", reading=reading)


def columns(view: SiteView) -> dict[str, Column]:
    return {column.url.removeprefix(HOST): column for column in view.columns()}


def test_the_frames_list_is_the_columns(store: Store) -> None:
    pages = {"/gzdt/": page("工作动态", frame("/frame/list_1.html")), "/frame/list_1.html": FRESH}
    found = columns(viewed(store, pages))
    assert list(found) == ["/gzdt/"]
    column = found["/gzdt/"]
    assert (column.name, column.newest, column.items, column.level) == ("工作动态", date(2023, 4, 24), 3, 1)
    assert column.capture == f"{hash(FRESH):x}"  # the evidence is what shows the dates


def test_an_old_list_in_a_frame_is_old(store: Store) -> None:
    pages = {"/gzdt/": page("工作动态", frame("/frame/list_1.html")), "/frame/list_1.html": OLD}
    assert columns(viewed(store, pages))["/gzdt/"].newest == date(2022, 4, 24)


def test_a_page_with_an_odd_address_is_a_column_by_its_frame(store: Store) -> None:
    pages = {"/tzgg.html": page("通知公告", frame("list_2.html")), "/list_2.html": FRESH}
    found = columns(viewed(store, pages))
    assert {path: column.name for path, column in found.items()} == {"/tzgg.html": "通知公告"}


def test_a_frame_in_a_frame(store: Store) -> None:
    outer = "<html><body>" + frame("/frame/list_1.html") + "</body></html>"
    pages = {"/gzdt/": page("工作动态", frame("/f/")), "/f/": outer, "/frame/list_1.html": FRESH}
    assert columns(viewed(store, pages))["/gzdt/"].newest == date(2023, 4, 24)


@pytest.mark.parametrize("address", ["/frame/list_1.html", "http://other.gov.cn/list.html"])
def test_a_frame_that_was_not_read_leaves_the_column_open(store: Store, address: str) -> None:
    column = columns(viewed(store, {"/gzdt/": page("工作动态", frame(address))}))["/gzdt/"]
    assert (column.newest, column.undated) == (None, "not_read")


def test_a_frame_of_another_night_proves_nothing(store: Store) -> None:
    view = viewed(store, {"/gzdt/": page("工作动态", frame("/frame/list_1.html"))}, earlier={"/frame/list_1.html": OLD})
    assert columns(view)["/gzdt/"].undated == "not_read"


def test_a_frame_beside_a_list_changes_nothing(store: Store) -> None:
    both = page("工作动态", f"<ul>{FRESH}</ul>{frame('/frame/list_1.html')}")
    found = columns(viewed(store, {"/gzdt/": both, "/frame/list_1.html": OLD}))
    assert found["/gzdt/"].newest == date(2023, 4, 24)
    assert "/frame/list_1.html" in found  # a list of its own, as before


def test_a_text_page_with_a_map_is_no_column(store: Store) -> None:
    text = "<p>某某市民政局位于某某市某某路一号，办公时间为工作日上午九时至下午五时，咨询请拨打窗口电话。</p>" * 3
    assert columns(viewed(store, {"/gzdt/": page("交通指南", text + frame("/map.html"))})) == {}


def test_a_blank_column_with_a_narrow_frame_is_blank(store: Store) -> None:
    counter = '<iframe src="/count.html" height="1"></iframe>'
    assert columns(viewed(store, {"/gzdt/": page("工作动态", counter)}))["/gzdt/"].undated == "blank"


def test_a_home_page_is_as_fresh_as_the_list_in_its_frame(store: Store) -> None:
    home = page("某某市民政局", OLD + frame("/frame/list_1.html"))
    view = viewed(store, {"/": home, "/frame/list_1.html": FRESH})
    assert view.home_lists_newest == date(2023, 4, 24)

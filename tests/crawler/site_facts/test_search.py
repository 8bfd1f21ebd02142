"""In-site searches of all sorts, tried by a real crawl of loopback sites."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from measuring_server import Measured, Told, served

from crawler.browser.rendering import find_browser
from domain.crawl_policy import CrawlPolicy
from domain.runs import Run, RunKind
from domain.site_facts import SearchTrial
from domain.targets import Registry, Site
from inspection.runs.children import crawl
from storage import open_store, upgrade

AS_OF = datetime(2023, 4, 26, 1, tzinfo=UTC)
TITLES = [f"某某市第{number}季度养老服务工作推进会召开" for number in "一二三四"]
FORM = '<form id="sf" action="/search"><input name="q" id="kw0"><button>搜索</button></form>'
FILLER = "<p>会议总结了近期养老服务工作的进展，部署了下一阶段的重点任务，要求各有关单位抓好落实，及时报送情况。</p>" * 4
Found = Callable[[str], Told]
Play = Callable[[str, int], Told]


def page(title: str, inner: str, head: str = "") -> Told:
    nav = '<div class="nav"><a href="/">首页</a><a href="/xw/">工作动态</a></div>'
    foot = "<div class=footer>主办单位：某某市民政局 联系电话：024-12345678</div>"
    return Told(f"<html><head><title>{title}</title>{head}</head><body>{nav}{inner}{foot}</body></html>")


def listed(titles: list[str]) -> str:
    items = "".join(
        f'<li><a href="/xw/{TITLES.index(t)}.html">{t}</a><span>2023-04-1{n}</span></li>' for n, t in enumerate(titles)
    )
    return f"<ul>{items}</ul>"


def nothing(words: str) -> Told:
    return page("搜索结果", f"<h2>搜索结果</h2><p>没有找到与“{words}”相关的信息</p>")


def site(search: Found, form: str = FORM, head: str = "", *, articles: bool = True, robots: str = "") -> Play:
    """A small site with a search that answers `search(words)`."""

    def play(path: str, before: int) -> Told:
        parts = urlsplit(path)
        if path == "/robots.txt":
            return Told(robots, 200 if robots else 404)
        if path == "/":
            return page("某某市民政局", form + (listed(TITLES) if articles else FILLER), head)
        if parts.path == "/xw/":
            return page("工作动态", listed(TITLES) if articles else FILLER)
        if parts.path.startswith("/xw/"):
            title = TITLES[int(parts.path[4])]
            return page(title, f"<h1>{title}</h1><p>发布时间：2023-04-11</p>{FILLER}{FILLER}")
        if parts.path == "/search" and parts.query:
            query = parse_qs(parts.query)
            return search(query.get("q", [""])[0])
        if parts.path == "/js/app.js":
            return Told('$("#sf").submit(function(){location="/other?k="+$("#kw0").val();return false})')
        return Told("", 404)

    return play


def finds(words: str) -> Told:
    return page("搜索结果", f"<p>共找到 {len(TITLES)} 条结果</p>{listed([t for t in TITLES if words in t])}")


def fails(words: str) -> Told:
    return Told("<h1>Server Error</h1>", 500)


def recovering() -> Found:
    asked: list[str] = []

    def search(words: str) -> Told:
        asked.append(words)
        return fails(words) if len(asked) == 1 else finds(words)

    return search


def by_script(words: str) -> Told:
    return page("搜索", '<p>共找到<span id="n">0</span>条</p><div v-for="x in list"></div>')


PLAYS: dict[str, Play] = {
    "found": site(finds),
    "post": site(finds, FORM.replace("<form", "<form method=post")),
    "failing": site(fails),
    "recovered": site(recovering()),
    "missing": site(nothing),
    "hooked": site(fails, head="<script>document.getElementById('sf').onsubmit=go</script>"),
    "hooked_outside": site(nothing, head='<script src="/js/app.js"></script>'),
    "by_script": site(by_script),
    "guarded": site(finds, robots="User-agent: *\nDisallow: /search\n"),
    "refused": site(lambda words: Told("<h1>Forbidden</h1>", 403)),
    "elsewhere": site(finds, FORM.replace("/search", "http://127.0.0.1:9/search")),
    "sent_away": site(lambda words: Told("", 302, {"Location": "http://127.0.0.1:9/"})),
    "no_form": site(finds, "<p>没有搜索</p>"),
    "no_titles": site(finds, articles=False),
    "odd": site(lambda words: page("某某市民政局", f"<h1>欢迎</h1>{FILLER}")),
    "down": lambda path, before: Told("", 503),
}


@dataclass(frozen=True)
class Tried:
    trials: dict[str, SearchTrial | None]
    servers: dict[str, Measured]

    def searches(self, name: str) -> list[str]:
        return [path for path in self.servers[name].paths if path.startswith("/search?")]


def crawled(folder: Path, urls: dict[str, str], *, render: bool = False) -> dict[str, SearchTrial | None]:
    """The trial of every site of one crawl."""
    upgrade(f"sqlite:///{folder}/x.db")
    store = open_store(f"sqlite:///{folder}/x.db", folder)
    store.save_registry(Registry(sites=tuple(Site(name, name, url) for name, url in urls.items())))
    settings = {
        "second_look_seconds": 0.1, "retry_seconds": 0.1, "retry_times": 0, "render": render, "check_outside": False,
    }  # fmt: skip
    run = Run("r", RunKind.NIGHTLY, AS_OF, AS_OF, targets=tuple(urls), allow_private=True, settings=settings)
    store.save_run(run)
    try:
        assert not crawl("r", f"sqlite:///{folder}/x.db", str(folder)).errors
        return {item.site_id: item.search for item in store.site_runs("r")}
    finally:
        store.close()


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    with ExitStack() as stack:
        servers = {name: stack.enter_context(served(play)) for name, play in PLAYS.items()}
        urls = {name: server.url for name, server in servers.items()}
        yield Tried(crawled(tmp_path_factory.mktemp("search"), urls), servers)


@pytest.mark.parametrize("name", ["found", "post", "recovered"])
def test_a_search_that_works_is_found(tried: Tried, name: str) -> None:
    trial = tried.trials[name]
    assert trial is not None
    assert (trial.outcome, trial.titles[0] in TITLES[-1] + TITLES[0], trial.status) == ("found", True, 200)


def test_a_search_that_works_is_asked_once(tried: Tried) -> None:
    assert len(tried.searches("found")) == 1
    assert len(tried.searches("post")) == 1


def test_an_error_counts_when_it_was_seen_twice(tried: Tried) -> None:
    trial = tried.trials["failing"]
    assert trial is not None
    assert (trial.outcome, trial.status) == ("failing", 500)
    assert len(tried.searches("failing")) == 2


def test_three_titles_that_are_not_found_twice_are_missing(tried: Tried) -> None:
    trial = tried.trials["missing"]
    assert trial is not None
    assert trial.outcome == "missing"
    assert len(set(trial.titles)) == 3
    assert len(tried.searches("missing")) == 6


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hooked", "script"),
        ("hooked_outside", "script"),
        ("by_script", "script"),
        ("guarded", "robots"),
        ("refused", "blocked"),
        ("elsewhere", "other_host"),
        ("sent_away", "other_host"),
        ("no_form", "no_form"),
        ("no_titles", "no_titles"),
        ("odd", "no_result_page"),
    ],
)
def test_what_cannot_be_tried_is_unknown_with_its_reason(tried: Tried, name: str, reason: str) -> None:
    trial = tried.trials[name]
    assert trial is not None
    assert (trial.outcome, trial.reason) == ("unknown", reason)


def test_a_site_without_a_home_page_is_not_tried(tried: Tried) -> None:
    assert tried.trials["down"] is None


def drawn_later(items: str) -> Found:
    """A result page that a script fills, as most do."""

    def search(words: str) -> Told:
        script = f"setTimeout(function(){{document.getElementById('r').innerHTML={items!r};}},50); // fetch("
        return page("搜索", f'<p id="r">共找到<span>0</span>条</p><script>{script}</script>')

    return search


@pytest.mark.skipif(not find_browser(CrawlPolicy()), reason="no Chromium on this machine")
def test_a_browser_shows_what_a_script_fills_in(tmp_path: Path) -> None:
    found = '<a href="/xw/3.html">找到的文章</a>'
    plays = {"filled": site(drawn_later(found)), "empty": site(drawn_later("<b>没有找到相关结果</b>"))}
    with ExitStack() as stack:
        urls = {name: stack.enter_context(served(play)).url for name, play in plays.items()}
        trials = crawled(tmp_path, urls, render=True)
    assert {name: trial.outcome for name, trial in trials.items() if trial} == {"filled": "found", "empty": "missing"}

"""A site with a calendar, session ids in paths and a list in every order: bounded, reported, its articles all read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from measuring_server import Measured, Told, article, links, served

from crawler.sites.families import STREAK
from domain.captured import SiteRun
from domain.ports import Store
from domain.runs import Run, RunKind
from domain.targets import Registry, Site
from inspection.runs.children import crawl
from storage import open_store, upgrade

AS_OF = datetime(2023, 4, 26, 1, tzinfo=UTC)
ARTICLES = [f"/art/{number}.html" for number in range(60)]
SETTINGS = {
    "second_look_seconds": 0.1, "render": False, "check_outside": False, "check_disguise": False, "read_sitemaps": False,
    "check_search": False, "check_codes": False, "check_ipv6": False, "page_budget": 2_000, "max_depth": 1_000,
}  # fmt: skip


def told(path: str, before: int) -> Told:
    if path == "/robots.txt":
        return Told("", 404)
    if path == "/":
        return links("/rl?m=1", "/s/aaaaaaaaaaaaaaaa0001/x.html", *ARTICLES)
    if path.startswith("/rl"):
        month = int(path.partition("m=")[2])
        return endless(f"{month} 月没有安排会议和活动", f"/rl?m={month + 1}", f"/rl?m={month + 2}")
    if path.startswith("/s/"):
        number = int(path.split("/")[2][-4:])
        return endless("请登录后办理有关事项", f"/s/aaaaaaaaaaaaaaaa{number + 1:04d}/x.html")
    text = chr(0x4E00 + int(path.split("/")[2].partition(".")[0])) * 5
    return replace(article(path), body=article(path).body.replace("办理流程", text))


def endless(says: str, *paths: str) -> Told:
    body = "".join(f'<p><a href="{path}">下一页</a></p>' for path in paths)
    return Told(f"<title>日历</title><h1>日历</h1><p>{says}。请按规定的时间前来办理。</p>{body}")


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[SiteRun], list[Measured]]]:
    folder = tmp_path_factory.mktemp("endless")
    url = f"sqlite:///{folder}/x.db"
    upgrade(url)
    store = open_store(url, folder)
    runs, seen = [], []
    with served(told) as server:
        store.save_registry(Registry(sites=(Site("s", "站", server.url),)))
        for night in range(2):
            when = AS_OF + timedelta(days=night)
            item = Run(f"r{night}", RunKind.NIGHTLY, when, when, targets=("s",), allow_private=True, settings=SETTINGS)
            store.save_run(item)
            assert not crawl(item.id, url, str(folder)).errors
            runs += store.site_runs(item.id)
            seen.append(Measured(asked=list(server.asked)))
            server.asked.clear()
    yield store, runs, seen
    store.close()


def test_a_family_without_end_is_bounded_and_reported(nights: tuple[Store, list[SiteRun], list[Measured]]) -> None:
    _, (first, _), (seen, _) = nights
    assert first.state == "complete"
    assert {trap.shape.partition("/")[2] for trap in first.traps} == {"rl?m", "s/{id}/x.html"}
    assert 1 <= first.skipped["endless"] < 100
    assert len([path for path in seen.paths if path.startswith(("/rl", "/s/"))]) < 2 * STREAK + 40
    assert set(ARTICLES) <= set(seen.paths)


def test_the_next_night_tastes_it_only(nights: tuple[Store, list[SiteRun], list[Measured]]) -> None:
    _, (first, second), (before, seen) = nights
    asked = {path for path in seen.paths if path.startswith(("/rl", "/s/"))} - set(before.paths)
    assert len(asked) <= 8
    assert {trap.shape for trap in second.traps} == {trap.shape for trap in first.traps}

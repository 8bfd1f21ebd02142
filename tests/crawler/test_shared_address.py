"""56 sites at one address, as after 集约化: what its server measures, whoever asks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from measuring_server import AT_ONCE, POLITE, RATE, Measured, Told, busiest_second, served, three_pages

from domain.captured import SiteRun
from domain.ports import Store
from domain.runs import Run, RunKind
from domain.targets import Registry, Site
from inspection.runs.children import crawl
from storage import open_store, upgrade

AS_OF = datetime(2023, 4, 26, 1, tzinfo=UTC)
NAMES = [f"s{number:02d}.jiyue.gov.cn" for number in range(56)]


def office(folder: Path, server: Measured, names: list[str], **settings: object) -> Store:
    upgrade(f"sqlite:///{folder}/x.db")
    store = open_store(f"sqlite:///{folder}/x.db", folder)
    sites = tuple(Site(name, name, f"http://{name}/") for name in names)
    store.save_registry(Registry(sites=sites))
    place = server.url.removeprefix("http://").rstrip("/")
    told = POLITE | {"resolver": dict.fromkeys(names, place)} | settings
    store.save_run(Run("r", RunKind.NIGHTLY, AS_OF, AS_OF, targets=tuple(names), allow_private=True, settings=told))
    return store


def crawled(folder: Path, store: Store, shards: int = 1) -> dict[str, SiteRun]:
    ended = crawl("r", f"sqlite:///{folder}/x.db", str(folder), shards=shards)
    assert not ended.errors
    return {item.site_id: item for item in store.site_runs("r")}


@pytest.mark.parametrize("shards", [1, 2])
def test_in_no_second_more_than_the_budget(shards: int, tmp_path: Path) -> None:
    with served(three_pages) as server:
        store = office(tmp_path, server, NAMES)
        ended = crawled(tmp_path, store, shards)
        kept = store.buckets()
        store.close()
    assert len(server.asked) == 56 * 4
    assert {item.state for item in ended.values()} == {"complete"}
    assert busiest_second(server) <= RATE
    assert server.most <= AT_ONCE
    assert [bucket.address for bucket in kept] == ["127.0.0.1"]
    assert kept[0].shares == ()  # everybody has left


def test_a_site_has_the_time_in_which_it_has_its_turn(tmp_path: Path) -> None:
    """Eight sites of one slow server need 8 s together, each of them 1 s of its own."""
    with served(lambda url, before: three_pages(url, before) if "robots" in url else Told(three_pages(url, before).body, seconds=0.3)) as server:  # fmt: skip
        store = office(tmp_path, server, NAMES[:8], time_budget_minutes=2.5 / 60)
        ended = crawled(tmp_path, store)
        store.close()
    moments = [moment for moment, _, _ in server.asked]
    assert max(moments) - min(moments) > 2.5
    assert {(item.state, item.reason) for item in ended.values()} == {("complete", "")}


def test_a_first_night_that_does_not_fit_is_spread_over_nights(tmp_path: Path) -> None:
    with served(three_pages) as server:
        store = office(tmp_path, server, NAMES[:10], night_minutes=20 * 1.05 / RATE / 60)
        ended = crawled(tmp_path, store)
        left = {address.url for name in NAMES[:10] for address in store.unasked(name, "r")}
        tomorrow = AS_OF + timedelta(days=1)
        first = store.run("r")
        assert first is not None
        settings = {**first.settings, "night_minutes": 480.0}
        store.save_run(replace(first, id="r2", as_of=tomorrow, started_at=tomorrow, settings=settings))
        assert not crawl("r2", f"sqlite:///{tmp_path}/x.db", str(tmp_path)).errors
        second = store.site_runs("r2")
        seen = {url for name in NAMES[:10] for url, _ in store.visited("r2", name)}
        store.close()
    assert {(item.state, item.reason) for item in ended.values()} == {("partial", "next_nights")}
    assert len(left) == sum(item.skipped["next_nights"] for item in ended.values()) >= 10
    assert {item.state for item in second} == {"complete"}
    assert left <= seen


def test_what_a_server_asks_for_holds_for_all_its_sites(tmp_path: Path) -> None:
    def tired(url: str, before: int) -> Told:
        if url.endswith(f"{NAMES[0]}/a.html") and not before:
            return Told("busy", 503, {"Retry-After": "2"})
        return three_pages(url, before)

    with served(tired) as server:
        store = office(tmp_path, server, NAMES[:6])
        crawled(tmp_path, store)
        store.close()
    moments = sorted(moment for moment, _, _ in server.asked)
    assert max(later - earlier for earlier, later in pairwise(moments)) > 1.5

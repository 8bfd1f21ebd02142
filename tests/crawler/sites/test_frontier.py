"""What is asked next: urgent first, fair between sites, bounded in memory, resumable from the store."""

import math
import time
from collections.abc import Iterable
from datetime import datetime

import pytest

from crawler.sites import frontier as frontier_module
from crawler.sites.frontier import Frontier, SiteQueue
from domain.captured import Address, Page
from domain.runs import Run, RunKind
from domain.times import BEIJING
from storage.memory import MemoryStore

NOW = datetime(2023, 4, 26, 9, tzinfo=BEIJING)


class Bench:
    """A frontier over a memory store, with what the archive would do."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        self.store = store or MemoryStore()
        self.store.save_run(Run("r", RunKind.NIGHTLY, NOW, NOW))
        self.flushed = 0
        self.frontier = Frontier(self.store, "r", self.flush)

    def flush(self) -> None:
        self.flushed += 1

    def open(
        self, site: str, urls: Iterable[str] = (), *, budget: int = 10_000, limit: int = 2, minutes: float = 5
    ) -> None:
        queue = SiteQueue(site, budget, limit, minutes * 60)
        self.store.discover("r", self.frontier.open_site(queue, [Address(site, url) for url in urls]))

    def add(self, site: str, *pairs: tuple[str, int]) -> list[str]:
        fresh = self.frontier.add(site, [Address(site, url, priority) for url, priority in pairs])
        self.store.discover("r", fresh)
        return [address.url for address in fresh]

    def done(self, address: Address, *, captured: bool = True) -> None:
        if captured:
            self.store.write([Page("r", address.site_id, address.url, address.url, 200, NOW)])
        self.frontier.finished(address)

    def drain(self) -> list[str]:
        urls = []
        while (address := self.frontier.next()) is not None:
            urls.append(address.url)
            self.done(address)
        return urls


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def small_window(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(frontier_module, "WINDOW", 10)
    return 10


def test_urgent_addresses_first_then_in_order_of_discovery(bench: Bench) -> None:
    bench.open("a")
    bench.add("a", ("rest1", 50), ("home", 0), ("rest2", 50), ("column", 10), ("article", 20))
    assert bench.drain() == ["home", "column", "article", "rest1", "rest2"]
    assert bench.frontier.is_drained


def test_an_address_is_taken_once(bench: Bench) -> None:
    bench.open("a", ["home"])
    assert bench.add("a", ("home", 0), ("x", 50), ("x", 10)) == ["x"]
    assert bench.drain() == ["home", "x"]
    assert bench.add("a", ("x", 0)) == []
    assert bench.frontier.next() is None


def test_sites_take_turns(bench: Bench) -> None:
    for site in "abc":
        bench.open(site, [f"{site}{n}" for n in range(4)])
    assert bench.drain() == [f"{site}{n}" for n in range(4) for site in "abc"]


def test_a_big_site_never_starves_a_small_one(bench: Bench) -> None:
    bench.open("big", [f"big{n}" for n in range(500)])
    bench.open("small", ["s0", "s1"])
    assert {"s0", "s1"} <= set(bench.drain()[:4])


def test_no_more_than_the_limit_at_a_time(bench: Bench) -> None:
    bench.open("a", ["1", "2", "3"], limit=2)
    first, second = bench.frontier.next(), bench.frontier.next()
    assert first is not None
    assert second is not None
    assert bench.frontier.next() is None
    assert not bench.frontier.is_drained
    bench.done(first)
    third = bench.frontier.next()
    assert third is not None
    assert third.url == "3"


def test_the_page_budget_stops_a_site_and_leaves_the_rest_counted(bench: Bench) -> None:
    bench.open("a", [str(n) for n in range(8)], budget=5)
    bench.open("b", ["x"])
    asked = bench.drain()
    assert len([url for url in asked if url != "x"]) == 5
    assert bench.frontier.sites["a"].stopped == "page_budget"
    assert bench.frontier.is_drained
    left = [address.url for batch in _skipping(bench, "a") for address in batch]
    assert len(left) == 3
    assert bench.store.pending("r", "a", 10) == []


def _skipping(bench: Bench, site: str) -> Iterable[list[Address]]:
    for batch in bench.frontier.leftovers(site):
        yield batch
        bench.store.skip("r", site, [address.url for address in batch], "page_budget")


def test_a_budget_that_is_just_enough_stops_nothing(bench: Bench) -> None:
    bench.open("a", ["1", "2", "3"], budget=3)
    assert len(bench.drain()) == 3
    assert bench.frontier.sites["a"].stopped == ""


def test_the_time_budget_stops_a_site(bench: Bench) -> None:
    bench.open("a", ["1"], minutes=-1)
    assert bench.drain() == []
    assert bench.frontier.sites["a"].stopped == "time_budget"
    assert bench.frontier.is_drained


def test_sites_of_one_address_take_turns_within_its_limit(bench: Bench) -> None:
    for site in "abc":
        bench.open(site, [f"{site}{n}" for n in range(3)])
    bench.frontier.share("ab", 1, 60.0, math.inf)
    asked, running = [], []
    while not bench.frontier.is_drained:
        while (address := bench.frontier.next()) is not None:
            running.append(address)
        assert sum(address.site_id in "ab" for address in running) <= 1
        asked.append(running.pop(0))
        bench.done(asked[-1])
    shared = [address.site_id for address in asked if address.site_id in "ab"]
    assert shared == ["a", "b"] * 3
    assert len(asked) == 9


def test_a_site_that_stops_while_it_waits_gives_its_turn_to_the_next(bench: Bench) -> None:
    for site in "abc":
        bench.open(site, [f"{site}{n}" for n in range(2)])
    bench.frontier.share("abc", 1, 60.0, math.inf)
    first = bench.frontier.next()
    assert first is not None
    assert bench.frontier.next() is None
    bench.frontier.stop("b", "storm")
    bench.done(first)
    assert set(bench.drain()) == {"a1", "c0", "c1"}
    assert bench.frontier.is_drained


def test_the_night_of_an_address_is_shared_by_its_sites(bench: Bench) -> None:
    for site in "ab":
        bench.open(site, [f"{site}{n}" for n in range(5)])
    bench.frontier.share("ab", 2, 60.0, 6)
    assert sorted(bench.drain()) == ["a0", "a1", "a2", "b0", "b1", "b2"]
    assert {queue.stopped for queue in bench.frontier.sites.values()} == {"next_nights"}


def test_the_time_of_a_site_counts_only_in_its_turn() -> None:
    queue = SiteQueue("a", 9, 2, 0.05)
    time.sleep(0.1)
    assert not queue.is_late
    queue.begin()
    time.sleep(0.1)
    assert queue.is_late
    queue.end()
    assert queue.is_late


def test_a_stopped_site_is_left_alone_and_keeps_its_first_reason(bench: Bench) -> None:
    bench.open("a", ["1", "2", "3"])
    bench.open("b", ["x"])
    taken = bench.frontier.next()
    assert taken is not None
    bench.frontier.stop("a", "storm")
    bench.frontier.stop("a", "page_budget")
    assert bench.drain() == ["x"]
    assert not bench.frontier.is_drained
    bench.done(taken)
    assert bench.frontier.is_drained
    assert not bench.frontier.has_waiting
    assert bench.frontier.sites["a"].stopped == "storm"


def test_what_does_not_fit_the_window_waits_in_the_store(bench: Bench, small_window: int) -> None:
    urls = [f"u{n:03}" for n in range(75)]
    bench.open("a", urls)
    assert len(bench.frontier.sites["a"].heap) == small_window
    assert sorted(bench.drain()) == urls
    assert bench.flushed >= 7
    assert bench.frontier.is_drained


def test_addresses_found_while_the_store_holds_more_come_all_and_once(bench: Bench, small_window: int) -> None:
    bench.open("a", [f"u{n}" for n in range(30)])
    asked: list[str] = []
    while (address := bench.frontier.next()) is not None:
        asked.append(address.url)
        if len(asked) <= 40:
            bench.add("a", (f"found{len(asked)}", 50))
        bench.done(address)
        assert len(bench.frontier.sites["a"].heap) <= small_window
    assert len(asked) == len(set(asked)) == 70


def test_addresses_on_their_way_are_not_loaded_again(bench: Bench, small_window: int) -> None:
    bench.open("a", [f"u{n}" for n in range(12)], limit=12)
    taken = [bench.frontier.next() for _ in range(12)]
    assert len({address.url for address in taken if address}) == 12
    assert bench.frontier.next() is None


def test_a_killed_run_goes_on_with_what_has_no_capture(bench: Bench) -> None:
    bench.open("a", [f"u{n}" for n in range(6)])
    for _ in range(3):
        address = bench.frontier.next()
        assert address is not None
        bench.done(address)
    in_flight = bench.frontier.next()
    assert in_flight is not None

    later = Bench(bench.store)
    later.open("a", ["u0"])
    assert later.add("a", ("u1", 0)) == []
    assert sorted(later.drain()) == ["u3", "u4", "u5"]
    assert in_flight.url in {"u3", "u4", "u5"}


def test_what_earlier_nights_know_is_not_asked_by_being_seen(bench: Bench) -> None:
    queue = SiteQueue("a", 100, 2, time.monotonic() + 60)
    bench.store.discover("r", bench.frontier.open_site(queue, [Address("a", "home", 0)], known=["home", "old"]))
    assert bench.add("a", ("old", 50), ("new", 50)) == ["new"]
    assert bench.drain() == ["home", "new"]


def test_asked_again_in_the_same_look(bench: Bench) -> None:
    bench.open("a", ["1"])
    address = bench.frontier.next()
    assert address is not None
    bench.done(address, captured=False)
    bench.frontier.again(address)
    assert bench.drain() == ["1"]

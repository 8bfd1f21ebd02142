"""The sink: frontier, pages, attempts, probes, bodies."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from store_values import DAY, HOME, SITE, attempt, night, page, reading, run

from domain.captured import Address, Link, Page, PageKind, Probe, ProbeOutcome, SiteRun
from domain.errors import StoreError
from domain.ports import Store
from domain.site_facts import Ipv6Lookup, SearchTrial
from storage.memory import MemoryStore


def paths(store: Store, number: int = 0, limit: int = 10, loaded: tuple[str, ...] = ()) -> list[str]:
    return [item.url.removeprefix(HOME) for item in store.pending(f"r{number}", SITE, limit, loaded)]


def add(store: Store, *wanted: tuple[str, int], number: int = 0) -> None:
    store.discover(f"r{number}", [Address(SITE, HOME + path, priority) for path, priority in wanted])


def test_frontier_gives_the_best_first_then_in_the_order_of_discovery(store: Store) -> None:
    store.save_run(run())
    add(store, ("z", 50), ("a", 50), ("home", 0))
    add(store, ("m", 10))
    assert paths(store) == ["home", "m", "z", "a"]
    assert paths(store, limit=2) == ["home", "m"]
    assert paths(store, limit=2, loaded=(HOME + "home", HOME + "m", HOME + "nowhere")) == ["z", "a"]


def test_a_known_address_keeps_its_better_priority(store: Store) -> None:
    store.save_run(run())
    add(store, ("a", 20), ("b", 30))
    add(store, ("a", 50), ("b", 10))
    assert [(item.url[-1], item.priority) for item in store.pending("r0", SITE, 10)] == [("b", 10), ("a", 20)]


def test_pending_excludes_what_was_captured_and_seen_does_not(store: Store) -> None:
    store.save_run(run())
    add(store, ("a", 50), ("b", 50), ("c", 50), ("d", 50))
    store.write([page("a"), attempt(HOME + "b", status=404), attempt("http://outside.example/x")])
    store.skip("r0", SITE, [HOME + "c"], "budget")
    assert paths(store) == ["d"]
    add(store, ("a", 1), ("b", 1), ("c", 1))
    assert paths(store) == ["d"]
    assert set(store.seen("r0", SITE)) == {HOME + path for path in "abcd"}


def test_a_page_captured_before_it_was_discovered_is_not_pending(store: Store) -> None:
    store.save_run(run())
    store.write([page("a")])
    add(store, ("a", 1))
    assert paths(store) == []
    assert list(store.seen("r0", SITE)) == [HOME + "a"]


def test_what_a_page_led_to_is_kept_with_it_or_not_at_all(store: Store) -> None:
    """A process killed between two writes left a home page to be asked again beside what only it makes part of the site."""
    store.save_run(run())
    add(store, ("old", 0))
    with pytest.raises(StoreError):
        store.write([page(path="old"), page(number=9, path="x")], "r0", [Address(SITE, f"{HOME}new", 10)])
    assert paths(store) == ["old"]
    store.write([page(path="old")], "r0", [Address(SITE, f"{HOME}new", 10)])
    assert paths(store) == ["new"]
    store.write([], "r0", [Address(SITE, f"{HOME}newer", 20)])
    assert paths(store) == ["new", "newer"]


def test_the_frontier_of_another_run_or_site_is_another_one(store: Store) -> None:
    store.save_run(run(0))
    store.save_run(run(1))
    add(store, ("a", 50))
    store.write([page("a", 0)])
    add(store, ("a", 50), number=1)
    store.discover("r1", [Address("other", HOME + "x")])
    assert paths(store, 1) == ["a"]
    assert paths(store, 0) == []


def test_a_resumed_store_goes_on_where_it_was(url: str, store: Store, opener: Callable[[str], Store]) -> None:
    if url == "memory:":
        again = store
    else:
        store.save_run(run())
        add(store, ("b", 50), ("a", 50))
        again = opener(url)
    again.save_run(run())
    add(again, ("b", 50), ("a", 50), ("0", 50))
    assert paths(again) == ["b", "a", "0"]


def test_skipped_addresses_are_counted_once_by_reason(store: Store) -> None:
    store.save_run(run())
    add(store, ("a", 50), ("b", 50), ("c", 50))
    store.write([page("c"), SiteRun("r0", SITE, "complete", 1, {"foreign": 7, "budget": 1})])
    for _ in range(2):
        store.skip("r0", SITE, [HOME + "a", HOME + "b", HOME + "c"], "budget")
        store.skip("r0", "other", [HOME + "new"], "robots")
    found = {item.site_id: item for item in store.site_runs("r0")}
    assert found[SITE] == SiteRun("r0", SITE, "complete", 1, {"foreign": 7, "budget": 2})
    assert found["other"] == SiteRun("r0", "other", "pending", 0, {"robots": 1})
    store.write([replace(page("a"), url=HOME + "b")])
    assert {item.site_id: item for item in store.site_runs("r0")}[SITE].skipped == {"foreign": 7, "budget": 1}


def test_what_was_found_out_about_a_site_comes_back(store: Store) -> None:
    store.save_run(run())
    name = Ipv6Lookup("www.a.gov.cn", "present", addresses=("2408::1",))
    trial = SearchTrial("missing", url=HOME + "search?q=x", titles=("甲", "乙"), status=200)
    written = SiteRun("r0", SITE, "complete", 3, {"budget": 1}, "", name, trial)
    store.write([written, SiteRun("r0", "other", "complete", 1, search=SearchTrial("unknown", "script"))])
    found = {item.site_id: item for item in store.site_runs("r0")}
    assert found[SITE] == written
    assert (found["other"].ipv6, found["other"].search) == (None, SearchTrial("unknown", "script"))
    store.write([SiteRun("r0", SITE, "complete", 3)])
    assert {item.site_id: item.ipv6 for item in store.site_runs("r0")} == {SITE: None, "other": None}


def test_a_page_comes_back_as_it_was_written(store: Store) -> None:
    store.save_run(run())
    beijing = timezone(timedelta(hours=8))
    link = Link('http://a.example/?q=1&x="2"', "外链\n<b>", "a", "footer")
    written = page(
        "moved",
        final_url=HOME + "target",
        status=200,
        fetched_at=DAY.astimezone(beijing) + timedelta(microseconds=7),
        etag='W/"1"',
        last_modified="Tue, 25 Apr 2023 00:00:00 GMT",
        seconds=0.25,
        size=5_000_000_000,
        rendered=True,
        reading=reading("题", PageKind.COLUMN, (link,)),
    )
    binary = page("file.pdf", status=404, reading=None, body_hash="")
    store.write([written, binary])
    assert store.page(SITE, HOME + "moved", DAY) == written
    assert store.page(SITE, HOME + "target", DAY) == written
    assert store.page(SITE, HOME + "file.pdf", DAY) == binary
    assert store.page("other", HOME + "moved", DAY) is None
    found = store.page(SITE, HOME + "moved", DAY)
    assert found is not None
    assert found.fetched_at.utcoffset() is not None


def test_writing_again_changes_nothing(store: Store) -> None:
    store.save_run(run())
    add(store, ("a", 50))
    captures = [
        page("a"),
        page("b", unchanged=True, reading=None),
        attempt("http://x.example/", status=404),
        Probe(SITE, HOME, DAY, ProbeOutcome.OK, 0.1, 200, "r0"),
        SiteRun("r0", SITE, "partial", 2, {"budget": 3}, "stopped"),
    ]
    store.write(captures)
    before = snapshot(store)
    store.write(captures)
    store.write([*captures, *captures])
    assert snapshot(store) == before


def snapshot(store: Store) -> list[object]:
    return [
        list(store.pages(SITE, DAY)),
        sorted(store.visited("r0", SITE)),
        list(store.faulty(SITE, DAY)),
        list(store.probes(SITE, DAY, DAY)),
        store.site_runs("r0"),
        sorted(store.seen("r0", SITE)),
    ]


def test_a_later_fetch_in_the_same_run_replaces_the_earlier_one(store: Store) -> None:
    store.save_run(run())
    early = page("a", status=503, reading=None)
    late = page("a", fetched_at=early.fetched_at + timedelta(minutes=5))
    for order in ([early, late], [late, early]):
        store.write(order)
        assert store.page(SITE, HOME + "a", DAY) == late
    assert list(store.visited("r0", SITE)) == [(HOME + "a", 200)]


def test_a_batch_is_kept_whole_or_not_at_all(store: Store) -> None:
    store.save_run(run())
    add(store, ("a", 50))
    with pytest.raises(StoreError, match="r9"):
        store.write([page("a"), page("b", 9)])
    assert list(store.visited("r0", SITE)) == []
    assert paths(store) == ["a"]


def test_nothing_is_written_for_a_run_that_is_not_there(store: Store) -> None:
    for act in (
        lambda: store.discover("r0", [Address(SITE, HOME)]),
        lambda: store.skip("r0", SITE, [HOME], "budget"),
        lambda: store.write([SiteRun("r0", SITE)]),
        lambda: store.write([attempt(HOME)]),
    ):
        with pytest.raises(StoreError, match="批次 r0"):
            act()
    assert store.pending("r0", SITE, 5) == []
    assert list(store.seen("r0", SITE)) == []
    assert store.site_runs("r0") == []


def test_an_unchanged_page_stands_on_the_reading_of_the_same_body(store: Store) -> None:
    for number in range(4):
        store.save_run(run(number))
    store.write([page("a", 0, etag="e1", body_hash="A", reading=reading("A"))])
    store.write([page("a", 1, body_hash="B", reading=reading("B"))])
    store.write([page("a", 2, body_hash="A", unchanged=True, reading=None, parser_version=0)])
    back = store.page(SITE, HOME + "a", night(2))
    assert back is not None
    assert back.reading == reading("A")
    assert (back.etag, back.parser_version, back.unchanged) == ("e1", 1, True)
    store.write([page("a", 3, body_hash="", unchanged=True, reading=None, status=304)])
    last = store.page(SITE, HOME + "a", night(3))
    assert last is not None
    assert (last.reading, last.body_hash, last.run_id) == (reading("A"), "A", "r3")
    store.write([page("new", 3, body_hash="C", unchanged=True, reading=None)])
    assert next(item for item in store.pages(SITE, night(3)) if item.url.endswith("new")).reading is None


def test_a_304_stands_on_the_raw_body_not_on_the_rendered_one(store: Store) -> None:
    store.save_run(run(0))
    store.save_run(run(1))
    raw = page("a", 0, body_hash="raw", reading=reading("raw"))
    drawn = page("a", 0, body_hash="drawn", rendered=True, reading=reading("drawn"))
    store.write([raw, drawn, page("a", 1, body_hash="", unchanged=True, reading=None)])
    found = store.page(SITE, HOME + "a", night(1))
    assert found is not None
    assert (found.body_hash, found.reading) == ("raw", reading("raw"))


def test_views_prefer_the_rendered_capture_and_requests_the_raw_one(store: Store) -> None:
    store.save_run(run(0))
    raw = page("a", body_hash="raw", etag="e", reading=reading("空", PageKind.OTHER))
    drawn = page("a", body_hash="drawn", rendered=True, reading=reading("列表", PageKind.COLUMN))
    store.write([drawn, raw])
    assert store.page(SITE, HOME + "a", DAY) == drawn
    assert [item.body_hash for item in store.pages(SITE, DAY)] == ["drawn"]
    assert list(store.visited("r0", SITE)) == [(HOME + "a", 200)]
    (known,) = store.known(SITE, night(1))
    assert (known.body_hash, known.etag, known.kind) == ("raw", "e", PageKind.COLUMN)


def test_bodies_are_kept_by_content(store: Store) -> None:
    key = store.put_body("网页".encode())
    assert store.put_body("网页".encode()) == key
    assert store.body(key) == "网页".encode()
    assert store.body(store.put_body(b"")) == b""
    with pytest.raises(StoreError, match="f00"):
        store.body("f00")


def test_probes_lie_in_a_stretch_of_time(store: Store) -> None:
    probes = [Probe(SITE, HOME, night(number), ProbeOutcome.TIMEOUT, 15.0) for number in range(4)]
    store.write([*probes, Probe("other", HOME, night(1), ProbeOutcome.OK)])
    assert list(store.probes(SITE, night(1), night(2))) == probes[1:3]


def test_odd_text_is_no_reason_to_fail(store: Store) -> None:
    store.save_run(run())
    long = HOME + "x" * 5000
    odd: list[Page] = [
        page("nul", reading=reading("a\0b")),
        page("half", reading=reading("a\ud800b", links=(Link("http://x/\udc00", "\0"),)), content_type="text/\udcff"),
        page("", url=long, final_url=long),
        page("", url=long + "y", final_url=long + "y"),
    ]
    add(store, ("x" * 5000, 50))
    store.write([*odd, attempt(long + "z", status=404), attempt(HOME + "é中", error="dns")])
    kept = [store.page(SITE, item.url, DAY) for item in odd]
    assert [page.reading for page in kept[::2] if page] == [item.reading for item in odd[::2]]
    assert kept[1] is not None
    if not isinstance(store, MemoryStore):  # nothing that is written out later may hold half a character
        assert replace(kept[1].reading, title="", links=()) == reading("")
        assert (kept[1].reading.title, kept[1].reading.links[0].url) == ("a?b", "http://x/?")
    assert {url for url, _ in store.faulty(SITE, DAY)} == {long + "z", HOME + "é中"}
    assert paths(store) == []
    assert len(list(store.pages(SITE, DAY))) == 4


def test_a_newer_parser_replaces_the_reading_of_the_same_fetch(store: Store) -> None:
    store.save_run(run())
    old = page("a", reading=reading("old"))
    new = replace(old, parser_version=2, reading=reading("new"))
    for written in ([old, new], [new, old], [replace(old, reading=reading("other"))]):
        store.write(written)
        assert store.page(SITE, HOME + "a", DAY) == new

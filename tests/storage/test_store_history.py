"""What was known as of a moment: pages, known addresses, faulty links, sources."""

from datetime import timedelta

from store_values import DAY, HOME, SITE, attempt, night, page, reading, run

from domain.captured import Address, Link, PageKind
from domain.ports import Store

OUT = "http://outside.example/a"


def nights(store: Store, count: int) -> None:
    for number in range(count):
        store.save_run(run(number))


def titles(store: Store, number: int, **wanted: object) -> list[tuple[str, str]]:
    found = store.pages(SITE, night(number), **wanted)
    return [(item.url.removeprefix(HOME), item.reading.title if item.reading else "") for item in found]


def test_pages_as_of_a_moment_know_nothing_of_later_nights(store: Store) -> None:
    nights(store, 3)
    store.write([page("b", 0, reading=reading("b0")), page("a", 0, reading=reading("a0"))])
    store.write([page("a", 1, reading=reading("a1")), page("c", 2, reading=reading("c2"))])
    assert titles(store, 0) == [("a", "a0"), ("b", "b0")]
    assert titles(store, 1) == [("a", "a1"), ("b", "b0")]
    assert titles(store, 2) == [("a", "a1"), ("b", "b0"), ("c", "c2")]
    assert titles(store, -1) == []
    later = store.page(SITE, HOME + "a", night(2))
    earlier = store.page(SITE, HOME + "a", night(0))
    assert later is not None
    assert earlier is not None
    assert (later.run_id, earlier.run_id) == ("r1", "r0")


def test_an_older_as_of_saved_later_does_not_hide_the_newer_capture(store: Store) -> None:
    store.save_run(run(5))
    store.write([page("a", 5, reading=reading("newer"))])
    store.save_run(run(1))
    store.write([page("a", 1, reading=reading("older"))])
    assert titles(store, 9) == [("a", "newer")]
    assert titles(store, 3) == [("a", "older")]


def test_of_two_runs_with_one_as_of_the_later_made_counts(store: Store) -> None:
    store.save_run(run(0))
    store.save_run(run(0, id="audit"))
    store.write([page("a", 0, run_id="audit", reading=reading("audit"))])
    store.write([page("a", 0, reading=reading("nightly"))])
    assert titles(store, 0) == [("a", "audit")]


def test_pages_by_kind_and_by_run(store: Store) -> None:
    nights(store, 2)
    store.write(
        [page("", 0, reading=reading("首页", PageKind.HOME)), page("list", 0, reading=reading("栏目", PageKind.COLUMN))]
    )
    store.write([page("list", 1, reading=None, unchanged=True), page("file", 1, reading=None)])
    assert titles(store, 1, kinds={PageKind.HOME}) == [("", "首页")]
    assert titles(store, 1, kinds=[PageKind.HOME, PageKind.COLUMN]) == [("", "首页"), ("list", "栏目")]
    assert titles(store, 1, run_id="r1") == [("file", ""), ("list", "栏目")]
    assert titles(store, 1, run_id="r0") == [("", "首页"), ("list", "栏目")]
    assert titles(store, 1, run_id="unheard of") == []


def test_pages_leave_links_out_and_a_single_page_has_them(store: Store) -> None:
    nights(store, 1)
    store.write([page("a", reading=reading("a", links=(Link(OUT, "外", "a", "nav"),)))])
    (one,) = store.pages(SITE, DAY)
    assert one.reading == reading("a")
    full = store.page(SITE, HOME + "a", DAY)
    assert full is not None
    assert full.reading is not None
    assert full.reading.links == (Link(OUT, "外", "a", "nav"),)


def test_iterators_pass_their_windows_without_loss(store: Store) -> None:
    nights(store, 2)
    paths = [f"{number:05}" for number in range(2500)]
    for start in range(0, 2500, 500):
        store.write(
            [page(path, reading=reading(path, links=(Link(OUT + path),))) for path in paths[start : start + 500]]
        )
    store.discover("r0", [Address(SITE, HOME + path) for path in paths])
    for path in ("00002", "01000"):
        store.write([page(path, rendered=True)])
    assert [path for path, _ in titles(store, 1)] == paths
    assert sorted(store.visited("r0", SITE)) == [(HOME + path, 200) for path in paths]
    assert [item.url for item in store.known(SITE, night(1))] == [HOME + path for path in paths]
    assert sorted(store.outside_links("r0", SITE)) == [OUT + path for path in paths]
    assert len(list(store.seen("r0", SITE))) == 2500
    assert list(store.sources(SITE, OUT + "02499", DAY)) == [(HOME + "02499", "", "a")]


def test_addresses_that_differ_late_keep_apart(store: Store) -> None:
    nights(store, 1)
    paths = ["x" * 450 + f"{number:03}" for number in range(450)]
    store.write([page(path) for path in paths])
    assert {path for path, _ in titles(store, 0)} == set(paths)
    assert len(list(store.pages(SITE, DAY))) == 450


def test_known_is_strictly_before(store: Store) -> None:
    nights(store, 2)
    store.write([page("a", 0, etag="old", status=200), page("gone", 0, status=404, reading=None)])
    store.write([page("a", 1, etag="new")])
    assert list(store.known(SITE, night(0))) == []
    first = {item.url.removeprefix(HOME): item for item in store.known(SITE, night(1))}
    assert (first["a"].etag, first["a"].kind, first["a"].visited_at) == (
        "old",
        PageKind.ARTICLE,
        page("a", 0).fetched_at,
    )
    assert first["a"].published_on == reading().published.day
    assert (first["gone"].status, first["gone"].kind, first["gone"].published_on) == (404, None, None)
    assert {item.etag for item in store.known(SITE, night(2))} == {"new", ""}


def test_known_tells_the_priority_of_the_run_and_whether_a_browser_read_it(store: Store) -> None:
    nights(store, 2)
    store.discover(page("a", 0).run_id, [Address(SITE, HOME + "a", 10), Address(SITE, HOME + "b", 40)])
    store.write([page("a", 0), page("a", 0, rendered=True), page("b", 0), page("c", 0)])
    found = {item.url.removeprefix(HOME): (item.priority, item.rendered) for item in store.known(SITE, night(1))}
    assert found == {"a": (10, True), "b": (40, False), "c": (50, False)}


def test_when_an_address_last_showed_something_new(store: Store) -> None:
    nights(store, 6)
    store.write([page(path, 0) for path in ("same", "moved", "away")])
    store.write([page("same", 2, unchanged=True), page("moved", 2, reading=reading("new")), page("away", 2, status=500, reading=None)])  # fmt: skip
    store.write([page("moved", 4, unchanged=True), page("new", 4)])
    urls = [HOME + path for path in ("same", "moved", "away", "new", "unheard")]
    assert store.last_changes(SITE, urls, night(5)) == {HOME + "moved": (night(2), night(4))}
    assert store.last_changes(SITE, urls, night(4)) == {HOME + "moved": (night(2), night(2))}
    assert store.last_changes(SITE, urls, night(2)) == {}
    assert store.last_changes(SITE, [], night(5)) == {}


def test_an_address_reached_by_redirect_is_found_unless_it_was_captured_later_itself(store: Store) -> None:
    nights(store, 2)
    store.write([page("old", 0, final_url=HOME + "new", reading=reading("via redirect"))])
    assert store.page(SITE, HOME + "new", night(0)) == page(
        "old", 0, final_url=HOME + "new", reading=reading("via redirect")
    )
    store.write([page("new", 1, reading=reading("itself"))])
    found = store.page(SITE, HOME + "new", night(1))
    assert found is not None
    assert found.url == HOME + "new"


def test_faulty_targets_by_their_latest_attempt(store: Store) -> None:
    nights(store, 3)
    bad = [
        attempt(HOME + "404", status=404),
        attempt(HOME + "dns", error="dns"),
        attempt(HOME + "soft", status=200, signals=("phrase", "thin")),
    ]
    chain = ((301, OUT), (200, OUT))
    well = [attempt(OUT, status=200, chain=chain, headers={"server": "x"}, head_hash="h", seconds=0.5)]
    store.write(
        [*bad, *well, attempt(HOME + "back", status=500), attempt(HOME + "back", minute=30, status=200, look=2)]
    )
    assert dict(store.faulty(SITE, DAY)) == {item.url: (item,) for item in bad}
    assert list(store.faulty("other", DAY)) == []
    second = attempt(OUT, 1, status=404, chain=chain, headers={"server": "x"}, method="HEAD", signals=("a",))
    store.write([second])
    assert dict(store.faulty(SITE, night(1)))[OUT] == (*well, second)
    assert OUT not in dict(store.faulty(SITE, night(0)))
    store.write([attempt(OUT, 2, status=200), attempt(HOME + "404", 2, status=304)])
    assert dict(store.faulty(SITE, night(2))).keys() == {HOME + "dns", HOME + "soft"}


def test_attempts_of_the_last_ten_runs_oldest_first(store: Store) -> None:
    nights(store, 14)
    for number in range(14):
        store.write([attempt(OUT, number, minute, status=404, look=1 + minute) for minute in (1, 0)])
    ((url, attempts),) = store.faulty(SITE, night(12))
    assert url == OUT
    assert len(attempts) == 20
    assert [item.run_id for item in attempts[::2]] == [f"r{number}" for number in range(3, 13)]
    assert list(attempts) == sorted(attempts, key=lambda item: item.at)


def test_a_later_good_capture_ends_a_fault_but_not_one_of_content(store: Store) -> None:
    nights(store, 2)
    soft = attempt(HOME + "soft", status=200, signals=("phrase",))
    store.write([attempt(HOME + "a", status=404), soft])
    store.write([page("a", 0, fetched_at=DAY + timedelta(hours=1))])
    assert len(list(store.faulty(SITE, night(0)))) == 2
    store.write([page("a", 1), page("soft", 1)])
    assert list(store.faulty(SITE, night(1))) == [(HOME + "soft", (soft,))]
    assert len(list(store.faulty(SITE, night(0)))) == 2


def test_sources_are_those_of_the_latest_captures(store: Store) -> None:
    nights(store, 2)
    target = 'http://x.example/?a="1"&b=中'
    links = (Link(target, "甲", "a"), Link(target + "#top", "乙", "img"), Link(target + "1", "别", "a"))
    store.write([page("a", 0, reading=reading(links=links)), page("b", 0, reading=reading(links=links[:1]))])
    assert list(store.sources(SITE, target, night(0))) == [
        (HOME + "a", "甲", "a"),
        (HOME + "a", "乙", "img"),
        (HOME + "b", "甲", "a"),
    ]
    store.write([page("a", 1), page("b", 1, unchanged=True, reading=None)])
    assert list(store.sources(SITE, target, night(1))) == [(HOME + "b", "甲", "a")]
    assert list(store.sources(SITE, target + "2", night(1))) == []


def test_outside_links_are_those_on_other_hosts_and_ports(store: Store) -> None:
    nights(store, 1)
    store.discover("r0", [Address(SITE, HOME), Address(SITE, HOME + "a")])
    urls = [
        HOME + "a",
        "http://WWW.example.gov.cn:80/b",
        "http://www.example.gov.cn:8080/c",
        "https://x.example/?q=1#part",
        "https://x.example/?q=1",
        "mailto:a@x.example",
        "javascript:void(0)",
        "ftp://x.example/",
    ]
    store.write([page("", reading=reading(links=tuple(Link(url) for url in urls)))])
    assert sorted(store.outside_links("r0", SITE)) == ["http://www.example.gov.cn:8080/c", "https://x.example/?q=1"]
    assert list(store.outside_links("r1", SITE)) == []


def test_an_iterator_left_half_way_holds_no_transaction(store: Store) -> None:
    nights(store, 1)
    store.write([page(f"{number:03}", reading=reading(links=(Link(OUT),))) for number in range(300)])
    half = [store.pages(SITE, DAY), store.sources(SITE, OUT, DAY), store.known(SITE, night(1)), store.seen("r0", SITE)]
    assert all(next(each) for each in half)
    pool = getattr(getattr(store, "db", None), "engine", None)
    assert pool is None or pool.pool.checkedout() == 0


def test_redirects_to_a_target_are_its_aliases_while_they_still_lead_there(store: Store) -> None:
    store.save_run(run())
    store.save_run(run(1))
    moved = {"status": 302, "reading": None, "body_hash": ""}
    store.write([page("a", final_url=HOME + "gone", **moved), page("b", final_url=HOME + "gone", **moved)])
    store.write([page("c", final_url="http://else.example.com/x", **moved), page("b", 1)])
    assert store.aliases(SITE, HOME + "gone", night(0)) == [HOME + "a", HOME + "b"]
    assert store.aliases(SITE, HOME + "gone", night(1)) == [HOME + "a"]
    assert store.aliases(SITE, HOME + "b", night(1)) == []
    store.discover("r0", [Address(SITE, HOME + name) for name in "abc"])
    assert list(store.outside_links("r0", SITE)) == ["http://else.example.com/x"]


def test_one_pass_finds_all_links_to_some_targets(store: Store) -> None:
    store.save_run(run())
    links = (Link("http://x.example.com/1#top", "一"), Link("http://x.example.com/2", "二", "img", "footer"))
    store.write([page("a", reading=reading(links=links)), page("b", reading=reading(links=links[1:]))])
    found = list(store.pointing(SITE, {"http://x.example.com/1", "http://x.example.com/2"}, DAY))
    assert found == [(HOME + "a", links[0]), (HOME + "a", links[1]), (HOME + "b", links[1])]
    assert list(store.pointing(SITE, set(), DAY)) == []


def test_the_attempts_of_one_address(store: Store) -> None:
    store.save_run(run())
    tries = [attempt(HOME + "x", status=404), attempt(HOME + "x", minute=9, look=2, status=200)]
    store.write(tries)
    assert store.attempts(SITE, HOME + "x", DAY) == tuple(tries)
    assert store.attempts(SITE, HOME + "y", DAY) == ()
    assert store.attempts(SITE, HOME + "x", night(-1)) == ()


def test_one_more_redirect_ends_no_circle(store: Store) -> None:
    for number in (0, 1, 2):
        store.save_run(run(number))
    store.write([attempt(HOME + "a", error="loop"), attempt(HOME + "b", status=404)])
    store.write([page(name, 1, status=302, final_url=HOME + "c", reading=None) for name in "ab"])
    assert [url for url, _ in store.faulty(SITE, night(1))] == [HOME + "a"]
    store.write([page("a", 2)])
    assert list(store.faulty(SITE, night(2))) == []

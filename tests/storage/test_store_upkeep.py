"""What is forgotten, and that no later look would have read it, over the three stores."""

import os
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from store_values import HOME, SITE, attempt, night, page, reading, run

from domain.captured import Address, Link, Probe, ProbeOutcome
from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity, Unjudged
from domain.operations import JobRun, JobState
from domain.ports import Store
from storage.blobs import open_blobs

OLD, NIGHTS = 20, 30
PATHS = ("", "a", "b", "c")


def record(number: int, mark: str, capture: str = "") -> FindingRecord:
    finding = Finding("column.stale", Ref(HOME + "a", "动态", capture), "a")
    moment = night(number)
    return FindingRecord(
        mark, SITE, finding, FindingState.NEW, Severity.DEDUCT, "1", moment, moment, f"r{number}", f"r{number}"
    )


def filled(store: Store, seed: int) -> None:
    """Thirty nights of a site that changes, moves, fails and heals by chance."""
    dice = random.Random(seed)
    for number in range(NIGHTS):
        store.save_run(run(number))
        store.discover(f"r{number}", [Address(SITE, HOME + path, priority=3, depth=2) for path in PATHS])
        for path in PATHS:
            if dice.random() < 0.4 and path:
                continue
            status = dice.choice((200, 200, 200, 301, 404, 500))
            moved = HOME + dice.choice(PATHS) if status == 301 else HOME + path
            body = f"{dice.randint(0, 3):064x}"
            links = (Link(HOME + dice.choice(PATHS), "更多"), Link(f"http://other.example/{dice.randint(0, 2)}"))
            store.write([page(path, number, status=status, final_url=moved, body_hash=body, rendered=dice.random() < 0.2,
                              reading=reading(f"第{number}夜{path}", links=links) if status == 200 else None)])  # fmt: skip
            if dice.random() < 0.5:
                store.write([attempt(HOME + path, number, minute=3, status=dice.choice((0, 200, 404)))])
        store.write([Probe(SITE, HOME, night(number), ProbeOutcome.OK, 0.1, 200, f"r{number}")])
        store.save_unjudged(f"r{number}", SITE, [Unjudged("link.dead", Ref(HOME), f"第{number}夜")])
        store.save_findings([record(number, "f1")] if number % 3 else [record(number, "f2")])


def seen_from(store: Store, first: int) -> list[Any]:
    """Everything a judgement of the runs from a night on may read."""
    found: list[Any] = [store.findings()]
    for number in range(first, NIGHTS):
        as_of = night(number)
        for moment in (as_of, as_of - timedelta(microseconds=1)):
            found += [list(store.pages(SITE, moment)), list(store.faulty(SITE, moment))]
            for url in (HOME + path for path in PATHS):
                found += [store.page(SITE, url, moment), store.attempts(SITE, url, moment)]
                found += [store.aliases(SITE, url, moment), list(store.sources(SITE, url, moment))]
        found += [list(store.known(SITE, as_of)), list(store.visited(f"r{number}", SITE))]
        found += [list(store.outside_links(f"r{number}", SITE)), list(store.unasked(SITE, f"r{number}"))]
        found += [store.unjudged(f"r{number}"), store.findings(run_id=f"r{number}")]
        found += [list(store.probes(SITE, as_of - timedelta(days=8), as_of))]
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_forgotten_changes_no_later_look(store: Store, seed: int) -> None:
    filled(store, seed)
    before = seen_from(store, OLD)
    counted = store.old_rows(night(OLD))
    dropped = store.drop_old_rows(night(OLD))
    assert seen_from(store, OLD) == before
    assert {name: number for name, number in dropped.items() if name not in {"reading", "cache"}} == {
        name: number for name, number in counted.items() if name not in {"reading", "cache"}
    }
    assert dropped["visit"] > 20
    assert dropped["finding_run"] == OLD - 2
    assert dropped["unjudged"] == OLD - 1
    assert dropped["frontier"] > 20
    assert store.drop_old_rows(night(OLD)) == dict.fromkeys(dropped, 0)


def test_attempts_of_the_last_runs_stay(store: Store) -> None:
    for number in range(NIGHTS):
        store.save_run(run(number))
        store.write([attempt(HOME + "dead", number, status=404)])
    before = store.attempts(SITE, HOME + "dead", night(OLD))
    assert store.drop_old_rows(night(OLD))["attempt"] == 8
    assert store.attempts(SITE, HOME + "dead", night(OLD)) == before
    assert len(before) == 10


def test_the_capture_of_a_finding_keeps_its_visit(store: Store) -> None:
    shown = "ab" * 32
    for number in range(4):
        store.save_run(run(number))
        store.write([page("a", number, body_hash=shown if number < 2 else f"{number:064x}")])
    store.save_findings([record(0, "f1", shown)])
    assert store.drop_old_rows(night(4))["visit"] == 2
    assert store.page(SITE, HOME + "a", night(2)).body_hash == shown  # type: ignore[union-attr]


def test_bodies_that_something_names_are_used(store: Store) -> None:
    bodies = [store.put_body(f"第{number}夜".encode()) for number in range(4)]
    for number, digest in enumerate(bodies[:3]):
        store.save_run(run(number))
        store.write([page("a", number, body_hash=digest)])
    store.save_run(run(3))
    store.save_collection("r3", "weibo:1", {"evidence": [{"sha256": bodies[3]}]})
    assert store.used_bodies(night(1)) == {*bodies[1:]}
    assert store.used_bodies(night(9)) == {bodies[2], bodies[3]}  # the newest of each address and account
    assert store.bodies_of(SITE, HOME + "a", night(0), night(9)) == {bodies[0], bodies[1]}
    sizes = {digest: size for digest, size, _ in store.stored_bodies()}
    assert sizes.keys() == {*bodies}
    assert all(sizes.values())
    store.drop_bodies([bodies[0], "0" * 64])
    assert {digest for digest, _, _ in store.stored_bodies()} == {*bodies[1:]}


def test_old_probes_go_a_month_later(store: Store) -> None:
    probes = [Probe(SITE, HOME, night(number), ProbeOutcome.OK, 0.1, 200, "p") for number in (0, 40)]
    store.write(probes)
    assert store.old_rows(night(30))["probe"] == 0
    assert store.drop_old_rows(night(32))["probe"] == 1
    assert list(store.probes(SITE, night(0), night(99))) == probes[1:]


def test_collections_of_accounts_go_after_a_season(store: Store) -> None:
    for number in range(0, 300, 10):
        store.save_run(run(number))
        store.save_collection(f"r{number}", "weibo:1", {"n": number})
    store.save_collection("r0", "weibo:2", {"n": 0})
    before = store.collections("weibo:1", night(290))
    assert store.old_rows(night(250))["collection"] == 13
    assert store.drop_old_rows(night(250))["collection"] == 13
    assert store.collections("weibo:1", night(290)) == before[13:]
    assert store.collections("weibo:2", night(290)) == [("r0", {"n": 0})]  # the last one of an account stays


def test_entries_of_the_clock_go_with_the_nights(store: Store) -> None:
    store.save_run(run(0))
    store.plan_leases("judge", "r0", ["a", "b"])
    store.plan_leases("job", "nightly", ["-"])
    for number in (0, 30):
        store.save_job_run(JobRun("probe", night(number), JobState.DONE))
    assert {name: store.old_rows(night(9))[name] for name in ("job_run", "lease")} == {"job_run": 1, "lease": 2}
    store.drop_old_rows(night(9))
    assert [item.planned for item in store.job_runs()] == [night(30)]
    assert store.leases("judge", "r0") == []
    assert len(store.leases("job", "nightly")) == 1


def test_a_body_that_is_wanted_again_is_fresh(tmp_path: Path) -> None:
    blobs = open_blobs(tmp_path)
    digest = blobs.put(b"a page")
    (path,) = (tmp_path / "blobs").glob("??/*.zst")
    os.utime(path, (1, 1))
    assert [written.year for _, _, written in blobs.listing()] == [1970]
    blobs.put(b"a page")
    assert [written.year > 1970 for _, _, written in blobs.listing()] == [True]
    blobs.drop([digest])
    assert list(blobs.listing()) == []


def test_bodies_at_an_address_are_listed_and_dropped_too(tmp_path: Path) -> None:
    blobs = open_blobs(f"file://{tmp_path}/far")
    digest = blobs.put(b"a page")
    assert [(name, size > 0) for name, size, _ in blobs.listing()] == [(digest, True)]
    blobs.drop([digest, "0" * 64])
    assert list(blobs.listing()) == []

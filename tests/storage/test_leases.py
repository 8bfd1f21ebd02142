"""Leases: one holder each, in the order planned, taken up again when the holder is silent; the same in every store."""

import threading
import time
from collections.abc import Callable

from domain.leases import LeaseState
from domain.ports import Store

LONG = 3600.0


def test_work_is_taken_in_order_and_once(store: Store) -> None:
    store.plan_leases("judge", "r1", ["b", "a"])
    store.plan_leases("judge", "r1", ["a", "c"])
    store.plan_leases("judge", "r2", ["a"])
    taken = [store.take_lease("judge", "r1", "me", LONG) for _ in range(4)]
    assert [item.target_id if item else "" for item in taken] == ["b", "a", "c", ""]
    assert store.take_lease("report", "r1", "me", LONG) is None
    assert [item.state for item in store.leases("judge", "r2")] == [LeaseState.WAITING]


def test_what_is_done_is_done(store: Store) -> None:
    store.plan_leases("judge", "r1", ["a"])
    lease = store.take_lease("judge", "r1", "me", LONG)
    assert lease is not None
    assert store.end_lease(lease, LeaseState.DONE, "好")
    assert store.take_lease("judge", "r1", "you", 0.0) is None
    store.free_leases("judge", "r1")
    kept = store.leases("judge", "r1")[0]
    assert (kept.state, kept.result, kept.attempt, kept.owner) == (LeaseState.DONE, "好", 1, "me")
    store.free_leases("judge", "r1", ended=True)
    assert store.take_lease("judge", "r1", "you", LONG) is not None


def test_a_silent_holder_loses_it_and_cannot_end_it(store: Store) -> None:
    store.plan_leases("judge", "r1", ["a"])
    lost = store.take_lease("judge", "r1", "me", LONG)
    assert lost is not None
    assert store.show_life(lost)
    time.sleep(0.05)
    assert store.take_lease("judge", "r1", "you", LONG) is None
    mine = store.take_lease("judge", "r1", "you", 0.01)
    assert mine is not None
    assert (mine.target_id, mine.attempt) == ("a", 2)
    assert not store.show_life(lost)
    assert not store.end_lease(lost, LeaseState.DONE)
    assert store.end_lease(mine, LeaseState.FAILED, "页面异常")
    assert store.leases("judge", "r1")[0].state is LeaseState.FAILED


def test_the_same_owner_is_told_apart_by_the_attempt(store: Store) -> None:
    store.plan_leases("judge", "r1", ["a"])
    before = store.take_lease("judge", "r1", "me", LONG)
    assert before is not None
    store.free_leases("judge", "r1")
    again = store.take_lease("judge", "r1", "me", LONG)
    assert again is not None
    assert not store.end_lease(before, LeaseState.DONE)
    assert store.end_lease(again, LeaseState.DONE)


def test_given_back_it_waits_for_its_time(store: Store) -> None:
    store.plan_leases("crawl", "r1", ["a"])
    lease = store.take_lease("crawl", "r1", "me", LONG)
    assert lease is not None
    assert store.end_lease(lease, LeaseState.WAITING, pause=0.3)
    assert store.take_lease("crawl", "r1", "you", LONG) is None
    time.sleep(0.35)
    assert store.take_lease("crawl", "r1", "you", LONG) is not None


def test_many_takers_share_the_work(url: str, opener: Callable[[str], Store]) -> None:
    if url == "memory:":
        return  # lives in one process and one thread
    stores = [opener(url) for _ in range(4)]
    stores[0].plan_leases("judge", "r1", [f"t{n:03}" for n in range(40)])
    taken: list[str] = []

    def work(store: Store, name: str) -> None:
        while lease := store.take_lease("judge", "r1", name, LONG):
            taken.append(lease.target_id)
            store.end_lease(lease, LeaseState.DONE)

    threads = [threading.Thread(target=work, args=(store, f"w{n}")) for n, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(taken) == [f"t{n:03}" for n in range(40)]

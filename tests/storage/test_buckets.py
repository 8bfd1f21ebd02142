"""Seats of an address, shared by processes, over the three stores."""

import threading

from domain.buckets import Bucket, leave, quieten, share_out
from domain.ports import Store


def ask(store: Store, owner: str, in_flight: int = 0, at_once: int = 2) -> tuple[int, ...]:
    kept = store.change_bucket("10.0.0.1", lambda bucket, now: share_out(bucket, owner, in_flight, at_once, now))
    return kept.seats_of(owner)


def test_who_asks_alone_has_all_seats_until_another_comes(store: Store) -> None:
    assert ask(store, "a") == (0, 1)
    assert ask(store, "b") == ()
    assert ask(store, "a") == (0,)
    assert ask(store, "b") == (1,)
    store.change_bucket("10.0.0.1", lambda bucket, now: leave(bucket, "a", now))
    assert ask(store, "b") == (0, 1)


def test_what_is_kept_is_what_was_changed(store: Store) -> None:
    told = store.change_bucket("10.0.0.9", lambda bucket, now: quieten(bucket, 60.0, now))
    assert told.quiet_until == told.at + 60.0
    ask(store, "a")
    assert [bucket.address for bucket in store.buckets()] == ["10.0.0.1", "10.0.0.9"]
    assert store.buckets()[1] == told


def test_no_seat_is_ever_held_twice(store: Store) -> None:
    held: list[tuple[int, ...]] = []

    def look(bucket: Bucket, now: float) -> Bucket:
        held.append(tuple(seat for share in bucket.shares for seat in share.seats))
        return bucket

    def work(owner: str) -> None:
        for _ in range(8):
            ask(store, owner, at_once=3)
            store.change_bucket("10.0.0.1", look)

    workers = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(held) == 24
    assert all(len(seats) == len(set(seats)) <= 3 for seats in held)

"""The trail over the three stores: added to, read in order, by several writers."""

import threading
from collections.abc import Callable

import pytest
from store_values import DAY

from domain.ports import Store
from domain.trail import Act, Deed, verified

DEED = Deed(Act.PERIOD, "2023-04", "王敏", "wang", DAY, "进行中", "已关闭")


def test_entries_follow_each_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.sql_trail.WINDOW", 3)
    assert (store.trail_head(), list(store.trail())) == (None, [])
    added = [store.append_trail(DEED) for _ in range(7)]
    assert list(store.trail()) == added
    assert list(store.trail(5)) == added[5:]
    assert store.trail_head() == added[-1]
    assert Deed.read(added[0].text) == DEED
    assert verified(store.trail()).count == 7


def test_two_writers_make_one_chain(url: str, opener: Callable[[str], Store]) -> None:
    if url == "memory:":
        pytest.skip("a memory store has one user")
    stores = [opener(url), opener(url)]
    writers = [threading.Thread(target=lambda s=s: [s.append_trail(DEED) for _ in range(15)]) for s in stores]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found = verified(stores[0].trail())
    assert (found.count, found.broken) == (30, "")

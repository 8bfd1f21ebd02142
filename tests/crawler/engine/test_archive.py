"""The archive: batches off the reactor, order inside a batch, and a store that fails."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from crawler.engine.archive import BATCH_ITEMS, MAX_WAITING, Archive
from crawler.fetch.items import Fetched
from domain.captured import Address, Capture, Page
from domain.errors import StoreError
from domain.runs import Run, RunKind
from domain.times import BEIJING
from storage import open_store, upgrade
from storage.memory import MemoryStore

NOW = datetime(2023, 4, 26, 9, tzinfo=BEIJING)


def fetched(url: str, body: bytes = b"", addresses: Sequence[Address] = ()) -> Fetched:
    return Fetched((Page("r", "a", url, url, 200, NOW),), body, tuple(addresses))


def filled(store: MemoryStore) -> MemoryStore:
    store.save_run(Run("r", RunKind.NIGHTLY, NOW, NOW))
    return store


class Watched(MemoryStore):
    """A memory store that notes who writes how much, and can be held up or broken."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[tuple[int, str]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.broken = False

    def write(self, captures: Sequence[Capture], run_id: str = "", addresses: Sequence[Address] = ()) -> None:
        self.gate.wait(10)
        if self.broken:
            raise StoreError("磁盘已满")
        self.batches.append((len(captures), threading.current_thread().name))
        super().write(captures, run_id, addresses)


@contextmanager
def archive(store: MemoryStore) -> Iterator[Archive]:
    made = Archive(filled(store), "r")
    try:
        yield made
    finally:
        made.close()


def test_a_full_batch_is_one_write_in_another_thread() -> None:
    store = Watched()
    with archive(store) as kept:
        for number in range(BATCH_ITEMS):
            kept.add(fetched(f"u{number}"))
        kept.flush()
        assert [size for size, _ in store.batches] == [BATCH_ITEMS]
        assert all(name.startswith("archive") for _, name in store.batches)


def test_flush_leaves_nothing_behind() -> None:
    store = Watched()
    with archive(store) as kept:
        kept.add(fetched("u1", b"body", [Address("a", "u2", 10)]))
        kept.flush()
        assert dict(store.visited("r", "a")) == {"u1": 200}
        assert [address.url for address in store.pending("r", "a", 10)] == ["u2"]


def test_close_writes_the_rest() -> None:
    store = Watched()
    with archive(store) as kept:
        kept.add(fetched("u1"))
    assert dict(store.visited("r", "a")) == {"u1": 200}


def test_fetching_pauses_while_the_store_is_behind() -> None:
    store = Watched()
    store.gate.clear()
    with archive(store) as kept:
        for number in range(MAX_WAITING):
            assert not kept.is_behind
            kept.add(fetched(f"u{number}"))
            kept.start_write()
        assert kept.is_behind
        store.gate.set()
        kept.flush()
        assert not kept.is_behind


def test_the_first_failure_is_kept_and_nothing_is_written_after_it() -> None:
    store = Watched()
    store.broken = True
    with archive(store) as kept:
        kept.add(fetched("u1"))
        kept.flush()
        assert isinstance(kept.error, StoreError)
        store.broken = False
        kept.add(fetched("u2"))
        kept.flush()
    assert dict(store.visited("r", "a")) == {}
    assert str(kept.error) == "磁盘已满"


def test_a_failed_write_marks_no_address_as_done() -> None:
    store = Watched()
    with archive(store) as kept:
        store.discover("r", [Address("a", "u1")])
        store.broken = True
        kept.add(fetched("u1"))
    assert [address.url for address in store.pending("r", "a", 10)] == ["u1"]


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    upgrade(url)
    store = open_store(url, tmp_path)
    try:
        store.save_run(Run("r", RunKind.NIGHTLY, NOW, NOW))
        for _ in range(2):
            kept = Archive(store, "r")
            kept.add(fetched("u1", b"body", [Address("a", "u2")]))
            kept.close()
        assert list(store.visited("r", "a")) == [("u1", 200)]
        assert len(store.pending("r", "a", 10)) == 1
    finally:
        store.close()


@pytest.mark.parametrize("count", [1, 50])
def test_a_batch_waits_no_longer_than_a_second(count: int) -> None:
    store = Watched()
    with archive(store) as kept:
        started = time.monotonic()
        for number in range(count):
            kept.add(fetched(f"u{number}"))
        while not store.batches and time.monotonic() - started < 5:
            time.sleep(0.05)
            kept.add(fetched("later"))
        assert time.monotonic() - started < 3

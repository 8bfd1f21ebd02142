"""Packs at an fsspec address that fails for a while: what is written waits in the spool, is read there, and arrives."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.local import LocalFileSystem
from store_values import HOME, SITE, page, run
from test_packs import ARTICLE, body, crawl

from domain.bodies import Body
from domain.errors import BodyLost, StoreError
from domain.ports import Store
from storage.blobs_remote import RemoteBlobs
from storage.database import Database
from storage.pack_places import open_packs
from storage.pack_remote import RemotePacks, default_spool
from storage.packed_blobs import PackedBlobs
from storage.sql import SqlStore


class Unsteady(LocalFileSystem):  # type: ignore[misc]
    """A store of objects that answers 503 so many times."""

    cachable = False
    failures = 0
    asked = 0

    def _may_fail(self) -> None:
        type(self).asked += 1
        if Unsteady.failures > 0:
            Unsteady.failures -= 1
            raise OSError("503 Slow Down")

    def put_file(self, *args: Any, **how: Any) -> None:
        self._may_fail()
        super().put_file(*args, **how)

    def cat_file(self, *args: Any, **how: Any) -> bytes:
        self._may_fail()
        found: bytes = super().cat_file(*args, **how)
        return found

    def rm_file(self, *args: Any, **how: Any) -> None:
        self._may_fail()
        super().rm_file(*args, **how)


@dataclass
class Machine:
    """A machine with a spool of its own; the address and the database are everybody's."""

    folder: Path
    spool: Path
    opened: list[Store] = field(default_factory=list)

    def open(self, pauses: tuple[float, ...] = (0.0,)) -> SqlStore:
        database = Database(f"sqlite:///{self.folder}/xunjian.db")
        far = RemotePacks(Unsteady(), str(self.folder / "far" / "packs"), self.spool, pauses)
        store = SqlStore(database, PackedBlobs(database, RemoteBlobs(f"file://{self.folder}/far"), far))
        self.opened.append(store)
        return store

    def waiting(self) -> list[str]:
        return sorted(path.name for path in self.spool.glob("*.zpk"))

    def arrived(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "far" / "packs").glob("*.zpk"))


@pytest.fixture
def machines(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Callable[[str], Machine]]:
    (tmp_path / "xunjian.db").write_bytes(migrated_sqlite.read_bytes())
    Unsteady.failures = 0
    made: dict[str, Machine] = {}

    def machine(name: str) -> Machine:
        return made.setdefault(name, Machine(tmp_path, tmp_path / name))

    yield machine
    Unsteady.failures = 0
    for each in made.values():
        for store in each.opened:
            store.close()


def test_a_pack_arrives_whole_when_it_is_closed(machines: Callable[[str], Machine]) -> None:
    here, there = machines("a"), machines("b").open()
    store = here.open()
    store.save_run(run())
    digests = crawl(store, range(20))
    assert (len(here.waiting()), here.arrived()) == (1, [])
    assert [store.body(each) for each in digests] == [body(n) for n in range(20)]
    with pytest.raises(BodyLost, match="等待上传"):
        there.body(digests[0])
    assert there.lost_bodies() == frozenset()  # it is not lost
    store.close()
    assert (here.waiting(), len(here.arrived())) == ([], 1)
    assert [there.body(each) for each in digests] == [body(n) for n in range(20)]


def test_an_address_that_fails_delays_and_loses_nothing(machines: Callable[[str], Machine]) -> None:
    here = machines("a")
    store = here.open(pauses=(0.0,) * 5)
    store.save_run(run())
    digests = crawl(store, range(5))
    Unsteady.failures = 5
    store.close()
    assert (here.waiting(), len(here.arrived())) == ([], 1)
    Unsteady.failures = 3
    assert here.open(pauses=(0.0,) * 3).body(digests[4]) == body(4)


def test_what_never_arrived_is_read_from_the_spool_and_uploaded_by_the_next_who_writes(
    machines: Callable[[str], Machine],
) -> None:
    here = machines("a")
    store = here.open()
    store.save_run(run())
    digests = crawl(store, range(5))
    Unsteady.failures = 1000
    store.close()  # the address is down for longer than anybody waits
    assert (len(here.waiting()), here.arrived()) == (1, [])
    again = here.open()
    assert [again.body(each) for each in digests] == [body(n) for n in range(5)]
    Unsteady.failures = 0
    crawl(again, range(5, 9))
    again.close()
    assert (here.waiting(), len(here.arrived())) == ([], 2)
    assert machines("b").open().body(digests[3]) == body(3)


def test_a_spool_of_a_killed_writer_is_found(machines: Callable[[str], Machine]) -> None:
    here = machines("a")
    child = os.fork()
    if not child:  # an orderly end would upload it
        store = here.open()
        store.save_run(run())
        crawl(store, range(5))
        store.put_bodies("r0", [Body(body(9), like=ARTICLE)])  # never named
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert (len(here.waiting()), here.arrived()) == (1, [])
    unnamed = here.spool / "r0-ffffffff.zpk"
    unnamed.write_bytes(b"killed before its first row")
    store = here.open()
    crawl(store, range(20, 22))
    store.close()
    assert (here.waiting(), len(here.arrived())) == ([], 2)
    other = machines("b").open()
    for item in other.pages(SITE, run().as_of):
        assert other.body(item.body_hash) == body(int(item.url.removeprefix(HOME + "a")))


def test_an_address_that_stays_away_is_not_taken_for_damage(machines: Callable[[str], Machine]) -> None:
    here = machines("a")
    store = here.open()
    store.save_run(run())
    digests = crawl(store, range(2))
    store.close()
    reader = here.open()
    Unsteady.failures = 1000
    with pytest.raises(StoreError, match="503") as caught:
        reader.body(digests[0])
    assert not isinstance(caught.value, BodyLost)
    Unsteady.failures = 0
    assert reader.lost_bodies() == frozenset()


def test_packs_elsewhere_are_tidied_and_erased(machines: Callable[[str], Machine]) -> None:
    here = machines("a")
    store = here.open()
    store.save_run(run())
    digests = crawl(store, range(30))
    store.close()
    (before,) = here.arrived()
    keeper = here.open()
    (here.folder / "far" / "packs" / "r7-00000000.zpk").write_bytes(b"its rows went")
    keeper.drop_bodies(digests[:28], erased=digests[:1])
    (after,) = [name for name in here.arrived() if not name.startswith("r7")]
    assert after != before
    assert keeper.tidy_bodies().rewritten == 1
    assert here.arrived() == [after]
    assert [keeper.body(each) for each in digests[28:]] == [body(28), body(29)]
    Unsteady.failures = 1000
    with pytest.raises(StoreError, match="重新清理"):
        keeper.drop_bodies([], erased=digests[28:29])
    Unsteady.failures = 0
    assert keeper.body(digests[29]) == body(29)
    assert here.waiting() == []
    keeper.drop_bodies([], erased=digests[28:29])
    assert keeper.body(digests[29]) == body(29)


def test_single_objects_come_into_packs(machines: Callable[[str], Machine]) -> None:
    here = machines("a")
    store = here.open()
    store.save_run(run())
    digests = [store.put_body(body(n)) for n in range(4)]
    store.write([page(f"a{n}", body_hash=digest) for n, digest in enumerate(digests)])
    assert store.tidy_bodies().packed == 4
    assert [digest for digest, _, _ in store.blobs.singles.listing()] == []
    assert [store.body(each) for each in digests] == [body(n) for n in range(4)]
    assert len(here.arrived()) == 1


def test_an_address_is_opened_with_a_spool_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XUNJIAN_SPOOL", str(tmp_path))
    assert default_spool("memory://a") != default_spool("memory://b")
    assert default_spool("memory://a").is_relative_to(tmp_path)
    assert isinstance(open_packs("memory://xunjian-packs"), RemotePacks)
    with pytest.raises(StoreError, match="快照地址"):
        open_packs("nosuchthing://x")

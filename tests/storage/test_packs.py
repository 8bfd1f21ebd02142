"""Packs on SQLite and PostgreSQL: what is in them is found, and what breaks them costs only what was broken."""

import errno
import fcntl
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from store_values import DAY, HOME, SITE, page, reading, run
from stored_files import date_back, frames, packs, spoil

import storage
from domain.bodies import Body, likeness
from domain.captured import PageKind
from domain.errors import BodyLost, StoreError
from domain.ports import Store
from storage.pack_file import PackFile
from storage.pack_writer import PackWriter

ROOT = Path(storage.__file__).parents[1]
ARTICLE = likeness(SITE, PageKind.ARTICLE, rendered=False)


def body(number: int, template: int = 1, size: int = 3000) -> bytes:
    """A page: what its template gives is not to be packed alone, its own text is short."""
    shared = random.Random(template).randbytes(size).hex()
    return f"<html><title>第{number}篇</title><nav>{shared}</nav><p>{random.Random(-number).randbytes(40).hex()}</p>".encode()


def crawl(store: Store, numbers: range, run_id: str = "r0", like: str = ARTICLE) -> list[str]:
    """Put pages and what names them."""
    digests = store.put_bodies(run_id, [Body(body(number), like=like) for number in numbers])
    night = int(run_id[1:])
    store.write([page(f"a{n}", night, body_hash=d) for n, d in zip(numbers, digests, strict=True)])
    return digests


@pytest.fixture
def kept(store: Store) -> Store:
    store.save_run(run())
    store.save_run(run(1))
    return store


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_copy"))
    (tmp_path / "xunjian.db").write_bytes(request.getfixturevalue("migrated_sqlite").read_bytes())
    return f"sqlite:///{tmp_path}/xunjian.db"


@pytest.fixture
def lite(tmp_path: Path, migrated_sqlite: Path, opener: Callable[[str], Store]) -> Store:
    """A store on SQLite, whose rows a test may look at."""
    (tmp_path / "xunjian.db").write_bytes(migrated_sqlite.read_bytes())
    store = opener(f"sqlite:///{tmp_path}/xunjian.db")
    store.save_run(run())
    store.save_run(run(1))
    return store


def test_what_a_crawl_brings_is_found_by_everybody_once_it_is_named(
    kept: Store, url: str, tmp_path: Path, opener: Callable[[str], Store]
) -> None:
    other = opener(url)
    digests = kept.put_bodies("r0", [Body(body(n), like=ARTICLE) for n in range(50)])
    assert [kept.body(each) for each in digests] == [body(n) for n in range(50)]
    assert list(other.stored_bodies()) == []
    kept.write([page(f"a{n}", body_hash=digest) for n, digest in enumerate(digests)])
    assert [other.body(each) for each in digests] == [body(n) for n in range(50)]
    assert {digest for digest, _, _ in other.stored_bodies()} == set(digests)
    (file,) = packs(tmp_path)
    assert file.name.startswith("r0-")
    assert file.stat().st_size < 50 * len(body(0)) / 10  # the shared part lies there once
    assert [path.name for path in (tmp_path / "blobs").iterdir()] == ["packs"]


def test_a_body_that_is_there_is_not_written_again_but_wanted_again(lite: Store, tmp_path: Path) -> None:
    digests = crawl(lite, range(3))
    size = packs(tmp_path)[0].stat().st_size
    date_back(tmp_path, DAY)
    assert {written for _, _, written in lite.stored_bodies()} == {DAY}
    assert crawl(lite, range(2), "r1") == digests[:2]
    assert packs(tmp_path)[0].stat().st_size == size
    fresh = {digest for digest, _, written in lite.stored_bodies() if written > DAY}
    assert fresh == set(digests[:2])


def test_pages_that_are_like_no_other_stand_alone(lite: Store, tmp_path: Path) -> None:
    strange = [os.urandom(900) for _ in range(4)]
    digests = lite.put_bodies("r0", [Body(each, like=ARTICLE) for each in strange] + [Body(b"")])
    lite.write([page("x", body_hash=digests[0])])
    assert {frames(tmp_path)[digest].base_length for digest in digests} == {0}
    assert [lite.body(each) for each in digests] == [*strange, b""]


def test_a_template_that_changed_becomes_the_reference(tmp_path: Path) -> None:
    writer = PackWriter(PackFile(tmp_path / "packs", "one"))
    first = writer.add([Body(body(n, 1), like="s") for n in range(3)])
    then = writer.add([Body(body(n, 2), like="s") for n in range(3)])
    assert [frame.base_length > 0 for frame in (*first, *then)] == [False, True, True] * 2
    assert {frame.base for frame in then[1:]} == {then[0].start}


@pytest.mark.parametrize("end", ["flipped", "cut", "removed"])
def test_damage_costs_what_was_damaged_and_comes_back(
    lite: Store, tmp_path: Path, opener: Callable[[str], Store], end: str
) -> None:
    digests = crawl(lite, range(6))
    (file,) = packs(tmp_path)
    place = frames(tmp_path)[digests[3]]
    if end == "flipped":
        spoil(tmp_path, digests[3])
        lost = {digests[3]}
    elif end == "cut":
        os.truncate(file, place.start + 1)
        lost = set(digests[3:])
    else:
        file.unlink()
        lost = set(digests)
    again = opener(f"sqlite:///{tmp_path}/xunjian.db")
    for number, digest in enumerate(digests):
        if digest in lost:
            with pytest.raises(BodyLost, match=digest):
                again.body(digest)
        else:
            assert again.body(digest) == body(number)
    assert again.lost_bodies() == lost
    assert crawl(again, range(6), "r1") == digests
    assert [again.body(each) for each in digests] == [body(n) for n in range(6)]
    assert again.lost_bodies() == frozenset()


def test_a_damaged_reference_costs_those_that_stand_on_it(lite: Store, tmp_path: Path) -> None:
    digests = crawl(lite, range(3))
    lonely = lite.put_bodies("r0", [Body(b"alone" * 50)])
    lite.write([page("z", body_hash=lonely[0])])
    spoil(tmp_path, digests[0])
    for each in digests:
        with pytest.raises(BodyLost):
            lite.body(each)
    assert lite.body(lonely[0]) == b"alone" * 50


WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {here!r}]
import storage
from store_values import page, run
from test_packs import body, crawl
store = storage.open_store({url!r}, Path({data!r}))
store.save_run(run())
for number in range(0, 100000, 20):
    crawl(store, range(number, number + 20))
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", [1, 7])
def test_a_killed_writer_leaves_nothing_named_that_is_not_there(url: str, tmp_path: Path, after: int) -> None:
    code = WRITER.format(root=str(ROOT), here=str(Path(__file__).parent), url=url, data=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(after):
            writer.stdout.readline()
        os.kill(writer.pid, signal.SIGKILL)
    (left,) = packs(tmp_path)
    with left.open("ab") as file:
        file.write(b"a torn tail")
    store = storage.open_store(url, tmp_path)
    named = [item.body_hash for item in store.pages(SITE, DAY)]
    assert len(named) >= 20 * after
    for item in store.pages(SITE, DAY):
        assert store.body(item.body_hash) == body(int(item.url.removeprefix(HOME + "a")))
    crawl(store, range(100000, 100003))
    assert len(packs(tmp_path)) == 2  # one writer each
    store.close()


def test_a_writer_that_named_nothing_leaves_nothing(lite: Store, url: str, tmp_path: Path) -> None:
    lite.put_bodies("r0", [Body(b"never named")])
    assert len(packs(tmp_path)) == 1
    lite.close()
    assert packs(tmp_path) == []


def test_what_a_killed_writer_never_named_is_swept(lite: Store, tmp_path: Path) -> None:
    crawl(lite, range(3))
    orphan = PackFile(tmp_path / "blobs" / "packs", "r9-00000000")
    orphan.append(b"bytes without rows")
    assert lite.tidy_bodies().rewritten == 0  # its writer lives, and so does ours
    orphan.close()
    assert lite.tidy_bodies(dry_run=True).rewritten == 1
    assert lite.tidy_bodies().freed == len(b"bytes without rows")
    assert len(packs(tmp_path)) == 1


def test_two_processes_write_and_a_third_reads(url: str, tmp_path: Path, opener: Callable[[str], Store]) -> None:
    first, second, reader = (opener(url) for _ in range(3))
    first.save_run(run())
    for start in range(0, 60, 10):
        mine = crawl(first, range(start, start + 10))
        theirs = crawl(second, range(start + 5, start + 15))  # half of it are the same pages
        assert [reader.body(each) for each in (*mine, *theirs)] == [
            body(n) for n in (*range(start, start + 10), *range(start + 5, start + 15))
        ]
    assert len(packs(tmp_path)) == 2
    assert len(list(reader.stored_bodies())) == 65


def test_a_full_disk_is_one_sentence_and_names_nothing(
    lite: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = crawl(lite, range(2))
    real = os.pwrite

    def full(descriptor: int, data: bytes, at: int) -> int:
        real(descriptor, data[:7], at)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(StoreError, match="磁盘"):
        lite.put_bodies("r0", [Body(body(7), like=ARTICLE)])
    monkeypatch.setattr(os, "pwrite", real)
    assert lite.body(crawl(lite, range(7, 8))[0]) == body(7)  # over the torn bytes
    assert [lite.body(each) for each in digests] == [body(0), body(1)]


def test_what_could_not_be_synced_is_never_named(lite: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fdatasync", broken)
    with pytest.raises(StoreError, match="快照包"):
        crawl(lite, range(2))
    monkeypatch.undo()
    with pytest.raises(StoreError, match="快照包"):  # nobody knows what the disk has of it
        crawl(lite, range(2, 4))
    assert list(lite.visited("r0", SITE)) == []


def test_a_pack_that_is_mostly_dead_is_rewritten(kept: Store, url: str, tmp_path: Path) -> None:
    digests = crawl(kept, range(60))
    kept.close()
    store = storage.open_store(url, tmp_path)
    size = packs(tmp_path)[0].stat().st_size
    store.drop_bodies(digests[50:])
    assert store.tidy_bodies().rewritten == 0
    told = store.tidy_bodies(digests[:50], dry_run=True)
    assert packs(tmp_path)[0].stat().st_size == size
    store.drop_bodies(digests[:45])  # their reference among them
    done = store.tidy_bodies()
    assert (told.rewritten, done.rewritten) == (1, 1)
    assert done.freed == size - packs(tmp_path)[0].stat().st_size > 0
    assert [store.body(each) for each in digests[45:50]] == [body(n) for n in range(45, 50)]
    assert [each for each, _, _ in store.stored_bodies()] == sorted(digests[45:50])
    store.drop_bodies(digests)
    assert store.tidy_bodies().rewritten == 1
    assert packs(tmp_path) == []
    store.close()


def test_a_reader_that_looked_before_a_pack_was_rewritten_finds_its_body(lite: Store, tmp_path: Path) -> None:
    digests = crawl(lite, range(9))
    lite.close()
    store = storage.open_store(f"sqlite:///{tmp_path}/xunjian.db", tmp_path)
    index = store.blobs.index  # type: ignore[attr-defined]
    before = index.places(digests[8])
    store.drop_bodies(digests[:8])
    store.tidy_bodies()
    assert index.places(digests[8]) != before
    assert store.blobs._read(digests[8], *before[0][:1], whole=True) == body(8)  # type: ignore[attr-defined]
    store.close()


def test_what_has_to_be_erased_leaves_the_disk_at_once(lite: Store, tmp_path: Path) -> None:
    private = b"11010519491231002X" * 3
    bodies = [Body(private + body(0), like=ARTICLE), *(Body(body(n), like=ARTICLE) for n in range(1, 20))]
    digests = lite.put_bodies("r0", bodies)
    lite.write([page("a", body_hash=digests[0])])
    lite.close()
    store = storage.open_store(f"sqlite:///{tmp_path}/xunjian.db", tmp_path)
    store.drop_bodies(digests[:1])  # forgotten before anybody knew that it has to be erased: others stand on its bytes
    assert [store.body(each) for each in digests[1:]] == [body(n) for n in range(1, 20)]
    store.drop_bodies([], erased=digests[:1])
    (file,) = packs(tmp_path)
    assert sum(frame.length for frame in frames(tmp_path).values()) == file.stat().st_size  # no byte is nobody's
    assert set(frames(tmp_path)) == set(digests[1:])
    assert [store.body(each) for each in digests[1:]] == [body(n) for n in range(1, 20)]
    before = file.name
    store.drop_bodies([], erased=digests[:1])
    assert [path.name for path in packs(tmp_path)] == [before]  # it is gone: nothing to do
    store.close()


@pytest.mark.parametrize("killed", [False, True])
def test_single_files_of_earlier_versions_come_into_packs(
    lite: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    digests = [lite.put_body(body(n)) for n in range(30)]
    paper = lite.put_body("回执".encode())
    lite.write([page(f"a{n}", body_hash=digest, reading=reading()) for n, digest in enumerate(digests)])
    lite.save_collection("r0", "weibo:1", {"evidence": [{"sha256": lite.put_body(b"answer")}]})
    date_back(tmp_path, DAY)
    assert lite.tidy_bodies(digests[:1], dry_run=True).packed == 30
    assert packs(tmp_path) == []
    if killed:

        def die(hashes: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(lite.blobs.singles, "drop", die)  # type: ignore[attr-defined]
        with pytest.raises(KeyboardInterrupt):
            lite.tidy_bodies()
        monkeypatch.undo()
        assert lite.body(digests[3]) == body(3)
    assert lite.tidy_bodies().packed == 31
    assert lite.tidy_bodies().packed == 0
    with sqlite3.connect(tmp_path / "xunjian.db") as connection:
        assert connection.execute("SELECT count(*) FROM body").fetchone() == (31,)
    singles = [path.parent.name + path.stem for path in (tmp_path / "blobs").glob("??/*.zst")]
    assert singles == [paper]
    assert [lite.body(each) for each in digests] == [body(n) for n in range(30)]
    assert {written for digest, _, written in lite.stored_bodies() if digest != paper} == {DAY}
    assert frames(tmp_path)[digests[9]].base_length > 0


def test_a_pack_that_is_being_written_is_not_rewritten_under_its_writer(lite: Store, tmp_path: Path) -> None:
    digests = crawl(lite, range(4))
    with pytest.raises(StoreError, match="尚未全部清除"):
        lite.drop_bodies([], erased=digests[:1])
    more = crawl(lite, range(4, 6))
    assert [lite.body(each) for each in (*digests[1:], *more)] == [body(n) for n in range(1, 6)]
    lite.close()
    store = storage.open_store(f"sqlite:///{tmp_path}/xunjian.db", tmp_path)
    store.drop_bodies([], erased=digests[:1])
    assert set(frames(tmp_path)) == {*digests[1:], *more}
    packs(tmp_path)[0].unlink()
    store.drop_bodies([], erased=digests[1:2])  # what is not there need not be erased
    store.close()


def test_files_that_are_neither_pack_nor_body_are_let_alone(lite: Store, tmp_path: Path) -> None:
    crawl(lite, range(2))
    (tmp_path / "blobs" / "packs" / "readme.txt").write_text("not ours")
    lite.tidy_bodies()
    assert (tmp_path / "blobs" / "packs" / "readme.txt").exists()


def test_a_pack_has_its_name_only_with_its_lock(tmp_path: Path) -> None:
    file = PackFile(tmp_path, "one")
    with file.path.open("rb") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_SH | fcntl.LOCK_NB)
    file.close()
    assert [path.name for path in tmp_path.iterdir()] == ["one.zpk"]


def test_the_index_takes_what_is_no_hash(lite: Store) -> None:
    with pytest.raises(StoreError):
        lite.body("weather")
    lite.drop_bodies(["weather"], ["nonsense"])
    assert datetime.now(UTC) > DAY


def test_rows_and_packs_agree(lite: Store, tmp_path: Path) -> None:
    crawl(lite, range(40))
    with sqlite3.connect(tmp_path / "xunjian.db") as connection:
        rows = connection.execute("SELECT start, length FROM body ORDER BY start").fetchall()
    assert [start for start, _ in rows] == [sum(length for _, length in rows[:at]) for at in range(40)]
    assert sum(length for _, length in rows) == packs(tmp_path)[0].stat().st_size

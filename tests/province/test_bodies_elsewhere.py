"""Workers that keep bodies at an object store, which is away for a while."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import fsspec.config
import pytest
from crews import Province, captures, differences, held, judgements, until
from object_store import ObjectStore, object_store

from democity.city import City, build_city
from democity.server import served
from domain.errors import BodyLost, StoreError, UsageError
from domain.ports import Store
from domain.runs import RunState
from inspection.runs.crew import CRAWL
from storage import BODIES, create_throwaway, open_store
from wakeups import prepare


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    pytest.importorskip("moto", reason="the group `object-store` is not installed")
    pytest.importorskip("s3fs", reason="the extra `province` is not installed")
    with object_store() as found:
        for name, value in found.environment.items():
            monkeypatch.setenv(name, value)  # for the workers; here fsspec has read its environment already
        monkeypatch.setitem(fsspec.config.conf, "s3", {"endpoint_url": found.environment["FSSPEC_S3_ENDPOINT_URL"]})
        yield found


def readable(store: Store, body_hash: str) -> bool:
    """Whether a body was kept and can be read; large files are not kept."""
    try:
        return bool(body_hash and store.body(body_hash))
    except BodyLost:
        return False


@pytest.mark.slow
def test_a_store_of_objects_that_is_away_delays_and_loses_nothing(
    database_of: Callable[[str], str], elsewhere: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUNJIAN_SPOOL", str(tmp_path / "spool"))
    city: City = build_city("small")
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    (there / BODIES).write_text(f"{elsewhere.url}\n", encoding="utf-8")
    with served(city, day=date(2023, 4, 25)) as port:
        near = Province(database_of(""), here, city, port)
        first = near.night()
        far = replace(near, db=database_of(""), folder=there, workers=[])
        prepare(far.db)
        far.start_workers(2)
        try:
            with far.in_background() as night:
                until(lambda: held(far, CRAWL) > 0 or night.done())
                elsewhere.is_shut = True
                threading.Timer(20, setattr, (elsewhere, "is_shut", False)).start()
                outcome = night.result(400)
        finally:
            elsewhere.is_shut = False
            far.stop_workers()
    assert elsewhere.refused > 0
    assert outcome.run.state is RunState.COMPLETE, outcome.run.reason
    with near.store() as one, far.store() as other:
        assert not differences(captures(one, first.run.id, city), captures(other, outcome.run.id, city))
        assert judgements(one, first.run.id) == judgements(other, outcome.run.id)
        site = city.registry().sites[0].id
        kept = [page.body_hash for page in one.pages(site, outcome.run.as_of) if readable(one, page.body_hash)]
        assert kept
        assert all(readable(other, each) for each in kept)
    assert elsewhere.objects()
    assert not [path for path in there.rglob("*") if path.suffix in {".zst", ".zpk", ".pack"}]
    assert not [path for path in (tmp_path / "spool").rglob("*") if path.is_file() and path.stat().st_size > 0]


def test_what_is_no_address_of_bodies_is_refused(tmp_path: Path) -> None:
    create_throwaway(f"sqlite:///{tmp_path}/x.db")
    for told in (
        "somewhere", "", "s3://", "s3:///x", "s3://key:secret@bucket/x", "s3://a\ns3://b", "http://x/y", "file:///etc",
    ):  # fmt: skip
        (tmp_path / BODIES).write_text(told, encoding="utf-8")
        with pytest.raises(StoreError, match="不是快照地址"):
            open_store(f"sqlite:///{tmp_path}/x.db", tmp_path)


def test_a_missing_extra_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wakeups.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"xunjian\[province\]"):
        prepare("postgresql+psycopg://nobody@127.0.0.1:1/x")
    with pytest.raises(UsageError, match="PostgreSQL"):
        prepare("sqlite:///x.db")

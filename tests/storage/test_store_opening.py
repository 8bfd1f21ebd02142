"""Opening, upgrading, blobs, and what is said when something is wrong."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from store_values import DAY, HOME, SITE, page, run

import storage
from domain.captured import Address, SiteRun
from domain.errors import StoreError
from domain.ports import Store
from storage.blobs import open_blobs
from storage.database import Database
from storage.schema import newest
from storage.tables import metadata

ROOT = Path(storage.__file__).parents[1]


def test_an_empty_place_asks_for_init_and_creates_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/xunjian.db"
    with pytest.raises(StoreError, match="xunjian init"):
        storage.open_store(url, tmp_path)
    assert storage.current(url) is None
    assert list(tmp_path.iterdir()) == []
    storage.upgrade(url)
    assert storage.current(url) == storage.head()
    storage.open_store(url, tmp_path).close()


def test_a_database_of_other_tables_asks_for_init(postgres_url: str, tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE x (y)")
    for url in (f"sqlite:///{tmp_path}/other.db", postgres_url):
        with pytest.raises(StoreError, match="xunjian init"):
            storage.open_store(url, tmp_path)


@pytest.mark.parametrize(("version", "word"), [("0000", "旧"), ("9999", "新")])
def test_another_schema_version_asks_for_an_upgrade(version: str, word: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/xunjian.db"
    storage.upgrade(url)
    with sqlite3.connect(tmp_path / "xunjian.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    with pytest.raises(StoreError, match=f"{word}.*xunjian db upgrade"):
        storage.open_store(url, tmp_path)


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_migrations_end_where_the_tables_stand(url: str) -> None:
    assert newest() == storage.head()
    if url == "memory:":
        return
    database = Database(url)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    database.close()


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_a_database_that_is_thrown_away_has_the_same_form(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/gate.db"
    storage.create_throwaway(url)
    storage.open_store(url, tmp_path).close()
    database = Database(url)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    database.close()


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/xunjian.db"
    storage.upgrade(url)
    store = storage.open_store(url, tmp_path)
    store.save_run(run())
    store.write([SiteRun("r0", "a", "complete", 7)])
    store.close()
    with sqlite3.connect(tmp_path / "xunjian.db") as connection:
        connection.execute("ALTER TABLE site_run DROP COLUMN facts")
        connection.execute("DROP TABLE doubt")
        for table in (
            "sample",
            "answer",
            "lease",
            "period",
            "figure",
            "standing",
            "person",
            "contact",
            "request",
            "trail",
            "letter",
            "series",
            "ledger",
            "issued_notice",
            "job_run",
            "message",
            "switch",
            "password",
            "invitation",
            "session",
            "failure",
            "saved_filter",
            "token",
            "bucket",
            "target_day",
            "pack",
            "body",
            "replay",
            "webhook",
            "delivery",
        ):
            connection.execute(f"DROP TABLE {table}")
        for index in ("stage", "check", "target"):
            connection.execute(f"DROP INDEX ix_finding_{index}")
        connection.execute("DROP INDEX ix_finding_mended")
        connection.execute("DROP INDEX ix_run_time")
        connection.execute("DROP INDEX ix_collection_account")
        for column in ("stage", "place"):
            connection.execute(f"ALTER TABLE finding DROP COLUMN {column}")
        connection.execute("CREATE INDEX ix_finding_target_id ON finding (target_id)")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    storage.upgrade(url)
    store = storage.open_store(url, tmp_path)
    assert store.site_runs("r0") == [SiteRun("r0", "a", "complete", 7)]
    store.close()


def test_sqlite_is_set_up_for_one_writer_and_many_readers(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/xunjian.db"
    storage.upgrade(url)
    database = Database(url)
    with database.read() as connection:
        found = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        ]
    database.close()
    assert found == ["wal", 1, 30000, 1]


@pytest.mark.parametrize("url", ["nonsense", "mysql://a/b", "sqlite+nothing:///x"])
def test_an_address_of_no_database_we_know(url: str, tmp_path: Path) -> None:
    for act in (lambda: storage.open_store(url, tmp_path), lambda: storage.upgrade(url)):
        with pytest.raises(StoreError, match="sqlite"):
            act()


def test_a_server_that_is_away(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="无法连接数据库服务器") as caught:
        storage.open_store("postgresql+psycopg://me:secret@127.0.0.1:9/x", tmp_path)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_server_that_goes_away(postgres_url: str, tmp_path: Path) -> None:
    import psycopg

    storage.upgrade(postgres_url)
    store = storage.open_store(postgres_url, tmp_path)
    store.save_run(run())
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    assert store.runs() == [run()]  # a lost connection is replaced
    store.close()


def test_no_such_database_on_the_server(postgres_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="不存在"):
        storage.open_store(postgres_url + "0", tmp_path)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"hello, this is a text file" * 100)
    with pytest.raises(StoreError, match="不是数据库文件"):
        storage.open_store(f"sqlite:///{tmp_path}/x.db", tmp_path)


def test_a_folder_in_place_of_the_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="无法打开数据库"):
        storage.open_store(f"sqlite:///{tmp_path}", tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="无法建立数据库"):
        storage.upgrade(f"sqlite:///{tmp_path}/file/xunjian.db")


def test_a_full_disk_is_said_in_one_sentence(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/xunjian.db"
    storage.upgrade(url)
    store = storage.open_store(url, tmp_path)
    store.save_run(run())
    with store.db.read() as connection:  # the connection of the pool that writes next
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="磁盘已满"):
        store.discover("r0", [Address(SITE, HOME + "x" * 900 + str(number)) for number in range(500)])
    assert list(store.seen("r0", SITE)) == []
    store.close()


@pytest.mark.parametrize("where", ["folder", "memory://xunjian-blobs"])
def test_blobs_in_a_folder_or_at_an_address(where: str, tmp_path: Path) -> None:
    blobs = open_blobs(tmp_path if where == "folder" else where)
    key = blobs.put(b"page" * 1000)
    assert blobs.put(b"page" * 1000) == key
    assert blobs.get(key) == b"page" * 1000
    with pytest.raises(StoreError, match="0000"):
        blobs.get("0000")


def test_blob_files_are_written_once_and_damage_is_noticed(tmp_path: Path) -> None:
    blobs = open_blobs(tmp_path)
    key = blobs.put(b"page")
    file = tmp_path / "blobs" / key[:2] / f"{key[2:]}.zst"
    written = file.stat().st_mtime_ns
    time.sleep(0.01)
    blobs.put(b"page")
    assert file.stat().st_mtime_ns == written
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    good = file.read_bytes()
    file.write_bytes(good[:-3])
    with pytest.raises(StoreError, match="损坏"):
        blobs.get(key)
    other = blobs.put(b"other")
    file.write_bytes((tmp_path / "blobs" / other[:2] / f"{other[2:]}.zst").read_bytes())
    with pytest.raises(StoreError, match="不符"):
        blobs.get(key)
    file.write_bytes(b"")  # as after a power cut
    assert blobs.put(b"page") == key
    assert blobs.get(key) == b"page"


def test_a_place_for_blobs_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("in the way")
    with pytest.raises(StoreError, match="快照"):
        open_blobs(tmp_path).put(b"page")


WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {here!r}]
import storage
from domain.captured import Address, SiteRun
from store_values import HOME, SITE, page, run
store = storage.open_store({url!r}, Path({data!r}))
store.save_run(run())
for number in range(100000):
    paths = [f"{{number}}-{{each}}" for each in range(20)]
    store.discover("r0", [Address(SITE, HOME + path) for path in paths])
    store.write([page(path, body_hash=store.put_body(path.encode())) for path in paths])
    print(number, flush=True)
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_killed_writer_leaves_a_consistent_store(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path}/xunjian.db" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    storage.upgrade(url)
    code = WRITER.format(root=str(ROOT), here=str(Path(__file__).parent), url=url, data=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) >= 10:
                os.kill(writer.pid, signal.SIGKILL)
                break
    store = storage.open_store(url, tmp_path)
    captured = {url for url, _ in store.visited("r0", SITE)}
    waiting = {item.url for item in store.pending("r0", SITE, 10000)}
    assert len(captured) >= 220
    assert len(captured) % 20 == 0
    assert len(waiting) in {0, 20}
    assert captured | waiting == set(store.seen("r0", SITE))
    assert not captured & waiting
    for item in store.pages(SITE, DAY):
        assert store.body(item.body_hash) == item.url.removeprefix(HOME).encode()
    store.close()


def test_a_writer_waits_for_another_one(tmp_path: Path, opener: Callable[[str], Store]) -> None:
    from threading import Thread

    url = f"sqlite:///{tmp_path}/xunjian.db"
    storage.upgrade(url)
    stores = [opener(url) for _ in range(3)]
    stores[0].save_run(run())
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for each in range(30):
                stores[number].write([page(f"{number}-{each}")])
        except StoreError as error:
            failures.append(error)

    threads = [Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(list(stores[0].visited("r0", SITE))) == 90


def test_nothing_heavy_is_imported_before_a_store_is_opened() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import storage, storage.memory; storage.open_store('memory:', '.'); print([m for m in ('sqlalchemy', 'alembic', 'psycopg', 'fsspec') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

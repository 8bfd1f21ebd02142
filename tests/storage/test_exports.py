"""A whole database out of PostgreSQL and into another one, and what is refused."""

from pathlib import Path

import pytest
from store_values import DAY, HOME, SITE, page, run

from domain.errors import UsageError
from domain.persons import Actor
from inspection.operations.backup import Place, make_backup
from inspection.operations.restoring import restore_backup
from storage import open_store, upgrade
from storage.exports import export_database, import_database

ME = Actor("王敏")
KEY = b"0123456789abcdef0123456789abcdef"


def test_a_postgresql_database_comes_back_in_another_one(postgres_copy: str, postgres_url: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    store = open_store(postgres_copy, data)
    store.save_run(run(0))
    store.write([page("a", 0, body_hash=store.put_body(b"a"))])
    make_backup(store, Place(data, postgres_copy), tmp_path / "pg.backup", KEY, ME, DAY)
    with pytest.raises(UsageError, match="PostgreSQL"):
        restore_backup(tmp_path / "pg.backup", KEY, tmp_path / "new", "", lambda store: ME, DAY)
    restore_backup(tmp_path / "pg.backup", KEY, tmp_path / "new", postgres_url, lambda store: ME, DAY)
    again = open_store(postgres_url, tmp_path / "new")
    kept = again.page(SITE, HOME + "a", run(0).as_of)
    assert kept is not None
    assert kept == store.page(SITE, HOME + "a", run(0).as_of)
    assert again.body(kept.body_hash) == b"a"
    again.save_run(run(1))
    again.write([page("a", 1, body_hash="b" * 64), page("b", 1, body_hash="c" * 64)])  # numbers go on
    with pytest.raises(UsageError, match="不是空的"):
        restore_backup(tmp_path / "pg.backup", KEY, tmp_path / "third", postgres_url, lambda store: ME, DAY)
    assert not (tmp_path / "third").exists()
    store.close()
    again.close()


def test_an_import_that_nobody_may_sign_is_taken_back(postgres_copy: str, postgres_url: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    store = open_store(postgres_copy, tmp_path / "data")
    make_backup(store, Place(tmp_path / "data", postgres_copy), tmp_path / "pg.backup", b"", ME, DAY)
    store.close()
    with pytest.raises(UsageError, match="--by"):
        restore_backup(tmp_path / "pg.backup", b"", tmp_path / "new", postgres_url, lambda store: Actor(""), DAY)
    restore_backup(tmp_path / "pg.backup", b"", tmp_path / "new", postgres_url, lambda store: ME, DAY)


def test_a_file_of_sqlite_goes_into_no_server(tmp_path: Path, postgres_url: str) -> None:
    upgrade(f"sqlite:///{tmp_path}/xunjian.db")
    (tmp_path / "out").mkdir()
    export_database(f"sqlite:///{tmp_path}/xunjian.db", tmp_path / "out")
    with pytest.raises(UsageError, match="去掉 --db"):
        import_database(tmp_path / "out", postgres_url)

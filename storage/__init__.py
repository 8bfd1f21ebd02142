"""The store: SQLite or PostgreSQL with page bodies in a folder, and its in-memory twin.

Nothing heavy is imported before a store is opened.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import StoreError

if TYPE_CHECKING:
    from domain.ports import Store

HEAD = "0029"  # the newest migration in storage/migrations (a test compares)


def open_store(url: str, data: Path | str) -> "Store":
    """Open a store.

    `url` is `memory:`, `sqlite:///file` or `postgresql+psycopg://user@host/name`; `data` is the data folder or an
    fsspec URL, under which `blobs/` holds the page bodies. StoreError says what to do when it cannot be used.
    """
    if url == "memory:":
        from storage.memory import MemoryStore

        return MemoryStore()
    from storage.blobs import open_blobs
    from storage.database import Database
    from storage.sql import SqlStore

    database = Database(url)
    try:
        _demand_current(database.version())
    except StoreError:
        database.close()
        raise
    return SqlStore(database, open_blobs(data))


def _demand_current(version: str | None) -> None:
    if version is None:
        raise StoreError("数据库尚未初始化；请先运行 xunjian init。")
    if version < HEAD:
        raise StoreError(f"数据库版本 {version} 比程序需要的 {HEAD} 旧；请运行 xunjian db upgrade。")
    if version > HEAD:
        raise StoreError(f"数据库版本 {version} 比程序的 {HEAD} 新；请升级程序，再运行 xunjian db upgrade。")


def upgrade(url: str) -> None:
    """Create a database or bring it to the newest version; repeating it changes nothing."""
    if url != "memory:":
        from storage.schema import upgrade as run_migrations

        run_migrations(url)


def create_throwaway(url: str) -> None:
    """Create an empty database of today's form in one go, without its history; for what is thrown away afterwards."""
    from sqlalchemy import text

    from storage.database import Database
    from storage.tables import metadata

    database = Database(url)
    try:
        with database.write() as connection:
            metadata.create_all(connection)
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
            connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
    finally:
        database.close()


def current(url: str) -> str | None:
    """The version of a database; None when it was never initialised."""
    if url == "memory:":
        return HEAD
    from storage.database import Database

    database = Database(url)
    try:
        return database.version()
    finally:
        database.close()


def shown(url: str) -> str:
    """An address of a database as it may be printed: without its password."""
    from storage.database import shown as without_password

    return without_password(url)


def head() -> str:
    """The version this program needs."""
    return HEAD

"""The store: SQLite or PostgreSQL with page bodies in a folder, and its in-memory twin.

Nothing heavy is imported before a store is opened.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import StoreError, cause

if TYPE_CHECKING:
    from domain.ports import Store

BODIES = "bodies.url"  # a file of the data folder: the address of the bodies, where they do not lie in the folder
_NO_STORES = frozenset({"", "http", "https", "file", "local", "memory"})  # of objects that are written and stay
HEAD = "0029"  # the newest migration in storage/migrations (a test compares)


def open_store(url: str, data: Path | str) -> "Store":
    """Open a store.

    `url` is `memory:`, `sqlite:///file` or `postgresql+psycopg://user@host/name`; `data` is the data folder. Bodies lie in
    its `blobs/`, or at the fsspec URL that its file `bodies.url` holds. StoreError says what to do when it cannot be used.
    """
    if url == "memory:":
        from storage.memory import MemoryStore

        return MemoryStore()
    from storage.blobs import open_blobs
    from storage.database import Database
    from storage.pack_places import open_packs
    from storage.packed_blobs import PackedBlobs
    from storage.sql import SqlStore

    place = _place_of_bodies(data)
    database = Database(url)
    try:
        _demand_current(database.version())
    except StoreError:
        database.close()
        raise
    return SqlStore(database, PackedBlobs(database, open_blobs(place), open_packs(place)))


def _place_of_bodies(data: Path | str) -> Path | str:
    try:
        told = (Path(data) / BODIES).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return data
    except UnicodeDecodeError as error:
        raise StoreError(f"{Path(data) / BODIES} 不是文本；请写成 s3://桶/路径。") from error
    except OSError as error:
        raise StoreError(f"{Path(data) / BODIES} 无法读取（{cause(error)}）；请检查权限。") from error
    scheme, _, place = told.partition("://")
    if scheme in _NO_STORES or not re.fullmatch(r"[^\s@/]+(/[^\s@]*)?", place):
        raise StoreError(
            f"{Path(data) / BODIES} 的内容“{told[:80]}”不是快照地址；请写成 s3://桶/路径，账号和密钥放在环境变量中。"
        )
    return told


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

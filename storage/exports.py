"""A whole database as files, consistent while others write, and back again.

SQLite: one file, taken by its own backup interface. PostgreSQL: one file for each table, as COPY writes it, all of one
snapshot; so neither the programs of the server nor its password on a command line are needed.
"""

import json
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Connection, Engine, Table, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from domain.errors import StoreError, UsageError, cause
from storage.database import Database, parsed, place, sentence
from storage.schema import migrations, upgrade
from storage.tables import metadata

FILE, TABLES = "xunjian.db", "tables.json"
NAME = re.compile(r"[a-z][a-z0-9_]*")


def export_database(url: str, folder: Path) -> list[Path]:
    """Write what a database holds at one moment into an empty folder; returns the files."""
    address = parsed(url)
    if address.get_backend_name() == "sqlite":
        return [_copy_file(Path(address.database or ""), folder / FILE)]
    database = Database(url)
    try:
        with database.engine.connect() as connection:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                connection.execute(text("SET TRANSACTION READ ONLY"))
                return _copy_tables(connection, folder)
    except DBAPIError as error:
        raise StoreError(sentence(error, address)) from error
    finally:
        database.close()


def _copy_file(source: Path, target: Path) -> Path:
    target.touch(mode=0o600)
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=30)) as here,
            closing(sqlite3.connect(target)) as there,
        ):
            here.backup(there)  # in one step: others go on reading and writing beside it
            there.execute("PRAGMA journal_mode = DELETE")  # one file, without companions
            (sound,) = there.execute("PRAGMA quick_check").fetchone()
    except (sqlite3.Error, OSError) as error:
        target.unlink(missing_ok=True)
        why = cause(error) if isinstance(error, OSError) else str(error)
        raise StoreError(f"不能复制数据库 {source}（{why}）；请检查磁盘空间，或稍后重试") from error
    if sound != "ok":
        raise StoreError(f"数据库 {source} 已损坏（{sound}）；请从以前的备份恢复")
    return target


def _copy_tables(connection: Connection, folder: Path) -> list[Path]:
    cursor = _driver(connection).cursor()
    names = {table.name: [column.name for column in table.columns] for table in metadata.sorted_tables}
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    there = set(inspect(connection).get_table_names())
    written = [folder / TABLES]
    kept = {name: columns for name, columns in names.items() if name in there}
    written[0].write_text(json.dumps({"version": version, "tables": kept}), encoding="utf-8")
    for name, columns in kept.items():
        path = folder / f"{name}.copy"
        with path.open("wb") as file, cursor.copy(f"COPY {_listed(name, columns)} TO STDOUT") as copy:
            for block in copy:
                file.write(block)
        written.append(path)
    return written


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _listed(name: str, columns: Sequence[str]) -> str:
    return f'"{name}" ({", ".join(f"{chr(34)}{column}{chr(34)}" for column in columns)})'


def import_database(folder: Path, url: str) -> None:
    """Make an empty database what an exported one was, and bring it up to date."""
    address = parsed(url)
    if (folder / FILE).exists():
        if (
            address.get_backend_name() != "sqlite"
            or Path(address.database or "").resolve() != (folder / FILE).resolve()
        ):
            raise UsageError("备份中是 SQLite 数据库，只能恢复到数据文件夹中；请去掉 --db（或环境变量 XUNJIAN_DB）")
        upgrade(url)
        return
    if address.get_backend_name() == "sqlite":
        raise UsageError("备份中是 PostgreSQL 数据库；请用 --db 指定一个空的 PostgreSQL 数据库")
    document = json.loads((folder / TABLES).read_text(encoding="utf-8"))
    database = Database(url)
    try:
        with database.write() as connection:
            if inspect(connection).get_table_names():
                raise UsageError(f"数据库 {place(address)} 不是空的；请另建一个空数据库")
            config = migrations()
            config.attributes["connection"] = connection
            command.upgrade(config, document["version"])
            _fill(connection, folder, document["tables"])
    finally:
        database.close()
    upgrade(url)


def clear_database(url: str) -> None:
    """Take an import back: the database is empty again."""
    database = Database(url)
    try:
        with database.write() as connection:
            metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    finally:
        database.close()


def _fill(connection: Connection, folder: Path, tables: dict[str, list[str]]) -> None:
    cursor = _driver(connection).cursor()
    known = {table.name: table for table in metadata.sorted_tables}
    if not all(NAME.fullmatch(word) for name, columns in tables.items() for word in (name, *columns)):
        raise UsageError("备份中的表名不正确，没有恢复任何内容；请改用另一份备份")
    for name, columns in tables.items():
        with (
            (folder / f"{name}.copy").open("rb") as file,
            cursor.copy(f"COPY {_listed(name, columns)} FROM STDIN") as copy,
        ):
            while block := file.read(1 << 16):
                copy.write(block)
    for table in known.values():
        if table.name in tables:
            _set_sequences(connection, table)


def _set_sequences(connection: Connection, table: Table) -> None:
    """The next number a table gives is above those that came along."""
    for column in table.primary_key:
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        if sequence:
            highest = connection.scalar(select(func.max(column)))
            if highest is not None:
                connection.execute(select(func.setval(sequence, highest)))


def space_of(url: str) -> int:
    """Bytes a database takes; 0 where nobody can tell."""
    database = Database(url)
    try:
        if database.file is not None:
            return sum(path.stat().st_size for path in database.file.parent.glob(f"{database.file.name}*"))
        return _asked(database.engine)
    finally:
        database.close()


def _asked(engine: Engine) -> int:
    try:
        with engine.connect() as connection:
            return int(connection.scalar(select(func.pg_database_size(func.current_database()))) or 0)
    except DBAPIError:
        return 0

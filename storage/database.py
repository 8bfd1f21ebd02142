"""One database: engine, transactions, errors as one clear sentence, and the few statements that differ by dialect."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, inspect, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from domain.errors import StoreError, ValueRefused

BUSY_SECONDS = 30
_USER = re.compile(r"([^\s/:@]{1,200}:)[^\s/@]{1,200}@")  # user:password@, whatever stands before it
_SECRET = re.compile(r"((?:password|passwd|pwd|passphrase|sslpassword)\s{0,3}[=:]\s{0,3})[^&\s'\"]+", re.I)

_SENTENCES = {
    "database or disk is full": "磁盘已满，数据库 {place} 无法继续写入；请清理磁盘后重试。",
    "unable to open database file": "无法打开数据库 {place}；请检查目录是否存在、是否可写，或先运行 xunjian init。",
    "file is not a database": "{place} 不是数据库文件；请检查 --db 或换一个数据目录。",
    "disk image is malformed": "数据库 {place} 已损坏；请从备份恢复。",
    "readonly database": "数据库 {place} 不可写；请检查文件权限。",
    "database is locked": "数据库 {place} 被另一个程序占用超过 30 秒；请确认没有其他巡检正在运行后重试。",
    "does not exist": "数据库 {place} 不存在，或尚未初始化；请先建库，再运行 xunjian init。",
    "password authentication failed": "数据库 {place} 拒绝了用户名或密码；请检查 --db。",
    "connection refused": "无法连接数据库服务器 {place}；请确认服务器已启动、地址无误。",
    "connection": "与数据库服务器 {place} 的连接不可用；请确认服务器已启动后重试。",
    "server closed": "数据库服务器 {place} 断开了连接；请确认服务器正常后重试。",
}


def parsed(url: str) -> URL:
    """The address of a database; StoreError when it is none we know."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            f"数据库地址“{shown(url)}”无法识别；可写作 sqlite:///文件 或 postgresql+psycopg://用户@主机/库名。"
        ) from error
    if address.drivername in {"postgresql", "postgres"}:
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreError(f"不支持数据库“{address.drivername}”；可用 sqlite 或 postgresql+psycopg。")
    return address


def shown(url: str) -> str:
    """An address of a database as it may be printed, also one that is misspelt: without its password."""
    return _SECRET.sub(lambda found: f"{found[1]}***", _USER.sub(r"\1***@", url))


def place(address: URL) -> str:
    """How to call a database in a sentence: file or server, never the password."""
    if address.get_backend_name() == "sqlite":
        return address.database or ":memory:"
    return shown(address.set(query={}).render_as_string(hide_password=True))


def sentence(error: BaseException, address: URL) -> str:
    """What went wrong, as one sentence."""
    cause = str(getattr(error, "orig", None) or error)
    for sign, message in _SENTENCES.items():
        if sign in cause.lower():
            return message.format(place=place(address))
    return f"数据库 {place(address)} 出错：{_unsecret(' '.join(cause.split()), address)}"


def _unsecret(text: str, address: URL) -> str:
    """A driver may quote what it was given."""
    told = [address.password, *(value for name, value in address.query.items() if "pass" in name.lower())]
    for secret in told:
        for each in (secret,) if isinstance(secret, str) else secret or ():
            text = text.replace(str(each), "***") if each else text
    return shown(text)


def _tune_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "cache_size = -32000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A write transaction takes its lock at once: one that began by reading could not wait for another writer.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def build_engine(address: URL) -> Engine:
    """An engine with our settings."""
    try:
        if address.get_backend_name() == "sqlite":
            engine = create_engine(address)
            event.listen(engine, "connect", _tune_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        return create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except NoSuchModuleError as error:
        raise StoreError(f"不支持数据库“{address.drivername}”；可用 sqlite 或 postgresql+psycopg。") from error
    except ImportError as error:
        raise StoreError("缺少 PostgreSQL 驱动；请安装 xunjian[postgres]。") from error


class Database:
    """Transactions on one database."""

    def __init__(self, url: str) -> None:
        self.address = parsed(url)
        self.engine = build_engine(self.address)
        self._writer = self.engine.execution_options(writes=True)

    def close(self) -> None:
        """Release the connections."""
        self.engine.dispose()

    @property
    def file(self) -> Path | None:
        """The file of an SQLite database."""
        if self.address.get_backend_name() != "sqlite" or not self.address.database:
            return None
        return Path(self.address.database)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read from; keep it short, iterators open one per window."""
        with self._transaction(self.engine) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all or nothing."""
        with self._transaction(self._writer) as connection:
            yield connection

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except (DataError, IntegrityError) as error:
            raise ValueRefused(sentence(error, self.address)) from error
        except DBAPIError as error:
            raise StoreError(sentence(error, self.address)) from error

    @cached_property
    def insert(self) -> Callable[[Table], Any]:
        """INSERT that knows ON CONFLICT; the same words in both dialects."""
        return sqlite.insert if self.engine.dialect.name == "sqlite" else postgresql.insert

    def keep(self, table: Table) -> Any:
        """INSERT of rows that may exist already; the first one stays."""
        return self.insert(table).on_conflict_do_nothing()

    def replace(self, table: Table, *but: str) -> Any:
        """INSERT of rows that may exist already; the last one stays, except for the columns in `but`."""
        statement = self.insert(table)
        keys = {column.name for column in table.primary_key}
        new = {
            column.name: statement.excluded[column.name]
            for column in table.columns
            if column.name not in keys and column.name not in but
        }
        return statement.on_conflict_do_update(index_elements=sorted(keys), set_=new)

    def version(self) -> str | None:
        """The migration the database stands at; None when it was never initialised."""
        if self.file is not None and not self.file.exists():
            return None  # connecting would create an empty file
        with self.read() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return found

"""Which version a database has, and how to bring it up to date (Alembic, without an alembic.ini)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from domain.errors import StoreError, cause
from storage.database import Database, parsed, place


def migrations() -> Config:
    """Where our migrations lie, also in an installed package."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def newest() -> str:
    """The newest migration there is."""
    return ScriptDirectory.from_config(migrations()).get_current_head() or ""


def upgrade(url: str) -> None:
    """Create or bring up to date."""
    address = parsed(url)
    database = Database(url)
    try:
        if database.file is not None:
            database.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            database.file.touch(mode=0o600)  # SQLite gives its journals the same rights
        with database.write() as connection:
            config = migrations()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OSError as error:
        raise StoreError(f"无法建立数据库 {place(address)}：{cause(error)}；请检查目录权限。") from error
    finally:
        database.close()

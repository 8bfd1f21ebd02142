"""Options every command shares, and how they become a store, rules and a moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Annotated

import typer

from domain.errors import UsageError, cause
from domain.times import BEIJING
from reports.formats import SHOWN

if TYPE_CHECKING:
    from domain.persons import Actor
    from domain.ports import Store
    from domain.rules import RuleBook
    from scorecards.figures import FigureRules

Data = Annotated[Path, typer.Option("--data", help="数据文件夹", envvar="XUNJIAN_DATA")]
Database = Annotated[str, typer.Option("--db", help="数据库地址，默认用数据文件夹中的 SQLite", envvar="XUNJIAN_DB")]
RunId = Annotated[str, typer.Option("--run", help="批次编号，默认最近一次完成的例行巡检")]
Rules = Annotated[Path | None, typer.Option("--rules", help="规则文件，默认用数据文件夹或程序自带的 rules.yaml")]
Format = Annotated[str, typer.Option("--format", help=f"输出格式：{'、'.join(SHOWN)}")]
TextOrJson = Annotated[str, typer.Option("--format", help="输出格式：text、json")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="允许访问内网和本机地址")]
AsOf = Annotated[str, typer.Option("--as-of", help="监测时间点，如 2023-04-26 或 2023-04-26T09:00，默认为现在")]
By = Annotated[str, typer.Option("--by", help="经办人姓名或编号")]
DATA = Path("data")


def database_url(data: Path, db: str) -> str:
    """The database: `--db`, else `xunjian.db` in the data folder."""
    return db or f"sqlite:///{data.resolve()}/xunjian.db"


@contextmanager
def opened(data: Path, db: str) -> "Iterator[Store]":
    """The store, closed at the end."""
    from inspection.log_files import keep_logs
    from storage import open_store

    if not db and not (data / "xunjian.db").exists():
        raise UsageError(f"数据文件夹 {data} 尚未初始化；请先运行 xunjian init --data {data}")
    store = open_store(database_url(data, db), data)
    keep_logs(data)
    try:
        yield store
    finally:
        store.close()


def acting(store: "Store", by: str, *, named: bool = True) -> "Actor":
    """Who acts, with the account of the operating system beside it; that stands in where no name is needed and none given."""
    from getpass import getuser

    from inspection.acting import actor_of

    try:
        account = getuser()
    except (KeyError, OSError):  # an account without an entry
        account = ""
    who = actor_of(store, by, account)
    return who if named or who.name else replace(who, name=account or "命令行")


def rulebook(rules: Path | None, data: Path | None = None) -> "RuleBook":
    """The rules of `--rules`, else of the data folder, else those that come with the program."""
    from checks.rules.rulebook import load_rules
    from inspection.texts.installation import with_installation, with_words

    own = data / "rules.yaml" if data else None
    book = load_rules(rules or (own if own and own.exists() else None))
    return with_installation(book, data) if data else with_words(book)


def moment(text: str, now: datetime) -> datetime:
    """A moment of the command line; a day without time means its end. Beijing time unless an offset stands there."""
    if not text:
        return now
    try:
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), time(23, 59, 59), BEIJING)
        value = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"“{text}”不是时间；请写成 2023-04-26 或 2023-04-26T09:00") from error
    return value if value.tzinfo else value.replace(tzinfo=BEIJING)


def require_folder(folder: Path | None) -> None:
    """UsageError when reports could not be written to a folder: said before the work, not after it."""
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as trial:
            trial.write(bytes(2**16))
    except OSError as error:
        raise UsageError(f"不能写入文件夹 {folder}（{cause(error)}）；请检查路径、权限和磁盘空间") from error


def read_file(name: str) -> bytes:
    """The bytes of a file somebody named; UsageError when it cannot be read."""
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"不能读取 {name}：{cause(error)}") from error


def check_format(name: str, accepted: tuple[str, ...] = SHOWN) -> None:
    """UsageError for an output format this command does not know."""
    if name not in accepted:
        raise UsageError(f"不支持输出格式 {name}；可选：{'、'.join(accepted)}")


def figure_rules(data: Path) -> "FigureRules":
    """How the office prints its rates."""
    from inspection.periods.notices import load_settings_of
    from scorecards.figures import FigureRules

    settings = load_settings_of(data)
    return FigureRules(settings.printing, settings.bands)


def day_of(text: str, example: str) -> date | None:
    """A day of the command line, None where none is given; `example` is shown to whoever wrote something else."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"“{text}”不是日期；请写成 {example}") from error

"""init, db, demo."""

from pathlib import Path
from typing import Annotated

import typer

from commands.options import (
    DATA,
    AsOf,
    Data,
    Database,
    database_url,
    moment,
    opened,
)
from commands.printing import say
from domain.errors import UsageError, cause

db_app = typer.Typer(help="数据库维护", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(init)
    app.command()(demo)
    app.add_typer(db_app, name="db")


def init(data: Data = DATA, db: Database = "") -> None:
    """建立数据文件夹和数据库，并放入可修改的 rules.yaml。"""
    from inspection.results.rule_layers import office_rules
    from inspection.texts.installation import create_key
    from storage import shown, upgrade

    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"不能建立数据文件夹 {data}：{cause(error)}") from error
    upgrade(database_url(data, db))
    create_key(data)
    own = data / "rules.yaml"
    if not own.exists():
        own.write_text(office_rules(), encoding="utf-8")
    say(f"已就绪：{data}（数据库 {shown(database_url(data, db))}，规则 {own}）")


@db_app.command("upgrade")
def upgrade_database(data: Data = DATA, db: Database = "") -> None:
    """把数据库升级到当前程序的版本；重复执行没有影响。"""
    from storage import current, upgrade

    url = database_url(data, db)
    upgrade(url)
    say(f"数据库版本：{current(url)}")


def demo(
    data: Annotated[Path, typer.Option("--data", help="演示数据文件夹")] = Path("demo-data"),
    as_of: AsOf = "2023-04-26T09:00",
    size: Annotated[str, typer.Option("--size", help="演示城市规模：demo 或 small")] = "demo",
    serve: Annotated[
        bool, typer.Option("--serve", help="随后打开控制台，每种角色一人；已有演示数据的不再巡检")
    ] = False,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="控制台的端口")] = 8080,
) -> None:
    """对演示城市做一次完整巡检：56 个网站、273 个账号，再做一轮人工核查，结果写成报告。"""
    from commands.display import Display
    from inspection import clock
    from inspection.runs.demo import run_demo

    if size not in ("demo", "small"):
        raise UsageError(f"--size 不能是 {size}；可选：demo、small")
    if not (serve and (data / "reports" / "index.html").exists()):
        when = moment(as_of, clock.now()).isoformat()
        with Display() as display:
            lines = run_demo(data, when, size, display)
        for line in lines:
            say(line)
    if serve:
        _open_console(data, port)


def _open_console(data: Path, port: int) -> None:
    from commands.serving import run_console
    from inspection import clock
    from inspection.runs.demo_staff import staff_demo

    with opened(data, "") as store:
        say("\n演示人员：")
        for line in staff_demo(store, clock.now()):
            say(line)
        run_console(store, data, None, "127.0.0.1", port)

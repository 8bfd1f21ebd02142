"""serve: the console."""

from typing import Annotated

import typer

from commands.options import DATA, AllowPrivate, Data, Database, Rules, database_url, opened
from commands.serving import ANY, run_console
from domain.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(serve)


def serve(
    host: Annotated[str, typer.Option("--host", help="监听的地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="监听的端口")] = 8080,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="控制台的主机名（可写多次），其他主机名不接待")
    ] = None,
    proxy: Annotated[
        list[str] | None, typer.Option("--proxy", help="可信的反向代理的地址（可写多次），只信它转来的来源和协议")
    ] = None,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    allow_private: AllowPrivate = False,
) -> None:
    """打开控制台：监管员、领导和各单位用浏览器办理。首次运行给出系统管理员的一次性链接。"""
    if host in ANY and not name:
        raise UsageError("监听全部地址时须用 --name 写明控制台的主机名，如 xunjian.example.gov.cn")
    from inspection import clock
    from inspection.operations.errands import Errands
    from inspection.operations.journal import journal_of

    url = database_url(data, db)
    errands = Errands(data, url, journal_of(data, url), rules, allow_private)
    with opened(data, db) as store:
        errands.journal.close_lost(clock.now())
        run_console(store, data, rules, host, port, tuple(name or ()), tuple(proxy or ()), errands)

"""token add, revoke, list."""

from typing import Annotated

import typer

from commands.options import DATA, By, Data, Database, acting, opened
from commands.printing import say

token_app = typer.Typer(help="接口令牌：让其他程序读取结果、办理事项", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(token_app, name="token")


@token_app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="程序名称")],
    person: Annotated[str, typer.Option("--person", help="以谁的权限：姓名或编号")],
    by: By,
    scope: Annotated[
        list[str] | None,
        typer.Option(
            "--scope",
            help="范围（可写多次）：read（读取全部，默认）、findings、targets、scorecards、periods、letters、runs、worksheet、"
            "doubts、ledger、trail；办理须逐项写明：findings.decide、letters.act、worksheet.answer、doubts.settle、"
            "runs.start、ledger.enter",
        ),
    ] = None,
    days: Annotated[int, typer.Option("--days", help="有效多少天")] = 90,
    data: Data = DATA,
    db: Database = "",
) -> None:
    """建立一个令牌，默认只读；令牌只显示这一次。"""
    from inspection import clock
    from inspection.entrance.tokens import add_token

    with opened(data, db) as store:
        item, secret = add_token(store, acting(store, by), name, person, scope or (), days, clock.now())
    say(f"已建立令牌 {item.id}，只显示这一次：")
    say(secret)


@token_app.command("revoke")
def revoke(
    number: Annotated[str, typer.Argument(metavar="编号")], by: By, data: Data = DATA, db: Database = ""
) -> None:
    """撤销一个令牌，立即失效。"""
    from inspection import clock
    from inspection.entrance.tokens import revoke_token

    with opened(data, db) as store:
        gone = revoke_token(store, acting(store, by), number, clock.now())
    say(f"已撤销令牌 {gone.id}（{gone.name}）")


@token_app.command("list")
def list_(data: Data = DATA, db: Database = "") -> None:
    """列出令牌：给谁用、范围、有效期、最近使用。"""
    from inspection import clock
    from inspection.entrance.tokens import token_lines

    with opened(data, db) as store:
        say("\n".join(token_lines(store, clock.now())))

"""trail list, verify, export: the audit trail."""

from pathlib import Path
from typing import Annotated

import typer

from commands.options import DATA, Data, Database, opened
from commands.printing import say

trail_app = typer.Typer(help="留痕：谁在何时做了什么；只增不改，逐条相接", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(trail_app, name="trail")


@trail_app.command("list")
def list_(
    word: Annotated[str, typer.Argument(metavar="[词]", help="只列出含有这个词的：姓名、问题编号、考核期")] = "",
    last: Annotated[int, typer.Option("--last", min=1, help="最近多少条")] = 50,
    data: Data = DATA,
    db: Database = "",
) -> None:
    """列出最近的留痕。"""
    from inspection.people.trail_lines import trail_lines

    with opened(data, db) as store:
        say("\n".join(trail_lines(store, last, word)) or "没有留痕。")


@trail_app.command("verify")
def verify(
    head: Annotated[str, typer.Option("--head", help="以前抄下的校验值：须仍在其中")] = "",
    data: Data = DATA,
    db: Database = "",
) -> None:
    """核对留痕是否被改动：指出第一条不符的；完好的显示最后的校验值，可抄下备查。"""
    from domain.trail import verified

    with opened(data, db) as store:
        found = verified(store.trail(), head.strip().lower())
    if found.broken:
        say(f"留痕不完整：{found.broken}；此前 {found.count} 条完好", err=True)
        raise typer.Exit(1)
    say(f"{found.count} 条留痕完好，最后的校验值 {found.head}")


@trail_app.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="文件", help=".csv 供阅读，.jsonl 供另行核对")],
    data: Data = DATA,
    db: Database = "",
) -> None:
    """导出全部留痕。"""
    from inspection.people.trail_lines import write_trail

    with opened(data, db) as store:
        number = write_trail(store, file)
    say(f"已导出 {number} 条：{file}")

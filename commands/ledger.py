"""ledger import, export: 工作台账."""

from pathlib import Path
from typing import Annotated

import typer

from commands.display import show_changes
from commands.options import DATA, By, Data, Database, acting, opened
from commands.printing import say

ledger_app = typer.Typer(help="工作台账：找错、报送信息、专项工作、表扬、值班读网、关停注销", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(ledger_app, name="ledger")


@ledger_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="文件", help="台账：XLSX、XLS 或 CSV")],
    apply: Annotated[bool, typer.Option("--apply", help="写入；不加时只预览")] = False,
    by: By = "",
    data: Data = DATA,
    db: Database = "",
) -> None:
    """导入台账（月份、单位、事项、数量、采用数、属实、类别、说明、附件）：先预览，加 --apply 才写入。"""
    from inspection import clock
    from inspection.people.ledger import enter_ledger

    with opened(data, db) as store:
        entered = enter_ledger(store, file, acting(store, by, named=False), clock.now(), apply=apply)
    show_changes(file, entered, "与已有的台账一致，没有改动", applied=apply)


@ledger_app.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="文件", help="写到这个 .xlsx 文件")],
    month: Annotated[str, typer.Option("--month", help="只要这个月的，如 2023-04")] = "",
    data: Data = DATA,
    db: Database = "",
) -> None:
    """导出台账，可修改后再导入。"""
    from inspection.people.ledger import write_ledger

    with opened(data, db) as store:
        number = write_ledger(store, file, month)
    say(f"已导出 {number} 行：{file}")

"""worksheet export, worksheet import: the manual round of accounts."""

from pathlib import Path
from typing import Annotated

import typer

from commands.options import DATA, By, Data, Database, Rules, RunId, acting, opened, rulebook
from commands.printing import say

worksheet_app = typer.Typer(help="人工核查表：未能判定的账号", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(worksheet_app, name="worksheet")


@worksheet_app.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="文件", help="写到这个 .xlsx 文件")],
    run: RunId = "",
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """写出未能判定的账号和事项，供人工逐个核查填写。"""
    from inspection.people.manual_round import export_worksheet

    with opened(data, db) as store:
        say(export_worksheet(store, rulebook(rules, data), run, file))


@worksheet_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="文件", help="填写好的核查表")],
    apply: Annotated[bool, typer.Option("--apply", help="写入并重新判定；不加时只预览")] = False,
    by: By = "",
    run: RunId = "",
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """读入填写好的核查表：先预览，加 --apply 才写入并重新判定这些账号。"""
    from inspection import clock
    from inspection.people.manual_round import enter_worksheet, entered_lines

    with opened(data, db) as store:
        book = rulebook(rules, data)
        entered = enter_worksheet(store, book, run, file, acting(store, by, named=False), clock.now(), apply=apply)
        for line in entered_lines(store, book, entered, apply=apply):
            say(line)

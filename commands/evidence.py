"""evidence."""

from typing import Annotated

import typer

from commands.options import DATA, Data, Database, opened
from commands.printing import say


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(evidence)


def evidence(
    run: Annotated[str, typer.Argument(help="批次编号，默认最近一次结束的例行巡检", metavar="批次")] = "",
    data: Data = DATA,
    db: Database = "",
    most: Annotated[int, typer.Option("--most", min=1, help="最多截图数")] = 200,
) -> None:
    """为一个批次新发现的问题截图，标出问题所在位置。"""
    from inspection.locks import only_job
    from inspection.results.screenshots import collect_evidence
    from inspection.targets import chosen_run

    with opened(data, db) as store, only_job(data, "evidence"):
        collected = collect_evidence(store, chosen_run(store, run).id, most)
    say(f"新问题 {collected.findings} 个，截图 {collected.pictures} 张，其中 {collected.marked} 张标出了位置")

"""worker: one of several machines that do a run together."""

from typing import Annotated

import typer

from commands.options import DATA, Data, Database, database_url, opened


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(worker)


def worker(
    data: Data = DATA,
    db: Database = "",
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, max=64, help="同时处理的任务数，默认为处理器核数")
    ] = None,
) -> None:
    """工作进程：与其他机器一起完成巡检（需要 PostgreSQL），由 xunjian nightly --workers 分派，直到被停止。"""
    import worker as queue_worker
    from inspection.runs.shares import usable_cores

    url = database_url(data, db)
    with opened(data, url):  # says at the start what is wrong with the store
        pass
    queue_worker.run(data, url, jobs or usable_cores())

"""prune."""

from dataclasses import asdict
from typing import Annotated

import typer

from commands.options import DATA, By, Data, Database, TextOrJson, acting, check_format, opened
from commands.printing import say
from domain.persons import BY_CLOCK


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(prune)


def prune(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出将清理什么、有多少")] = False,
    by: By = "",
    data: Data = DATA,
    db: Database = "",
    output: TextOrJson = "text",
    scheduled: Annotated[bool, typer.Option("--scheduled", help="由定时程序启动", hidden=True)] = False,
) -> None:
    """清理超过保存期限的记录、页面快照和日志；判定、问题、通知单和考核期所依据的内容不动。"""
    check_format(output, ("text", "json"))
    import json

    from inspection import clock
    from inspection.operations.pruning import prune as forget
    from inspection.operations.pruning import pruned_lines
    from inspection.operations.settings import load_settings

    kept = load_settings(data).retention
    with opened(data, db) as store:
        actor = BY_CLOCK if scheduled or dry_run else acting(store, by, named=False)
        done = forget(store, data, kept, actor, clock.now(), dry_run=dry_run, by_clock=scheduled)
    if output == "json":
        document = {"schema": "xunjian.prune/1", "dry_run": dry_run, **asdict(done), "before": done.before.isoformat()}
        say(json.dumps(document, ensure_ascii=False))
    else:
        say("\n".join(pruned_lines(done, dry_run=dry_run)))

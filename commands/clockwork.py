"""status, schedule: what runs, what ran, what will."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import DATA, AllowPrivate, Data, Database, Rules, TextOrJson, check_format, database_url, opened
from commands.printing import say
from domain.errors import UsageError

if TYPE_CHECKING:
    from domain.ports import Store


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(status)
    app.command()(schedule)


def status(data: Data = DATA, db: Database = "", output: TextOrJson = "text") -> None:
    """最近的巡检批次、正在进行的任务和进度、上一夜、各项定时任务的上次与下次。"""
    check_format(output, ("text", "json"))
    import json

    from domain.times import beijing_date
    from inspection import clock
    from inspection.operations.ages import judgement_ages, oldest_page_line
    from inspection.operations.status import going, going_document, going_lines, job_document, last_job_runs, night_line
    from inspection.runs.status import run_lines

    now = clock.now()
    with opened(data, db) as store:
        runs = run_lines(store, as_json=output == "json")
        at_work, last = going(store), last_job_runs(store, now)
        if output == "json":
            more = {
                "going": [going_document(item) for item in at_work],
                "jobs": [job_document(item) for item in last.values()],
            }
            say(json.dumps({**json.loads(runs), **more}, ensure_ascii=False))
            return
        say(runs)
        ages = judgement_ages(store, store.load_registry().on(beijing_date(now)))
        lines = [*going_lines(store, at_work), night_line(store.runs()), *oldest_page_line(ages, now)]
        say("\n".join(["", *lines, *_plan(data, store)]))


def schedule(
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    once: Annotated[str, typer.Option("--once", help="立即执行一项定时任务后退出")] = "",
    list_jobs: Annotated[bool, typer.Option("--list", help="列出定时任务、下次执行时间和上次结果")] = False,
    allow_private: AllowPrivate = False,
) -> None:
    """按计划执行例行巡检、备份、催办等任务，直到被停止；计划在数据文件夹的 schedule.yaml，改动自动生效。"""
    if list_jobs:
        with opened(data, db) as store:
            say("\n".join(_plan(data, store)))
        return
    import scheduler
    from commands.early_signals import was_interrupted
    from scheduled_work import Place
    from storage import current

    if data.is_dir() and current(database_url(data, db)) is None:
        raise UsageError(f"数据文件夹 {data} 尚未初始化；请先运行 xunjian init --data {data}")
    place = Place(data, db, rules, allow_private)
    code = scheduler.run(place, once=once, interrupted=was_interrupted)
    if code:
        raise typer.Exit(code)


def _plan(data: Path, store: "Store") -> list[str]:
    from inspection import clock
    from inspection.letters.working_days import load_working_days
    from inspection.operations.plan import FILE, load_plan
    from inspection.operations.status import last_job_runs, plan_lines

    now = clock.now()
    return list(plan_lines(load_plan(data / FILE), load_working_days(data), last_job_runs(store, now), now))

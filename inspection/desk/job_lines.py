"""The jobs of the clock as the console shows them, and whether the clock goes at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from domain.operations import JobState
from domain.ports import Store
from inspection.desk.words import moment
from inspection.letters.working_days import load_working_days
from inspection.operations.jobs import JOBS
from inspection.operations.journal import is_free
from inspection.operations.plan import FILE, load_plan
from inspection.operations.status import job_words, last_job_runs

SILENT = timedelta(hours=3)  # a visit every hour is in every plan
LOOKED_BACK = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job: when it comes next, and what became of its last start."""

    title: str
    cron: str
    next: datetime | None
    last: str
    failed: bool


def job_lines(store: Store, data: Path, now: datetime) -> list[JobLine]:
    """One for each job of the plan."""
    last, days = last_job_runs(store, now), load_working_days(data)
    return [
        JobLine(
            JOBS[name].title, planned.cron + ("（工作日）" if planned.only_worked else ""), planned.next_after(now, days),
            job_words(last[name]) if name in last else "",
            name in last and last[name].state in {JobState.FAILED, JobState.OVERDUE, JobState.LOST},
        )
        for name, planned in load_plan(data / FILE).items()
    ]  # fmt: skip


def clock_stopped(store: Store, data: Path, now: datetime) -> str:
    """Since when nothing is started by itself any more; empty while it is, or where it never was."""
    moments = [item.started or item.planned for item in store.job_runs(now - LOOKED_BACK) if item.job in JOBS]
    last = max(moments, default=None)
    if last is None or now - last < SILENT or not is_free(data, "scheduler"):
        return ""
    return f"定时程序已停止，最近一次任务开始于 {moment(last)}；夜间不会自动巡检，请告诉系统管理员"

"""What runs, how far it is and until when; the last night; what the clock did and will do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from domain.operations import JobRun, JobState
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.times import BEIJING
from inspection.letters.working_days import WorkingDays
from inspection.operations.crews import work_lines
from inspection.operations.jobs import JOBS
from inspection.operations.plan import Planned

LATELY = timedelta(days=40)  # a monthly job has its last start in it
NIGHTS = 7  # whose length tells how long one takes


@dataclass(frozen=True, slots=True)
class Going:
    """A run at work."""

    run: Run
    crawled: int
    judged: int
    until: datetime | None  # as the nights before took; None where none came to its end


def going(store: Store) -> list[Going]:
    """Runs at work now."""
    runs = store.runs()
    lengths = [
        run.finished_at - run.started_at
        for run in runs
        if run.kind is RunKind.NIGHTLY and run.state is RunState.COMPLETE and run.finished_at
    ][-NIGHTS:]
    usual = timedelta(seconds=median(length.total_seconds() for length in lengths)) if lengths else None
    return [_going(store, run, usual) for run in runs if run.state is RunState.RUNNING]


def _going(store: Store, run: Run, usual: timedelta | None) -> Going:
    sites = {item.site_id for item in store.site_runs(run.id)} & {*run.targets}
    judged = {card.target_id for card in store.scorecards(run.id)} & {*run.targets}
    until = run.started_at + usual if usual and run.kind is RunKind.NIGHTLY else None
    return Going(run, len(run.targets) if run.crawled else len(sites), len(judged), until)


def last_job_runs(store: Store, now: datetime) -> Mapping[str, JobRun]:
    """The last start of each job that was more than a decision to leave it out; else that decision."""
    found: dict[str, JobRun] = {}
    for item in store.job_runs(now - LATELY):
        old = found.get(item.job)
        if old is None or item.state is not JobState.SKIPPED or old.state is JobState.SKIPPED:
            found[item.job] = item
    return found


def plan_lines(
    plan: Mapping[str, Planned], days: WorkingDays, last: Mapping[str, JobRun], now: datetime
) -> Iterator[str]:
    """One line a job: when it comes next, and what became of its last start."""
    for name, planned in plan.items():
        at = planned.next_after(now, days)
        parts = [f"{name:<9} {JOBS[name].title}", planned.cron + ("（工作日）" if planned.only_worked else "")]
        parts += [f"下次 {_moment(at)}" if at else "没有下次"]
        parts += [f"上次 {job_words(last[name])}"] if name in last else []
        yield "  ".join(parts)


def job_words(item: JobRun) -> str:
    """What became of one start."""
    took = f"，用时 {_length(item.ended - item.started)}" if item.started and item.ended else ""
    why = f"：{item.reason}" if item.reason else ""
    return f"{_moment(item.started or item.planned)} {item.state.label}{took}{why}"


def going_lines(store: Store, found: list[Going]) -> Iterator[str]:
    """Runs at work, each with what its processes are at."""
    for item in found:
        all_of, until = len(item.run.targets), f"，预计 {_moment(item.until)} 结束" if item.until else ""
        yield (
            f"正在进行：{item.run.kind.label} {item.run.id}，{_moment(item.run.started_at)} 开始，"
            f"已采集 {item.crawled}/{all_of}，已判定 {item.judged}/{all_of}{until}"
        )
        yield from work_lines(store, item.run)


def night_line(runs: list[Run]) -> str:
    """The last night that ended."""
    nights = [run for run in runs if run.kind is RunKind.NIGHTLY and run.state is not RunState.RUNNING]
    if not nights:
        return "上一夜：还没有结束的例行巡检"
    run = nights[-1]
    took = f"，用时 {_length(run.finished_at - run.started_at)}" if run.finished_at else ""
    states = {RunState.COMPLETE: "完成", RunState.PARTIAL: "未完成", RunState.UNKNOWN: "未能判定（本机网络）"}
    why = f"：{run.reason}" if run.reason else ""
    return f"上一夜：{run.id}，{_moment(run.started_at)} 开始{took}，{states[run.state]}{why}"


def job_document(item: JobRun) -> dict[str, Any]:
    """One start for programs."""
    moments = {"planned": item.planned, "started": item.started, "ended": item.ended}
    told = {name: value.isoformat() if value else None for name, value in moments.items()}
    return {"job": item.job, **told, "state": item.state.value, "exit_code": item.exit_code, "reason": item.reason}


def going_document(item: Going) -> dict[str, Any]:
    """One run at work for programs."""
    until = item.until.isoformat() if item.until else None
    counts = {"targets": len(item.run.targets), "crawled": item.crawled, "judged": item.judged}
    return {"run": item.run.id, "kind": item.run.kind.value, **counts, "until": until}


def _moment(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def _length(span: timedelta) -> str:
    minutes = max(0, round(span.total_seconds() / 60))
    return f"{minutes // 60} 小时 {minutes % 60} 分" if minutes >= 60 else f"{minutes} 分" if minutes else "不到 1 分"

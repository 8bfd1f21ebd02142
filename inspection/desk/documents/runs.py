"""Runs, and jobs of the clock or of persons."""

from datetime import datetime

from typing_extensions import TypedDict

from domain.operations import JobRun, JobState
from domain.runs import Run, RunKind, RunState
from inspection.desk.errand_desk import Started
from inspection.desk.job_lines import JobLine
from inspection.desk.run_pages import RunPage


class RunDocument(TypedDict):
    """One run; `targets`: how many it looks at."""

    id: str
    kind: RunKind
    as_of: datetime
    started_at: datetime
    finished_at: datetime | None
    state: RunState
    targets: int
    rules_hash: str
    reason: str


class PartialDocument(TypedDict):
    """One site that was not crawled to its end."""

    site: str
    name: str
    state: str
    pages: int
    reason: str


class CountDocument(TypedDict):
    """Something that was counted."""

    what: str
    count: int


class GapDocument(TypedDict):
    """A check that could not judge, why, and how often."""

    check: str
    reason: str
    count: int


class OneRun(RunDocument):
    """One run: how far it got, what was left out and what could not be judged, each with its reason."""

    crawled: int
    pages: int
    scorecards: int
    partial: list[PartialDocument]
    skipped: list[CountDocument]
    unjudged: list[GapDocument]


class JobDocument(TypedDict):
    """One start of an inspection by a person; `run` is null until it has become one."""

    job: str
    title: str
    subject: str
    state: JobState
    started: datetime | None
    ended: datetime | None
    reason: str
    run: str | None


class PlannedDocument(TypedDict):
    """One job of the clock."""

    title: str
    cron: str
    next: datetime | None
    last: str
    failed: bool


class StartedDocument(TypedDict):
    """That an inspection has begun; it is followed by `/jobs`."""

    job: str
    planned: datetime
    state: JobState


def run_document(run: Run) -> RunDocument:
    """One run."""
    return {
        "id": run.id, "kind": run.kind, "as_of": run.as_of, "started_at": run.started_at,
        "finished_at": run.finished_at, "state": run.state, "targets": len(run.targets), "rules_hash": run.rules_hash,
        "reason": run.reason,
    }  # fmt: skip


def one_run(found: RunPage) -> OneRun:
    """One run with everything."""
    return {
        **run_document(found.run),
        "crawled": found.done,
        "pages": found.pages,
        "scorecards": found.cards,
        "partial": [
            {"site": item.site_id, "name": name, "state": item.state, "pages": item.pages, "reason": item.reason}
            for name, item in found.partial
        ],
        "skipped": [{"what": what, "count": count} for what, count in found.skipped],
        "unjudged": [{"check": check, "reason": why, "count": count} for check, why, count in found.unjudged],
    }


def job_document(item: Started) -> JobDocument:
    """One start."""
    job = item.job
    return {
        "job": job.job, "title": item.title, "subject": item.subject, "state": job.state, "started": job.started,
        "ended": job.ended, "reason": job.reason, "run": item.run.id if item.run else None,
    }  # fmt: skip


def planned_document(line: JobLine) -> PlannedDocument:
    """One job of the plan."""
    return {
        "title": line.title, "cron": line.cron, "next": line.next, "last": line.last, "failed": line.failed,
    }  # fmt: skip


def started_document(job: JobRun) -> StartedDocument:
    """What has begun."""
    return {"job": job.job, "planned": job.planned, "state": job.state}

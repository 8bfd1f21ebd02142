"""Runs and jobs for programs, and starting an audit."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from starlette.responses import Response
from typing_extensions import TypedDict

from domain.rights import Action
from inspection.desk.documents.runs import (
    JobDocument,
    OneRun,
    PlannedDocument,
    RunDocument,
    StartedDocument,
    job_document,
    one_run,
    planned_document,
    run_document,
    started_document,
)
from inspection.desk.errand_desk import demanded, named_targets, started
from inspection.desk.job_lines import clock_stopped, job_lines
from inspection.desk.run_pages import run_page
from web.answers import document
from web.operation import EXACT, Operation, Word
from web.pages.interface.routes import get, post
from web.pages.interface.windows import Window, window
from web.visit import Subject, Visit


@dataclass(frozen=True, slots=True)
class RunQuery(Window):
    """Of one kind."""

    kind: Literal["", "nightly", "audit", "gate", "probe"] = ""


class RunsAnswer(TypedDict):
    """A window of runs, the newest first."""

    runs: list[RunDocument]
    next: int | None


class JobsAnswer(TypedDict):
    """What persons started lately, the plan of the clock, and since when the clock stands still (empty: it does not)."""

    started: list[JobDocument]
    plan: list[PlannedDocument]
    stopped: str


@dataclass(frozen=True, slots=True)
class AuditBody:
    """Units, sites and accounts by id or name."""

    __pydantic_config__ = EXACT
    names: Annotated[list[Word], Field(min_length=1, max_length=200)]


def listed(visit: Visit) -> Response:
    """A window of runs."""
    wanted: RunQuery = visit.wanted
    runs = [run for run in reversed(visit.store.runs()) if wanted.kind in {"", run.kind}]
    rows, behind = window(runs, wanted, run_document)
    return document(visit, {"runs": rows, "next": behind})


def show(visit: Visit) -> Response:
    """One run."""
    return document(visit, one_run(run_page(visit.store, visit.rules, visit.view, visit.params["run"])))


def jobs(visit: Visit) -> Response:
    """What was started, and what the clock does."""
    store, now, data = visit.store, visit.now, visit.place.data
    begun = [job_document(item) for item in started(store, visit.view, now)]
    plan = [planned_document(line) for line in job_lines(store, data, now)]
    return document(visit, {"started": begun, "plan": plan, "stopped": clock_stopped(store, data, now)})


def audit(visit: Visit) -> Response:
    """Several targets."""
    body: AuditBody = visit.given
    return _audit(visit, named_targets(visit.view, body.names, visit.now))


def audit_target(visit: Visit) -> Response:
    """One target."""
    return _audit(visit, named_targets(visit.view, [visit.view.target(visit.params["target"]).id], visit.now))


def _audit(visit: Visit, ids: list[str]) -> Response:
    job = demanded(visit.place.errands).audit(visit.store, ids, visit.actor, visit.now)
    return document(visit, started_document(job))


ROUTES = (
    get("runs", Subject.CITY, listed, Operation("listRuns", "Runs, the newest first", "runs", RunsAnswer, RunQuery)),
    get("runs/{run}", Subject.CITY, show, Operation("getRun", "One run: how far it got, what was left out", "runs", OneRun)),
    get("jobs", Subject.CITY, jobs, Operation("listJobs", "What was started by hand and what the clock does", "runs", JobsAnswer)),
    post(
        "runs", Action.INSPECT, Subject.CITY, audit,
        Operation("startAudit", "Look at some targets as a whole, now", "runs.start", StartedDocument, body=AuditBody, status=202),
    ),
    post(
        "targets/{target:path}/audit", Action.INSPECT, Subject.TARGET, audit_target,
        Operation("auditTarget", "Look at one target as a whole, now", "runs.start", StartedDocument, status=202),
    ),
)  # fmt: skip

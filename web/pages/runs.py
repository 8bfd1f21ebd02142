"""批次: what was inspected, how far it got, and what was not looked at and why."""

import hashlib

from starlette.responses import Response

from domain.runs import RunState
from inspection.desk.run_pages import run_page
from inspection.runs.status import STATES
from web.rendering import page
from web.visit import Route, Subject, Visit, reads

SHOWN = 50


def listed(visit: Visit) -> Response:
    """The runs, the newest first."""
    runs = list(reversed(visit.store.runs()))
    begin = next((at for at, run in enumerate(runs) if run.id == visit.asked("from")), 0)
    behind = runs[begin + SHOWN].id if len(runs) > begin + SHOWN else ""
    return page(visit, "runs.html", runs=runs[begin : begin + SHOWN], states=STATES, behind=behind, begin=begin)


def show(visit: Visit) -> Response:
    """One run."""
    found = run_page(visit.store, visit.rules, visit.view, visit.params["run"])
    return page(visit, "run.html", found=found, run=found.run, is_running=found.run.state is RunState.RUNNING)


def progress(visit: Visit) -> Response:
    """How far a run is, as a fragment; unchanged it costs nothing."""
    found = run_page(visit.store, visit.rules, visit.view, visit.params["run"])
    is_running = found.run.state is RunState.RUNNING
    answer = page(visit, "run_progress.html", found=found, run=found.run, is_running=is_running)
    tag = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:16]}"'
    if visit.known_tag == tag:
        return Response(status_code=304, headers={"etag": tag})
    answer.headers["etag"] = tag
    answer.headers["cache-control"] = "private, no-cache"
    return answer


ROUTES = (
    Route("GET", "/runs", reads(Subject.CITY), listed),
    Route("GET", "/runs/{run}", reads(Subject.CITY), show),
    Route("GET", "/runs/{run}/progress", reads(Subject.CITY), progress),
)

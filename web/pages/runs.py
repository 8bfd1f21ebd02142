"""批次: what was inspected, how far it got, what was not looked at and why; the jobs of the clock."""

import hashlib

from starlette.responses import Response

from domain.rights import Action
from domain.runs import RunState
from inspection.desk.errand_desk import started
from inspection.desk.job_lines import clock_stopped, job_lines
from inspection.desk.run_pages import run_page
from inspection.runs.status import STATES
from web.rendering import page
from web.visit import Route, Subject, Visit, reads

SHOWN = 50


def listed(visit: Visit) -> Response:
    """The runs, the newest first; before them what was started by hand, behind them the plan."""
    store, view, now, data = visit.store, visit.view, visit.now, visit.place.data
    runs = list(reversed(store.runs()))
    begin = next((at for at, run in enumerate(runs) if run.id == visit.asked("from")), 0)
    behind = runs[begin + SHOWN].id if len(runs) > begin + SHOWN else ""
    return page(
        visit, "runs.html", runs=runs[begin : begin + SHOWN], states=STATES, behind=behind, begin=begin, told=visit.told,
        started=started(store, view, now), jobs=job_lines(store, data, now), stopped=clock_stopped(store, data, now),
        may_start=visit.place.errands is not None and view.may_at_all(Action.INSPECT),
    )  # fmt: skip


def begun(visit: Visit) -> Response:
    """What was started by hand, as a fragment."""
    return _tagged(visit, page(visit, "started.html", started=started(visit.store, visit.view, visit.now)))


def show(visit: Visit) -> Response:
    """One run."""
    found = run_page(visit.store, visit.rules, visit.view, visit.params["run"])
    return page(visit, "run.html", found=found, run=found.run, is_running=found.run.state is RunState.RUNNING)


def progress(visit: Visit) -> Response:
    """How far a run is, as a fragment."""
    found = run_page(visit.store, visit.rules, visit.view, visit.params["run"])
    is_running = found.run.state is RunState.RUNNING
    return _tagged(visit, page(visit, "run_progress.html", found=found, run=found.run, is_running=is_running))


def _tagged(visit: Visit, answer: Response) -> Response:
    """Unchanged it costs nothing."""
    tag = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:16]}"'
    if visit.known_tag == tag:
        return Response(status_code=304, headers={"etag": tag})
    answer.headers["etag"] = tag
    answer.headers["cache-control"] = "private, no-cache"
    return answer


ROUTES = (
    Route("GET", "/runs", reads(Subject.CITY), listed),
    Route("GET", "/runs/started", reads(Subject.CITY), begun),
    Route("GET", "/runs/{run}", reads(Subject.CITY), show),
    Route("GET", "/runs/{run}/progress", reads(Subject.CITY), progress),
)

"""The worklist of a person, the city at a glance, and one target."""

from collections.abc import Mapping
from datetime import date

from starlette.responses import Response

from domain.rights import Action
from domain.targets import Site
from inspection.desk.city import cell_of, city_of, history_of, latest_days
from inspection.desk.finding_lists import Filter, listing
from inspection.desk.job_lines import clock_stopped
from inspection.desk.nearest import nearest
from inspection.desk.worklist import Task, latest_night, worklist
from inspection.wording import RuleWording
from web.rendering import page
from web.visit import Route, Subject, Visit, reads

LINKS: Mapping[Task, str] = {
    Task.WAITING: "/findings?stage=waiting",
    Task.REQUESTED: "/requests",
    Task.UNASKED: "/letters",
    Task.UNJUDGED: "/worksheet",
    Task.UNFINISHED: "/runs",
    **{
        task: f"/letters?task={task.value}"
        for task in (
            Task.DRAFTS, Task.TO_ISSUE, Task.TO_SIGN, Task.TO_MEND, Task.DUE_TODAY, Task.OVERDUE, Task.TO_REVIEW,
            Task.DISPUTED, Task.RETURNED,
        )
    },
}  # fmt: skip
PLACES: Mapping[Task, str] = {
    task: "/findings/"
    if task in {Task.WAITING, Task.REQUESTED, Task.UNASKED}
    else "/runs/"
    if task is Task.UNFINISHED
    else "/letters/"
    for task in Task
}
SHOWN = 50


def start(visit: Visit) -> Response:
    """What waits for whoever is logged in."""
    view = visit.view
    return page(
        visit,
        "start.html",
        tasks=worklist(visit.store, visit.rules, view, visit.now),
        links=LINKS,
        places=PLACES,
        near=nearest(visit.store, visit.rules, view) if view.may_at_all(Action.ANSWER) or view.is_whole else [],
        night=latest_night(visit.store) if view.is_whole else None,
        stopped=clock_stopped(visit.store, visit.place.data, visit.now) if view.is_whole else "",
        counts=city_of(visit.store, view, visit.now).counts,
    )


def city(visit: Visit) -> Response:
    """Every target as a cell or as a row of a table."""
    found = city_of(visit.store, visit.view, visit.now)
    return page(visit, "city.html", city=found, counts=found.counts, as_table=visit.asked("view") == "table")


def target(visit: Visit) -> Response:
    """One target: how it stands, what is wrong, what could not be judged."""
    view, store = visit.view, visit.store
    found = view.target(visit.params["target"])
    days = latest_days(store, view.registry)
    day = days.get(found.id)
    card = next(iter(store.scorecards(day.run_id, (found.id,))), None) if day else None
    wording = RuleWording(visit.rules)
    unjudged = [(wording.title(item.check), item) for _, item in store.unjudged(card.run_id, found.id)] if card else []
    return page(
        visit,
        "target.html",
        target=found,
        home=found.home_url if isinstance(found, Site) else found.url,
        unit=view.registry.unit_of(found),
        card=card,
        cell=cell_of(found, day, max((each.day for each in days.values()), default=date.min)),
        history=history_of(store, day),
        may_audit=visit.place.errands is not None and view.may(Action.INSPECT, found.unit_id),
        listing=listing(store, visit.rules, view, Filter(target_id=found.id), limit=SHOWN),
        unjudged=unjudged,
    )


ROUTES = (
    Route("GET", "/", reads(), start),
    Route("GET", "/city", reads(), city),
    Route("GET", "/targets/{target:path}", reads(Subject.TARGET), target),
)

"""Units, sites, accounts and columns for programs, and how they stood; looking at one now."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from starlette.responses import Response
from typing_extensions import TypedDict

from domain.targets import Site
from domain.times import beijing_date
from inspection.desk.city import HISTORY, latest_cards, latest_days
from inspection.desk.documents.targets import (
    CardDocument,
    ColumnDocument,
    DayDocument,
    TargetDocument,
    UnitDocument,
    card_document,
    column_document,
    day_document,
    target_document,
    unit_document,
)
from web.answers import document
from web.moments import day_in
from web.operation import EXACT, Operation
from web.pages.interface.routes import get
from web.pages.interface.windows import OfUnit, Window, window
from web.visit import Subject, Visit


class UnitsAnswer(TypedDict):
    """A window of units in official order."""

    units: list[UnitDocument]
    next: int | None


@dataclass(frozen=True, slots=True)
class TargetQuery(OfUnit):
    """Sites only, or accounts only."""

    kind: Literal["", "site", "account"] = ""


class TargetsAnswer(TypedDict):
    """A window of sites and accounts in official order."""

    targets: list[TargetDocument]
    next: int | None


class ColumnsAnswer(TypedDict):
    """A window of declared columns."""

    columns: list[ColumnDocument]
    next: int | None


class CardsAnswer(TypedDict):
    """A window of the latest complete judgements."""

    scorecards: list[CardDocument]
    next: int | None


@dataclass(frozen=True, slots=True)
class DayQuery:
    """A stretch of Beijing days; by itself the thirty up to the last one on which the target was judged."""

    __pydantic_config__ = EXACT
    since: date | Literal[""] = ""
    until: date | Literal[""] = ""


class DaysAnswer(TypedDict):
    """How a target stood day by day, the oldest first."""

    days: list[DayDocument]


def units(visit: Visit) -> Response:
    """The units a person sees."""
    wanted: Window = visit.wanted
    rows, behind = window(visit.view.units, wanted, unit_document)
    return document(visit, {"units": rows, "next": behind})


def targets(visit: Visit) -> Response:
    """Sites and accounts."""
    wanted: TargetQuery = visit.wanted
    found = [
        each
        for each in visit.view.targets
        if wanted.unit in {"", each.unit_id} and wanted.kind in {"", "site" if isinstance(each, Site) else "account"}
    ]
    rows, behind = window(found, wanted, lambda each: target_document(visit.view, each))
    return document(visit, {"targets": rows, "next": behind})


def target(visit: Visit) -> Response:
    """One of them."""
    return document(visit, target_document(visit.view, visit.view.target(visit.params["target"])))


def columns(visit: Visit) -> Response:
    """What the registry declares."""
    wanted: OfUnit = visit.wanted
    sites = [each for each in visit.view.targets if isinstance(each, Site) and wanted.unit in {"", each.unit_id}]
    rows, behind = window(
        [(site, column) for site in sites for column in site.columns], wanted, lambda each: column_document(*each)
    )
    return document(visit, {"columns": rows, "next": behind})


def scorecards(visit: Visit) -> Response:
    """The latest complete judgement of every target."""
    wanted: OfUnit = visit.wanted
    cards = latest_cards(visit.store, visit.view.registry)
    found = [cards[each.id] for each in visit.view.targets if each.id in cards and wanted.unit in {"", each.unit_id}]
    rows, behind = window(found, wanted, card_document)
    return document(visit, {"scorecards": rows, "next": behind})


def days(visit: Visit) -> Response:
    """How one target stood, day by day."""
    wanted: DayQuery = visit.wanted
    id = visit.view.target(visit.params["target"]).id
    last = latest_days(visit.store, visit.view.registry).get(id)
    until = day_in(str(wanted.until)) or (last.day if last else beijing_date(visit.now))
    since = day_in(str(wanted.since)) or until - timedelta(days=HISTORY - 1)
    return document(visit, {"days": [day_document(each) for each in visit.store.days(since, until, id)]})


ROUTES = (
    get("units", Subject.LISTS, units, Operation("listUnits", "Units", "targets", UnitsAnswer, Window)),
    get(
        "targets", Subject.LISTS, targets,
        Operation("listTargets", "Sites and accounts", "targets", TargetsAnswer, TargetQuery),
    ),
    get(
        "columns", Subject.LISTS, columns,
        Operation("listColumns", "Columns the registry declares", "targets", ColumnsAnswer, OfUnit),
    ),
    get(
        "scorecards", Subject.LISTS, scorecards,
        Operation(
            "listScorecards", "The latest complete judgement of every target", "scorecards", CardsAnswer, OfUnit
        ),
    ),
    get(
        "targets/{target:path}/days", Subject.TARGET, days,
        Operation("listDays", "How a target stood, day by day", "scorecards", DaysAnswer, DayQuery),
    ),
    get(
        "targets/{target:path}", Subject.TARGET, target,
        Operation("getTarget", "One site or account", "targets", TargetDocument),
    ),
)  # fmt: skip

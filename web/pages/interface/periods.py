"""Periods for programs."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from starlette.responses import Response
from typing_extensions import TypedDict

from inspection.desk.documents.periods import PeriodLine, SumsDocument, period_line, sums_document
from inspection.desk.period_desk import period_sums
from web.answers import document
from web.operation import EXACT, Operation
from web.pages.interface.routes import get
from web.visit import Subject, Visit


@dataclass(frozen=True, slots=True)
class VersionQuery:
    """Of one closing; 0: as it is now."""

    __pydantic_config__ = EXACT
    version: Annotated[int, Field(ge=0, le=9999)] = 0


class PeriodsAnswer(TypedDict):
    """All periods, the oldest first."""

    periods: list[PeriodLine]


def listed(visit: Visit) -> Response:
    """All periods."""
    return document(visit, {"periods": [period_line(each) for each in visit.store.periods()]})


def show(visit: Visit) -> Response:
    """One period with its figures."""
    wanted: VersionQuery = visit.wanted
    sums = period_sums(visit.store, visit.rules, visit.place.data, visit.params["period"], wanted.version)
    return document(visit, sums_document(sums))


ROUTES = (
    get("periods", Subject.CITY, listed, Operation("listPeriods", "All periods", "periods", PeriodsAnswer)),
    get(
        "periods/{period}", Subject.CITY, show,
        Operation(
            "getPeriod", "One period with its figures and how every target stood", "periods", SumsDocument, VersionQuery
        ),
    ),
)  # fmt: skip

"""Periods with their figures and how every target stood."""

import json
from datetime import date, datetime
from typing import Literal, cast

from typing_extensions import TypedDict

from domain.periods import Period, PeriodState
from inspection.periods.closing import Sums
from reports.period_json import period_document


class PeriodLine(TypedDict):
    """One period of the list."""

    id: str
    label: str
    start: date
    end: date
    cutoff: datetime
    state: PeriodState
    version: int


class PeriodHead(TypedDict):
    """One period."""

    id: str
    label: str
    kind: str
    state: str
    version: int
    start: str
    end: str
    cutoff: str
    scoring: str
    closed_by: str
    cutoffs: dict[str, str]


class FigureDocument(TypedDict):
    """One figure; `rate` is null where there is no whole."""

    kind: str
    scope: str
    n: int
    of: int | None
    measure: str
    mode: str
    digits: int
    printed: str
    rate: str | None
    source: list[str]
    until: str | None


class DeductionDocument(TypedDict):
    """Points of one indicator; `pending` while its source is not confirmed."""

    indicator: str
    points: float
    pending: bool


class NamedDocument(TypedDict):
    """One finding a period names."""

    fingerprint: str
    check: str
    message: str
    url: str
    mended: bool


class StandingDocument(TypedDict):
    """How one target stood at the cut-off."""

    id: str
    name: str
    kind: str
    unit: str
    platform: str | None
    inspected: bool
    as_of: str | None
    run: str | None
    nights: int
    unjudged: list[str]
    verdict: str
    score: float | None
    vetoes: list[str]
    deductions: list[DeductionDocument]
    findings: list[NamedDocument]


class SumsDocument(TypedDict):
    """One period with everything that was counted; the same as `xunjian period show --format json`."""

    schema: Literal["xunjian.period/1"]
    period: PeriodHead
    figures: list[FigureDocument]
    targets: list[StandingDocument]


def period_line(period: Period) -> PeriodLine:
    """One period of the list."""
    return {
        "id": period.id, "label": period.label, "start": period.start, "end": period.end, "cutoff": period.cutoff,
        "state": period.state, "version": period.version,
    }  # fmt: skip


def sums_document(sums: Sums) -> SumsDocument:
    """One period with its figures and standings."""
    plain = json.dumps(period_document(sums.period, sums.figures, sums.standings))
    return cast("SumsDocument", json.loads(plain))

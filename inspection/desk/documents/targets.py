"""Units, sites, accounts, declared columns, and how they stood."""

from datetime import date, datetime

from typing_extensions import TypedDict

from domain.scores import Scorecard, Verdict
from domain.target_days import Sign, TargetDay
from domain.targets import Account, ColumnSpec, Site, TargetState, Unit
from inspection.desk.scope import View


class UnitDocument(TypedDict):
    """One unit; `parent` is the unit above it, empty where there is none."""

    id: str
    name: str
    label: str
    kind: str
    parent: str


class TargetDocument(TypedDict):
    """One site or account."""

    id: str
    name: str
    kind: str
    type: str
    url: str
    unit: str | None
    unit_id: str
    state: TargetState
    valid_from: date | None
    valid_to: date | None


class ColumnDocument(TypedDict):
    """One column as the registry declares it."""

    site: str
    url: str
    name: str
    kind: str | None
    deadline: str
    archived: bool
    ignored: bool


class ChargeDocument(TypedDict):
    """One veto or deduction; `points` is null for a veto."""

    indicator: str
    title: str
    points: float | None
    count: int


class CardDocument(TypedDict):
    """How one target was judged in one run."""

    target: str
    name: str
    run: str
    as_of: datetime
    verdict: Verdict
    score: float | None
    complete: bool
    problems: int
    vetoes: list[ChargeDocument]
    deductions: list[ChargeDocument]


class DayDocument(TypedDict):
    """How one target stood on one Beijing day."""

    day: date
    run: str
    as_of: datetime
    verdict: Verdict
    sign: Sign
    score: float | None
    lost: float
    complete: bool
    coverage: float | None
    why: str


def unit_document(unit: Unit) -> UnitDocument:
    """One unit."""
    return {
        "id": unit.id, "name": unit.name, "label": unit.label, "kind": unit.kind.value, "parent": unit.parent_id,
    }  # fmt: skip


def target_document(view: View, target: Site | Account) -> TargetDocument:
    """One site or account."""
    unit = view.registry.unit_of(target)
    is_site = isinstance(target, Site)
    return {
        "id": target.id, "name": target.name, "kind": "site" if is_site else "account",
        "type": target.kind.value if isinstance(target, Site) else target.platform.value,
        "url": target.home_url if isinstance(target, Site) else target.url, "unit": unit.label if unit else None,
        "unit_id": target.unit_id, "state": target.state, "valid_from": target.valid_from, "valid_to": target.valid_to,
    }  # fmt: skip


def column_document(site: Site, column: ColumnSpec) -> ColumnDocument:
    """One declared column."""
    return {
        "site": site.id, "url": column.url, "name": column.name, "kind": column.kind.value if column.kind else None,
        "deadline": column.deadline, "archived": column.archived, "ignored": column.ignored,
    }  # fmt: skip


def card_document(card: Scorecard) -> CardDocument:
    """One judgement of one target."""
    return {
        "target": card.target_id, "name": card.target_name, "run": card.run_id, "as_of": card.as_of,
        "verdict": card.verdict, "score": card.score, "complete": card.complete, "problems": card.problems,
        "vetoes": [
            {"indicator": row.indicator, "title": row.title, "points": None, "count": row.count} for row in card.vetoes
        ],
        "deductions": [
            {"indicator": row.indicator, "title": row.title, "points": row.points, "count": row.count}
            for row in card.deductions
        ],
    }  # fmt: skip


def day_document(day: TargetDay) -> DayDocument:
    """One day of one target."""
    return {
        "day": day.day, "run": day.run_id, "as_of": day.as_of, "verdict": day.verdict, "sign": day.sign,
        "score": day.score, "lost": day.lost, "complete": day.complete, "coverage": day.coverage, "why": day.why,
    }  # fmt: skip

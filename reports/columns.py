"""The columns of a site as a report lists them: newest date, deadline and status."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.findings import FindingRecord, FindingState, Unjudged
from domain.targets import ColumnKind
from domain.times import Freshness, beijing_date, freshness
from domain.views import Column

_DATED = {"column.stale", "column.near_due", "column.blank"}
_LIVING = 30  # days
_RECENT = 182  # days: within the longest time that news may take, a column without a deadline is as good as fresh
_SETTLED = {FindingState.FIXED, FindingState.REJECTED}


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One line of a column table. `due` is the last day on which the column is not overdue."""

    column: Column
    status: str  # fresh, near_due, stale, blank, undated, archived, unjudged
    due: date | None = None


def column_lines(
    columns: Sequence[Column],
    records: Sequence[FindingRecord],
    unjudged: Sequence[Unjudged],
    as_of: datetime,
    near_ratio: float,
) -> Iterator[ColumnLine]:
    """Lines in the order of the columns. One without a deadline is `fresh` or not judged, never overdue."""
    found = {(item.finding.check, item.finding.ref.url) for item in records if item.state not in _SETTLED}
    questions = {item.ref.url for item in unjudged if item.check in _DATED}
    for column in columns:
        due = None
        if column.deadline and column.newest and not column.archived:
            due = column.deadline.last_day(column.newest)
        yield ColumnLine(column, _status(column, found, questions, as_of, near_ratio), due)


def _status(
    column: Column, found: set[tuple[str, str]], questions: set[str], as_of: datetime, near_ratio: float
) -> str:
    age = (beijing_date(as_of) - column.newest).days if column.newest else None
    if column.archived:  # a topic that still gets news is no history
        return "fresh" if age is not None and age <= _LIVING and column.kind is ColumnKind.TOPIC else "archived"
    if column.url in questions:
        return "unjudged"
    if column.newest is None and (column.undated == "blank" or column.deadline):
        return {"blank": "blank", "absent": "undated"}.get(column.undated, "unjudged")
    if column.newest is None or column.deadline is None:
        return (
            "fresh" if age is not None and age <= _RECENT else "unjudged"
        )  # leaders, offices, guides: nobody asks for their dates
    state, _, _ = freshness(column.newest, column.deadline, as_of, near_ratio)
    if state is Freshness.STALE and ("column.stale", column.url) not in found:
        # Only the check accuses: an overdue date it did not report is not called overdue here.
        return "unjudged"
    return state.value

"""The columns of a site as a report lists them: newest date, deadline and status."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.findings import FindingRecord, FindingState, Unjudged
from domain.times import Freshness, freshness
from domain.views import Column

_DATED = {"column.stale", "column.near_due", "column.blank"}
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
    """Lines in the order of the columns. A column without a deadline that holds entries is `fresh`."""
    found = {(item.finding.check, item.finding.ref.url) for item in records if item.state not in _SETTLED}
    questions = {item.ref.url for item in unjudged if item.check in _DATED}
    for column in columns:
        due = None
        if column.deadline and column.newest and not column.archived:
            due = column.newest + timedelta(days=column.deadline.length(as_of))
        yield ColumnLine(column, _status(column, found, questions, as_of, near_ratio), due)


def _status(
    column: Column, found: set[tuple[str, str]], questions: set[str], as_of: datetime, near_ratio: float
) -> str:
    if column.archived:
        return "archived"
    if column.url in questions:
        return "unjudged"
    if column.newest is None:
        if column.deadline is None and column.undated == "absent":
            return "unjudged"  # leaders, offices, guides: nobody asks for their dates
        return {"blank": "blank", "absent": "undated"}.get(column.undated, "unjudged")
    if column.deadline is None:
        return "fresh"
    state, _, _ = freshness(column.newest, column.deadline, as_of, near_ratio)
    if state is Freshness.STALE and ("column.stale", column.url) not in found:
        # Only the check accuses: an overdue date it did not report is not called overdue here.
        return "unjudged"
    return state.value

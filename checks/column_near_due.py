"""column.near_due (栏目临期未更新)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.column_dates import open_question
from domain.findings import Fact, Finding, Place, Result, Unjudged
from domain.targets import ColumnKind
from domain.times import Freshness, beijing_date, freshness
from domain.views import SiteView


@dataclass(frozen=True, slots=True)
class NearDueColumns:
    """Give notice of a column that is not overdue yet and was last updated 70 % of its deadline ago, or longer.

    A column whose dates could not all be read is not judged: an unread entry may be newer.
    """

    id: ClassVar[str] = "column.near_due"
    version: ClassVar[int] = 2
    place: ClassVar[Place] = Place.PAGE
    reads: ClassVar[tuple[str, ...]] = ("columns",)
    kinds: ClassVar[tuple[str, ...]] = tuple(ColumnKind)
    near_due_ratio: float = 0.7

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge every column that has a deadline and a newest date."""
        for column in view.columns():
            if column.deadline is None or column.archived or column.newest is None:
                continue
            state, age, limit = freshness(column.newest, column.deadline, view.as_of, self.near_due_ratio)
            if state is not Freshness.NEAR_DUE:
                continue
            if reason := open_question(column):
                yield Unjudged(self.id, column.ref, reason, column.why)
                continue
            last = column.deadline.last_day(column.newest)
            facts: dict[str, Fact] = {
                "label": column.name,
                "kind": column.kind.value,
                "age": age,
                "limit": limit,
                "rule": column.deadline.words,
                "days_left": (last - beijing_date(view.as_of)).days,
                "newest": column.newest.isoformat(),
                "deadline": last.isoformat(),
            }
            level = str(min(column.level, 2))
            yield Finding(self.id, column.ref, column.url, facts, kind=column.kind.value, level=level)

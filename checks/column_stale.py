"""column.stale (栏目不更新)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.column_dates import CHILD_UNREAD, UNREAD, open_question, overdue_facts
from domain.findings import Finding, Place, Result, Unjudged
from domain.targets import ColumnKind
from domain.times import Freshness, freshness
from domain.views import SiteView


@dataclass(frozen=True, slots=True)
class StaleColumns:
    """Flag a column whose newest entry is past the update deadline of its kind; the last day passes.

    A column whose entries and their articles all show no date counts as not updated (note N9); a date that is there
    and could not be read is not judged. Blank columns are `column.blank`; archived topics have no deadline.
    """

    id: ClassVar[str] = "column.stale"
    version: ClassVar[int] = 2
    place: ClassVar[Place] = Place.PAGE
    reads: ClassVar[tuple[str, ...]] = ("columns",)
    kinds: ClassVar[tuple[str, ...]] = tuple(ColumnKind)

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge every column that has a deadline."""
        columns = tuple(view.columns())
        waiting = {column.parent for column in columns if column.undated in UNREAD}
        for column in columns:
            if column.deadline is None or column.archived or column.undated == "blank":
                continue
            if column.newest is not None:
                state, _, _ = freshness(column.newest, column.deadline, view.as_of)
                if state is not Freshness.STALE:
                    continue
            reason = open_question(column) or (CHILD_UNREAD if column.url in waiting else "")
            if reason:
                yield Unjudged(self.id, column.ref, reason, column.why)
                continue
            facts = overdue_facts(column, column.deadline, view.as_of)
            yield Finding(
                self.id, column.ref, column.url, facts, kind=column.kind.value, level=str(min(column.level, 2))
            )

"""column.blank (空白栏目)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.column_dates import unread_words
from domain.findings import Finding, Place, Result, Unjudged
from domain.targets import ColumnKind
from domain.views import SiteView


@dataclass(frozen=True, slots=True)
class BlankColumns:
    """Flag a column that was read and holds no entry at all.

    Archived topics are left out. A column whose page could not be read is not judged.
    """

    id: ClassVar[str] = "column.blank"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.PAGE
    reads: ClassVar[tuple[str, ...]] = ("columns",)
    kinds: ClassVar[tuple[str, ...]] = tuple(ColumnKind)

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge every column that is not archived."""
        for column in view.columns():
            if column.archived:
                continue
            if column.undated == "not_read":
                yield Unjudged(self.id, column.ref, unread_words(column, "不能判断是否为空白栏目"), column.why)
            elif column.undated == "blank" and not column.items and not column.entries:
                facts = {"label": column.name, "kind": column.kind.value}
                level = str(min(column.level, 2))
                yield Finding(self.id, column.ref, column.url, facts, kind=column.kind.value, level=level)

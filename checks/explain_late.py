"""explain.late (政策解读发布不及时)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.findings import Fact, Finding, Place, Ref, Result, Unjudged
from domain.targets import ColumnKind
from domain.views import Column, SiteView

_QUOTED = re.compile("《([^《》]{6,})》")
_SHORT = re.compile(r"[\s《》“”（）()〔〕\[\]：:—-]+|印发|关于|的通知$")


@dataclass(frozen=True, slots=True)
class LateExplanations:
    """Give notice of an explanation (解读) that came more than `days` days after the policy it names in its title.

    Only pairs are judged: an explanation whose title quotes a policy, and an entry of a policy column of the same site with
    that title, both with their dates. What has no counterpart says nothing.
    """

    id: ClassVar[str] = "explain.late"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.PAGE
    reads: ClassVar[tuple[str, ...]] = ("columns",)
    days: int = 5

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Pair explanations with policies by their titles."""
        columns = tuple(view.columns())
        entries = [entry for column in columns if column.kind is ColumnKind.POLICY for entry in column.entries]
        policies = {_bare(entry.title): entry.published_on for entry in entries}
        for column in columns:
            if column.kind is ColumnKind.EXPLAIN:
                yield from self._of_column(column, policies)

    def _of_column(self, column: Column, policies: Mapping[str, date | None]) -> Iterator[Result]:
        for entry in column.entries:
            quoted = _QUOTED.search(entry.title)
            if quoted is None or (title := _bare(quoted[1])) not in policies:
                continue
            issued = policies[title]
            if issued is None or entry.published_on is None:
                reason = f"解读“{entry.title}”或所解读的文件没有读出发布日期，不能判断是否及时"
                yield Unjudged(self.id, Ref(entry.url, entry.title), reason)
            elif (entry.published_on - issued).days > self.days:
                facts: dict[str, Fact] = {"title": entry.title, "start": issued.isoformat(), "limit": self.days}
                facts |= {"newest": entry.published_on.isoformat(), "gap": (entry.published_on - issued).days}
                yield Finding(self.id, column.ref, entry.url, facts, kind=column.kind.value)


def _bare(title: str) -> str:
    """A title without marks and words that one of both often leaves out."""
    quoted = _QUOTED.search(title)
    return _SHORT.sub("", quoted[1] if quoted else title)

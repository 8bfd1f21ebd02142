"""工作台账: what the office counts by hand, one row a month, unit and matter; its sums are figures of a period."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.figures import Figure
from domain.notices import Remark
from domain.periods import Period

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class Matter(StrEnum):
    """事项."""

    CORRECTION = "找错"
    REPORT = "报送信息"
    SPECIAL = "专项工作"
    PRAISE = "表扬"
    READING = "值班读网"
    CLOSURE = "关停注销"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row. Numbers nobody wrote are None, which is not zero."""

    month: str  # 2023-04
    unit_id: str
    matter: Matter
    count: int | None = None
    used: int | None = None  # 采用数, of reports
    true: int | None = None  # 属实, of corrections
    category: str = ""
    note: str = ""
    attachment: str = ""
    key: str = ""
    by: str = field(default="", compare=False)
    at: datetime | None = field(default=None, compare=False)

    @property
    def identity(self) -> str:
        """What a row is recognised by when it comes without its key."""
        parts = (self.month, self.unit_id, self.matter.value, self.category, self.note)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]

    def lies_in(self, period: Period) -> bool:
        """Whether its whole month does; a month is never split."""
        first = date.fromisoformat(f"{self.month}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return period.start <= first and last <= period.end


def month_named(text: str) -> str:
    """`2023-04`, `2023年4月`, `2023/4`; ValueError for anything else."""
    digits = re.fullmatch(r"(\d{4})(?:-|/|\.|年)(\d{1,2})月?(?:-\d{1,2})?", text.strip())
    month = f"{digits[1]}-{int(digits[2]):02d}" if digits else ""
    if not _MONTH.fullmatch(month):
        raise ValueError(f"“{text}”不是月份，请写成 2023-04")
    return month


def ledger_figures(rows: Iterable[LedgerRow], period: Period) -> Iterator[Figure]:
    """The sums of a period; nothing is said of what nobody wrote down."""
    inside = [row for row in rows if row.lies_in(period)]
    corrections = [row for row in inside if row.matter is Matter.CORRECTION]
    reports = [row for row in inside if row.matter is Matter.REPORT]
    yield from _sum("messages.received", corrections, "count")
    yield from _sum("messages.true", corrections, "true", "count")
    told = [row for row in corrections if row.count]
    if told:
        yield Figure("messages.units", n=len({row.unit_id for row in told}), source=_source(told))
    yield from _sum("reports.sent", reports, "count")
    yield from _sum("reports.used", reports, "used", "count")


def _sum(kind: str, rows: list[LedgerRow], name: str, whole: str = "") -> Iterator[Figure]:
    told = [row for row in rows if getattr(row, name) is not None]
    if told:
        of = sum(getattr(row, whole) or 0 for row in rows) if whole else None
        yield Figure(kind, n=sum(getattr(row, name) for row in told), of=of or None, source=_source(told))


def _source(rows: list[LedgerRow]) -> tuple[str, ...]:
    return tuple(f"ledger:{row.key}" for row in rows)


SECTIONS = {"网站": "sites", "新媒体": "accounts", "找错": "messages", "信息报送": "reports"}  # of praise, by 类别


def ledger_remarks(rows: Iterable[LedgerRow], period: Period) -> Iterator[Remark]:
    """Praise and special actions of a period in the office's own words."""
    for row in rows:
        if row.lies_in(period) and row.note and row.matter in {Matter.PRAISE, Matter.SPECIAL}:
            special = row.matter is Matter.SPECIAL
            section = "special" if special else SECTIONS.get(row.category, "sites")
            yield Remark(section, row.note, row.category if special else "", f"ledger:{row.key}")

"""Periods (考核期): a month, quarter, half-year, year, a free window or 第N次检查, each with one 监测时间点."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.cutoffs import Cutoff, own_cutoffs, subject_of
from domain.numerals import numeral
from domain.times import BEIJING


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    WINDOW = "window"
    ROUND = "round"  # 第N次检查


class PeriodState(StrEnum):
    """Whether its figures are fixed."""

    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """In Chinese."""
        return "进行中" if self is PeriodState.OPEN else "已关闭"


class Scoring(StrEnum):
    """Which judgement of the period gives verdict and points."""

    LAST = "last"
    WORST = "worst"

    @property
    def label(self) -> str:
        """As it is printed."""
        return "以最近一次完整判定为准" if self is Scoring.LAST else "以最差一次完整判定为准"


_MIXED = {"problems", "found", "found_targets", "found_units"}  # of sites and accounts together
MOVES: Mapping[tuple[PeriodState, str], PeriodState] = {
    (PeriodState.OPEN, "close"): PeriodState.CLOSED,
    (PeriodState.CLOSED, "reopen"): PeriodState.OPEN,
}
_NAME = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})|Q(?P<quarter>[1-4])|H(?P<half>[12])|第(?P<round>\d{1,3})次))?$"
)
_WINDOW = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$")
_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """One period. `version` is that of its figures: 0 before it was closed for the first time."""

    id: str
    kind: PeriodKind
    start: date
    end: date  # the last day that belongs to it
    cutoff: datetime
    ordinal: int = 0  # 第几次检查 of the year, where the office counts
    state: PeriodState = PeriodState.OPEN
    version: int = 0
    scoring: Scoring = Scoring.LAST
    opened_by: str = ""
    opened_at: datetime | None = None
    closed_by: str = ""
    closed_at: datetime | None = None
    note: str = ""  # why it was reopened
    cutoffs: Mapping[str, datetime] = field(default_factory=dict)  # subject -> its own, where it has one

    @property
    def label(self) -> str:
        """2023年4月， 2023年第二季度， 2023年上半年， 2023年， 2023年第五次检查, or the window."""
        year = self.start.year
        if self.kind is PeriodKind.WINDOW:
            last = f"{self.end.month}月" if self.end.month != self.start.month else ""
            last = f"{self.end.year}年{self.end.month}月" if self.end.year != year else last
            return f"{year}年{self.start.month}月{self.start.day}日至{last}{self.end.day}日"
        return f"{year}年" + {
            PeriodKind.MONTH: f"{self.start.month}月",
            PeriodKind.QUARTER: f"第{numeral((self.start.month + 2) // 3)}季度",
            PeriodKind.HALF: "上半年" if self.start.month == 1 else "下半年",
            PeriodKind.ROUND: f"第{numeral(self.ordinal)}次检查",
        }.get(self.kind, "")

    @property
    def begins(self) -> datetime:
        """The first moment of it."""
        return datetime.combine(self.start, time(), BEIJING)

    def until(self, subject: Cutoff) -> datetime:
        """The moment to which something is counted."""
        return self.cutoffs.get(subject.value, self.cutoff)

    def until_of(self, kind: str, scope: str) -> datetime | None:
        """The moment to which a figure counts, where it is not the period's; None too where its parts differ."""
        subject = subject_of(kind, scope)
        if kind.partition(".")[0] in _MIXED and subject is None:
            both = {self.until(Cutoff.SITES), self.until(Cutoff.ACCOUNTS)}
            moment = both.pop() if len(both) == 1 else self.cutoff
        else:
            moment = self.until(subject) if subject else self.cutoff
        return None if moment == self.cutoff else moment

    @property
    def last_cutoff(self) -> datetime:
        """The latest moment to which anything is counted."""
        return max([self.cutoff, *self.cutoffs.values()])

    def moved(self, act: str) -> "Period":
        """After `close` or `reopen`; ValueError says why that is not possible. Closing makes the next version."""
        state = MOVES.get((self.state, act))
        if state is None:
            raise ValueError(f"{self.label}{self.state.label}，不能再{'关闭' if act == 'close' else '重新打开'}")
        return replace(self, state=state, version=self.version + (act == "close"))

    def overlaps(self, other: "Period") -> bool:
        """Whether both are free windows or rounds and share a day; months lie in quarters by nature."""
        free = {PeriodKind.WINDOW, PeriodKind.ROUND}
        return {self.kind, other.kind} <= free and self.start <= other.end and other.start <= self.end


def period_named(
    name: str, start: date | None = None, end: date | None = None, cutoff: datetime | None = None
) -> Period:
    """`2023-04`, `2023-Q2`, `2023-H1`, `2023`, `2023-04-08..2023-04-20`, or `2023-第5次` with its days; ValueError else."""
    kind, first, last, ordinal = _days(name.strip(), start, end)
    if kind is not PeriodKind.ROUND and (start or end):
        raise ValueError(f"“{name}”的起止日期由名称决定，不能另写；只有“第几次检查”才写起止日期")
    if kind is PeriodKind.ROUND and not ordinal:
        raise ValueError(f"“{name}”中的次数应从 1 起")
    if last < first:
        raise ValueError(f"“{name}”的截止日期早于起始日期")
    moment = cutoff or datetime.combine(last, time(23, 59, 59), BEIJING)
    if not first <= moment.astimezone(BEIJING).date() <= last:
        raise ValueError(f"“{name}”的监测时间点 {moment:%Y-%m-%d} 不在本期之内")
    return Period(name.strip(), kind, first, last, moment, ordinal)


def counted(period: Period, nth: int) -> Period:
    """With 第几次检查 as somebody gave it (0: not given); ValueError where its name says another one."""
    if nth and period.kind is PeriodKind.ROUND and nth != period.ordinal:
        raise ValueError(f"“{period.id}”是第 {period.ordinal} 次检查，不能又写成第 {nth} 次")
    return replace(period, ordinal=nth or period.ordinal)


def with_cutoffs(period: Period, told: Mapping[str, datetime]) -> Period:
    """With 统计截止 of their own for some subjects; ValueError for an unknown one, or a moment outside the period."""
    found = own_cutoffs(told, period.cutoff)
    for name, moment in found.items():
        if not period.start <= moment.astimezone(BEIJING).date() <= period.end:
            raise ValueError(f"{Cutoff(name).label}的统计截止 {moment:%Y-%m-%d} 不在{period.label}之内")
    return replace(period, cutoffs=found)


def _days(name: str, start: date | None, end: date | None) -> tuple[PeriodKind, date, date, int]:
    if window := _WINDOW.match(name):
        try:
            first, last = (date.fromisoformat(text) for text in window.groups())
        except ValueError as error:
            raise ValueError(f"“{name}”中有日历上没有的日期") from error
        return PeriodKind.WINDOW, first, last, 0
    found = _NAME.match(name)
    if not found:
        raise ValueError(
            f"“{name}”不是考核期；请写成 2023-04、2023-Q2、2023-H1、2023、2023-04-08..2023-04-20 或 2023-第5次"
        )
    year = int(found["year"])
    if found["round"]:
        if start is None or end is None:
            raise ValueError(f"“{name}”须写明起止日期")
        return PeriodKind.ROUND, start, end, int(found["round"])
    if found["month"]:
        month, kind = int(found["month"]), PeriodKind.MONTH
    elif found["quarter"]:
        month, kind = int(found["quarter"]) * 3 - 2, PeriodKind.QUARTER
    elif found["half"]:
        month, kind = int(found["half"]) * 6 - 5, PeriodKind.HALF
    else:
        month, kind = 1, PeriodKind.YEAR
    if not 1 <= month <= 12:
        raise ValueError(f"“{name}”中没有 {month} 月")
    after = month - 1 + _MONTHS[kind]
    return kind, date(year, month, 1), date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1), 0


def before(period: Period) -> str:
    """The name of the period before; empty for windows and the first round of a year."""
    year, month = period.start.year, period.start.month
    if period.kind is PeriodKind.ROUND:
        return f"{year}-第{period.ordinal - 1}次" if period.ordinal > 1 else ""
    if period.kind is PeriodKind.WINDOW:
        return ""
    index = year * 12 + month - 1 - _MONTHS[period.kind]
    return _named(period.kind, index // 12, index % 12 + 1)


def year_before(period: Period) -> str:
    """The name of the same period a year ago; empty for windows and rounds."""
    if period.kind in {PeriodKind.ROUND, PeriodKind.WINDOW}:
        return ""
    return _named(period.kind, period.start.year - 1, period.start.month)


def _named(kind: PeriodKind, year: int, month: int) -> str:
    tails = {
        PeriodKind.MONTH: f"-{month:02d}",
        PeriodKind.QUARTER: f"-Q{(month + 2) // 3}",
        PeriodKind.HALF: "-H1" if month == 1 else "-H2",
    }
    return f"{year}{tails.get(kind, '')}"

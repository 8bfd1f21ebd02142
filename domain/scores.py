"""The outcome for one target: verdict, vetoes, deductions, coverage."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.findings import FindingRecord, Severity
from domain.times import beijing_date


class Verdict(StrEnum):
    """合格, 不合格, 未能判定."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The official word."""
        return {"pass": "合格", "fail": "不合格", "unknown": "未能判定"}[self.value]


@dataclass(frozen=True, slots=True)
class Veto:
    """单项否决: an indicator whose threshold was reached."""

    indicator: str
    title: str
    count: int
    threshold: int
    fingerprints: tuple[str, ...] = ()
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Deduction:
    """扣分: points one indicator costs, already capped."""

    indicator: str
    title: str
    points: float
    count: int
    fingerprints: tuple[str, ...] = ()
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Bonus:
    """加分, entered by hand."""

    name: str
    points: float
    evidence_url: str = ""


@dataclass(frozen=True, slots=True)
class Blocked:
    """An indicator that could not be judged and blocks the verdict."""

    indicator: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Open findings that count, by severity."""

    veto: int = 0
    deduct: int = 0
    problem: int = 0
    notice: int = 0

    @property
    def named(self) -> int:
        """What a notice of the office names: all but hints."""
        return self.veto + self.deduct + self.problem


NOTHING = Counts()


def counts_of(records: Iterable[FindingRecord]) -> Counts:
    """How many of each severity; records that do not count are left out."""
    found = Counter(record.severity for record in records if record.counts)
    return Counts(*(found[each] for each in (Severity.VETO, Severity.DEDUCT, Severity.PROBLEM, Severity.NOTICE)))


@dataclass(frozen=True, slots=True)
class Scorecard:
    """评分表 of one target in one run; the same captures and rules give the same card."""

    target_id: str
    target_name: str
    target_kind: str  # portal, department, account
    unit_id: str
    run_id: str
    as_of: datetime
    verdict: Verdict
    score: float | None  # None for vetoed sites and for accounts
    vetoes: tuple[Veto, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    bonus: tuple[Bonus, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    judged: int = 0  # checks that came to a judgement
    unjudged: int = 0  # checks with at least one Unjudged, or an open finding that was not looked at again
    problems: int = 0  # open findings of any severity
    rules_hash: str = ""
    complete: bool = True
    open_vetoes: tuple[Blocked, ...] = ()  # veto rows of a passing target that nobody could judge to the end
    by_hand: int = 0  # questions that a person has answered
    unread: int = 0  # of the problems, those whose place this run did not look at again
    oldest: datetime | None = None  # of a site: when the page it rests on that was looked at longest ago was looked at
    counts: Counts = NOTHING  # of the problems, how many of each severity

    @property
    def lost(self) -> float:
        """Points lost."""
        return round(sum(item.points for item in self.deductions), 2)

    @property
    def page_days(self) -> int | None:
        """Age of that page in Beijing days at the moment of the card."""
        return (beijing_date(self.as_of) - beijing_date(self.oldest)).days if self.oldest else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many targets of one sort passed; `without_deduction` (无扣分点) counts passed sites that lost no point."""

    total: int = 0
    passed: int = 0
    failed: int = 0
    unknown: int = 0
    without_deduction: int = 0
    pass_rate: str = ""  # percent as printed in the notice, "99.4"; empty when there is nothing to divide
    without_deduction_share: str = ""
    open_vetoes: tuple[tuple[str, int], ...] = ()  # (title of a veto row, passing targets for which it is open)


@dataclass(frozen=True, slots=True)
class Rollup:
    """The outcome of one unit, of one kind of unit or of the city."""

    id: str  # unit id, unit kind (区县...) or "city"
    name: str
    sites: Tally = Tally()
    accounts: Tally = Tally()
    problems: int = 0  # open findings of any severity
    unjudged: int = 0  # checks with at least one Unjudged, over all targets
    lowest_score: float | None = None

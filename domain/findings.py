"""What the checks say: findings and what could not be judged; and what the store keeps of a finding."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Fact = str | int | float | bool | None


class Severity(StrEnum):
    """veto 单项否决, deduct 扣分, problem 问题, notice 提示."""

    VETO = "veto"
    DEDUCT = "deduct"
    PROBLEM = "problem"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """3 for veto down to 0 for notice."""
        return {"veto": 3, "deduct": 2, "problem": 1, "notice": 0}[self.value]

    @property
    def label(self) -> str:
        """The official word."""
        return {"veto": "单项否决", "deduct": "扣分", "problem": "问题", "notice": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Ref:
    """证据链接: an address, how to call it, and the capture (body hash) that shows it."""

    url: str
    label: str = ""
    capture: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """问题: evidence and a confirmed fact; no prose, no points."""

    check: str
    ref: Ref
    identity: str  # what makes it the same finding on another night (see DESIGN.md, Fingerprint)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    kind: str = ""  # selectable by indicators: a column kind, a link class...
    level: str = ""
    home: bool = False
    candidate: bool = False  # counts only after a person confirmed it
    found_on: tuple[str, ...] = ()  # source pages, the first ones
    count: int = 1


@dataclass(frozen=True, slots=True)
class Unjudged:
    """未能判定: what could not be judged, and why (Chinese, shown to the inspector)."""

    check: str
    ref: Ref
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """疑点: what a check is not sure enough of to report. It goes to a list for a person and is part of no verdict."""

    finding: Finding

    @property
    def confidence(self) -> float:
        """How sure the check is, 0 to 1."""
        told = self.finding.facts.get("confidence")
        return float(told) if isinstance(told, int | float) else 0.0


Result = Finding | Unjudged | Doubt


class FindingState(StrEnum):
    """Where a finding stands across runs."""

    NEW = "new"
    PERSISTING = "persisting"
    FIXED = "fixed"
    REOPENED = "reopened"
    WAIVED = "waived"
    REJECTED = "rejected"

    @property
    def is_open(self) -> bool:
        """Whether the finding counts now."""
        return self in {FindingState.NEW, FindingState.PERSISTING, FindingState.REOPENED}

    @property
    def label(self) -> str:
        """The official word."""
        words = {"new": "新增", "persisting": "持续", "fixed": "已整改", "reopened": "反弹"}
        return {**words, "waived": "豁免", "rejected": "误报"}[self.value]


@dataclass(frozen=True, slots=True)
class Review:
    """What a person said of a finding."""

    verdict: str = "unreviewed"  # unreviewed, confirmed, rejected
    by: str = ""
    at: datetime | None = None
    rule_version: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """豁免: why a finding does not count, who said so, and until when."""

    reason: str
    by: str
    at: datetime
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """A finding as the store keeps it across runs."""

    fingerprint: str
    target_id: str
    finding: Finding
    state: FindingState
    severity: Severity
    rule_version: str
    first_seen: datetime  # as_of of the run
    last_seen: datetime
    first_run: str
    last_run: str
    nights: int = 1
    review: Review = field(default_factory=Review)
    waiver: Waiver | None = None
    closed: str = ""  # why it was closed as fixed, where that is more than "not found again" (Chinese)

    @property
    def counts(self) -> bool:
        """Whether indicators may count it: open, and confirmed if it is a candidate."""
        return self.state.is_open and (not self.finding.candidate or self.review.verdict == "confirmed")


def fingerprint(check: str, target_id: str, identity: str) -> str:
    """Identity of a finding across runs: 16 hex digits of sha256(check, target, identity)."""
    return hashlib.sha256("\x1f".join((check, target_id, identity)).encode()).hexdigest()[:16]

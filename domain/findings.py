"""What the checks say: findings and what could not be judged; and what the store keeps of a finding."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Fact = str | int | float | bool | None
EARLY_WARNING = "veto.early_warning"  # the check whose findings say that a veto is near


class Place(StrEnum):
    """Of what a check speaks: what has to be looked at again before one of its findings may be closed."""

    PAGE = "page"  # the page or file of the finding, or every page it is named on
    SOURCE = "source"  # the pages that carry it; its own address is elsewhere
    LINK = "link"  # a target: its answer, or the home page and a spread of the pages that pointed to it
    HOME = "home"  # the home page
    SITE = "site"  # the site as a whole, by the check's own sample or visits
    ACCOUNT = "account"  # a new-media account


class Why(StrEnum):
    """What kept a check from judging, as far as anything hangs on it."""

    OPEN = "open"  # it was looked at, and a person has to decide
    NOT_PLANNED = "not_planned"
    BUDGET = "budget"
    ROBOTS = "robots"
    NO_ANSWER = "no_answer"
    NO_BROWSER = "no_browser"
    MAINTENANCE = "maintenance"  # a notice stood in for the whole site
    PARTIAL = "partial"  # the target was not looked at to the end
    CRASHED = "crashed"

    @property
    def is_unread(self) -> bool:
        """Whether the place was not looked at tonight."""
        return self not in {Why.OPEN, Why.PARTIAL, Why.CRASHED}

    @property
    def label(self) -> str:
        """In Chinese; empty where the sentence of the check says it all."""
        return _WHY.get(self, "")


_WHY = {
    Why.NOT_PLANNED: "本次未安排",
    Why.BUDGET: "超出预算",
    Why.ROBOTS: "robots.txt 不允许访问",
    Why.NO_ANSWER: "无应答或应答出错",
    Why.NO_BROWSER: "浏览器不可用",
    Why.MAINTENANCE: "网站显示维护或建设提示",
    Why.PARTIAL: "本次采集未完成",
    Why.CRASHED: "检查程序出错",
}


class Closing(StrEnum):
    """How a finding came to its end."""

    MENDED = "mended"  # its place was looked at again and it is not there
    GONE = "gone"  # its page was taken off, or nothing leads to it any more
    UNLINKED = "unlinked"  # the pages that pointed to the target do not any more
    ANSWERS = "answers"  # the target answers well
    CHANGED = "changed"  # the target shows another fault now, which is a finding of its own
    RULES = "rules"  # by changed rules, from stored captures

    @property
    def label(self) -> str:
        """In Chinese; empty where there is nothing to add to 已整改."""
        words = {
            "gone": "页面已撤下",
            "unlinked": "链接已撤下",
            "answers": "链接已恢复",
            "changed": "已改列为其他问题",
            "rules": "按现行规则不再认定",
        }
        return words.get(self.value, "")


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
    """未能判定: what could not be judged, and why (`reason`: Chinese, shown to the inspector)."""

    check: str
    ref: Ref
    reason: str
    why: Why = Why.OPEN


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
    closed: str = ""  # a Closing, or in Chinese what became of a post
    archived: bool = False  # 由存档判定: raised from an older capture, until its place is looked at again
    unread: Why | None = None  # 本次未复核: why the run at hand did not look at its place again; not kept
    unread_note: str = ""  # what was in the way, in Chinese, where a check says more; not kept

    @property
    def closed_label(self) -> str:
        """How it was closed, in Chinese; empty where 已整改 says it all."""
        return Closing(self.closed).label if self.closed in {*Closing} else self.closed

    @property
    def counts(self) -> bool:
        """Whether indicators may count it: open, and confirmed if it is a candidate."""
        return self.state.is_open and (not self.finding.candidate or self.review.verdict == "confirmed")


def fingerprint(check: str, target_id: str, identity: str) -> str:
    """Identity of a finding across runs: 16 hex digits of sha256(check, target, identity)."""
    return hashlib.sha256("\x1f".join((check, target_id, identity)).encode()).hexdigest()[:16]

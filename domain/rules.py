"""The rule book: what is checked with which parameters, and which findings cost what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.findings import Finding, Severity
from domain.targets import ColumnKind
from domain.times import Window


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One row of `checks:` in rules.yaml. `params` are the constructor arguments of the check, already typed."""

    id: str
    title: str
    message: str  # Chinese template over the facts, e.g. "{label}已{age}天未更新"
    fix: str
    severity: Severity
    params: Mapping[str, Any] = field(default_factory=dict)
    enabled: bool = True
    version: str = ""  # version of the check + hash of the parameters
    severity_in_accounts: Severity | None = None  # at most this, when what it finds is an account's

    def severity_for(self, *, account: bool) -> Severity:
        """How grave a finding is; of an account it may be milder than of a site."""
        most = self.severity_in_accounts if account else None
        return most if most is not None and most.rank < self.severity.rank else self.severity


@dataclass(frozen=True, slots=True)
class Count:
    """Which findings an indicator counts."""

    check: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # kind / level / home -> accepted values

    def accepts(self, finding: Finding) -> bool:
        """Whether the finding is one of those counted."""
        if finding.check != self.check:
            return False
        actual = {"kind": finding.kind, "level": finding.level, "home": "true" if finding.home else "false"}
        return all(actual[key] in accepted for key, accepted in self.where.items())


@dataclass(frozen=True, slots=True)
class Indicator:
    """指标: one official row, or one row of the office."""

    id: str
    title: str
    counts: tuple[Count, ...]
    section: str = ""
    veto_at: int | None = None  # number of findings that fails the target
    warn_at: int | None = None  # number of findings from which an early warning is given
    points: float = 0.0  # deducted per finding (or once, see `once`)
    once: bool = False
    cap: float | None = None  # full marks of the row; deductions never exceed it
    applies_to: tuple[str, ...] = ("portal", "department")  # and "account"
    needs_service: bool = False  # not checked for bodies without outward service functions
    window: str = ""
    source: str = ""
    confidence: str = "M"  # V W S G M of reference indicators; M stays 待核 until confirmed
    confirmed_by: str = ""
    when_unjudged: str = "note"  # or "block"
    precedence: int = 0  # a finding pays points once: to the matching row with the highest precedence
    shares_cap: str = ""  # id of the row whose cap this row shares (D4.3: home page -1, other pages -0.1, together 6)

    @property
    def pending(self) -> bool:
        """Whether the row is 待核: from memory only and confirmed by nobody."""
        return self.confidence == "M" and not self.confirmed_by


@dataclass(frozen=True, slots=True)
class Totals:
    """The general scoring notes N1-N6."""

    full: float = 100.0
    pass_line: float = 60.0
    bonus_line: float = 80.0
    bonus_cap: float = 30.0
    no_service_factor: tuple[int, int] = (4, 3)
    no_service_full: float = 75.0
    deduction_applies_to: tuple[str, ...] = ("portal", "department")


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """How a column is recognised by its name or address, and its deadline."""

    kind: ColumnKind
    names: tuple[str, ...]  # regular expressions, searched in the column's name
    addresses: tuple[str, ...] = ()  # regular expressions, searched in the path when no name matches
    deadline: Window | None = None  # None: no deadline
    archived: bool = False


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything in rules.yaml, checked and typed."""

    checks: Mapping[str, CheckRule]
    indicators: tuple[Indicator, ...]
    columns: tuple[ColumnRule, ...]
    totals: Totals = field(default_factory=Totals)
    crawl: Mapping[str, Any] = field(default_factory=dict)  # budgets and politeness
    near_due_ratio: float = 0.7
    hash: str = ""
    source: str = ""  # the file it was read from
    two_person: str = "declared"  # whether the command line may grant what another person asked: or console_only

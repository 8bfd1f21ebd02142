"""How a target stood in a period: its verdict, what it was charged, what was found and what was mended."""

from dataclasses import dataclass
from datetime import datetime

from domain.findings import Severity
from domain.scores import Deduction, Verdict


@dataclass(frozen=True, slots=True)
class Item:
    """问题: one finding as the period keeps it. `mended`: 已整改 before the cut-off, named without points."""

    check: str
    title: str
    what: str
    severity: Severity
    fingerprint: str
    url: str = ""
    label: str = ""
    newest: str = ""  # 最后更新
    deadline: str = ""  # 应更新期限
    mended: bool = False
    unread: bool = False  # 本次未复核: older than the judgement that counts
    candidate: bool = False  # waits for a person; counts nowhere
    capture: str = ""  # the stored body that shows it


@dataclass(frozen=True, slots=True)
class Brief:
    """Of a standing what later periods look back on."""

    target_id: str
    unit_id: str = ""
    verdict: Verdict = Verdict.UNKNOWN
    inspected: bool = False
    checks: tuple[str, ...] = ()  # of what was still there and counted


@dataclass(frozen=True, slots=True)
class Standing:
    """One target in one period."""

    target_id: str
    name: str
    kind: str  # portal, department, account
    level: str = ""  # 市门户, 区县门户, 部门; empty for accounts
    platform: str = ""  # as printed; empty for sites
    unit_id: str = ""
    unit: str = ""  # as the notice writes it
    order: int = 0  # of the unit, as the registry lists them
    group: str = ""  # 市本级, 区县, 部门, 直属, 驻外
    address: str = ""
    state: str = "正常"
    verdict: Verdict = Verdict.UNKNOWN
    score: float | None = None
    run_id: str = ""
    as_of: datetime | None = None  # of the judgement that counts; None: never judged
    inspected: bool = False  # that judgement lies inside the period
    nights: int = 0  # complete judgements in the period: 家次
    vetoes: tuple[Deduction, ...] = ()  # of no points
    charges: tuple[Deduction, ...] = ()
    items: tuple[Item, ...] = ()
    open_vetoes: tuple[str, ...] = ()  # titles of veto rows nobody could judge to the end
    unjudged: tuple[str, ...] = ()  # checks that could not judge everything

    @property
    def is_site(self) -> bool:
        """A website, not an account."""
        return self.kind != "account"

    @property
    def judged(self) -> bool:
        """Inspected, and it is known whether it passed."""
        return self.inspected and self.verdict is not Verdict.UNKNOWN

    @property
    def clean(self) -> bool:
        """无扣分点: inspected, passed, and nothing charged."""
        return self.inspected and self.verdict is Verdict.PASS and not self.charges

    @property
    def standing_items(self) -> tuple[Item, ...]:
        """What is still there and counts."""
        return tuple(item for item in self.items if not item.mended and not item.candidate)

    @property
    def named_items(self) -> tuple[Item, ...]:
        """Of these, what a notice names: more than a hint."""
        return tuple(item for item in self.standing_items if item.severity is not Severity.NOTICE)

    @property
    def brief(self) -> Brief:
        """For later periods."""
        checks = tuple(dict.fromkeys(item.check for item in self.standing_items))
        return Brief(self.target_id, self.unit_id, self.verdict, self.inspected, checks)

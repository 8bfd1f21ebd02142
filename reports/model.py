"""What every report is written from: one frozen value, built by `inspection`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from domain.account_freshness import AccountFreshness
from domain.accounts import Collected
from domain.captured import SiteRun
from domain.findings import Doubt, Finding, FindingRecord, Unjudged
from domain.rules import Indicator, RuleBook
from domain.runs import Run
from domain.scores import Rollup, Scorecard
from domain.targets import Account, Registry, Site, Unit
from domain.views import Column
from reports.trend import Point


class Wording(Protocol):
    """The Chinese sentences of a finding, from rules.yaml."""

    def title(self, check: str) -> str:
        """What the check flags: 栏目超期未更新."""
        ...

    def message(self, finding: Finding) -> str:
        """One sentence with the facts filled in."""
        ...

    def fix(self, finding: Finding) -> str:
        """What the unit should do."""
        ...


@dataclass(frozen=True, slots=True)
class AccountOutcome:
    """How an account stands to its deadline, and what each of its sources gave (posts without texts)."""

    freshness: AccountFreshness
    collections: tuple[Collected, ...] = ()


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A file of a folder and the line (from 1) that shows a finding; 0 where no line does."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class OlderPages:
    """Pages of a site whose latest capture is of an earlier run, and of which days these are."""

    count: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Report:
    """A run and what came of it. `registry` holds the inspected targets only; mappings are keyed by target id.

    `records` holds what this run saw or closed, `columns` the columns of the view. `capture` returns the stored body
    of a capture hash, or None when it is not kept; without it no copies are written.
    """

    run: Run
    registry: Registry
    cards: Mapping[str, Scorecard]
    records: Mapping[str, tuple[FindingRecord, ...]]
    unjudged: Mapping[str, tuple[Unjudged, ...]]
    rulebook: RuleBook
    wording: Wording
    columns: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    site_runs: Mapping[str, SiteRun] = field(default_factory=dict)
    city: Rollup | None = None
    kinds: tuple[Rollup, ...] = ()  # by kind of unit, in official order
    units: tuple[Rollup, ...] = ()  # in official order
    capture: Callable[[str], bytes | None] | None = field(default=None, repr=False)
    pictures: Mapping[str, str] = field(default_factory=dict)  # fingerprint -> capture hash of its screenshot (PNG)
    city_name: str = ""
    version: str = ""  # of xunjian
    manual: Mapping[str, str] = field(default_factory=dict)  # account id -> who looked at it by hand (人工核查)
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # account id -> what each source gave
    accounts: Mapping[str, AccountOutcome] = field(default_factory=dict)
    doubts: tuple[tuple[str, Doubt], ...] = ()  # (target id, doubt): for a person to decide, part of no verdict
    files: Mapping[str, FilePlace] = field(default_factory=dict)  # fingerprint -> where a gate on a folder found it
    older: Mapping[str, OlderPages] = field(default_factory=dict)  # site id -> what an audit did not read again
    trend: tuple[Point, ...] = ()  # closed months up to the run, the oldest first
    accepted: frozenset[str] = frozenset()  # fingerprints of a gate's baseline: known, and no reason to fail

    @property
    def targets(self) -> tuple[Site | Account, ...]:
        """Sites, then accounts, in official order."""
        return (*self.registry.sites, *self.registry.accounts)

    def target(self, target_id: str) -> Site | Account:
        """One inspected target; KeyError when it is not part of this report."""
        for target in self.targets:
            if target.id == target_id:
                return target
        raise KeyError(target_id)

    def targets_of(self, unit: Unit) -> tuple[Site | Account, ...]:
        """The inspected targets of a unit."""
        return tuple(target for target in self.targets if target.unit_id == unit.id)

    def open_records(self, target_id: str) -> tuple[FindingRecord, ...]:
        """What counts now, most severe first, then the oldest."""
        counting = (record for record in self.records.get(target_id, ()) if record.counts)
        return tuple(
            sorted(counting, key=lambda record: (-record.severity.rank, record.first_seen, record.fingerprint))
        )

    def candidates(self, target_id: str) -> tuple[FindingRecord, ...]:
        """Open findings that wait for a person's confirmation."""
        return tuple(record for record in self.records.get(target_id, ()) if record.state.is_open and not record.counts)

    def closed_records(self, target_id: str) -> tuple[FindingRecord, ...]:
        """Fixed, waived and rejected findings."""
        return tuple(record for record in self.records.get(target_id, ()) if not record.state.is_open)

    def indicators_of(self, record: FindingRecord) -> tuple[Indicator, ...]:
        """The rows that count a finding for its target's kind."""
        card = self.cards.get(record.target_id)
        return tuple(
            row
            for row in self.rulebook.indicators
            if (card is None or card.target_kind in row.applies_to)
            and any(count.accepts(record.finding) for count in row.counts)
        )

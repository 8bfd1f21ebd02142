"""Which findings a list shows, and from where on: what a store can answer without reading more than it shows."""

from dataclasses import dataclass
from enum import StrEnum

from domain.findings import FindingRecord, Severity


class Stage(StrEnum):
    """Where a finding stands for whoever works through a list."""

    WAITING = "waiting"
    OPEN = "open"
    FIXED = "fixed"
    WAIVED = "waived"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """In Chinese."""
        words = {"waiting": "待确认", "open": "存在", "fixed": "已整改", "waived": "豁免", "rejected": "误报"}
        return words[self.value]


def stage_of(record: FindingRecord) -> Stage:
    """The stage of a finding: a candidate nobody decided about waits."""
    if not record.state.is_open:
        return Stage(record.state.value)
    return Stage.OPEN if record.counts else Stage.WAITING


def order_of(record: FindingRecord) -> int:
    """Where its severity stands in a list: the gravest first."""
    return Severity.VETO.rank - record.severity.rank


Mark = tuple[int, str]  # order and fingerprint: what a list goes on behind


@dataclass(frozen=True, slots=True)
class FindingSearch:
    """A window of a list. `targets`: None for all; otherwise only these, however few."""

    stages: tuple[Stage, ...] = (Stage.WAITING, Stage.OPEN)
    severity: Severity | None = None
    check: str = ""
    targets: tuple[str, ...] | None = None
    after: Mark | None = None
    backwards: bool = False  # the window right before `after`, still in the order of the list
    limit: int = 50

    def takes(self, record: FindingRecord) -> bool:
        """Whether a record is part of the list, wherever in it."""
        return (
            stage_of(record) in self.stages
            and self.severity in {None, record.severity}
            and self.check in {"", record.finding.check}
            and (self.targets is None or record.target_id in self.targets)
        )


def mark_of(record: FindingRecord) -> Mark:
    """The place of a finding in every list."""
    return order_of(record), record.fingerprint

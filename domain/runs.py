"""巡检批次: one run, why it was made and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class RunKind(StrEnum):
    """nightly 例行巡检, audit 专项检查, gate 上线前检查, probe 访问监测."""

    NIGHTLY = "nightly"
    AUDIT = "audit"
    GATE = "gate"
    PROBE = "probe"

    @property
    def label(self) -> str:
        """The official word."""
        return {"nightly": "例行巡检", "audit": "专项检查", "gate": "上线前检查", "probe": "访问监测"}[self.value]


class RunState(StrEnum):
    """How far a run got."""

    RUNNING = "running"
    COMPLETE = "complete"
    PARTIAL = "partial"
    UNKNOWN = "unknown"  # our own network was down


@dataclass(frozen=True, slots=True)
class Run:
    """One inspection. `as_of` is the 监测时间点, `started_at` the wall clock."""

    id: str
    kind: RunKind
    as_of: datetime
    started_at: datetime
    state: RunState = RunState.RUNNING
    finished_at: datetime | None = None
    heartbeat: datetime | None = None
    targets: tuple[str, ...] = ()
    rules_hash: str = ""
    reason: str = ""
    crawled: str = ""  # how the crawl ended, a RunState; empty while it goes on. Judging comes after it
    allow_private: bool = False
    settings: Mapping[str, object] = field(
        default_factory=dict
    )  # what the child process needs: crawl policy, JSON only

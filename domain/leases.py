"""Leases: who works at a target of a run just now. One process or many, a killed one's work is taken up again."""

from dataclasses import dataclass
from enum import StrEnum


class LeaseState(StrEnum):
    """Waiting for somebody, held by somebody, done, or given up."""

    WAITING = "waiting"
    HELD = "held"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Lease:
    """One piece of work: a kind of it (`judge`, `report` ...) at one target of one run.

    `heartbeat` and `not_before` are seconds since 1970 by the database's clock, 0.0 when there is none; `attempt` counts
    how often it was taken; `result` is a short text of whoever ended it, for people.
    """

    kind: str
    run_id: str
    target_id: str
    state: LeaseState = LeaseState.WAITING
    owner: str = ""
    heartbeat: float = 0.0
    not_before: float = 0.0
    attempt: int = 0
    result: str = ""

    def is_free(self, now: float, patience: float) -> bool:
        """Whether it may be taken: it waits and its time has come, or its holder has been silent for `patience` seconds."""
        if self.state is LeaseState.WAITING:
            return self.not_before <= now
        return self.state is LeaseState.HELD and self.heartbeat < now - patience

"""Leases in memory, for the twin of the store."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.leases import Lease, LeaseState

Key = tuple[str, str, str]


@dataclass
class MemoryLeases:
    """Lease methods of the in-memory store."""

    _leases: dict[Key, Lease] = field(default_factory=dict)

    def plan_leases(self, kind: str, run_id: str, target_ids: Sequence[str]) -> None:
        """Add work that waits, in this order; what is there already stays as it is."""
        for target in target_ids:
            self._leases.setdefault((kind, run_id, target), Lease(kind, run_id, target))

    def take_lease(self, kind: str, run_id: str, owner: str, patience: float) -> Lease | None:
        """The first free piece of work, held by `owner` now; None when nothing is free."""
        now = time.time()
        free = next((item for item in self.leases(kind, run_id) if item.is_free(now, patience)), None)
        if free is None:
            return None
        return self._put(replace(free, state=LeaseState.HELD, owner=owner, heartbeat=now, attempt=free.attempt + 1))

    def show_life(self, item: Lease) -> bool:
        """Whether the lease is still its owner's, who is alive."""
        return self._is_held(item) and bool(self._put(replace(item, heartbeat=time.time())))

    def end_lease(self, item: Lease, state: LeaseState, result: str = "", pause: float = 0.0) -> bool:
        """Say how it ended; False when somebody else holds it by now."""
        later = time.time() + pause if state is LeaseState.WAITING else 0.0
        return self._is_held(item) and bool(self._put(replace(item, state=state, result=result, not_before=later)))

    def free_leases(self, kind: str, run_id: str, *, ended: bool = False) -> None:
        """Let all that is held wait again; `ended`: what is done or failed too."""
        for item in self.leases(kind, run_id):
            if ended or item.state is LeaseState.HELD:
                self._put(replace(item, state=LeaseState.WAITING, not_before=0.0))

    def leases(self, kind: str, run_id: str) -> list[Lease]:
        """All work of a kind in a run, in the order it was planned."""
        return [item for (of, run, _), item in self._leases.items() if (of, run) == (kind, run_id)]

    def _is_held(self, item: Lease) -> bool:
        kept = self._leases[item.kind, item.run_id, item.target_id]
        return (kept.state, kept.owner, kept.attempt) == (LeaseState.HELD, item.owner, item.attempt)

    def _put(self, item: Lease) -> Lease:
        self._leases[item.kind, item.run_id, item.target_id] = item
        return item

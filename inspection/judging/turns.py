"""Whose turn it is: targets taken one after the other under leases, so that several processes never judge one twice."""

import os
import socket
from collections.abc import Callable, Iterator, Sequence

from domain.leases import LeaseState
from domain.ports import Store

PATIENCE = 900.0  # seconds; no target takes as long to judge
Turns = Callable[[Sequence[str]], Iterator[str]]


def owner() -> str:
    """A name for this process."""
    return f"{socket.gethostname()}:{os.getpid()}"


def leased(store: Store, kind: str, run_id: str) -> Turns:
    """The targets that this process has taken and that nobody else has done; each is done when the next is asked for."""

    def turns(targets: Sequence[str]) -> Iterator[str]:
        store.plan_leases(kind, run_id, targets)
        while lease := store.take_lease(kind, run_id, owner(), PATIENCE):
            yield lease.target_id
            store.end_lease(lease, LeaseState.DONE)

    return turns

"""A run done by workers on several machines: this process plans the work, wakes them, and follows what they do.

Who does what is decided by leases alone. A wake-up that is lost is repeated, one too many finds nothing to do.
"""

import logging
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from domain.leases import Lease, LeaseState
from domain.ports import Store
from domain.quiet import QuietHours
from domain.runs import Run
from inspection import clock
from inspection.judging.run import registry_of
from inspection.runs.batches import KEY, plan_batches, platforms_of
from inspection.runs.children import Ended, Progress
from inspection.runs.interrupts import Interrupts
from inspection.runs.shards import ACCOUNTS, LINKS

CRAWL = "crawl"  # a kind of work, and of wake-ups
QUIET = "rests_in"  # among the settings of a run: its quiet hours; none where a person started it
TICK = 0.5  # seconds between two looks at the leases
AGAIN = 10.0  # seconds between two wake-ups for work that still waits
OPEN = (LeaseState.WAITING, LeaseState.HELD)
log = logging.getLogger(__name__)


class Bell(Protocol):
    """Wakes workers."""

    def ring(self, kind: str, run_id: str, number: int) -> None:
        """See to it that `number` wake-ups for this kind of work of a run are waiting; more are not added."""
        ...


def planned(store: Store, run: Run) -> Run:
    """The run with its batches among its settings, planned once."""
    if KEY in run.settings:
        return run
    sites = registry_of(run, store.load_registry()).sites
    run = replace(run, settings={**run.settings, KEY: plan_batches(store, run, sites)})
    store.save_run(run)
    return run


def crawl_by_crew(store: Store, run: Run, bell: Bell, progress: Progress, interrupts: Interrupts) -> tuple[Run, Ended]:
    """Let workers crawl a run, and return when they have; Ctrl-C leaves what they have not come to."""
    run = planned(store, run)
    accounts = platforms_of(registry_of(run, store.load_registry()).accounts)
    batches: Any = run.settings[KEY]
    errors: tuple[str, ...] = ()
    for names in ([*batches, *(f"{ACCOUNTS}{name}" for name in accounts)], [LINKS]):
        store.plan_leases(CRAWL, run.id, names)
        if not _followed(store, run, bell, names, progress, interrupts):
            store.free_leases(CRAWL, run.id)  # whoever still holds one notices, and ends
            return run, Ended(True, ())
        errors = tuple(_why(lease) for lease in _of(store, run, names) if lease.state is LeaseState.FAILED)
        if errors:
            break
    return run, Ended(False, errors)


def _followed(
    store: Store, run: Run, bell: Bell, names: Sequence[str], progress: Progress, interrupts: Interrupts
) -> bool:
    """Wait for the end of some work; False when it was interrupted."""
    rung = float("-inf")
    while left := [lease for lease in _of(store, run, names) if lease.state in OPEN]:
        if interrupts.take():
            return False
        if time.monotonic() - rung > AGAIN:
            rung = time.monotonic()
            bell.ring(CRAWL, run.id, sum(lease.state is LeaseState.WAITING for lease in left) or 1)
            progress(_told(store, run, names))
        time.sleep(TICK)
    return True


def _of(store: Store, run: Run, names: Sequence[str]) -> list[Lease]:
    wanted = set(names)
    return [lease for lease in store.leases(CRAWL, run.id) if lease.target_id in wanted]


def _why(lease: Lease) -> str:
    return f"{lease.target_id}（{lease.owner}）：{lease.result}"


def _told(store: Store, run: Run, names: Sequence[str]) -> Mapping[str, Any]:
    """How far the workers are."""
    states = Counter(lease.state for lease in _of(store, run, names))
    done, held = states[LeaseState.DONE] + states[LeaseState.FAILED], states[LeaseState.HELD]
    return {"work": {"done": done, "held": held, "all": len(names)}}


def quiet_hours(run: Run) -> QuietHours:
    """The hours in which whoever crawls a run rests."""
    hours: Any = run.settings.get(QUIET, ())
    return QuietHours.parse(hours)


def rests(run: Run) -> bool:
    """Whether it is such an hour now."""
    return bool(quiet_hours(run).left(clock.now()))

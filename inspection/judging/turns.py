"""Whose turn it is: targets taken one after the other under leases, so that several processes never judge one twice."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from domain.crawl_policy import CrawlPolicy
from domain.errors import StoreError
from domain.leases import Lease, LeaseState
from domain.ports import Store
from domain.runs import Run
from inspection.locks import own_name

JUDGE = "judge"  # the kind of this work
PATIENCE = 180.0  # seconds without a sign of life after which another process takes over
BEATS = 9  # signs of life in that time
BEGINNINGS = 20  # of one piece of work, after which whoever takes it next gives it up
TICK = 0.2  # seconds between two looks at what others still hold
Turns = Callable[[Sequence[str]], Iterator[str]]
log = logging.getLogger(__name__)
OWNER = own_name()  # of all that this process takes


def patience_of(run: Run) -> float:
    """Seconds without a sign of life after which a holder of this run's work has lost it."""
    return CrawlPolicy.from_settings(run.settings).lost_after_seconds


def leased(
    store: Store,
    kind: str,
    run_id: str,
    *,
    waits: bool = True,
    patience: float = PATIENCE,
    stopping: Callable[[], bool] = lambda: False,
) -> Turns:
    """The targets that this process has taken and that nobody else has done; each is done when the next is asked for.

    `waits`: go on until nobody holds anything any more, and take over what a holder left; without it a process ends when
    nothing is free. `patience`: seconds without a sign of life after which a holder has lost what it held.
    """

    def turns(targets: Sequence[str]) -> Iterator[str]:
        store.plan_leases(kind, run_id, targets)
        while not stopping():
            lease = take(store, kind, run_id, patience)
            if lease is not None:
                with alive(store, lease, patience):
                    yield lease.target_id
                store.end_lease(lease, LeaseState.DONE)
            elif waits and any(item.state is LeaseState.HELD for item in store.leases(kind, run_id)):
                time.sleep(TICK)
            else:
                return

    return turns


def take(store: Store, kind: str, run_id: str, patience: float = PATIENCE) -> Lease | None:
    """The next free piece of work; what many processes began and none finished is given up on the way."""
    while lease := store.take_lease(kind, run_id, OWNER, patience):
        if lease.attempt <= BEGINNINGS:
            return lease
        log.error("%s of %s was begun %d times and never finished; it is given up", kind, lease.target_id, BEGINNINGS)
        store.end_lease(lease, LeaseState.FAILED, f"处理 {BEGINNINGS} 次均未完成")
    return None


@contextmanager
def alive(
    store: Store, lease: Lease, patience: float = PATIENCE, lost: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Show the life of a lease meanwhile; `lost` is called, in another thread, when it is somebody else's by now."""
    ended = threading.Event()

    def show() -> None:
        while not ended.wait(patience / BEATS):
            try:
                held = store.show_life(lease)
            except StoreError as error:  # the next sign may come through; if none does, the lease is lost
                log.warning("no sign of life for %s: %s", lease.target_id, error)
                continue
            if not held:
                log.warning("%s is held by another process now", lease.target_id)
                lost()
                return

    thread = threading.Thread(target=show, daemon=True, name="lease")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()

"""What a worker does when it is woken: takes work of a run under a lease, and runs the same processes as one machine does."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from domain.leases import Lease, LeaseState
from domain.ports import Store
from domain.runs import Run, RunState
from inspection.judging.turns import JUDGE, alive, patience_of, take
from inspection.runs.children import Ended, crawl_shards
from inspection.runs.crew import CRAWL, rests
from inspection.runs.interrupts import Interrupts
from inspection.runs.judges import end_of, start_judge
from storage import open_store

TRIES = 3  # of one shard, before the run goes on without it
PAUSE = 30.0  # seconds before a shard whose process failed is tried again
TICK = 0.2
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CrewMember:
    """One worker: where its store and data folder are, and what tells it to stop."""

    db: str
    data: str
    stopping: Callable[[], bool] = lambda: False

    def woken(self, kind: str, run_id: str) -> None:
        """Work at a run until nothing of this kind is free."""
        store = open_store(self.db, self.data)
        try:
            if kind == CRAWL:
                self._crawl(store, run_id)
            elif kind == JUDGE and _is_judged(store.run(run_id)) and _waits(store, JUDGE, run_id):
                self._judge(run_id)
        finally:
            store.close()

    def _crawl(self, store: Store, run_id: str) -> None:
        while not self.stopping() and (run := store.run(run_id)) is not None and _is_crawled(run):
            if rests(run):
                time.sleep(TICK)
                continue
            patience = patience_of(run)
            lease = take(store, CRAWL, run_id, patience)
            if lease is None:
                return
            lost = threading.Event()
            with alive(store, lease, patience, lost.set):
                ended = self._crawled(run, lease, lost)
            if not lost.is_set():
                _note_end(store, lease, ended)

    def _crawled(self, run: Run, lease: Lease, lost: threading.Event) -> Ended:
        log.info("crawls %s of %s, begun for the %d. time", lease.target_id, run.id, lease.attempt)
        must_end = lambda: lost.is_set() or self.stopping() or rests(run)  # noqa: E731
        return crawl_shards([lease.target_id], (run.id, self.db, self.data), lambda _: None, Interrupts(), must_end)

    def _judge(self, run_id: str) -> None:
        judge = start_judge(run_id, self.db, self.data)
        while judge.poll() is None and not self.stopping():
            time.sleep(TICK)
        if judge.poll() is None:
            judge.terminate()
        end_of(judge)


def _is_crawled(run: Run) -> bool:
    """Whether its crawl goes on."""
    return run.state is RunState.RUNNING and not run.crawled


def _is_judged(run: Run | None) -> bool:
    return run is not None and run.state is RunState.RUNNING


def _waits(store: Store, kind: str, run_id: str) -> bool:
    return any(lease.state is LeaseState.WAITING for lease in store.leases(kind, run_id))


def _note_end(store: Store, lease: Lease, ended: Ended) -> None:
    """Done, given back, tried again later, or given up."""
    if ended.errors:
        given_up = lease.attempt >= TRIES
        log.error("%s of %s failed: %s", lease.target_id, lease.run_id, ended.errors[0])
        state = LeaseState.FAILED if given_up else LeaseState.WAITING
        store.end_lease(lease, state, ended.errors[0], 0.0 if given_up else PAUSE)
    else:
        store.end_lease(lease, LeaseState.WAITING if ended.paused else LeaseState.DONE)

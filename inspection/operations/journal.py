"""The journal of jobs: each start, end and decision in the store; what a killed scheduler left; which night goes on.

A database that is away for a while loses nothing: what was to be written waits here.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from domain.errors import StoreError, UsageError
from domain.leases import Lease, LeaseState
from domain.operations import JobRun, JobState
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from inspection.locks import held, own_name
from storage import open_store

LEASE, ALL = "job", "-"
PATIENCE = 120.0  # seconds without a sign of life after which a job is nobody's
RESUMED_AT_MOST = 3
RESUMED_WITHIN = timedelta(hours=20)
LOOKED_BACK = timedelta(days=40)  # no job takes longer; years of entries are not read every few seconds
BY_HAND = "by hand"  # as the subject of a start
BUSY = "同一任务还在进行，或由另一台机器上的定时程序执行"
OVER = "超过 {hours:g} 小时的时限，已由定时程序结束"
STOPPED = "定时程序停止，任务随之结束"
GONE = "定时程序中断，任务没有记下结果"
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Turn:
    """One job that is ours to run."""

    noted: JobRun
    lease: Lease | None = None


@dataclass(slots=True)
class Journal:
    """Writes down what becomes of jobs. `opening` opens the store, anew for each entry."""

    opening: Callable[[], Store]
    owner: str = field(default_factory=own_name)
    _waiting: list[JobRun] = field(default_factory=list)
    _one: threading.Lock = field(default_factory=threading.Lock)  # jobs of several lanes end at once

    @contextmanager
    def _store(self) -> Iterator[Store]:
        store = self.opening()
        try:
            with self._one:
                while self._waiting:
                    store.save_job_run(self._waiting[0])
                    del self._waiting[0]
            yield store
        finally:
            store.close()

    def _save(self, item: JobRun) -> None:
        log.info("job %s of %s: %s %s", item.job, item.planned.isoformat(), item.state.value, item.exit_code)
        try:
            with self._store() as store:
                store.save_job_run(item)
        except StoreError as error:
            log.error("the journal waits: %s", error)
            self._waiting.append(item)

    def skip(self, job: str, planned: datetime, now: datetime, reason: str) -> None:
        """Note that a job was not started, and why."""
        self._save(JobRun(job, planned, JobState.SKIPPED, ended=now, reason=reason, owner=self.owner))

    def begin(self, job: str, planned: datetime, now: datetime, subject: str = "") -> Turn | None:
        """The right to run a job now; None when it ran already, or somebody else runs it."""
        noted = JobRun(job, planned, JobState.RUNNING, started=now, owner=self.owner, subject=subject)
        try:
            with self._store() as store:
                if any(item.job == job and item.planned == planned for item in store.job_runs(planned)):
                    return None
                store.plan_leases(LEASE, job, [ALL])
                lease = store.take_lease(LEASE, job, self.owner, PATIENCE)
                if lease is None:
                    store.save_job_run(replace(noted, state=JobState.SKIPPED, started=None, ended=now, reason=BUSY))
                    return None
                store.save_job_run(noted)
        except StoreError as error:  # the job will say so itself, and it may be back by then
            log.error("the journal waits: %s", error)
            self._waiting.append(noted)
            return Turn(noted)
        return Turn(noted, lease)

    def show_life(self, turn: Turn) -> None:
        """The job is still at work."""
        if turn.lease:
            try:
                with self._store() as store:
                    store.show_life(turn.lease)
            except StoreError as error:
                log.error("no sign of life: %s", error)

    def end(self, turn: Turn, now: datetime, code: int, said: str = "", state: JobState | None = None) -> JobRun:
        """How it ended; `said`: the last line it wrote."""
        state = state or (JobState.DONE if code == 0 else JobState.FAILED)
        ended = replace(turn.noted, state=state, ended=now, exit_code=code, reason=said)
        self._save(ended)
        if turn.lease:
            try:
                with self._store() as store:
                    store.end_lease(turn.lease, LeaseState.WAITING)
            except StoreError as error:
                log.error("the lease stays until it is old: %s", error)
        return ended

    def close_lost(self, now: datetime) -> list[JobRun]:
        """Note the end of what a killed scheduler left behind."""
        with self._store() as store:
            lately = store.job_runs(now - LOOKED_BACK)
            running = [item for item in lately if item.state is JobState.RUNNING and item.owner != self.owner]
            lost = [item for item in running if not _is_alive(item, store.leases(LEASE, item.job), now)]
            for item in lost:
                store.save_job_run(replace(item, state=JobState.LOST, ended=now, reason=GONE))
                if all(lease.owner == item.owner for lease in store.leases(LEASE, item.job)):
                    store.free_leases(LEASE, item.job)
        return lost

    def ran_before(self, now: datetime) -> bool:
        """Whether jobs were started here lately."""
        with self._store() as store:
            return bool(store.job_runs(now - LOOKED_BACK))

    def to_resume(self, now: datetime, data: Path) -> str:
        """The run of a night of ours that was cut short and can go on; empty when there is none."""
        with self._store() as store:
            run = _cut_short(store, now)
            return run.id if run and is_free(data, "nightly") else ""


def _cut_short(store: Store, now: datetime) -> Run | None:
    nights = [run for run in store.runs() if run.kind is RunKind.NIGHTLY]
    if not nights or nights[-1].state not in {RunState.RUNNING, RunState.PARTIAL}:
        return None
    run = nights[-1]
    if now - run.started_at > RESUMED_WITHIN:
        return None
    ours = [item for item in store.job_runs(now - 2 * RESUMED_WITHIN) if item.job == "nightly"]
    if any(item.state is JobState.RUNNING for item in ours):
        return None
    tried = [item for item in ours if item.subject == run.id]
    begun = [item for item in ours if item.started and item.ended and item.started <= run.started_at <= item.ended]
    if any(item.subject == BY_HAND and item.reason == STOPPED for item in begun):
        return None
    return run if begun and len(tried) < RESUMED_AT_MOST else None


def is_free(data: Path, kind: str) -> bool:
    """Whether nobody is at a job of a kind in a data folder."""
    try:
        with held(data, kind, ""):
            return True
    except UsageError:
        return False


def _is_alive(item: JobRun, leases: list[Lease], now: datetime) -> bool:
    """Whether somebody is still at a job: its lease says so, and its process is there where it can be seen."""
    held_by = [lease for lease in leases if lease.owner == item.owner and lease.state is LeaseState.HELD]
    if not any(now.timestamp() - lease.heartbeat < PATIENCE for lease in held_by):
        return False
    host, _, number = item.owner.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname() or not number.isdigit():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def journal_of(data: Path, url: str) -> Journal:
    """The journal of a data folder and a database."""
    return Journal(lambda: open_store(url, data))

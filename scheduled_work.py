"""One start of a job: the decision, the child process, and what the journal says of both."""

import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.errors import UsageError, XunjianError
from domain.operations import JobState
from inspection.letters.working_days import load_working_days
from inspection.operations.heartbeat import beat, heartbeat_address
from inspection.operations.jobs import JOBS, why_not
from inspection.operations.journal import BUSY, BY_HAND, OVER, STOPPED, Journal, Turn
from inspection.operations.plan import FILE, ZONE, Planned, load_plan
from inspection.operations.processes import run_child
from inspection.operations.settings import load_settings

stopping = threading.Event()  # set by a signal, at any moment; nothing is ever interrupted in the middle
log = logging.getLogger("inspection.scheduler")


@dataclass(frozen=True, slots=True)
class Place:
    """What every job is told: where its data, database and rules are, and whether private addresses are allowed."""

    data: Path
    db: str = ""
    rules: Path | None = None
    allow_private: bool = False

    def options(self, job: str) -> list[str]:
        """The same as options of the command of a job, which may know only some of them."""
        found = ["--data", str(self.data)]
        found += ["--rules", str(self.rules)] if self.rules and job in {"nightly", "probe"} else []
        return found + (
            ["--allow-private"] if self.allow_private and job in {"nightly", "probe", "messages", "webhooks"} else []
        )

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a job: the database stands here, because `ps` shows every option with its password."""
        return {**os.environ, **({"XUNJIAN_DB": self.db} if self.db else {})}

    @property
    def url(self) -> str:
        """The address of the database."""
        return self.db or f"sqlite:///{self.data.resolve()}/xunjian.db"

    @property
    def plan(self) -> Path:
        """The file of the plan."""
        return self.data / FILE


def perform(place: Place, journal: Journal, name: str, resume: str = "", *, by_hand: bool = False) -> int:
    """Decide on one job, run it, and write down both; returns its exit code."""
    now = clock_now()
    try:
        planned = load_plan(place.plan).get(name) or Planned(JOBS[name].cron, JOBS[name].limit)
        days = load_working_days(place.data)
        at = now if by_hand or resume else planned.last_before(now, days)
        if at is None:
            journal.skip(name, now.replace(microsecond=0), now, "非工作日，按计划不执行")
            return 0
        if not by_hand and (why := why_not(name, place.data)):
            journal.skip(name, at, now, why)
            return 0
    except XunjianError as error:
        log.error("%s: %s", name, error)
        journal.skip(name, now, now, str(error))
        return error.exit_code
    turn = journal.begin(name, at, now, BY_HAND if by_hand else resume)
    if turn is None:
        if by_hand:
            raise UsageError(f"{JOBS[name].title}：{BUSY}")
        return 0
    extra = ["--resume", resume] if resume else []
    return start(name, place, journal, turn, planned.limit, extra)


def start(name: str, place: Place, journal: Journal, turn: Turn, limit: timedelta, extra: list[str]) -> int:
    """Run one job as a child process to its end, or to the end of its time; returns its exit code."""
    command = [sys.executable, "-m", "cli", *JOBS[name].arguments, *extra, *place.options(name)]
    if stopping.is_set():
        journal.end(turn, clock_now(), 3, STOPPED)
        return 3
    ended = run_child(command, place.environment, limit, lambda: journal.show_life(turn), stopping.is_set)
    why = ended.said
    if ended.overdue:
        why = OVER.format(hours=limit.total_seconds() / 3600)
    elif ended.code and stopping.is_set():
        why = STOPPED
    state = JobState.OVERDUE if ended.overdue else None
    journal.end(turn, clock_now(), ended.code, why if ended.code or ended.overdue else "", state)
    tell(place, failed=bool(ended.code or ended.overdue))
    return ended.code


@contextmanager
def faults_logged(what: str) -> Iterator[None]:
    """What the user can mend must not end the scheduler."""
    try:
        yield
    except (XunjianError, OSError) as error:
        log.error("%s: %s", what, error)


def tell(place: Place, *, failed: bool) -> None:
    """Ask the address that notices when nothing comes any more."""
    with faults_logged("no heartbeat"):
        url = heartbeat_address(load_settings(place.data).heartbeat, os.environ)
        beat(url, failed=failed, allow_private=place.allow_private)


def clock_now() -> datetime:
    """The only clock of the scheduler, in Beijing time."""
    return datetime.now(ZoneInfo(ZONE))

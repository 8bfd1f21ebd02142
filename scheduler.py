"""When to start what: APScheduler in Beijing time. Every job is a child process; the journal says what became of it.

The plan stands in `schedule.yaml` of the data folder and is read again when it changes. What it means is said in
`inspection/operations/plan.py`; here are only the clock and the processes.
"""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobExecutionEvent, JobSubmissionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler

from crontime import cron_trigger
from domain.errors import UsageError, XunjianError
from domain.operations import JobState
from inspection.letters.working_days import load_working_days
from inspection.locks import held
from inspection.log_files import keep_logs
from inspection.operations.heartbeat import beat, heartbeat_address
from inspection.operations.jobs import JOBS, LANES, why_not
from inspection.operations.journal import BUSY, OVER, STOPPED, Journal, Turn, journal_of
from inspection.operations.plan import FILE, GRACE, ZONE, Planned, load_plan
from inspection.operations.processes import run_child
from inspection.operations.settings import load_settings

TICK = 0.2  # seconds between two looks at a child and at the signals
WATCH = 15.0  # seconds between two looks at the plan and at what is left over
BEAT = 600.0  # seconds between two signs of life of the scheduler
MISSED = "错过了时间，已超过可补做的 6 小时"
_stopping = threading.Event()  # set by a signal, at any moment; nothing is ever interrupted in the middle
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
        return found + (["--allow-private"] if self.allow_private and job in {"nightly", "probe", "messages"} else [])

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


@dataclass(slots=True)
class Watch:
    """What the scheduler itself looks after between two jobs."""

    place: Place
    journal: Journal
    scheduler: BaseScheduler
    _seen: float = 0.0
    _next: float = 0.0
    _beat: float = 0.0
    _resuming: bool = False

    def look(self) -> None:
        """Take up a changed plan, close what was lost, go on with a night that was cut short, tell that we live."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + WATCH
        if _changed(self.place.plan) != self._seen:
            self.take_up()
        with _faults_logged("the journal"):
            self.journal.close_lost(_now())
            self._resume()
        if time.monotonic() >= self._beat:
            self._beat = time.monotonic() + BEAT
            _tell(self.place, failed=False)

    def take_up(self) -> None:
        """The plan of the file; one that cannot be read changes nothing, and stands in the log."""
        self._seen = _changed(self.place.plan)
        with _faults_logged("the plan stays as it was"):
            plan = load_plan(self.place.plan)
            fill(self.scheduler, plan, self.place, self.journal)
            log.info("the plan: %s", {name: planned.cron for name, planned in plan.items()})

    def _resume(self) -> None:
        run_id = "" if self._resuming else self.journal.to_resume(_now(), self.place.data)
        if run_id:
            log.info("run %s goes on", run_id)
            self._resuming = True
            self.scheduler.add_job(self.go_on, args=(run_id,), id="resume", executor="default", misfire_grace_time=None)

    def go_on(self, run_id: str) -> None:
        """Take a night up again; it waits for its turn among the others of its lane."""
        try:
            perform(self.place, self.journal, "nightly", run_id)
        finally:
            self._resuming = False

    def make_up(self) -> None:
        """Start once what was missed while no scheduler ran; nothing in a folder where no job ever ran."""
        with _faults_logged("nothing is made up"):
            self.journal.close_lost(_now())
            if not self.journal.ran_before(_now()):
                return
            days = load_working_days(self.place.data)
            for name, planned in load_plan(self.place.plan).items():
                if planned.last_before(_now(), days):
                    work = (self.place, self.journal, name)
                    lane = JOBS[name].lane
                    self.scheduler.add_job(
                        perform, args=work, id=f"missed {name}", executor=lane, misfire_grace_time=None
                    )


def run(place: Place, *, once: str = "", interrupted: Callable[[], bool] = lambda: False) -> int:
    """Run the plan until stopped, or one job at once (`once`). Returns the exit code."""
    plan = load_plan(place.plan)
    if once and once not in JOBS:
        raise UsageError(f"没有定时任务 {once}；可选：{'、'.join(JOBS)}")
    with only_one(place.data), _signals_noted():
        if interrupted():  # while everything was loading, and some import swallowed it
            raise KeyboardInterrupt
        keep_logs(place.data)
        journal = journal_of(place.data, place.url)
        if once:
            return perform(place, journal, once, by_hand=True)
        serve(place, journal, plan)
        raise KeyboardInterrupt


def serve(place: Place, journal: Journal, plan: Mapping[str, Planned]) -> None:
    """Start jobs by the plan until a signal comes."""
    scheduler = build(plan, place, journal)
    scheduler.start()
    watch = Watch(place, journal, scheduler, _changed(place.plan))
    watch.make_up()
    sys.stdout.writelines(f"{name}  下次：{at:%Y-%m-%d %H:%M}\n" for name, at in next_times(plan, place.data))
    sys.stdout.flush()
    while not _stopping.wait(TICK):
        watch.look()
    scheduler.shutdown(wait=True)  # each job ends its own child


def build(plan: Mapping[str, Planned], place: Place, journal: Journal | None = None) -> BaseScheduler:
    """A scheduler with one worker a lane: jobs of a lane never overlap, missed ones are made up once."""
    scheduler = BackgroundScheduler(
        timezone=ZONE,
        executors={lane: ThreadPoolExecutor(1) for lane in LANES},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": int(GRACE.total_seconds())},
    )
    journal = journal or journal_of(place.data, place.url)
    scheduler.add_listener(lambda event: _missed(journal, event), EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
    fill(scheduler, plan, place, journal)
    return scheduler


def _missed(journal: Journal, event: JobExecutionEvent | JobSubmissionEvent) -> None:
    """What APScheduler decided by itself."""
    times = [event.scheduled_run_time] if event.code == EVENT_JOB_MISSED else event.scheduled_run_times
    why = MISSED if event.code == EVENT_JOB_MISSED else BUSY
    for at in times if event.job_id in JOBS else ():
        journal.skip(event.job_id, at, _now(), why)


def fill(scheduler: BaseScheduler, plan: Mapping[str, Planned], place: Place, journal: Journal) -> None:
    """Put the jobs of a plan in the place of those of the one before; running ones go on."""
    for job in scheduler.get_jobs():
        if job.id in JOBS:
            job.remove()
    for name, planned in plan.items():
        trigger, work = cron_trigger(planned.cron, ZONE), (place, journal, name)
        scheduler.add_job(perform, trigger, args=work, id=name, executor=JOBS[name].lane, replace_existing=True)


def perform(place: Place, journal: Journal, name: str, resume: str = "", *, by_hand: bool = False) -> int:
    """Decide on one job, run it, and write down both; returns its exit code."""
    now = _now()
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
    turn = journal.begin(name, at, now, resume)
    if turn is None:
        if by_hand:
            raise UsageError(f"{JOBS[name].title}：{BUSY}")
        return 0
    extra = ["--resume", resume] if resume else []
    return start(name, place, journal, turn, planned.limit, extra)


def start(name: str, place: Place, journal: Journal, turn: Turn, limit: timedelta, extra: list[str]) -> int:
    """Run one job as a child process to its end, or to the end of its time; returns its exit code."""
    command = [sys.executable, "-m", "cli", *JOBS[name].arguments, *extra, *place.options(name)]
    if _stopping.is_set():
        journal.end(turn, _now(), 3, STOPPED)
        return 3
    ended = run_child(command, place.environment, limit, lambda: journal.show_life(turn), _stopping.is_set)
    why = ended.said
    if ended.overdue:
        why = OVER.format(hours=limit.total_seconds() / 3600)
    elif ended.code and _stopping.is_set():
        why = STOPPED
    state = JobState.OVERDUE if ended.overdue else None
    journal.end(turn, _now(), ended.code, why if ended.code or ended.overdue else "", state)
    _tell(place, failed=bool(ended.code or ended.overdue))
    return ended.code


def next_times(plan: Mapping[str, Planned], data: Path) -> Iterator[tuple[str, datetime]]:
    """(job, next start) in Beijing time."""
    days = load_working_days(data)
    for name, planned in plan.items():
        if at := planned.next_after(_now(), days):
            yield name, at


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder's lock; UsageError when another scheduler holds it."""
    if not data.is_dir():
        raise UsageError(f"数据文件夹 {data} 不存在；请先运行 xunjian init --data {data}")
    with held(data, "scheduler", f"已有一个定时程序在使用 {data}；不能再启动第二个"):
        yield


@contextmanager
def _signals_noted() -> Iterator[None]:
    """Signals are noted, not raised: one that comes while something starts is not lost in its middle."""
    _stopping.clear()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, _note_signal) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _note_signal(number: int, frame: FrameType | None) -> None:
    _stopping.set()


@contextmanager
def _faults_logged(what: str) -> Iterator[None]:
    """What the user can mend must not end the scheduler."""
    try:
        yield
    except (XunjianError, OSError) as error:
        log.error("%s: %s", what, error)


def _tell(place: Place, *, failed: bool) -> None:
    with _faults_logged("no heartbeat"):
        url = heartbeat_address(load_settings(place.data).heartbeat, os.environ)
        beat(url, failed=failed, allow_private=place.allow_private)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _now() -> datetime:
    return datetime.now(ZoneInfo(ZONE))

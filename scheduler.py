"""When to start what: APScheduler in Beijing time. Every job is a child process; the journal says what became of it.

The plan stands in `schedule.yaml` of the data folder and is read again when it changes. What it means is said in
`inspection/operations/plan.py`. Here and in `timetable.py`, `scheduler_watch.py` and `scheduled_work.py` are only the clock
and the processes.
"""

import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from domain.errors import UsageError
from inspection.locks import held
from inspection.log_files import keep_logs
from inspection.operations.jobs import JOBS
from inspection.operations.journal import Journal, journal_of
from inspection.operations.plan import Planned, load_plan
from scheduled_work import Place, clock_now, faults_logged, perform, stopping
from scheduler_watch import Watch, changed
from timetable import build, next_times

TICK = 0.2  # seconds between two looks at a child and at the signals


def run(place: Place, *, once: str = "", interrupted: Callable[[], bool] = lambda: False) -> int:
    """Run the plan until stopped, or one job at once (`once`). Returns the exit code."""
    plan = load_plan(place.plan)
    if once and once not in JOBS:
        raise UsageError(f"没有定时任务 {once}；可选：{'、'.join(JOBS)}")
    with existing(place.data) if once else only_one(place.data), _signals_noted():
        if interrupted():  # while everything was loading, and some import swallowed it
            raise KeyboardInterrupt
        keep_logs(place.data)
        journal = journal_of(place.data, place.url)
        if once:
            with faults_logged("the journal"):
                journal.close_lost(clock_now())
            return perform(place, journal, once, by_hand=True)
        serve(place, journal, plan)
        raise KeyboardInterrupt


def serve(place: Place, journal: Journal, plan: Mapping[str, Planned]) -> None:
    """Start jobs by the plan until a signal comes."""
    scheduler = build(plan, place, journal)
    scheduler.start()
    watch = Watch(place, journal, scheduler, changed(place.plan))
    watch.make_up()
    sys.stdout.writelines(f"{name}  下次：{at:%Y-%m-%d %H:%M}\n" for name, at in next_times(plan, place.data))
    sys.stdout.flush()
    while not stopping.wait(TICK):
        watch.look()
    scheduler.shutdown(wait=True)  # each job ends its own child


@contextmanager
def existing(data: Path) -> Iterator[None]:
    """For one job beside a scheduler, whose lease keeps it from being done twice; UsageError without a data folder."""
    if not data.is_dir():
        raise UsageError(f"数据文件夹 {data} 不存在；请先运行 xunjian init --data {data}")
    yield


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder's lock; UsageError when another scheduler holds it."""
    with existing(data), held(data, "scheduler", f"已有一个定时程序在使用 {data}；不能再启动第二个"):
        yield


@contextmanager
def _signals_noted() -> Iterator[None]:
    """Signals are noted, not raised: one that comes while something starts is not lost in its middle."""
    stopping.clear()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, _note_signal) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _note_signal(number: int, frame: FrameType | None) -> None:
    stopping.set()

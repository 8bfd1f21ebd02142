"""When to start what: APScheduler in Beijing time. Every job is a child process; the run table tells what happened.

The plan stands in `schedule:` of the settings file `schedule.yaml` in the data folder, for example
`nightly: "30 22 * * *"` (cron: minute hour day month weekday).
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

import yaml
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler

from crontime import cron_trigger
from domain.errors import ConfigError, UsageError
from inspection.locks import held

ZONE = "Asia/Shanghai"
DEFAULT_PLAN = {"nightly": "30 22 * * *", "probe": "13 * * * *"}  # 24 visits a day; 20 are required
JOBS = {"nightly": ("nightly", "--scheduled"), "probe": ("probe",)}
GRACE_SECONDS = 6 * 3600
TICK = 0.2  # seconds between two looks at a child and at the signals
PATIENCE = 60.0  # seconds for a child to write what it has, before it is ended at once
_stopping = threading.Event()  # set by a signal, at any moment; nothing is ever interrupted in the middle


@dataclass(frozen=True, slots=True)
class Place:
    """What every job is told: where its data, database and rules are, and whether private addresses are allowed."""

    data: Path
    db: str = ""
    rules: Path | None = None
    allow_private: bool = False

    @property
    def options(self) -> list[str]:
        """The same as options of a command."""
        found = ["--data", str(self.data)]
        found += ["--rules", str(self.rules)] if self.rules else []
        return found + (["--allow-private"] if self.allow_private else [])

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a job: the database stands here, because `ps` shows every option with its password."""
        return {**os.environ, **({"XUNJIAN_DB": self.db} if self.db else {})}


def run(
    place: Place, *, once: str = "", list_jobs: bool = False, interrupted: Callable[[], bool] = lambda: False
) -> int:
    """Run the plan until stopped, one job at once (`once`), or list it. Returns the exit code."""
    plan = load_plan(place.data / "schedule.yaml")
    if list_jobs:
        sys.stdout.writelines(f"{name}  {plan[name]}  下次：{at:%Y-%m-%d %H:%M}\n" for name, at in next_times(plan))
        return 0
    if once and once not in JOBS:
        raise UsageError(f"没有定时任务 {once}；可选：{'、'.join(JOBS)}")
    with only_one(place.data), _signals_noted():
        if interrupted():  # while everything was loading, and some import swallowed it
            raise KeyboardInterrupt
        if once:
            return start(once, place)
        scheduler = build(plan, place)
        scheduler.start()
        sys.stdout.writelines(f"{name}  下次：{at:%Y-%m-%d %H:%M}\n" for name, at in next_times(plan))
        sys.stdout.flush()
        while not _stopping.wait(TICK):
            pass
        scheduler.shutdown(wait=True)  # each job ends its own child
        raise KeyboardInterrupt


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


def _end(child: "subprocess.Popen[bytes]") -> None:
    """A nightly marks and writes what it has before it ends; one that does not listen is killed."""
    for number in (signal.SIGINT, signal.SIGINT, signal.SIGKILL):
        child.send_signal(number)
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            continue
        return


def load_plan(path: Path) -> Mapping[str, str]:
    """Job name -> cron text; ConfigError lists every fault of the file."""
    if not path.exists():
        return DEFAULT_PLAN
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise ConfigError(f"{path} 不是正确的 YAML：{error}") from error
    plan = document.get("schedule") if isinstance(document, dict) else None
    if not isinstance(plan, dict):
        raise ConfigError(f'{path} 应含 schedule: 一节，例如 schedule: {{nightly: "30 22 * * *"}}')
    problems = tuple(filter(None, (_fault(name, cron) for name, cron in plan.items())))
    if problems:
        raise ConfigError(f"{path} 有 {len(problems)} 处错误", problems)
    return {str(name): str(cron) for name, cron in plan.items()}


def _fault(name: object, cron: object) -> str:
    if name not in JOBS:
        return f"schedule.{name}：没有这项任务；可选：{'、'.join(JOBS)}"
    try:
        cron_trigger(str(cron), ZONE)
    except ValueError as error:
        return f"schedule.{name}：“{cron}”不是 cron 时间（分 时 日 月 周）：{error}"
    return ""


def build(plan: Mapping[str, str], place: Place) -> BaseScheduler:
    """A scheduler with one worker: jobs never overlap, missed ones are made up once."""
    scheduler = BackgroundScheduler(
        timezone=ZONE,
        executors={"default": ThreadPoolExecutor(1), "probe": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS},
    )
    for name, cron in plan.items():
        trigger = cron_trigger(cron, ZONE)
        lane = "probe" if name == "probe" else "default"  # visits go on while a nightly runs
        scheduler.add_job(start, trigger, args=(name, place), id=name, executor=lane)
    return scheduler


def start(name: str, place: Place) -> int:
    """Run one job as a child process to its end; returns its exit code."""
    command = [sys.executable, "-m", "cli", *JOBS[name], *place.options]
    if _stopping.is_set():
        return 3
    with subprocess.Popen(command, start_new_session=True, env=place.environment) as child:  # noqa: S603  Ctrl-C reaches it once: through us
        while True:
            try:
                return child.wait(TICK)
            except subprocess.TimeoutExpired:
                if _stopping.is_set():
                    _end(child)


def next_times(plan: Mapping[str, str]) -> Iterator[tuple[str, datetime]]:
    """(job, next start) in Beijing time."""
    for name, cron in plan.items():
        trigger = cron_trigger(cron, ZONE)
        yield name, trigger.get_next_fire_time(None, datetime.now(ZoneInfo(ZONE)))


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder's lock; UsageError when another scheduler holds it."""
    if not data.is_dir():
        raise UsageError(f"数据文件夹 {data} 不存在；请先运行 xunjian init --data {data}")
    with held(data, "scheduler", f"已有一个定时程序在使用 {data}；不能再启动第二个"):
        yield

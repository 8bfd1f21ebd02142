"""`schedule.yaml`: which jobs run when, on which days and for how long at most; the plan that ships where there is none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from crontime import cron_trigger
from domain.errors import ConfigError
from domain.times import beijing_date
from inspection.letters.working_days import WorkingDays
from inspection.operations.jobs import JOBS
from inspection.operations.settings import length

FILE = "schedule.yaml"
HOOKS = "webhooks.on"  # stands in the data folder while an address is to be told something
ZONE = "Asia/Shanghai"
GRACE = timedelta(hours=6)  # so much later a missed start is made up, once
KEYS = ("at", "limit", "days")
MANY_TIMES = 2000
DAYS = {"all": False, "work": True, "每天": False, "工作日": True}


@dataclass(frozen=True, slots=True)
class Planned:
    """When one job starts."""

    cron: str
    limit: timedelta
    only_worked: bool = False  # on working days only

    def next_after(self, moment: datetime, days: WorkingDays) -> datetime | None:
        """The first start after a moment."""
        return next(self._starts(moment + timedelta(seconds=1), days), None)

    def last_before(self, moment: datetime, days: WorkingDays) -> datetime | None:
        """The last start not after a moment, within the time in which it would be made up."""
        last = None
        for start in self._starts(moment - GRACE, days):
            if start > moment:
                break
            last = start
        return last

    def _starts(self, since: datetime, days: WorkingDays) -> Iterator[datetime]:
        trigger, moment = cron_trigger(self.cron, ZONE), since.astimezone(ZoneInfo(ZONE))
        for _ in range(MANY_TIMES):
            start = trigger.get_next_fire_time(None, moment)
            if start is None:
                return
            if not self.only_worked or days.is_worked(beijing_date(start)):
                yield start
                moment = start + timedelta(seconds=1)
            else:
                moment = start.replace(hour=0, minute=0, second=0) + timedelta(days=1)


ASKED_FOR = ("metrics", "webhooks")  # the figures by the file, webhooks by whoever adds one


def shipped_plan() -> Mapping[str, Planned]:
    """Every job but those that somebody has to ask for."""
    return {name: Planned(job.cron, job.limit) for name, job in JOBS.items() if name not in ASKED_FOR}


def load_plan(path: Path) -> Mapping[str, Planned]:
    """Job -> when; ConfigError lists every fault of the file.

    A job the file does not name does not run, but webhooks do as soon as there is one.
    """
    plan = _written(path) if path.exists() else shipped_plan()
    if "webhooks" in plan or not (path.parent / HOOKS).exists():
        return plan
    return {**plan, "webhooks": Planned(JOBS["webhooks"].cron, JOBS["webhooks"].limit)}


def _written(path: Path) -> Mapping[str, Planned]:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} 不是正确的 YAML：{' '.join(str(error).split())}") from error
    return plan_of(document, path)


def plan_of(document: object, path: Path) -> Mapping[str, Planned]:
    """What is written, as a plan; ConfigError lists every fault."""
    plan = document.get("schedule") if isinstance(document, dict) else None
    if not isinstance(plan, dict):
        raise ConfigError(f'{path} 应含 schedule: 一节，例如 schedule: {{nightly: "30 22 * * *"}}')
    problems: list[str] = []
    read = {str(name): _planned(name, value, problems) for name, value in plan.items()}
    if problems:
        raise ConfigError(f"{path} 有 {len(problems)} 处错误", tuple(problems))
    return {name: planned for name, planned in read.items() if planned}


def _planned(name: object, value: object, problems: list[str]) -> Planned | None:
    place = f"schedule.{name}"
    if name not in JOBS:
        problems.append(f"{place}：没有这项任务；可选：{'、'.join(JOBS)}")
        return None
    told = dict(value) if isinstance(value, dict) else {"at": value}
    if told.keys() - set(KEYS) or "at" not in told:
        problems.append(f"{place}：应写 cron 时间，或 {'、'.join(KEYS)} 各项，at 不能少")
        return None
    try:
        cron_trigger(str(told["at"]), ZONE)
    except ValueError as error:
        problems.append(f"{place}：“{told['at']}”不是 cron 时间（分 时 日 月 周）：{error}")
        return None
    days = told.get("days", "all")
    if days not in DAYS:
        problems.append(f"{place}.days：“{days}”应为 all（每天）或 work（工作日）")
        return None
    try:
        limit = length(str(told["limit"])) if "limit" in told else JOBS[str(name)].limit
    except ValueError as error:
        problems.append(f"{place}.limit：{error}")
        return None
    return Planned(str(told["at"]), limit, DAYS[days])

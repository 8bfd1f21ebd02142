"""The plan of the clock changed in the browser: which job, when, on which days; checked as at load."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from domain.errors import Conflict
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.trail import Act
from inspection.acting import demand, note
from inspection.desk.kept_yaml import file_version, write_yaml
from inspection.operations.jobs import JOBS
from inspection.operations.plan import FILE, Planned, load_plan, plan_of, shipped_plan

BY_ITSELF = "webhooks"  # runs while there is one
CHANGED = tuple(name for name in JOBS if name != BY_ITSELF)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One job as a form shows it."""

    name: str
    title: str
    cron: str
    default: str
    is_planned: bool
    only_worked: bool


def plan_rows(data: Path) -> list[PlanRow]:
    """All jobs, also those that do not run."""
    plan = load_plan(data / FILE)
    rows = []
    for name in CHANGED:
        job = JOBS[name]
        planned = plan.get(name) or Planned(job.cron, job.limit)
        rows.append(PlanRow(name, job.title, planned.cron, job.cron, name in plan, planned.only_worked))
    return rows


def plan_version(data: Path) -> str:
    """Of the file as it is."""
    return file_version(data / FILE)


def keep_plan(
    store: Store, data: Path, given: Mapping[str, tuple[bool, str, bool]], version: str, actor: Actor, now: datetime
) -> list[str]:
    """Write what differs; `given`: job -> (whether it runs, when, on working days only). Nothing is written when faulty."""
    demand(store, actor, Action.OPERATE)
    if plan_version(data) != version:
        raise Conflict("计划刚才已被他人修改；您的修改没有生效，请看过之后再决定")
    before = load_plan(data / FILE)
    document = {"schedule": {name: _written(name, given, before) for name in JOBS if _runs(name, given, before)}}
    after = plan_of(document, data / FILE)
    told = [
        f"{JOBS[name].title}：{_words(before.get(name))} → {_words(after.get(name))}"
        for name in CHANGED
        if before.get(name) != after.get(name)
    ]
    if told:
        note(store, actor, Act.OPERATE, FILE, now, now="；".join(told))
        write_yaml(data, FILE, document, now)
    return told


def _runs(name: str, given: Mapping[str, tuple[bool, str, bool]], before: Mapping[str, Planned]) -> bool:
    if name == BY_ITSELF:
        return name in before and before[name] != Planned(JOBS[name].cron, JOBS[name].limit)
    return given[name][0] if name in given else name in before


def _written(name: str, given: Mapping[str, tuple[bool, str, bool]], before: Mapping[str, Planned]) -> dict[str, str]:
    planned = before.get(name) or shipped_plan().get(name) or Planned(JOBS[name].cron, JOBS[name].limit)
    _, cron, only_worked = given.get(name, (True, planned.cron, planned.only_worked))
    found = {"at": cron, "days": "work" if only_worked else "all"}
    if planned.limit != JOBS[name].limit:
        found["limit"] = _length(planned.limit)
    return found


def _length(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0)
    return f"{seconds // size}{unit}"


_UNITS = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))


def _words(planned: Planned | None) -> str:
    return f"{planned.cron}{'（工作日）' if planned.only_worked else ''}" if planned else "不执行"

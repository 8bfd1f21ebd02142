"""What the office set up: rules, registry, calendar, settings, plan, backups; and whether nights really come."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from domain.errors import ConfigError, XunjianError
from domain.operations import JobState
from domain.ports import Store
from domain.rules import RuleBook
from domain.times import BEIJING, beijing_date
from inspection.letters.working_days import load_working_days
from inspection.operations.addresses import load_addresses
from inspection.operations.ages import judgement_ages, oldest
from inspection.operations.health.symptoms import Patient, Symptom, bad, good, notice
from inspection.operations.jobs import JOBS
from inspection.operations.journal import is_free
from inspection.operations.plan import FILE, load_plan
from inspection.operations.settings import load_settings

TOO_OLD = timedelta(hours=36)
BACKUP_OLD = timedelta(days=2)
NEXT_YEAR_FROM = (12, 1)


def rules_of(load: Callable[[], RuleBook]) -> tuple[RuleBook | None, Symptom]:
    """The rule book, if it can be read."""
    try:
        book = load()
    except XunjianError as error:
        first = error.problems[0] if isinstance(error, ConfigError) and error.problems else str(error)
        return None, bad("规则", first, "改正 rules.yaml；运行 xunjian rules verify 查看全部错误")
    return book, good("规则", f"{len(book.checks)} 项检查，{len(book.indicators)} 项指标")


def registry(patient: Patient, store: Store) -> Iterator[Symptom]:
    """Whether there is something to inspect today."""
    found = store.load_registry().on(beijing_date(patient.now))
    if not found.sites and not found.accounts:
        yield notice("登记表", "还没有登记网站和账号", "运行 xunjian registry import 登记表.xlsx --apply")
        return
    homeless = sum(not site.unit_id for site in found.sites) + sum(not account.unit_id for account in found.accounts)
    text = f"{len(found.units)} 个单位，{len(found.sites)} 个网站，{len(found.accounts)} 个账号"
    if homeless:
        yield notice("登记表", f"{text}，其中 {homeless} 个没有主办单位", "在登记表中补上主办单位，否则不计入任何单位")
    else:
        yield good("登记表", text)


def calendar(patient: Patient) -> Iterator[Symptom]:
    """Whether working days are known, from December on also those of next year."""
    try:
        days = load_working_days(patient.data)
    except ConfigError as error:
        yield bad("工作日历", str(error), "改正 calendar.yaml")
        return
    today = beijing_date(patient.now)
    years = [today.year] + ([today.year + 1] if (today.month, today.day) >= NEXT_YEAR_FROM else [])
    unknown = [year for year in years if not days.is_known(date(year, 1, 1)) or not days.is_known(date(year, 12, 31))]
    if unknown:
        year = unknown[-1]
        yield notice(
            "工作日历",
            f"{year} 年的节假日安排尚未收录，期限将按周一至周五推算",
            f"升级程序，或按国务院办公厅的通知在 {patient.data / 'calendar.yaml'} 中写明",
        )
    else:
        yield good("工作日历", f"{'、'.join(map(str, years))} 年的节假日安排已收录")


def settings(patient: Patient, store: Store | None) -> Iterator[Symptom]:
    """Whether settings, plan and addresses can be read, and no job was forgotten."""
    try:
        found, plan = load_settings(patient.data), load_plan(patient.data / FILE)
        if store:
            load_addresses(patient.data, found.messages.addresses, store.load_registry())
    except ConfigError as error:
        yield bad(
            "设置",
            f"{error}{'：' + error.problems[0] if error.problems else ''}",
            "改正这个文件；定时程序仍按改动前的内容执行",
        )
        return
    left = [JOBS[name].title for name in ("nightly", "probe", "prune", "backup") if name not in plan]
    if left:
        yield notice("计划", f"{FILE} 中没有：{'、'.join(left)}", f"在 {FILE} 的 schedule 一节补上，或确认另有安排")
    else:
        yield good("计划", f"{len(plan)} 项定时任务")
    if not found.backup.folder:
        yield notice("备份", "没有设置定时备份", "在 settings.yaml 写 backup: {folder: 另一块磁盘上的文件夹}")
    elif store:
        yield from _backups(patient, store, Path(found.backup.folder))


def _backups(patient: Patient, store: Store, folder: Path) -> Iterator[Symptom]:
    done = [
        item.ended
        for item in store.job_runs(patient.now - timedelta(days=40))
        if item.job == "backup" and item.state is JobState.DONE and item.ended
    ]
    if done and patient.now - max(done) < BACKUP_OLD:
        yield good("备份", f"最近一次 {max(done).astimezone(BEIJING):%Y-%m-%d %H:%M}，在 {folder}")
    else:
        last = f"最近一次 {max(done).astimezone(BEIJING):%Y-%m-%d %H:%M}" if done else "还没有成功过"
        yield notice("备份", f"定时备份{last}", "运行 xunjian schedule --once backup 查看原因")


def nights(patient: Patient, store: Store) -> Iterator[Symptom]:
    """Whether the scheduler lives, and every target was judged lately."""
    if is_free(patient.data, "scheduler"):
        yield notice("定时程序", "没有在本机运行", "启动服务（systemctl start xunjian），或运行 xunjian schedule")
    else:
        yield good("定时程序", "正在运行")
    ages = judgement_ages(store, store.load_registry().on(beijing_date(patient.now)))
    last = oldest(ages, patient.now)
    if last is None:
        return
    late = sum(age.at(patient.now) > TOO_OLD for age in ages)
    if not late:
        yield good("判定时间", f"{len(ages)} 个网站和账号都在 36 小时内判定过")
        return
    if last.since is None:
        text = f"{late} 个网站和账号超过 36 小时没有判定，其中“{last.name}”还没有判定过"
    else:
        text = f"{late} 个网站和账号超过 36 小时没有判定，最早的是“{last.name}”（{last.since.astimezone(BEIJING):%Y-%m-%d %H:%M}）"
    yield bad("判定时间", text, "运行 xunjian status 查看上一夜的结果，必要时运行 xunjian nightly")

"""Forgetting what its time is over for, and nothing a verdict, a finding, a letter or a period rests on."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path

from domain.bodies import Tidied
from domain.errors import unwritable
from domain.periods import PeriodState
from domain.persons import Actor
from domain.ports import Store
from domain.replays import HELD
from domain.rights import Action
from domain.runs import RunKind, RunState
from domain.times import BEIJING, beijing_date
from domain.trail import Act
from domain.webhooks import KEPT
from inspection.acting import demand, note
from inspection.forgotten import note_forgotten
from inspection.locks import held
from inspection.log_files import FOLDER
from inspection.operations.crews import demand_idle
from inspection.operations.needed import mask_private_texts, pinned, private_bodies, signed
from inspection.operations.settings import Retention

GRACE = timedelta(days=3)  # a body that was just written may have its row only later
BUSY_JOBS = ("backup", "nightly", "audit", "recheck", "evidence")
PATIENCE = 900.0  # seconds the job waits for a backup
TABLES: Mapping[str, str] = {
    "visit": "页面访问记录",
    "reading": "页面解析结果",
    "attempt": "链接核对记录",
    "probe": "访问监测记录",
    "finding_run": "问题的历次状态",
    "unjudged": "未能判定记录",
    "doubt": "疑点记录",
    "frontier": "采集计划记录",
    "collection": "账号采集记录",
    "job_run": "定时任务记录",
    "lease": "任务占用记录",
    "scorecard": "逐次评分表（每月最后一次和考核期所用的保留）",
    "site_run": "逐次采集情况",
    "cache": "已替换页面的检查结果",
    "replay": "一天以前的接口请求",
    "delivery": "一个月以前的事件推送",
}


@dataclass(frozen=True, slots=True)
class Pruned:
    """What goes, or would go."""

    rows: Mapping[str, int]
    bodies: int
    body_bytes: int
    private: int  # of the bodies: those that held private data
    tidied: Tidied
    texts: int  # masked where private data stood; a dry run does not count them
    logs: int
    log_bytes: int
    before: datetime  # runs from here on are looked at as ever

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to forget."""
        tidied = self.tidied.packed or self.tidied.rewritten
        return not (any(self.rows.values()) or self.bodies or tidied or self.texts or self.logs)


def prune(
    store: Store, data: Path, kept: Retention, actor: Actor, at: datetime, *, dry_run: bool, by_clock: bool = False
) -> Pruned:
    """Forget, or say what would be forgotten. UsageError while a job that reads and writes captures is at work."""
    if dry_run:
        return _pruned(store, data, kept, at, dry_run=True)
    if not by_clock:
        demand(store, actor, Action.OPERATE)
    with ExitStack() as locks:
        for kind in BUSY_JOBS:
            waits = PATIENCE if by_clock and kind == "backup" else 0.0
            locks.enter_context(held(data, kind, f"{data} 中有任务（{kind}）正在进行，不能清理；请等它结束", waits))
        demand_idle(store, at)
        done = _pruned(store, data, kept, at, dry_run=False)
    if not done.nothing:
        told = f"记录 {sum(done.rows.values())} 行，快照 {done.bodies} 个，日志 {done.logs} 个"
        note(store, actor, Act.OPERATE, "清理", at, now=told)
    return done


def _pruned(store: Store, data: Path, kept: Retention, at: datetime, *, dry_run: bool) -> Pruned:
    border = _border(store, at, kept.visits)
    if not dry_run:
        note_forgotten(store, border)
    rows = dict(store.old_rows(border) if dry_run else store.drop_old_rows(border))
    rows["delivery"] = store.drop_deliveries(at - KEPT, dry_run=dry_run)
    rows["replay"] = store.drop_replays(at - HELD, dry_run=dry_run)
    erased = private_bodies(store, at - timedelta(days=kept.private)) - signed(store)
    gone = dict(_old_bodies(store, kept, at, erased))
    texts = mask_private_texts(store, at - timedelta(days=kept.private), counting_from=border if dry_run else None)
    logs = list(_old_logs(data, beijing_date(at) - timedelta(days=kept.logs)))
    sizes = sum(path.stat().st_size for path in logs)
    if not dry_run:
        store.drop_bodies(gone.keys(), erased)
        try:
            for path in logs:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(data / FOLDER, error) from error
    tidied = store.tidy_bodies(gone.keys(), dry_run=dry_run)
    held_private = len(erased & gone.keys())
    return Pruned(rows, len(gone), sum(gone.values()), held_private, tidied, texts, len(logs), sizes, border)


def _border(store: Store, at: datetime, days: int) -> datetime:
    """Never after the last night, nor after the beginning of a period that is still open."""
    nights = [run.as_of for run in store.runs() if run.kind is RunKind.NIGHTLY and run.state is RunState.COMPLETE]
    opened = [period.start for period in store.periods() if period.state is PeriodState.OPEN]
    starts = [datetime.combine(day, time(), BEIJING) for day in opened]
    return min([at - timedelta(days=days), *nights[-1:], *starts])


def _old_bodies(store: Store, kept: Retention, at: datetime, erased: frozenset[str]) -> Iterator[tuple[str, int]]:
    """(hash, bytes) of what nothing needs any more; of one that was lost, the note that it is to come back."""
    used = store.used_bodies(_border(store, at, kept.bodies)) | pinned(store, at - timedelta(days=kept.evidence))
    lost = ((digest, 0, at - 2 * GRACE) for digest in store.lost_bodies())
    for digest, size, written in chain(store.stored_bodies(), lost):
        if digest in erased or (digest not in used and written < at - GRACE):
            yield digest, size


def _old_logs(data: Path, before: date) -> Iterator[Path]:
    return (path for path in sorted((data / FOLDER).glob("????-??-??.log")) if path.stem < before.isoformat())


def pruned_lines(done: Pruned, *, dry_run: bool) -> Iterator[str]:
    """What goes, for people."""
    if done.nothing:
        yield "没有到期的内容，不需要清理。"
        return
    yield f"{'将清理' if dry_run else '已清理'}（{done.before.astimezone(BEIJING):%Y-%m-%d} 以前的批次；判定、问题、通知单和考核期所依据的内容不动）："
    for table, label in TABLES.items():
        if done.rows.get(table):
            yield f"  {label}  {done.rows[table]} 行"
    if done.bodies:
        held_private = f"，其中 {done.private} 个含个人信息" if done.private else ""
        yield f"  页面快照和截图  {done.bodies} 个，{done.body_bytes / 2**20:.1f} MB{held_private}"
    if done.tidied.packed:
        yield f"  单独存放的页面快照  并入快照包 {done.tidied.packed} 个"
    if done.tidied.rewritten:
        yield f"  快照包  整理 {done.tidied.rewritten} 个，腾出 {done.tidied.freed / 2**20:.1f} MB"
    if done.texts:
        yield f"  已整改的个人信息  遮盖文字 {done.texts} 处"
    if done.logs:
        yield f"  日志  {done.logs} 个文件，{done.log_bytes / 2**20:.1f} MB"

"""The store: version, soundness, lost bodies, leases, runs left behind, the trail, messages."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from domain.errors import BodyLost, StoreError
from domain.leases import LeaseState
from domain.operations import MessageState
from domain.ports import Store
from domain.runs import RunState
from domain.trail import verified
from domain.webhooks import LATELY, MOST_TRIES, DeliveryState
from inspection.operations.health.symptoms import Patient, Symptom, bad, good, notice
from inspection.operations.jobs import JOBS
from inspection.operations.journal import LEASE, PATIENCE, is_free
from inspection.operations.needed import captures, private_bodies, signed
from storage import current, head, open_store, shown, upgrade

SAMPLE = 200  # bodies that are read


def database(patient: Patient) -> tuple[Store | None, list[Symptom]]:
    """The open store, if there is one, and how it is."""
    try:
        version = current(patient.url)
        if version is None:
            return None, [bad("数据库", f"{patient.data} 尚未初始化", f"运行 xunjian init --data {patient.data}")]
        if version < head():
            fix, mend = "运行 xunjian db upgrade，或 xunjian doctor --repair", partial(_upgrade, patient.url)
            return None, [bad("数据库", f"版本 {version} 比程序需要的 {head()} 旧", fix, mend)]
        store = open_store(patient.url, patient.data)
    except StoreError as error:
        return None, [bad("数据库", str(error), "按提示处理；不能修复时用 xunjian restore 恢复备份")]
    broken = _broken(patient.url)
    if broken:
        return store, [bad("数据库", f"检查发现损坏：{broken}", "停止巡检，用 xunjian restore 恢复最近的备份")]
    return store, [good("数据库", f"{shown(patient.url)}，版本 {version}")]


def _upgrade(url: str) -> str:
    upgrade(url)
    return f"数据库已升级到 {head()}"


def _broken(url: str) -> str:
    """What SQLite's own check says, when it is not that all is well."""
    if not url.startswith("sqlite:///"):
        return ""
    path = Path(url.removeprefix("sqlite:///"))
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
            (told,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "" if told == "ok" else str(told)


def bodies(patient: Patient, store: Store) -> Iterator[Symptom]:
    """Bodies that are missing or damaged: those known, and those a look at some of them finds."""
    stored = [digest for digest, _, _ in store.stored_bodies()]
    looked = stored if patient.every_body else stored[:: max(1, len(stored) // SAMPLE)]
    papers = signed(store)
    named = papers | {digest for record in store.standing_findings() for digest in captures(record)}
    if patient.every_body:
        named |= store.used_bodies(patient.now) - private_bodies(store, patient.now)
    for digest in {*looked, *(named - {*stored})}:
        try:
            store.body(digest)
        except BodyLost:
            continue  # it is on the list now
    lost = store.lost_bodies()
    if lost & papers:
        yield bad(
            "通报和反馈原件", f"{len(lost & papers)} 个缺失或损坏", "从备份恢复：xunjian restore 到新文件夹，再取回原件"
        )
    if lost - papers:
        yield notice(
            "页面快照",
            f"{len(lost)} 个缺失或损坏",
            "页面现有的内容下次巡检重新采集，较早的只能从备份取回；反复出现时检查磁盘",
        )
    else:
        yield good("页面快照", f"{len(stored)} 个，核对了 {len(looked)} 个")


def leases(patient: Patient, store: Store) -> Iterator[Symptom]:
    """Work that nobody does any more."""
    old = [
        (name, lease)
        for name in JOBS
        for lease in store.leases(LEASE, name)
        if lease.state is LeaseState.HELD and patient.now.timestamp() - lease.heartbeat > PATIENCE
    ]
    if old:
        names = "、".join(JOBS[name].title for name, _ in old)
        yield notice(
            "任务占用",
            f"{names}的占用没有释放，执行者已无响应",
            "不必处理：到时自动接手；也可运行 xunjian doctor --repair",
            partial(_free, store, [name for name, _ in old]),
        )
    left = [run.id for run in store.runs() if run.state is RunState.RUNNING]
    if left and is_free(patient.data, "nightly") and is_free(patient.data, "audit"):
        yield notice(
            "中断的批次", "、".join(left[-3:]), f"运行 xunjian nightly --resume {left[-1]} 续跑；定时程序也会自动续跑"
        )
    if not old and not left:
        yield good("任务占用", "没有遗留")


def _free(store: Store, names: list[str]) -> str:
    for name in names:
        store.free_leases(LEASE, name)
    return f"已释放 {len(names)} 项占用"


def trail(store: Store) -> Iterator[Symptom]:
    """Whether the chain of deeds holds."""
    found = verified(store.trail())
    if found.broken:
        yield bad("留痕", found.broken, "运行 xunjian trail verify 查看，并从备份中核对")
    else:
        yield good("留痕", f"{found.count} 条，前后相接")


def messages(store: Store) -> Iterator[Symptom]:
    """Messages that did not go."""
    states = [item.state for item in store.messages()]
    failed, unsure = states.count(MessageState.FAILED), states.count(MessageState.SENDING)
    if failed or unsure:
        yield notice(
            "消息",
            f"{failed} 条发送失败，{unsure} 条是否送达不明",
            "运行 xunjian messages list 查看，xunjian messages test 核对收件地址",
        )


def webhooks(patient: Patient, store: Store) -> Iterator[Symptom]:
    """Events that could not be told; nothing is said where there is nobody to tell."""
    hooks = [hook for hook in store.webhooks() if hook.removed is None]
    if not hooks:
        return
    told = [item for item in store.deliveries(patient.now - LATELY) if any(item.hook_id == hook.id for hook in hooks)]
    ended = [item for item in told if item.state is DeliveryState.ENDED]
    if ended:
        yield notice(
            "事件推送",
            f"近 7 天有 {len(ended)} 条试了 {MOST_TRIES} 次未能送达，不再尝试：{ended[-1].note}",
            "运行 xunjian webhook list 查看，xunjian webhook test 编号 核对对方是否在接收",
        )
    else:
        waiting = sum(item.state is DeliveryState.WAITING for item in told)
        yield good("事件推送", f"{len(hooks)} 个地址，{waiting} 条待推送")

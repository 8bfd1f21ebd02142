"""Who is at what of a run that several processes or machines do."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.errors import UsageError
from domain.leases import Lease, LeaseState
from domain.ports import Store
from domain.runs import Run, RunState
from inspection.judging.turns import JUDGE
from inspection.runs.crew import CRAWL

SILENT = 600.0  # seconds after which a holder is not believed to be at work
TITLES = {CRAWL: "采集", JUDGE: "判定"}


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work of a run: how many pieces are in each state, and what each holder is at."""

    kind: str
    counts: Mapping[LeaseState, int]
    held: tuple[Lease, ...]
    failed: tuple[Lease, ...]


def work_of(store: Store, run: Run) -> list[Work]:
    """The kinds of work of a run that were handed out by leases."""
    found = []
    for kind in TITLES:
        leases = store.leases(kind, run.id)
        if leases:
            held = tuple(item for item in leases if item.state is LeaseState.HELD)
            failed = tuple(item for item in leases if item.state is LeaseState.FAILED)
            found.append(Work(kind, Counter(item.state for item in leases), held, failed))
    return found


def demand_idle(store: Store, at: datetime) -> None:
    """UsageError while another machine is at work at a run: the locks of a data folder say nothing of it."""
    for run in store.runs():
        if run.state is not RunState.RUNNING:
            continue
        for work in work_of(store, run):
            if busy := [item for item in work.held if at.timestamp() - item.heartbeat < SILENT]:
                raise UsageError(f"批次 {run.id} 正由 {busy[0].owner} {TITLES[work.kind]}，不能清理；请等它结束")


def work_lines(store: Store, run: Run) -> Iterator[str]:
    """The same in words: a line a kind, and one for whatever was given up."""
    for work in work_of(store, run):
        counts = [
            f"{label} {work.counts.get(state, 0)}"
            for state, label in (
                (LeaseState.WAITING, "等待"),
                (LeaseState.HELD, "进行中"),
                (LeaseState.DONE, "完成"),
                (LeaseState.FAILED, "失败"),
            )
            if work.counts.get(state, 0)
        ]
        holders = sorted({item.owner.rpartition(":")[0] for item in work.held})
        by = f"（{'、'.join(holders)}）" if holders else ""
        yield f"  {TITLES[work.kind]}任务：{'，'.join(counts)}{by}"
        yield from (f"  {item.target_id} 失败 {item.attempt} 次：{item.result}" for item in work.failed)

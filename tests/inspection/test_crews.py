"""What `status` and the figures say of a run that several processes do."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from domain.errors import UsageError
from domain.leases import LeaseState
from domain.runs import Run, RunKind
from inspection.operations.crews import demand_idle, work_lines
from inspection.operations.metrics import Figures, registry_of
from storage.memory import MemoryStore

NIGHT = datetime(2023, 4, 26, 1, tzinfo=UTC)


def at_work() -> tuple[MemoryStore, Run]:
    store, run = MemoryStore(), Run("r", RunKind.NIGHTLY, NIGHT, NIGHT)
    store.save_run(run)
    store.plan_leases("crawl", "r", ["batch-0", "batch-1", "batch-2", "batch-3"])
    for state, result in ((LeaseState.DONE, ""), (LeaseState.FAILED, "采集进程异常退出（3）：磁盘已满")):
        lease = store.take_lease("crawl", "r", "host1:7:abc", 60.0)
        assert lease is not None
        store.end_lease(lease, state, result)
    store.take_lease("crawl", "r", "host2:9:def", 60.0)
    return store, run


def test_status_says_who_is_at_what_and_what_was_given_up() -> None:
    store, run = at_work()
    assert list(work_lines(store, run)) == [
        "  采集任务：等待 1，进行中 1，完成 1，失败 1（host2:9）",
        "  batch-1 失败 1 次：采集进程异常退出（3）：磁盘已满",
    ]


def test_nothing_is_pruned_while_another_machine_works() -> None:
    store, _ = at_work()
    held = store.leases("crawl", "r")[2].heartbeat
    with pytest.raises(UsageError, match="host2:9:def 采集"):
        demand_idle(store, datetime.fromtimestamp(held + 60, UTC))
    demand_idle(store, datetime.fromtimestamp(held + 3600, UTC))  # long gone


def test_figures_count_the_work_of_all_runs_together(tmp_path: Path) -> None:
    store, _ = at_work()
    store.save_run(Run("r2", RunKind.AUDIT, NIGHT, NIGHT))
    store.plan_leases("crawl", "r2", ["batch-0"])
    silent = store.leases("crawl", "r")[2].heartbeat + 50
    now = datetime.fromtimestamp(silent, UTC)
    text = generate_latest(registry_of(Figures(lambda: store, tmp_path, lambda: now))).decode()
    assert 'xunjian_work{kind="crawl",state="waiting"} 2.0' in text
    assert 'xunjian_work{kind="crawl",state="held"} 1.0' in text
    (line,) = [line for line in text.splitlines() if line.startswith("xunjian_work_silent_seconds{")]
    assert 49 < float(line.split()[-1]) < 51

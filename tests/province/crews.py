"""A small city on PostgreSQL, a night of it done by workers, and what came of it without what differs from run to run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil

from checks.rules.rulebook import load_rules
from democity.city import City
from domain.crawl_policy import CrawlPolicy
from domain.leases import LeaseState
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.times import BEIJING
from inspection.files.attachments import read_attachments
from inspection.judging.run import Outcome
from inspection.runs.children import crawl
from inspection.runs.run import Order, run_inspection, start_run
from inspection.texts.installation import with_installation
from storage import open_store
from wakeups import QueueBell, prepare

AS_OF = datetime(2023, 4, 25, 22, 30, tzinfo=BEIJING)
ROOT = Path(__file__).parents[2]
SETTINGS: dict[str, Any] = {
    "second_look_seconds": 0.2, "retry_seconds": 0.2, "render": False, "check_ipv6": False, "lost_after_seconds": 4.0,
    "sites_per_batch": 8,
}  # fmt: skip


@dataclass
class Province:
    """A database, a data folder and a city in it; `port` is where the city answers."""

    db: str
    folder: Path
    city: City
    port: int
    workers: "list[subprocess.Popen[str]]" = field(default_factory=list)

    @contextmanager
    def store(self) -> Iterator[Store]:
        store = open_store(self.db, self.folder)
        try:
            yield store
        finally:
            store.close()

    def order(self, **more: Any) -> Order:
        registry, settings = self.city.registry(), {"resolver": self.city.resolver_map(self.port), **SETTINGS}
        rules = with_installation(load_rules(), self.folder)
        order = Order(RunKind.NIGHTLY, registry.sites, AS_OF, rules, self.db, str(self.folder), settings)
        return replace(order, allow_private=True, accounts=registry.accounts, **more)

    def night(self, resume: str = "", **more: Any) -> Outcome:
        """One night; `crew` tells whether workers do it."""
        with self.store() as store:
            store.save_registry(self.city.registry())
            return run_inspection(self.order(**more), store, resume=resume)

    def crawl_only(self) -> None:
        """A night as far as its crawl."""
        with self.store() as store:
            store.save_registry(self.city.registry())
            run = start_run(self.order(), store)
            assert not crawl(run.id, self.db, str(self.folder)).errors
            policy = CrawlPolicy.from_settings(run.settings)
            read_attachments(store, run, self.city.registry().sites, policy, stopping=lambda: False)
            store.save_run(replace(run, crawled=RunState.COMPLETE.value))

    def last_run(self) -> Run:
        with self.store() as store:
            return store.runs()[-1]

    @contextmanager
    def in_background(self) -> "Iterator[Future[Outcome]]":
        """A night by the workers, meanwhile."""
        with ThreadPoolExecutor(1) as pool:
            yield pool.submit(self.by_crew)

    def by_crew(self, **more: Any) -> Outcome:
        prepare(self.db)
        return self.night(crew=QueueBell(self.db), **more)

    def start_workers(self, number: int) -> None:
        self.workers += [started_worker(self.db, self.folder) for _ in range(number)]

    def kill_worker(self) -> None:
        """One worker and all it started, without a warning."""
        worker = self.workers.pop(0)
        family = [*psutil.Process(worker.pid).children(recursive=True), psutil.Process(worker.pid)]
        for process in family:
            process.kill()
        psutil.wait_procs(family, 10)
        worker.wait(10)

    def stop_workers(self) -> list[int]:
        codes = stopped(self.workers)
        self.workers.clear()
        return codes


def started_worker(db: str, folder: Path) -> "subprocess.Popen[str]":
    """A worker of one job that is ready."""
    command = [sys.executable, "-m", "cli", "worker", "--data", str(folder), "--jobs", "1"]
    worker = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "XUNJIAN_DB": db}, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    with worker.stdout as told:
        assert "就绪" in told.readline()
    return worker


def stopped(workers: "list[subprocess.Popen[str]]") -> list[int]:
    """Workers ended in order: their exit codes."""
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    return [worker.wait(60) for worker in workers]


@contextmanager
def workers_at(db: str, folder: Path, number: int) -> Iterator[None]:
    """So many workers meanwhile."""
    workers = [started_worker(db, folder) for _ in range(number)]
    try:
        yield
    finally:
        stopped(workers)


def held(province: Province, kind: str) -> int:
    """How much work of a kind somebody is at, in the latest run."""
    with province.store() as store:
        runs = store.runs()
        return sum(item.state is LeaseState.HELD for item in store.leases(kind, runs[-1].id)) if runs else 0


def until(holds: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something to happen."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < seconds, "it never happened"
        time.sleep(0.05)


def judgements(store: Store, run_id: str) -> Any:
    """Every finding and scorecard of a run, without ids of runs."""
    records = [
        (item.target_id, item.fingerprint, item.state, item.severity, item.finding, item.rule_version)
        for item in sorted(store.findings(run_id=run_id), key=lambda item: item.fingerprint)
    ]
    cards = [replace(card, run_id="") for card in sorted(store.scorecards(run_id), key=lambda card: card.target_id)]
    asked = sorted((target, item.check, item.ref.url, item.reason) for target, item in store.unjudged(run_id))
    return records, cards, asked


def captures(store: Store, run_id: str, city: City) -> dict[Any, Any]:
    """Every capture of a run without its times: what was answered, what was read, where it leads."""
    found: dict[Any, Any] = {}
    for site in city.registry().sites:
        for page in store.pages(site.id, AS_OF, run_id=run_id):
            found[site.id, page.url] = (page.final_url, page.status, page.body_hash, page.reading)
    for item in store.site_runs(run_id):
        found[item.site_id] = (item.state, item.pages, item.reason, sorted(item.skipped.items()))
    return found


def differences(one: dict[Any, Any], other: dict[Any, Any]) -> list[Any]:
    """The keys under which two do not say the same, with both values as far as they differ."""
    return [(key, one.get(key), other.get(key)) for key in one.keys() | other.keys() if one.get(key) != other.get(key)]

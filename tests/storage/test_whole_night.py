"""Two nights of a small city on PostgreSQL, one of them killed in its middle and resumed, beside the same on SQLite."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest

from checks.rules.rulebook import load_rules
from democity.city import City, build_city
from democity.server import served
from domain.runs import RunKind
from domain.times import BEIJING
from inspection.results.report import build_report
from inspection.runs.run import Order, run_inspection, start_run
from reports.json_gate import run_document
from storage import open_store, upgrade

FIRST = datetime(2023, 4, 25, 22, 30, tzinfo=BEIJING)
ROOT = Path(__file__).parents[2]
SETTINGS = {"second_look_seconds": 0.2, "retry_seconds": 0.2, "render": False, "check_ipv6": False}


@dataclass
class Desk:
    """A database with a registry and a folder for the bodies."""

    db: str
    folder: Path
    city: City

    def order(self, as_of: datetime, port: int) -> Order:
        sites, settings = self.city.registry().sites, {"resolver": self.city.resolver_map(port), **SETTINGS}
        order = Order(RunKind.NIGHTLY, sites, as_of, load_rules(), self.db, str(self.folder), settings)
        return replace(order, allow_private=True)

    def night(self, as_of: datetime, *, kill: bool = False) -> Any:
        """The run document of a night without what differs from run to run."""
        store = open_store(self.db, self.folder)
        store.save_registry(self.city.registry())
        try:
            with served(self.city, day=as_of.date()) as port:
                order = self.order(as_of, port)
                resume = self._kill(order) if kill else ""
                outcome = run_inspection(order, store, resume=resume)
            return comparable(run_document(build_report(outcome, store, order.rulebook)))
        finally:
            store.close()

    def _kill(self, order: Order) -> str:
        store = open_store(self.db, self.folder)
        run = start_run(order, store)
        code = f"from inspection.runs.children import crawl; crawl({run.id!r}, {order.db!r}, {order.data!r})"
        with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.DEVNULL) as parent:
            started = time.monotonic()
            while sum(1 for site in order.sites for _ in store.visited(run.id, site.id)) < 20:
                assert parent.poll() is None, "the run ended before it could be killed"
                assert time.monotonic() - started < 120
                time.sleep(0.02)
            children = psutil.Process(parent.pid).children(recursive=True)
            for process in (*children, parent):
                os.kill(process.pid, signal.SIGKILL)
            psutil.wait_procs(children, 10)
        store.close()
        return run.id


def comparable(document: Any) -> Any:
    text = json.dumps(
        {key: value for key, value in document.items() if key not in {"run", "started_at", "finished_at"}}
    )
    return json.loads(text)


@pytest.fixture
def desks(postgres_copy: str, tmp_path: Path) -> tuple[Desk, Desk]:
    city = build_city("small", sites=3)
    folders = (tmp_path / "postgresql", tmp_path / "sqlite")
    for folder in folders:
        folder.mkdir()
    sqlite = f"sqlite:///{folders[1]}/xunjian.db"
    upgrade(sqlite)
    return Desk(postgres_copy, folders[0], city), Desk(sqlite, folders[1], city)


@pytest.mark.slow
def test_postgresql_comes_to_the_results_of_sqlite_even_after_a_kill(desks: tuple[Desk, Desk]) -> None:
    postgresql, sqlite = desks
    assert postgresql.night(FIRST, kill=True) == sqlite.night(FIRST)
    second = FIRST + timedelta(days=1)
    assert second.date() == date(2023, 4, 26)
    told = postgresql.night(second)
    assert told == sqlite.night(second)
    assert told["state"] == "complete"
    assert any(target["findings"] for target in told["targets"])

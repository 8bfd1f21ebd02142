"""100 sites at one address, four workers: what its server measures."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crews import workers_at
from measuring_server import AT_ONCE, POLITE, RATE, busiest_second, served, three_pages

from domain.runs import Run, RunKind
from domain.targets import Registry, Site
from inspection.runs.crew import CRAWL, crawl_by_crew
from inspection.runs.interrupts import Interrupts
from storage import open_store
from wakeups import QueueBell, prepare

AS_OF = datetime(2023, 4, 26, 1, tzinfo=UTC)
NAMES = [f"s{number:03d}.jiyue.gov.cn" for number in range(100)]


@pytest.mark.slow
def test_all_workers_together_keep_the_budget_of_an_address(database_of: Callable[[str], str], tmp_path: Path) -> None:
    db = database_of("")
    prepare(db)
    with served(three_pages) as server, workers_at(db, tmp_path, 4):
        store = open_store(db, tmp_path)
        sites = tuple(Site(name, name, f"http://{name}/") for name in NAMES)
        store.save_registry(Registry(sites=sites))
        place = server.url.removeprefix("http://").rstrip("/")
        settings = POLITE | {"resolver": dict.fromkeys(NAMES, place)}
        run = Run("r", RunKind.NIGHTLY, AS_OF, AS_OF, targets=tuple(NAMES), allow_private=True, settings=settings)
        store.save_run(run)
        _, ended = crawl_by_crew(store, run, QueueBell(db), lambda _: None, Interrupts())
        runs, owners = store.site_runs("r"), {lease.owner for lease in store.leases(CRAWL, "r")}
        store.close()
    assert ended.errors == ()
    assert {item.state for item in runs} == {"complete"}
    assert len(runs) == len(NAMES)
    assert len(owners) > 1
    assert len(server.asked) == 4 * len(NAMES)
    assert busiest_second(server) <= RATE
    assert server.most <= AT_ONCE

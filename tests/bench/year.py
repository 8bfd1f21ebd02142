"""A year of the small city, night after night with retention on: what lies on the disk by month, and what a night costs.

    python -m tests.bench.year [--nights 365] [--sites 8] [--visits 120] [--bodies 60]

The clock is the city's: bodies are dated back to their night, because `prune` looks at when they were written. The shipped
retention of visits is longer than a year; a shorter one shows what happens after its border.
"""

import argparse
import resource
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from checks.rules.rulebook import load_rules
from democity.city import City, build_city
from democity.server import served
from democity.story import Fault
from domain.persons import BY_CLOCK
from domain.ports import Store
from domain.runs import RunKind
from domain.times import BEIJING
from inspection.operations.pruning import prune
from inspection.operations.settings import Retention
from inspection.runs.run import Order, run_inspection
from storage import open_store, upgrade
from tests.storage.stored_files import date_back, packs

FIRST = datetime(2023, 4, 26, 22, tzinfo=BEIJING)
MONTH = 30  # nights
QUICK = {"second_look_seconds": 0.05, "retry_seconds": 0.05, "render": False}
FAULTS = (Fault("stale", "ycyd", "gzdt:11"), Fault("dead_link", "fgw", "gzdt"), Fault("dead_home", "www"))


@dataclass(frozen=True)
class Night:
    """What one night cost, and what lay on the disk after it."""

    wall: float
    cpu: float
    pages: int
    open_findings: int
    database: int  # bytes
    bodies: int
    body_bytes: int


def main() -> None:
    """Print a line a month."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--nights", type=int, default=365)
    parser.add_argument("--sites", type=int, default=8)
    parser.add_argument("--visits", type=int, default=120)
    parser.add_argument("--bodies", type=int, default=60)
    args = parser.parse_args()
    kept = Retention(bodies=args.bodies, visits=args.visits)
    print(
        "| nights | s a night | CPU s a night | pages a night | open findings | database MB | files of bodies | bodies MB |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="year-") as folder:
        month: list[Night] = []
        for number, night in enumerate(nights(Path(folder), args.nights, args.sites, kept), 1):
            month.append(night)
            if len(month) == MONTH or number == args.nights:
                print(_line(number, month), flush=True)
                month = []


def _line(number: int, month: list[Night]) -> str:
    count, last = len(month), month[-1]
    means = (sum(night.wall for night in month) / count, sum(night.cpu for night in month) / count)
    pages = sum(night.pages for night in month) // count
    sizes = f"{last.database / 2**20:.1f} | {last.bodies} | {last.body_bytes / 2**20:.1f}"
    return f"| {number} | {means[0]:.2f} | {means[1]:.2f} | {pages} | {last.open_findings} | {sizes} |"


def nights(folder: Path, count: int, sites: int, kept: Retention) -> Iterator[Night]:
    """Inspect and forget, night after night."""
    db = f"sqlite:///{folder}/xunjian.db"
    upgrade(db)
    city = build_city("small", sites=sites, faults=FAULTS)
    store = open_store(db, folder)
    store.save_registry(city.registry())
    for number in range(count):
        as_of = FIRST + timedelta(days=number)
        yield _night(store, city, folder, as_of, kept)
    store.close()


def _night(store: Store, city: City, folder: Path, as_of: datetime, kept: Retention) -> Night:
    registry, began, cpu = store.load_registry(), time.monotonic(), _cpu()
    with served(city, day=as_of.date()) as port:
        moment = as_of.replace(tzinfo=None).isoformat()
        urllib.request.urlopen(f"http://127.0.0.1:{port}/__clock?date={moment}", timeout=10).close()
        settings: dict[str, Any] = {"resolver": city.resolver_map(port), "ipv6": city.ipv6_map(), **QUICK}
        order = Order(
            RunKind.NIGHTLY, registry.sites, as_of, load_rules(), f"sqlite:///{folder}/xunjian.db", str(folder),
            settings, allow_private=True, accounts=registry.accounts,
        )  # fmt: skip
        outcome = run_inspection(order, store)
    _date_back(folder, as_of)
    prune(store, folder, kept, BY_CLOCK, as_of + timedelta(hours=6), dry_run=False, by_clock=True)
    took = replace(_measured(folder), wall=time.monotonic() - began, cpu=_cpu() - cpu)
    pages = sum(item.pages for item in store.site_runs(outcome.run.id))
    opened = sum(record.state.is_open for judged in outcome.judged.values() for record in judged.records)
    return replace(took, pages=pages, open_findings=opened)


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def _date_back(folder: Path, as_of: datetime) -> None:
    """What was written tonight was written on the night of the city."""
    date_back(folder, as_of, since=time.time() - 86_400)


def _measured(folder: Path) -> Night:
    bodies = [path.stat().st_size for path in (*(folder / "blobs").glob("??/*.zst"), *packs(folder))]
    database = sum(path.stat().st_size for path in folder.glob("xunjian.db*"))
    return Night(0.0, 0.0, 0, 0, database, len(bodies), sum(bodies))


if __name__ == "__main__":
    main()

"""The demo: one nightly inspection of the demo city, from registry to reports. It never sees the answer sheet."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from checks.rulebook import load_rules
from democity.city import City, build_city
from domain.ports import Store
from domain.runs import RunKind
from domain.targets import Site
from domain.times import BEIJING
from inspection.reporting import build_report
from inspection.run import Order, Outcome, run_inspection
from inspection.written import write_reports
from reports.model import Report
from storage import open_store, upgrade


class Shown(Protocol):
    """What the demo tells while it works."""

    def progress(self, line: Mapping[str, Any], /) -> None:
        """One progress line of a crawling process."""
        ...

    def judging(self, site: Site, /) -> None:
        """A site is being judged."""
        ...

    def report(self, report: Report, written: Mapping[str, Path], /) -> None:
        """The run is over and its reports are written."""
        ...


def run_demo(data: Path, as_of_text: str, size: str, shown: Shown) -> list[str]:
    """Inspect the demo city as of a moment; returns what to tell the user."""
    as_of = datetime.fromisoformat(as_of_text)
    as_of = as_of if as_of.tzinfo else as_of.replace(tzinfo=BEIJING)
    data.mkdir(parents=True, exist_ok=True)
    db = f"sqlite:///{data.resolve()}/xunjian.db"
    upgrade(db)
    store = open_store(db, data)
    try:
        city = build_city(size)  # type: ignore[arg-type]
        with city.serve(day=as_of.astimezone(BEIJING).date()) as port:
            outcome, report = _inspect(city, port, as_of, db, data, store, shown)
        shown.report(report, write_reports(report, data / "reports"))
        return _told(outcome, data)
    finally:
        store.close()


def _inspect(
    city: City, port: int, as_of: datetime, db: str, data: Path, store: Store, shown: Shown
) -> tuple[Outcome, Report]:
    rulebook = load_rules()
    registry = city.registry()
    store.save_registry(registry)
    settings = {
        "resolver": city.resolver_map(port),
        "second_look_seconds": 3.0,
        "retry_seconds": 0.5,
        "incremental": True,
    }
    order = Order(RunKind.NIGHTLY, registry.sites, as_of, rulebook, db, str(data), settings, allow_private=True)
    outcome = run_inspection(order, store, progress=shown.progress, judging=shown.judging)
    return outcome, build_report(outcome, store, rulebook, city_name=getattr(city, "name", ""))


def _told(outcome: Outcome, data: Path) -> list[str]:
    return [
        "",
        f"问题清单：xunjian findings list --data {data}",
        f"评分表：xunjian scorecard --data {data}",
        f"不联网重新判定：xunjian recheck {outcome.run.id} --data {data}",
    ]

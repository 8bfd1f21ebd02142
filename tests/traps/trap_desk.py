"""A data folder with registered trap sites, inspected fast."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from checks.rules.rulebook import load_rules
from domain.ports import Store
from domain.runs import RunKind
from domain.targets import Registry, Site
from domain.times import BEIJING
from inspection.judging.run import Outcome
from inspection.runs.run import Order, run_inspection
from storage import open_store, upgrade

NIGHT = datetime(2023, 4, 26, 22, tzinfo=BEIJING)
FAST = {"second_look_seconds": 0.3, "retry_seconds": 0.2, "timeout_seconds": 5.0, "max_browser_looks": 0}


@dataclass
class Desk:
    """A data folder, its store, and the sites registered in it."""

    folder: Path
    store: Store
    sites: tuple[Site, ...]

    def order(self, night: int = 0, **settings: Any) -> Order:
        when = NIGHT + timedelta(days=night)
        db = f"sqlite:///{self.folder}/xunjian.db"
        return Order(
            RunKind.NIGHTLY, self.sites, when, load_rules(), db, str(self.folder), FAST | settings, allow_private=True
        )

    def inspect(self, night: int = 0, **settings: Any) -> Outcome:
        return run_inspection(self.order(night, **settings), self.store)


def open_desk(folder: Path, *homes: str) -> Desk:
    """A fresh store in `folder` with one site for each home address."""
    upgrade(f"sqlite:///{folder}/xunjian.db")
    store = open_store(f"sqlite:///{folder}/xunjian.db", folder)
    sites = tuple(Site(f"21010000{n:02}", f"某某市第{n}网站", home) for n, home in enumerate(homes))
    store.save_registry(Registry(sites=sites))
    return Desk(folder, store, sites)

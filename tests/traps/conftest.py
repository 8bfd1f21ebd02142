"""One inspection of the trap site, two nights, shared by the tests of this folder."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from checks.rulebook import load_rules  # noqa: E402
from domain.ports import Store  # noqa: E402
from domain.runs import RunKind  # noqa: E402
from domain.targets import Registry, Site  # noqa: E402
from domain.times import BEIJING  # noqa: E402
from inspection.run import Order, Outcome, run_inspection  # noqa: E402
from storage import open_store, upgrade  # noqa: E402

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
        return Order(RunKind.NIGHTLY, self.sites, when, load_rules(), db, str(self.folder), FAST | settings, allow_private=True)

    def inspect(self, night: int = 0, **settings: Any) -> Outcome:
        return run_inspection(self.order(night, **settings), self.store)


@pytest.fixture(scope="session")
def desk_for(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Desk]]:
    opened: list[Store] = []

    def make(*homes: str) -> Desk:
        folder = tmp_path_factory.mktemp("desk")
        upgrade(f"sqlite:///{folder}/xunjian.db")
        store = open_store(f"sqlite:///{folder}/xunjian.db", folder)
        opened.append(store)
        sites = tuple(Site(f"21010000{n:02}", f"某某市第{n}网站", home) for n, home in enumerate(homes))
        store.save_registry(Registry(sites=sites))
        return Desk(folder, store, sites)

    yield make
    for store in opened:
        store.close()

"""A data folder with registered sites, to inspect from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from checks.rules.rulebook import load_rules
from democity.city import City
from domain.ports import Store
from domain.runs import RunKind
from domain.targets import Registry, Site
from domain.times import BEIJING
from inspection.judging.run import Outcome
from inspection.runs.run import Order, run_inspection
from storage import open_store, upgrade

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
QUICK = {"second_look_seconds": 0.2, "retry_seconds": 0.2, "render": False}


@dataclass
class Office:
    """A data folder with a registry; `city` and `port` where the demo city is inspected."""

    folder: Path
    city: City
    port: int
    store: Store

    @property
    def db(self) -> str:
        return f"sqlite:///{self.folder}/xunjian.db"

    def order(self, as_of: datetime = AS_OF, **settings: Any) -> Order:
        registry = self.store.load_registry()
        base = {"resolver": self.city.resolver_map(self.port), "ipv6": self.city.ipv6_map(), **QUICK}
        return Order(
            RunKind.NIGHTLY,
            registry.sites,
            as_of,
            load_rules(),
            self.db,
            str(self.folder),
            base | settings,
            allow_private=True,
        )

    def inspect(self, as_of: datetime = AS_OF, **settings: Any) -> Outcome:
        return run_inspection(self.order(as_of, **settings), self.store)


@contextmanager
def opened_office(folder: Path, registry: Registry, city: City, port: int = 0) -> Iterator[Office]:
    db = f"sqlite:///{folder}/xunjian.db"
    upgrade(db)
    store = open_store(db, folder)
    store.save_registry(registry)
    try:
        yield Office(folder, city, port, store)
    finally:
        store.close()


def store_of(folder: Path, *sites: Site) -> Store:
    """A store in a folder, with nothing but these sites."""
    url = f"sqlite:///{folder}/x.db"
    upgrade(url)
    made = open_store(url, folder)
    made.save_registry(Registry(sites=sites))
    return made

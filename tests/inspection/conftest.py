"""A small demo city and a folder to inspect it from, shared by the tests of the whole path."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from checks.rulebook import load_rules
from democity.city import City, build_city
from domain.ports import Store
from domain.runs import RunKind
from domain.times import BEIJING
from inspection.run import Order, Outcome, run_inspection
from storage import open_store, upgrade

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)


@dataclass
class Office:
    """A data folder with a registry of the city's sites."""

    folder: Path
    city: City
    port: int
    store: Store

    @property
    def db(self) -> str:
        return f"sqlite:///{self.folder}/xunjian.db"

    def order(self, as_of: datetime = AS_OF, **settings: Any) -> Order:
        registry = self.store.load_registry()
        base = {"resolver": self.city.resolver_map(self.port), "second_look_seconds": 0.2, "retry_seconds": 0.2, "render": False}
        return Order(
            RunKind.NIGHTLY, registry.sites, as_of, load_rules(), self.db, str(self.folder), base | settings, allow_private=True
        )

    def inspect(self, as_of: datetime = AS_OF, **settings: Any) -> Outcome:
        return run_inspection(self.order(as_of, **settings), self.store)


@pytest.fixture(scope="session")
def new_office(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    @contextmanager
    def make(city: City, port: int) -> Iterator[Office]:
        folder = tmp_path_factory.mktemp("office")
        db = f"sqlite:///{folder}/xunjian.db"
        upgrade(db)
        store = open_store(db, folder)
        store.save_registry(city.registry())
        try:
            yield Office(folder, city, port, store)
        finally:
            store.close()

    return make


@pytest.fixture(scope="session")
def small_city() -> City:
    return build_city("small", sites=8)

"""Desks for the tests of this folder."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from trap_desk import Desk, open_desk


@pytest.fixture(scope="session")
def desk_for(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []

    def make(*homes: str) -> Desk:
        opened.append(open_desk(tmp_path_factory.mktemp("desk"), *homes))
        return opened[-1]

    yield make
    for desk in opened:
        desk.store.close()

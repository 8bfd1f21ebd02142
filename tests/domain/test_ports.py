"""The stores keep to the ports: same methods, same parameters in the same order."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from domain.ports import CaptureSink, Store
from storage.memory import MemoryStore
from storage.sql import SqlStore


def methods(port: type[Any]) -> Iterator[str]:
    for name, value in inspect.getmembers(port, inspect.isfunction):
        if not name.startswith("_"):
            assert value.__doc__, name
            yield name


@pytest.mark.parametrize("kind", [MemoryStore, SqlStore])
@pytest.mark.parametrize("name", list(methods(Store)))
def test_a_store_has_every_method_of_the_port(kind: type[Any], name: str) -> None:
    wanted = list(inspect.signature(getattr(Store, name)).parameters.values())
    given = list(inspect.signature(getattr(kind, name)).parameters.values())
    assert [item.kind for item in given] == [item.kind for item in wanted]
    assert [item.default for item in given] == [item.default for item in wanted]


def test_a_store_is_a_sink() -> None:
    assert set(methods(CaptureSink)) <= set(methods(Store))

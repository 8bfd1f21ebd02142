"""A small demo city and a folder to inspect it from, shared by the tests of the whole path."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from offices import Office, opened_office

from democity.city import City, build_city


@pytest.fixture(scope="session")
def new_office(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    @contextmanager
    def make(city: City, port: int) -> Iterator[Office]:
        with opened_office(tmp_path_factory.mktemp("office"), city.registry(), city, port) as office:
            yield office

    return make


@pytest.fixture(scope="session")
def small_city() -> City:
    return build_city("small", sites=8)

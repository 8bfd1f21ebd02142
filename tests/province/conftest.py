"""PostgreSQL for the tests of workers, and databases on it."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from postgres_away import Server, server

import storage


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server that a test may stop and start again."""
    pytest.importorskip("procrastinate", reason="the extra `province` is not installed")
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def database_of(postgres: Server) -> Callable[[str], str]:
    """Makes a database: an initialised one, or the copy of another."""
    made: list[str] = []

    def make(source: str = "") -> str:
        made.append(f"province{len(made)}")
        address = postgres.url.rpartition("/")[0]
        with psycopg.connect(postgres.url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]} TEMPLATE {source.rpartition('/')[2] or 'template0'}")
        if not source:
            storage.upgrade(f"{address}/{made[-1]}")
        return f"{address}/{made[-1]}"

    return make

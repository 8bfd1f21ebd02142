"""One suite over the three stores: memory, SQLite, PostgreSQL."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import storage
from domain.ports import Store


def _binary(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(found[0]) if found else shutil.which(name)


def _other_user() -> list[str]:
    """PostgreSQL refuses root: run it as an ordinary user of the machine."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return ["setpriv", f"--reuid={name}", f"--regid={pwd.getpwnam(name).pw_gid}", "--clear-groups"]
    pytest.skip("PostgreSQL refuses root and the machine has no other user")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A throw-away server on loopback; yields its URL without the database name."""
    initdb, pg_ctl = _binary("initdb"), _binary("pg_ctl")
    if not initdb or not pg_ctl:
        pytest.skip("no PostgreSQL server programs (initdb, pg_ctl) on this machine")
    user = _other_user()
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    if user:
        shutil.chown(folder, user[1].removeprefix("--reuid="))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = str(folder / "data")
    options = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def run(*command: str) -> None:
        log = folder.parent / f"{folder.name}.log"
        with log.open("ab") as output:
            done = subprocess.run(
                [*user, *command], cwd=folder, env=environment, stdout=output, stderr=output, timeout=60, check=False
            )
        text = log.read_text(errors="replace")
        log.unlink()
        assert done.returncode == 0, text

    run(initdb, "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
    run(pg_ctl, "-D", data, "-o", options, "-l", str(folder / "server.log"), "-w", "start")
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}"
    finally:
        run(pg_ctl, "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _create_database(server: str, name: str, template: str) -> str:
    import psycopg

    with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{server}/{name}"


def _drop_database(server: str, name: str) -> None:
    import psycopg

    with psycopg.connect(f"{server.replace('+psycopg', '')}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of the server."""
    name = f"t{abs(hash(request.node.nodeid))}"
    yield _create_database(postgres_server, name, "template0")
    _drop_database(postgres_server, name)


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """The name of an initialised database, to be copied."""
    storage.upgrade(_create_database(postgres_server, "migrated", "template0"))
    return "migrated"


@pytest.fixture
def postgres_copy(postgres_server: str, migrated_postgres: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """An initialised database."""
    name = f"c{abs(hash(request.node.nodeid))}"
    yield _create_database(postgres_server, name, migrated_postgres)
    _drop_database(postgres_server, name)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An initialised file, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "xunjian.db"
    storage.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an initialised, empty store."""
    if request.param == "memory":
        return "memory:"
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "xunjian.db")
        return f"sqlite:///{tmp_path}/xunjian.db"
    copied: str = request.getfixturevalue("postgres_copy")
    return copied


@pytest.fixture
def opener(tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Opens stores and closes them after the test."""
    opened: list[Store] = []

    def open_one(address: str) -> Store:
        opened.append(storage.open_store(address, tmp_path))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


@pytest.fixture
def store(url: str, opener: Callable[[str], Store]) -> Store:
    """An empty store."""
    return opener(url)

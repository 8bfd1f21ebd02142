"""A name that leads to a private address: not asked, called private and not unknown, and no traceback told."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.guard import is_public
from domain.runs import Run, RunKind
from domain.targets import Registry, Site
from inspection.runs.children import crawl
from storage import open_store, upgrade

AS_OF = datetime(2023, 4, 26, 1, tzinfo=UTC)


def own_name() -> str:
    """A name of this machine that its own resolver leads to a private address."""
    for name in (socket.gethostname(), "ip6-localhost", "localhost.localdomain"):
        try:
            if not is_public(socket.gethostbyname(name)):
                return name
        except OSError:
            continue
    pytest.skip("no name of this machine leads to a private address")


@pytest.mark.parametrize("error", ["private", "dns"])
def test_a_name_is_called_what_it_is(tmp_path: Path, error: str) -> None:
    url = f"http://{own_name() if error == 'private' else 'no-such.invalid'}:1/"
    db = f"sqlite:///{tmp_path}/x.db"
    upgrade(db)
    store = open_store(db, tmp_path)
    try:
        store.save_registry(Registry(sites=(Site("a", "a", url),)))
        quick = {"second_look_seconds": 0.1, "retry_seconds": 0.1, "render": False, "check_ipv6": False}
        store.save_run(Run("r", RunKind.NIGHTLY, AS_OF, AS_OF, targets=("a",), settings=quick))
        assert crawl("r", db, str(tmp_path)).errors == ()
        assert store.attempts("a", url, AS_OF)[-1].error == error
    finally:
        store.close()

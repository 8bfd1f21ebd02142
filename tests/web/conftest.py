"""The console over an office with one person of every role, three units and a finding of each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk, new_desk
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from inspection.entrance import passwords

CHEAP = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))


@pytest.fixture(autouse=True, scope="session")
def _cheap_passwords() -> Iterator[None]:
    """argon2 as cheap as it can be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hasher", lambda: CHEAP)
        passwords._nobody.cache_clear()
        yield
    passwords._nobody.cache_clear()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """For tests that change nothing, or nothing that others look at."""
    made = new_desk(tmp_path_factory.mktemp("desk"))
    yield made
    made.store.close()

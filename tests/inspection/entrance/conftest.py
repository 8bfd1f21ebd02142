"""argon2 as cheap as it can be: these tests ask what is kept, not how hard it is to guess."""

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from inspection.entrance import passwords


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    monkeypatch.setattr(passwords, "hasher", lambda: cheap)
    passwords._nobody.cache_clear()

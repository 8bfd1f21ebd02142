"""Reading one answer in one line."""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.platforms.adapters import parse
from crawler.platforms.values import Answer, Limits, Parsed
from domain.targets import Account, Platform, Source
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
SHARED = Path(os.environ.get("XUNJIAN_SHARED", Path(__file__).resolve().parents[4] / "shared"))
Reader = Callable[..., Parsed]


@pytest.fixture
def answer() -> Reader:
    """answer(body, source="json x", platform=..., as_of=..., status=200, options={}, **fields of Account or Answer)."""

    def make(
        body: Any = b"", source: str = "json x", *, platform: Platform = Platform.OTHER, as_of: datetime = AS_OF,
        status: int = 200, options: dict[str, str] | None = None, name: str = "", platform_id: str = "", **fields: Any,
    ) -> Parsed:  # fmt: skip
        adapter, _, argument = source.partition(" ")
        raw = (
            body
            if isinstance(body, bytes)
            else (body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)).encode()
        )
        given = {"url": "https://source.example/x", "fetched_at": as_of, **fields}
        account = Account("a", name, platform, platform_id=platform_id)
        where = Source(adapter, argument, tuple((options or {}).items()))
        return parse(account, where, Answer(status=status, body=raw, **given), as_of, Limits())

    return make


@pytest.fixture
def sample() -> Callable[[str], bytes]:
    """A file of the shared samples; the test is skipped without them."""

    def load(name: str) -> bytes:
        path = SHARED / "samples" / "accounts" / name
        if not path.exists():
            pytest.skip("the shared samples are not on this machine")
        return path.read_bytes()

    return load

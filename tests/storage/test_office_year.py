"""Seven months of a small office: no view reads more than twice the rows it shows, on either database."""

from pathlib import Path
from typing import Any

import pytest

import storage
from tests.bench.office_year import SHORT, VIEWS, lived, measured


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_view_reads_at_most_twice_what_it_shows(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path}/xunjian.db" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    last, size = lived(url, str(tmp_path), SHORT)
    assert size > 1_000_000
    store: Any = storage.open_store(url, str(tmp_path))
    try:
        for name in VIEWS:
            row = measured(store, name, last, small=True)
            assert row.read > 0, name
            assert not row.is_greedy, f"{row.line}\n{row.worst}"
    finally:
        store.close()

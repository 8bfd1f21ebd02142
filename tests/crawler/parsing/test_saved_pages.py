"""Pages kept as files are read as somebody accepted; readings that change need a new PARSER_VERSION."""

import json
from pathlib import Path

import pytest

from crawler.parsing import PARSER_VERSION
from inspection.look.saved_case import expected_of, read_case
from tests.accuracy.reading_lock import LOCK, PAGES, cases, lock

RENEW = "python -m tests.accuracy.reading_lock"


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case.relative_to(PAGES)))
def test_a_kept_page_is_read_as_accepted(case: Path) -> None:
    assert read_case(case) == expected_of(case), (
        f"look at it; if the new reading is right, raise PARSER_VERSION, then {RENEW}"
    )


def test_readings_change_only_with_the_version_of_the_parser() -> None:
    kept = json.loads(LOCK.read_text(encoding="utf-8"))
    now = lock()
    assert kept["parser_version"] <= PARSER_VERSION
    changed = now["readings"] != kept["readings"]
    assert not (changed and kept["parser_version"] == PARSER_VERSION), (
        f"readings changed: raise PARSER_VERSION, then {RENEW}"
    )
    assert now == kept, f"a new version or a new case: {RENEW}"

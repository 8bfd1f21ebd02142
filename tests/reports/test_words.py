"""The words of the reports: what an inspector reads is Chinese."""

import re
from pathlib import Path

import pytest

from reports import words

CRAWLER = Path(__file__).parents[2] / "crawler"
REASONS = sorted(
    {
        reason
        for path in CRAWLER.rglob("*.py")
        for reason in re.findall(
            r'(?:leave_out\(|queue\.stopped = |full: str = )"(\w+)"', path.read_text(encoding="utf-8")
        )
    }
)


def test_the_crawler_names_reasons() -> None:
    assert {"file_budget", "page_budget", "too_deep"} <= set(REASONS)


@pytest.mark.parametrize("reason", REASONS)
def test_why_addresses_were_not_read_is_said_in_chinese(reason: str) -> None:
    assert re.search("[一-龥]", words.left_out(reason))

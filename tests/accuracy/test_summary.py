"""The opening table of docs/accuracy.md says what stands behind it."""

from pathlib import Path

from tests.accuracy.summary import LINES, MISSING, TITLE, summary

PAGE = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"


def test_the_opening_table_is_that_of_the_sections_behind_it() -> None:
    text = PAGE.read_text(encoding="utf-8")
    sections = [f"## {part}" for part in text.split("\n## ")[1:]]
    told = summary([part for part in sections if not part.startswith(TITLE)])
    assert told in text
    assert MISSING not in told
    assert len(LINES) == 12


def test_what_was_not_measured_says_so() -> None:
    assert summary(["## Columns\n\nskipped"]).count(MISSING) == len(LINES)

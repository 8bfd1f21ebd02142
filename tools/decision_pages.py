"""Writes the decision pages that are made from tables of rules (`make docs`)."""

from pathlib import Path

from checks.text.typos import levels
from crawler.parsing.page_kinds import rules

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "decisions"

if __name__ == "__main__":
    for name, text in (("page-kinds.md", rules.page_of_rules()), ("typo-levels.md", levels.page_of_rules())):
        (FOLDER / name).write_text(text, encoding="utf-8")

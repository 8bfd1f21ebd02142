"""Writes docs/decisions/page-kinds.md (`python -m crawler.parsing.page_kinds`)."""

from pathlib import Path

from crawler.parsing.page_kinds.rules import page_of_rules

if __name__ == "__main__":
    (Path(__file__).parents[3] / "docs/decisions/page-kinds.md").write_text(page_of_rules(), encoding="utf-8")

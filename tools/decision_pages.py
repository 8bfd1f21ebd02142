"""Writes the decision pages that are made from tables of rules (`make docs`)."""

from pathlib import Path

from checks.text.typos.levels import LADDER
from crawler.parsing.kinds import ARTICLE_SIGNS, LIST_SIGNS
from crawler.parsing.page_kinds.rules import RULES

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "decisions"


def kinds_page() -> str:
    """The decision page, in Markdown."""
    rows = "".join(f"| {n} | `{rule.__name__}` | {rule.__doc__} |\n" for n, rule in enumerate(RULES, 1))
    signs = "".join(
        f"| {side} | `{sign.name}` | {sign.reason.format(body='…', dated='…', items='…') or '—'} |\n"
        for side, table in (("article", ARTICLE_SIGNS), ("column", LIST_SIGNS))
        for sign in table
    )
    return KINDS.format(rows=rows, signs=signs)


KINDS = """# What kind a page is

Made by `make docs` from `crawler/parsing/page_kinds/rules.py` and `crawler/parsing/kinds.py`. The rules are asked in this order, and the first that answers decides; `xunjian look` names it (规则).
Each has a page that fires it and one that must not in `tests/crawler/parsing/test_page_kinds.py`.

| | rule | what it says |
|---|---|---|
{rows}
What speaks for an article and for a column, each with its weight; of several tags that say the same only the first counts:

| for | sign | reason shown |
|---|---|---|
{signs}"""


def levels_page() -> str:
    """The decision page, in Markdown."""
    rows = "".join(
        f"| {number} | `{rule.name}` | {rule.level.value if rule.level else 'left alone'} | {rule.says} |\n"
        for number, rule in enumerate(LADDER, 1)
    )
    return LEVELS.format(rows=rows)


LEVELS = """# How sure a typo is

Made by `make docs` from `checks/text/typos/levels.py`. Every change that a layer proposes is asked these in order; the first that holds decides. Certain and probable ones are reported, suspected ones go to a list for a person.
Each has a text that fires it and one that must not in `tests/checks/text/typos/test_levels.py`.

| | rule | outcome | when |
|---|---|---|---|
{rows}"""


PAGES = {"page-kinds.md": kinds_page, "typo-levels.md": levels_page}

if __name__ == "__main__":
    for name, written in PAGES.items():
        (FOLDER / name).write_text(written(), encoding="utf-8")

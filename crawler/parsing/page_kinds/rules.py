"""The rules in order; each is called as its function and explained by it. docs/decisions/page-kinds.md is made from them."""

from collections.abc import Callable
from dataclasses import replace

from crawler.parsing import kinds
from crawler.parsing.page_kinds import article_or_list, no_content, services
from crawler.parsing.page_kinds.case import Case, Verdict

Rule = Callable[[Case], Verdict | None]
RULES: tuple[Rule, ...] = (
    no_content.jump,
    no_content.error_status,
    no_content.error_title,
    no_content.error_text,
    no_content.only_says_error,
    no_content.login,
    no_content.search,
    no_content.no_page,
    article_or_list.home,
    services.letter,
    services.guide,
    article_or_list.sure_article,
    article_or_list.article_over_list,
    article_or_list.text_without_list,
    services.letters,
    article_or_list.column,
    article_or_list.bare,
)


def decide(case: Case) -> Verdict:
    """The verdict of the first rule that answers; the last one always does."""
    for rule in RULES:
        if (verdict := rule(case)) is not None:
            return replace(verdict, rule=rule.__name__)
    raise AssertionError  # pragma: no cover  the last rule answers everything


def page_of_rules() -> str:
    """The decision page, in Markdown."""
    rows = "".join(f"| {n} | `{rule.__name__}` | {rule.__doc__} |\n" for n, rule in enumerate(RULES, 1))
    signs = "".join(
        f"| {side} | `{sign.name}` | {sign.reason.format(body='…', dated='…', items='…') or '—'} |\n"
        for side, table in (("article", kinds.ARTICLE_SIGNS), ("column", kinds.LIST_SIGNS))
        for sign in table
    )
    return HEAD.format(rows=rows, signs=signs)


HEAD = """# What kind a page is

Made by `make docs` from `crawler/parsing/page_kinds/rules.py` and `crawler/parsing/kinds.py`. The rules are asked in this order, and the first that answers decides; `xunjian look` names it (规则).
Each has a page that fires it and one that must not in `tests/crawler/parsing/test_page_kinds.py`.

| | rule | what it says |
|---|---|---|
{rows}
What speaks for an article and for a column, each with its weight; of several tags that say the same only the first counts:

| for | sign | reason shown |
|---|---|---|
{signs}"""

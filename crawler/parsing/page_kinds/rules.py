"""The rules in order; each is called as its function and explained by it. docs/decisions/page-kinds.md is made from them."""

from collections.abc import Callable
from dataclasses import replace

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

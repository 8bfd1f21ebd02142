"""Runs checks over views. A crash inside a check becomes `Unjudged`, never a dead run."""

import logging
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import Any

from checks import discovery
from domain.accounts import AccountView
from domain.captured import Page
from domain.findings import Ref, Result, Unjudged
from domain.rules import RuleBook
from domain.views import SiteView

log = logging.getLogger(__name__)

PageCache = MutableMapping[str, tuple[Result, ...]]


def run_site_checks(view: SiteView, rulebook: RuleBook) -> Iterator[Result]:
    """Judge one site with every enabled site check, in the order of rules.yaml."""
    where = Ref(view.site.home_url, view.site.name)
    for check in _build("site", rulebook):
        yield from _guarded(check, view, where)


def run_account_checks(view: AccountView, rulebook: RuleBook) -> Iterator[Result]:
    """Judge one account with every enabled account check."""
    where = Ref(view.account.url, view.account.name)
    for check in _build("account", rulebook):
        yield from _guarded(check, view, where)


def run_page_checks(pages: Iterable[Page], rulebook: RuleBook, cache: PageCache | None = None) -> Iterator[Result]:
    """Judge pages one by one; results are kept in `cache` by content and rule, so an unchanged page costs nothing.

    A page without a reading (not HTML, or unchanged and not loaded) is emitted from the cache or passed over.
    """
    checks = _build("page", rulebook)
    for page in pages:
        where = Ref(page.final_url or page.url, page.reading.title if page.reading else "", page.body_hash)
        for check in checks:
            key = page_key(page, check.id, rulebook.checks[check.id].version)
            if cache is not None and key in cache:
                yield from cache[key]
            elif page.reading is not None:
                results = tuple(_guarded(check, page, where))
                if cache is not None:
                    cache[key] = results
                yield from results


def page_key(page: Page, check: str, version: str) -> str:
    """What the results of a page check depend on: address, body, parser and rule."""
    return "|".join((page.final_url or page.url, page.body_hash, str(page.parser_version), check, version))


def _build(scope: str, rulebook: RuleBook) -> list[Any]:
    classes = discovery.classes(scope)
    enabled = [rule for rule in rulebook.checks.values() if rule.enabled and rule.id in classes]
    return [classes[rule.id](**rule.params) for rule in enabled]


def _guarded(check: Any, subject: Any, where: Ref) -> Iterator[Result]:
    judge: Callable[[Any], Iterator[Result]] = check
    try:
        yield from judge(subject)
    except Exception as error:
        log.exception("check %s crashed on %s", check.id, where.url)
        yield Unjudged(check.id, where, f"检查程序出错（{type(error).__name__}），需人工核查")

"""Runs checks over views. A crash inside a check becomes `Unjudged`, never a dead run."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol

from checks import discovery
from checks.shared.masking import masked
from domain.accounts import AccountView
from domain.captured import Page
from domain.errors import BodyLost, StoreError, ValueRefused
from domain.findings import Doubt, Ref, Result, Unjudged, Why
from domain.rules import RuleBook
from domain.views import SiteView

log = logging.getLogger(__name__)

MASKING = 1  # raised when results kept by content are to be masked anew
WINDOW = 256  # pages looked up, prepared and judged together


class PageCache(Protocol):
    """Results of page checks kept by content."""

    def many(self, keys: Sequence[str]) -> Mapping[str, tuple[Result, ...]]:
        """What is kept under some of the keys."""
        ...

    def keep(self, key: str, results: tuple[Result, ...]) -> None:
        """Keep the results of one page."""
        ...


def run_site_checks(view: SiteView, rulebook: RuleBook) -> Iterator[Result]:
    """Judge one site with every enabled site check, in the order of rules.yaml."""
    where = Ref(view.site.home_url, view.site.name)
    for check in _build("site", rulebook):
        yield from _allowed(check, _guarded(check, view, where), rulebook)


def run_account_checks(view: AccountView, rulebook: RuleBook) -> Iterator[Result]:
    """Judge one account with every enabled account check."""
    where = Ref(view.account.url, view.account.name)
    for check in _build("account", rulebook):
        yield from _allowed(check, _guarded(check, view, where), rulebook)


def run_page_checks(pages: Iterable[Page], rulebook: RuleBook, cache: PageCache | None = None) -> Iterator[Result]:
    """Judge pages one by one; results are kept in `cache` by content and rules, so an unchanged page costs nothing.

    A page without a reading (not HTML, or unchanged and not loaded) is emitted from the cache or passed over.
    """
    checks = _build("page", rulebook)
    if not checks:
        return
    versions = _digest(
        f"{MASKING} {check.id} {rulebook.checks[check.id].version} {getattr(check, 'basis', '')}" for check in checks
    )
    rest = iter(pages)
    while window := list(islice(rest, WINDOW)):
        keys = [page_key(page, versions) for page in window]
        known = cache.many(keys) if cache is not None else {}
        fresh = [page for page, key in zip(window, keys, strict=True) if key not in known and page.reading is not None]
        for check in checks:
            _prepare(check, fresh)
        for page, key in zip(window, keys, strict=True):
            if key not in known and page.reading is not None:
                results = tuple(_judged(checks, page))
                if cache is not None:
                    cache.keep(key, results)
                yield from results
            else:
                yield from known.get(key, ())


def _prepare(check: Any, pages: Sequence[Page]) -> None:
    """A crash here is only logged: the pages are judged one by one afterwards and tell it themselves."""
    try:
        if prepare := getattr(check, "prepare", None):
            prepare(pages)
    except Exception as error:
        if _comes_from_the_store(error):
            raise
        log.exception("check %s crashed while preparing %d pages", check.id, len(pages))


def page_key(page: Page, versions: str) -> str:
    """What the results of the page checks depend on: address, body, how it was read, and the rules."""
    return "|".join(
        (page.final_url or page.url, page.body_hash, str(page.rendered), str(page.parser_version), versions)
    )


def _judged(checks: list[Any], page: Page) -> Iterator[Result]:
    where = Ref(page.final_url or page.url, page.reading.title if page.reading else "", page.body_hash)
    for check in checks:
        yield from _guarded(check, page, where)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _build(scope: str, rulebook: RuleBook) -> list[Any]:
    classes = discovery.classes(scope)
    enabled = [rule for rule in rulebook.checks.values() if rule.enabled and rule.id in classes]
    return [classes[rule.id](**rule.params) for rule in enabled]


def _allowed(check: Any, results: Iterator[Result], rulebook: RuleBook) -> Iterator[Result]:
    """Without what a check says in the name of another one that rules.yaml switched off or does not have."""
    for item in results:
        name = item.finding.check if isinstance(item, Doubt) else item.check
        rule = rulebook.checks.get(name)
        if name == check.id or (rule is not None and rule.enabled):
            yield item


def _guarded(check: Any, subject: Any, where: Ref) -> Iterator[Result]:
    judge: Callable[[Any], Iterator[Result]] = check
    try:
        for result in judge(subject):
            yield masked(result)
    except Exception as error:
        if _comes_from_the_store(error):
            raise
        log.exception("check %s crashed on %s", check.id, where.url)
        yield Unjudged(check.id, where, f"检查程序出错（{type(error).__name__}），需人工核查", Why.CRASHED)


def _comes_from_the_store(error: Exception) -> bool:
    """The store is full or away: no check is to blame, and nothing more can be judged."""
    return isinstance(error, StoreError) and not isinstance(error, BodyLost | ValueRefused)

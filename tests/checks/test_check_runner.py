"""Checks are found through entry points and run guarded."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import account_cases
import pytest
from casebook import Case, build_page, build_site_view, moment

from checks import discovery, runner
from checks.messages import fix, message
from checks.rules.rulebook import load_rules
from domain.captured import Page
from domain.errors import BodyLost, StoreError
from domain.findings import Finding, Ref, Result, Severity, Unjudged
from domain.rules import CheckRule, RuleBook
from domain.views import SiteView

AS_OF = moment("2023-04-26T09:00")


def a_view(**data: object) -> SiteView:
    return build_site_view(Case("column.stale", "x", AS_OF, {}, data, None))


@dataclass(frozen=True, slots=True)
class Crashing:
    """Yields one finding, then crashes."""

    id: ClassVar[str] = "demo.crash"
    version: ClassVar[int] = 1

    def __call__(self, view: SiteView) -> Iterator[Result]:
        yield Finding(self.id, Ref("http://e/"), "one")
        raise ZeroDivisionError("secret detail")


@dataclass(frozen=True, slots=True)
class Titles:
    """A page check that counts how often it is asked."""

    id: ClassVar[str] = "demo.title"
    version: ClassVar[int] = 1
    asked: ClassVar[list[str]] = []

    def __call__(self, page: Page) -> Iterator[Result]:
        self.asked.append(page.url)
        yield Finding(self.id, Ref(page.url), page.url)


@dataclass(frozen=True, slots=True)
class Storeless:
    """Meets a fault of the store."""

    id: ClassVar[str] = "demo.store"
    version: ClassVar[int] = 1
    fault: ClassVar[StoreError] = StoreError("磁盘已满")

    def __call__(self, view: SiteView) -> Iterator[Result]:
        yield Finding(self.id, Ref("http://e/"), "one")
        raise self.fault


def rules_with(check: str, enabled: bool = True) -> RuleBook:
    rule = CheckRule(check, "标题", "问题", "改正", Severity.NOTICE, {}, enabled, "1+0")
    return RuleBook({check: rule}, (), ())


def test_a_store_that_is_full_or_away_is_no_fault_of_a_check(monkeypatch) -> None:
    monkeypatch.setattr(discovery, "classes", lambda scope: {"demo.store": Storeless})
    with pytest.raises(StoreError, match="磁盘已满"):
        list(runner.run_site_checks(a_view(), rules_with("demo.store")))
    monkeypatch.setattr(Storeless, "fault", BodyLost("没有了"))
    *_, last = runner.run_site_checks(a_view(), rules_with("demo.store"))
    assert isinstance(last, Unjudged)


def test_a_crash_becomes_unjudged_and_keeps_what_came_before(monkeypatch, caplog) -> None:
    monkeypatch.setattr(discovery, "classes", lambda scope: {"demo.crash": Crashing})
    with caplog.at_level(logging.ERROR):
        results = list(runner.run_site_checks(a_view(), rules_with("demo.crash")))
    assert [type(item) for item in results] == [Finding, Unjudged]
    assert "ZeroDivisionError" in results[1].reason
    assert "secret detail" not in results[1].reason
    assert caplog.records[0].exc_info


def test_disabled_checks_are_skipped(monkeypatch) -> None:
    monkeypatch.setattr(discovery, "classes", lambda scope: {"demo.crash": Crashing})
    assert not list(runner.run_site_checks(a_view(), rules_with("demo.crash", enabled=False)))


class Kept(dict):
    def many(self, keys):
        return {key: self[key] for key in keys if key in self}

    def keep(self, key, results):
        self[key] = results


def test_page_results_are_kept_by_content(monkeypatch) -> None:
    monkeypatch.setattr(discovery, "classes", lambda scope: {"demo.title": Titles})
    Titles.asked.clear()
    rules, cache = rules_with("demo.title"), Kept()
    page = build_page({"url": "http://e/1"}, AS_OF)
    first = list(runner.run_page_checks([page], rules, cache))
    unchanged = replace(page, reading=None, unchanged=True)
    assert list(runner.run_page_checks([unchanged], rules, cache)) == first
    assert Titles.asked == ["http://e/1"]
    list(runner.run_page_checks([replace(page, body_hash="b1")], rules, cache))
    list(runner.run_page_checks([page], rules, None))
    assert len(Titles.asked) == 3


def test_a_page_without_reading_and_without_cache_is_passed_over(monkeypatch) -> None:
    monkeypatch.setattr(discovery, "classes", lambda scope: {"demo.title": Titles})
    page = build_page({"reading": None}, AS_OF)
    assert not list(runner.run_page_checks([page], rules_with("demo.title"), Kept()))


def test_shipped_checks_run_over_an_empty_view() -> None:
    results = list(runner.run_site_checks(a_view(home=None), load_rules()))
    assert results
    assert all(isinstance(item, Unjudged) for item in results)
    assert not [item for item in results if "出错" in item.reason]


def test_entry_points_are_checked() -> None:
    for scope in discovery.GROUPS:
        for check, cls in discovery.classes(scope).items():
            assert cls.id == check
            assert check in discovery.classes(discovery.scope_of(check))  # a check may read pages and posts
    assert discovery.scope_of("no.such") == ""


def test_messages_of_unknown_checks_stay_readable() -> None:
    finding = Finding("third.party", Ref("http://e/", "某页"), "x")
    assert message(finding, load_rules()) == "某页（third.party）"
    assert fix(finding, load_rules()) == ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page check that is told of its pages beforehand."""

    id: ClassVar[str] = "demo.prepared"
    version: ClassVar[int] = 1
    seen: ClassVar[list[int]] = []
    fails: ClassVar[bool] = False

    def prepare(self, pages: Sequence[Page]) -> None:
        self.seen.append(len(pages))
        if self.fails:
            raise ZeroDivisionError

    def __call__(self, page: Page) -> Iterator[Result]:
        yield Finding(self.id, Ref(page.url), page.url)


@pytest.mark.parametrize("fails", [False, True])
def test_a_check_is_prepared_for_the_pages_it_will_judge(monkeypatch, caplog, fails: bool) -> None:
    monkeypatch.setattr(discovery, "classes", lambda scope: {"demo.prepared": Prepared})
    monkeypatch.setattr(Prepared, "fails", fails)
    Prepared.seen.clear()
    pages = [build_page({"url": f"http://e/{n}"}, AS_OF) for n in range(3)]
    pages.append(build_page({"url": "http://e/file", "reading": None}, AS_OF))
    with caplog.at_level(logging.ERROR):
        results = list(runner.run_page_checks(pages, rules_with("demo.prepared")))
    assert Prepared.seen == [3]
    assert len(results) == 3  # a crash while preparing takes no judgement away
    assert bool(caplog.records) == fails


def test_no_page_is_touched_without_a_page_check(monkeypatch) -> None:
    monkeypatch.setattr(discovery, "classes", lambda scope: {})
    never = (pytest.fail("asked") for _ in range(1))
    assert not list(runner.run_page_checks(never, rules_with("demo.title")))


def test_account_checks_run_guarded(monkeypatch) -> None:
    monkeypatch.setattr(discovery, "classes", lambda scope: {"demo.crash": Crashing} if scope == "account" else {})
    view = account_cases.build_account_view(Case("account.stale", "x", AS_OF, {}, {}, None))
    results = list(runner.run_account_checks(view, rules_with("demo.crash")))
    assert [type(item) for item in results] == [Finding, Unjudged]
    assert results[1].ref.label == view.account.name

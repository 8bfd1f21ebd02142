"""Every check is documented, covered by cases, and versioned."""

import json
from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest
from casebook import BUILDERS, CASES, LOCK, case_files, load_cases, lock, run_case

from checks import discovery
from checks.docs import PAGE, build_page
from checks.messages import facts_of, placeholders
from checks.rules.rulebook import load_rules
from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity
from domain.targets import Site
from domain.times import BEIJING
from scorecards.early_warnings import early_warnings

RULES = load_rules()
AS_OF = datetime(2023, 4, 26, 9, 0, tzinfo=BEIJING)
CHECKS = sorted(check for check in discovery.all_classes() if discovery.scope_of(check) in BUILDERS)

SAID_BY_THE_VETO = {"veto.early_warning"}  # what the veto's own check could not judge is not asked a second time


@pytest.mark.parametrize("check", CHECKS)
def test_check_is_named_and_ruled(check: str) -> None:
    cls = discovery.all_classes()[check]
    assert cls.id == check
    assert (cls.__doc__ or "").strip()
    rule = RULES.checks[check]
    assert rule.title
    assert rule.version.startswith(f"{cls.version}+")


@pytest.mark.parametrize("check", CHECKS)
def test_check_has_cases_of_all_three_kinds(check: str) -> None:
    cases = load_cases(CASES / f"{check}.yaml")
    assert {case.check for case in cases} == {check}
    wanted = {"flagged", "passing", "not judged"} - ({"not judged"} if check in SAID_BY_THE_VETO else set())
    assert {case.kind for case in cases} >= wanted


@cache
def _findings() -> tuple[Finding, ...]:
    """Of all cases: a check of sites may raise what is named after a check of pages."""
    cases = [case for path in case_files() for case in load_cases(path)]
    counted = early_warnings(Site("2101000001", "某局", "http://www.example.gov.cn/", "u1"), _blank_columns(2), RULES)
    return (*(item for case in cases for item in run_case(case) if isinstance(item, Finding)), *counted)


def _blank_columns(number: int) -> list[FindingRecord]:
    finding = Finding("column.blank", Ref("http://www.example.gov.cn/tz/"), "tz")
    record = FindingRecord("f", "2101000001", finding, FindingState.NEW, Severity.DEDUCT, "1", AS_OF, AS_OF, "r1", "r1")
    return [replace(record, fingerprint=f"f{n}") for n in range(number)]


@pytest.mark.parametrize("check", CHECKS)
def test_message_uses_only_facts_of_its_cases(check: str) -> None:
    findings = [item for item in _findings() if item.check == check]
    known = [{key for key, value in facts_of(item).items() if value not in (None, "")} for item in findings]
    for template in (RULES.checks[check].message, RULES.checks[check].fix):
        needed, optional = placeholders(template)
        assert all(needed <= facts for facts in known)
        assert optional <= set().union(*known)


def test_every_case_file_belongs_to_a_check() -> None:
    assert {path.stem for path in case_files()} <= set(discovery.all_classes())


def test_every_deduct_or_veto_check_is_counted() -> None:
    counted = {count.check for row in RULES.indicators for count in row.counts}
    severe = {rule.id for rule in RULES.checks.values() if rule.severity in {Severity.DEDUCT, Severity.VETO}}
    assert severe <= counted


def test_versions_follow_the_cases() -> None:
    """Changed cases mean changed judgement: bump the check's `version`, then `python tests/checks/casebook.py`."""
    kept = json.loads(LOCK.read_text(encoding="utf-8"))
    now = lock()
    changed = [check for check in now if check in kept and kept[check][1] != now[check][1]]
    assert not [check for check in changed if kept[check][0] == now[check][0]], "cases changed without a new version"
    assert kept == now, "run `python tests/checks/casebook.py` to record the new versions"


def test_docs_are_generated() -> None:
    assert PAGE.read_text(encoding="utf-8") == build_page(RULES), "run `python -m checks.docs`"

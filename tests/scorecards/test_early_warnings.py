"""Early warnings before a veto: from `warn_at` findings of a row on, and never together with the veto itself."""

from dataclasses import replace

import pytest

from domain.findings import FindingState
from scorecards.early_warnings import early_warnings


@pytest.fixture
def warning_rules(rules):
    near = {"W-V4.1": 3, "W-V4.3": 2}
    return replace(rules, indicators=tuple(replace(row, warn_at=near.get(row.id)) for row in rules.indicators))


@pytest.mark.parametrize(("count", "warned"), [(1, False), (2, True), (4, True), (5, False)])
def test_blank_columns_warn_from_two_of_five(count, warned, portal, warning_rules, found):
    findings = list(early_warnings(portal, found("column.blank", count), warning_rules))
    assert [item.identity for item in findings] == (["W-V4.3"] if warned else [])
    if warned:
        assert findings[0].facts == {"label": "空白栏目", "total": count, "limit": 5}


def test_what_a_person_set_aside_does_not_count(portal, warning_rules, found):
    records = [*found("column.blank", 1), *found("column.blank", 3, state=FindingState.WAIVED, start=10)]
    assert not list(early_warnings(portal, records, warning_rules))


def test_a_reached_veto_says_enough(portal, warning_rules, found):
    records = [*found("column.blank", 2), *found("column.stale", 5, kind="news")]
    assert not list(early_warnings(portal, records, warning_rules))


def test_rows_without_a_number_never_warn(portal, rules, found):
    assert not list(early_warnings(portal, found("column.blank", 4), rules))

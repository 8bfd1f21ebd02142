"""Every state of the domain has an official word, and no two share one."""

from enum import StrEnum

import pytest

from domain.account_freshness import AccountState
from domain.accounts import CollectionStatus
from domain.findings import FindingState, Severity
from domain.runs import RunKind


@pytest.mark.parametrize("kind", [AccountState, CollectionStatus, FindingState, Severity, RunKind])
def test_every_state_has_its_own_word(kind: type[StrEnum]) -> None:
    words = [member.label for member in kind]  # type: ignore[attr-defined]
    assert all("\u4e00" <= word[0] <= "\u9fff" for word in words)
    assert len(set(words)) == len(words)


def test_severities_are_ranked() -> None:
    assert sorted(Severity, key=lambda item: item.rank) == [
        Severity.NOTICE,
        Severity.PROBLEM,
        Severity.DEDUCT,
        Severity.VETO,
    ]


def test_what_was_closed_does_not_count() -> None:
    assert {state for state in FindingState if not state.is_open} == {
        FindingState.FIXED,
        FindingState.WAIVED,
        FindingState.REJECTED,
    }

"""Which findings a row counts, and what findings, verdicts and runs call themselves."""

import pytest

from domain.findings import Finding, FindingState, Ref, Severity
from domain.rules import Count, Indicator
from domain.runs import RunKind
from domain.scores import Verdict


def finding(check: str = "column.stale", **fields: object) -> Finding:
    return Finding(check, Ref("http://a.cn/"), "x", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("where", "fields", "accepted"),
    [
        ({}, {}, True),
        ({"kind": ("news", "policy")}, {"kind": "policy"}, True),
        ({"kind": ("news",)}, {"kind": "plan"}, False),
        ({"kind": ("news",)}, {}, False),
        ({"home": ("true",)}, {"home": True}, True),
        ({"home": ("true",)}, {"home": False}, False),
        ({"home": ("false",)}, {"home": False}, True),
        ({"level": ("1",), "kind": ("news",)}, {"level": "1", "kind": "news"}, True),
        ({"level": ("1",), "kind": ("news",)}, {"level": "2", "kind": "news"}, False),
    ],
)
def test_a_row_counts_what_it_names(
    where: dict[str, tuple[str, ...]], fields: dict[str, object], accepted: bool
) -> None:
    assert Count("column.stale", where).accepts(finding(**fields)) is accepted
    assert not Count("column.blank", where).accepts(finding(**fields))


def test_a_row_from_memory_waits_for_a_person() -> None:
    assert Indicator("D1", "x", (), confidence="M").pending
    assert not Indicator("D1", "x", (), confidence="M", confirmed_by="王敏").pending
    assert not Indicator("D1", "x", (), confidence="V").pending


def test_severities_are_ordered() -> None:
    assert sorted(Severity, key=lambda s: -s.rank) == [
        Severity.VETO, Severity.DEDUCT, Severity.PROBLEM, Severity.NOTICE,
    ]  # fmt: skip


def test_open_states() -> None:
    assert {s for s in FindingState if s.is_open} == {
        FindingState.NEW, FindingState.PERSISTING, FindingState.REOPENED,
    }  # fmt: skip


def test_official_words() -> None:
    assert [verdict.label for verdict in Verdict] == ["合格", "不合格", "未能判定"]
    assert [kind.label for kind in RunKind] == ["例行巡检", "专项检查", "上线前检查", "访问监测"]

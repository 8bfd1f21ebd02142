"""Findings as a person judges them: confirm, reject, waive, reopen."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from checks.rules.rulebook import load_rules
from domain.errors import UsageError
from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity, fingerprint
from domain.persons import Actor
from domain.ports import Store
from domain.runs import Run, RunKind
from domain.targets import Registry, Site
from domain.times import BEIJING
from inspection.people.finding_details import finding_details
from inspection.people.findings import find, finding_lines, review, waive
from storage import open_store, upgrade

AT = datetime(2023, 4, 26, 10, tzinfo=BEIJING)
RULES = load_rules()
COLUMN = {
    "label": "工作动态",
    "kind": "news",
    "limit": 14,
    "items": 20,
    "age": 30,
    "newest": "2023-03-27",
    "deadline": "2023-04-10",
}


def record(
    number: int, check: str = "column.stale", severity: Severity = Severity.DEDUCT, **fields: object
) -> FindingRecord:
    url = f"http://www.jia.gov.cn/{number}/"
    finding = Finding(check, Ref(url, "工作动态"), url, COLUMN, kind="news", level="1", **fields)  # type: ignore[arg-type]
    key = fingerprint(check, "2101000001", url)
    return FindingRecord(key, "2101000001", finding, FindingState.NEW, severity, "1", AT, AT, "r1", "r1")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    url = f"sqlite:///{tmp_path}/x.db"
    upgrade(url)
    made = open_store(url, tmp_path)
    made.save_registry(Registry(sites=(Site("2101000001", "甲市政府", "http://www.jia.gov.cn/"),)))
    made.save_run(Run("r1", RunKind.NIGHTLY, AT, AT))
    made.save_findings([record(1), record(2, severity=Severity.VETO), record(3, candidate=True)])
    return made


def key(number: int) -> str:
    return record(number).fingerprint


def state(store: Store, number: int) -> FindingState:
    return find(store, key(number)).state


def test_the_list_is_by_severity_and_by_target(store: Store) -> None:
    lines = finding_lines(store, RULES, "", show_all=False, as_json=False).splitlines()
    assert [line.split()[1] for line in lines] == ["单项否决", "扣分", "扣分"]
    assert "待确认" in next(line for line in lines if line.startswith(key(3)[:8]))
    assert "工作动态" in lines[0]
    for name in ("2101000001", "甲市政府"):
        assert finding_lines(store, RULES, name, show_all=False, as_json=False).splitlines() == lines
    with pytest.raises(UsageError, match="乙市"):
        finding_lines(store, RULES, "乙市", show_all=False, as_json=False)


def test_the_list_as_json(store: Store) -> None:
    document = json.loads(finding_lines(store, RULES, "", show_all=False, as_json=True))
    assert document["schema"] == "xunjian.findings/1"
    assert {row["fingerprint"] for row in document["findings"]} == {key(1), key(2), key(3)}
    assert all(
        row["first_seen"].endswith("+08:00") or row["first_seen"].endswith("+00:00") for row in document["findings"]
    )


def test_a_confirmed_candidate_counts(store: Store) -> None:
    assert not find(store, key(3)).counts
    assert "王敏" in review(store, key(3), "confirmed", Actor("王敏"), "属实", AT)
    kept = find(store, key(3))
    assert kept.counts
    assert (kept.review.by, kept.review.reason, kept.review.rule_version) == ("王敏", "属实", "1")


def test_a_rejected_finding_leaves_the_list_and_comes_back_on_request(store: Store) -> None:
    review(store, key(1), "rejected", Actor("王敏"), "页面已更新", AT)
    assert state(store, 1) is FindingState.REJECTED
    assert key(1)[:8] not in finding_lines(store, RULES, "", show_all=False, as_json=False)
    assert key(1)[:8] in finding_lines(store, RULES, "", show_all=True, as_json=False)
    review(store, key(1), "unreviewed", Actor("王敏"), "", AT)
    assert state(store, 1) is FindingState.PERSISTING


def test_a_waiver_has_a_reason_a_person_and_an_end(store: Store) -> None:
    assert "2023-06-30" in waive(store, key(1), Actor("王敏"), "系统迁移", "2023-06-30", AT)
    told = finding_details(store, RULES, key(1))
    assert all(word in told for word in ("豁免", "王敏", "2023-06-30", "系统迁移"))
    review(store, key(1), "unreviewed", Actor("王敏"), "", AT + timedelta(days=1))
    assert state(store, 1) is FindingState.PERSISTING
    assert find(store, key(1)).waiver is None


def test_a_day_that_is_none_is_refused_and_nothing_changes(store: Store) -> None:
    with pytest.raises(UsageError, match="2023-06-31"):
        waive(store, key(1), Actor("王敏"), "x", "2023-06-31", AT)
    assert state(store, 1) is FindingState.NEW


def test_details_say_what_where_when_and_what_to_do(store: Store) -> None:
    told = finding_details(store, RULES, key(1)[:10])
    for word in (
        "工作动态",
        key(1),
        "column.stale",
        "http://www.jia.gov.cn/1/",
        "2023-04-26",
        "整改建议",
        "1 次巡检发现",
    ):
        assert word in told


@pytest.mark.parametrize(("prefix", "words"), [("zz", "没有"), ("", "有 3 个")])
def test_a_number_must_name_one_finding(store: Store, prefix: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        find(store, prefix)


def test_everything_done_to_a_finding_is_told_in_order(store: Store) -> None:
    key = record(1).fingerprint
    for verdict, name, day in (("confirmed", "王敏", 0), ("rejected", "李明", 1), ("unreviewed", "王敏", 2)):
        review(store, key, verdict, Actor(name), "看过", AT + timedelta(days=day))
    lines = finding_details(store, RULES, key).splitlines()
    told = lines[lines.index("处理记录：") + 1 :]
    assert [line.split()[:2] for line in told] == [
        ["2023-04-26", "王敏"],
        ["2023-04-27", "李明"],
        ["2023-04-28", "王敏"],
    ]
    assert "已确认" in told[0]
    assert "误报" in told[1]

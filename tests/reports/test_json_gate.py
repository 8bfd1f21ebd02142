"""The contract documents against their published schemas."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from domain.scores import Verdict
from reports.json_gate import gate_document, run_document

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schema"


def validator(name):
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def as_json(document):
    return json.loads(json.dumps(document, ensure_ascii=False, allow_nan=False))


@pytest.fixture
def gate(report):
    return as_json(gate_document(report, "5399000012", Verdict.FAIL))


@pytest.mark.parametrize("site", ["5399000001", "5399020001", "5399000012", "5399000019", "5399000031"])
def test_gate_document_is_valid_for_every_site(report, site):
    for verdict in Verdict:
        validator("gate-1.json").validate(as_json(gate_document(report, site, verdict)))


def test_gate_document_has_exactly_the_keys_of_the_contract_in_order(gate):
    assert list(gate) == [
        "schema", "run", "as_of", "target", "verdict", "official", "score", "pages", "coverage", "columns", "findings", "unjudged",
    ]  # fmt: skip
    assert list(gate["columns"][0]) == ["name", "url", "kind", "newest", "items", "status"]
    assert list(gate["findings"][0]) == [
        "fingerprint", "check", "severity", "candidate", "state", "url", "label",
        "found_on", "count", "facts", "message", "fix", "capture", "indicators",
    ]  # fmt: skip
    assert list(gate["unjudged"][0]) == ["check", "url", "reason"]


def test_gate_document_content(gate):
    assert gate["as_of"] == "2023-04-26T09:00:00+08:00"
    assert gate["target"] == {"id": "5399000012", "name": "云川市民政局网站", "url": "http://mzj.yunchuan.gov.cn/"}
    assert (gate["verdict"], gate["official"]["verdict"], gate["score"], gate["pages"]) == ("fail", "pass", 93.0, 412)
    assert gate["coverage"] == {"judged": 6, "unjudged": 3}
    assert [(row["indicator"], row["points"]) for row in gate["official"]["deductions"]] == [
        ("D1.5", 5.0), ("D1.8", 1.0), ("D4.3", 1.0),
    ]  # fmt: skip
    assert len(gate["unjudged"]) == 26


def test_findings_carry_sentence_indicators_and_evidence(gate):
    stale = next(item for item in gate["findings"] if item["label"] == "政策文件")
    assert stale["message"] == "栏目“政策文件”已 201 天未更新，更新期限为 182 天"
    assert stale["indicators"] == ["D1.5", "D1.8"]
    assert (stale["state"], stale["facts"]["newest"], len(stale["capture"])) == ("persisting", "2022-10-07", 64)
    dead = next(item for item in gate["findings"] if item["count"] == 61)
    assert (dead["check"], dead["capture"], dead["found_on"][0]) == ("link.dead", None, "http://mzj.yunchuan.gov.cn/")
    assert {item["state"] for item in gate["findings"]} == {"new", "persisting", "fixed", "reopened", "waived"}
    assert gate["findings"][0]["severity"] == "veto"
    assert gate["findings"][0]["candidate"] is True


def test_column_statuses(gate):
    assert {item["name"]: item["status"] for item in gate["columns"]} == {
        "民政要闻": "fresh",
        "部门动态": "near_due",
        "通知公告": "unjudged",
        "政策文件": "stale",
        "规划计划": "stale",
        "防汛专题（2021）": "archived",
        "网上调查": "blank",
        "下载中心": "undated",
        "办事公开": "unjudged",  # no deadline, and old: neither fresh nor overdue
    }
    assert [item["newest"] for item in gate["columns"]][2:4] == [None, "2022-10-07"]


def test_an_overdue_date_the_check_did_not_report_is_not_called_stale(report):
    quiet = replace(report, records={})
    statuses = {item["name"]: item["status"] for item in gate_document(quiet, "5399000012", Verdict.PASS)["columns"]}
    assert statuses["政策文件"] == "unjudged"


def test_schema_refuses_what_the_contract_does_not_name(gate):
    check = validator("gate-1.json")
    for broken in (
        gate | {"extra": 1},
        gate | {"verdict": "合格"},
        gate | {"schema": "xunjian.gate/2"},
        gate | {"as_of": "2023-04-26 09:00"},
        {key: value for key, value in gate.items() if key != "coverage"},
        gate | {"columns": [gate["columns"][0] | {"status": "old"}]},
        gate | {"unjudged": [{"check": "a.b", "url": ""}]},
    ):
        with pytest.raises(ValidationError):
            check.validate(broken)


def test_run_document_is_valid_and_keeps_every_target(report):
    document = as_json(run_document(report))
    validator("run-1.json").validate(document)
    assert [item["id"] for item in document["targets"]] == [target.id for target in report.targets]
    assert document["city"]["sites"]["pass_rate"] == "100"
    assert document["kinds"][1]["sites"]["pass_rate"] is None


def test_a_site_without_a_card_stays_in_the_run_with_the_reason(report):
    report = replace(report, cards={key: card for key, card in report.cards.items() if key != "5399020001"})
    document = as_json(run_document(report))
    validator("run-1.json").validate(document)
    lost = next(item for item in document["targets"] if item["id"] == "5399020001")
    assert (lost["verdict"], lost["score"], lost["reason"], lost["kind"]) == (
        "unknown",
        None,
        "首页未能打开：连接超时",
        "site",
    )


def test_run_document_of_nothing(empty_report):
    document = as_json(run_document(empty_report))
    validator("run-1.json").validate(document)
    assert (document["targets"], document["city"]) == ([], None)

"""Terminal, JUnit, SARIF and GitHub annotations."""

import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from domain.captured import SiteRun
from domain.findings import Severity
from domain.runs import RunKind, RunState
from reports.github import github_annotations
from reports.junit import junit_xml
from reports.sarif import sarif_document
from reports.terminal import clean, print_report


class Terminal(io.StringIO):
    def isatty(self):
        return True


def printed(report, stream=None, **more):
    stream = stream or io.StringIO()
    print_report(report, stream, **more)
    return stream.getvalue()


def test_plain_lines_when_no_terminal(report):
    text = printed(report, files={"总览": Path("out/index.html")})
    assert "\x1b" not in text
    assert (
        "合计：网站 5 家：合格 4，不合格 0，未能判定 1，无扣分点 2（40%）；新媒体 3 个：合格 2，不合格 1，未能判定 0"
        in text
    )
    lines = text.splitlines()
    place = {key: next(n for n, line in enumerate(lines) if key in line) for key in ("合计", "✗ 不合格", "? 未能判定", "未能判定（待人工核查", "总览：")}  # fmt: skip
    assert list(place.values()) == sorted(place.values())
    assert lines[-1] == "总览：out/index.html"


def test_table_and_colours_on_a_terminal(report, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    text = printed(report, Terminal())
    assert "\x1b[" in text
    assert "无扣分点" in text


def test_open_questions_are_counted_by_check(report):
    assert "未能判定（待人工核查，不扣分）：错链、断链 24 处，栏目超期未更新 2 处，站点无法访问 1 处" in printed(report)


def test_nothing_wrong_is_said_in_one_line(report, empty_report):
    clean = replace(report, registry=replace(report.registry, sites=report.registry.sites[:1], accounts=()), city=None)
    assert "没有需要处理的问题。" in printed(clean)
    assert "没有需要处理的问题。" not in printed(empty_report)  # nothing was judged: nothing is said of it


def test_a_night_that_is_spread_says_how_far_it_came(report):
    left = {"a": SiteRun("r", "a", "partial", 30, {"next_nights": 90}), "b": SiteRun("r", "b", "partial", 30, {"next_nights": 30}), "c": SiteRun("r", "c", "complete", 9)}  # fmt: skip
    text = printed(replace(report, site_runs=left))
    assert "2 个网站与其他网站共用地址" in text
    assert "本次看了 60 个网址，已发现的还有 120 个（已看 33%）" in text
    assert "约需 3 夜" in text
    assert "分夜采集" not in printed(report)


def test_partial_run_is_said_at_the_top(report):
    text = printed(replace(report, run=replace(report.run, state=RunState.PARTIAL, reason="按 Ctrl-C 中断")))
    assert "本批次未完整结束：按 Ctrl-C 中断" in text.splitlines()[1]


def test_many_findings_and_targets_are_cut_with_a_count(report):
    record = report.records["5399000012"][0]
    many = tuple(replace(record, fingerprint=f"{n:016x}") for n in range(59))
    assert "另有 54 项，见报告" in printed(replace(report, records={"5399000012": many}))
    alone = replace(report.registry, sites=report.registry.sites[1:2], accounts=())
    only = replace(report, registry=alone, records={alone.sites[0].id: many})
    assert "另有 9 项，见报告" in printed(only)
    sites = tuple(replace(report.registry.sites[1], id=f"s{n}") for n in range(25))
    crowd = replace(report, registry=replace(report.registry, sites=sites, accounts=()), cards={})
    assert "另有 5 个对象需要处理，见报告" in printed(crowd)


def test_page_text_cannot_steer_the_terminal_or_forge_lines():
    assert clean("a\x1b[2Jb\nc\u202ed") == "a�[2Jb c�d"


def test_junit(report):
    root = ET.fromstring(junit_xml(report, checks={"5399000001": ["home.stale"], "5399000012": ["home.stale"]}))
    suites = {suite.get("name"): suite for suite in root}
    mzj = {case.get("name"): case for case in suites["云川市民政局网站"]}
    assert len(mzj["column.stale"].findall("failure")) == 1
    assert mzj["link.dead"].find("failure").get("message") == "错链、断链：1 项"
    assert "豁免" not in mzj["link.dead"].find("failure").text
    assert mzj["text.misstatement"].find("failure") is None
    assert mzj["site.unreachable"].find("skipped") is not None
    assert list(mzj["home.stale"]) == []
    assert "mark.missing" not in mzj
    assert suites["云川市民政局网站"].get("failures") == "2"
    assert [case.get("name") for case in suites["云川市人民政府门户网站"]] == ["home.stale"]
    for key in ("tests", "failures", "skipped"):
        assert int(root.get(key)) == sum(int(suite.get(key)) for suite in root)


@pytest.mark.parametrize(("fail_on", "failures"), [("veto", 1), ("deduct", 4), ("problem", 5)])
def test_junit_threshold(report, fail_on, failures):
    assert ET.fromstring(junit_xml(report, fail_on=Severity(fail_on))).get("failures") == str(failures)


def test_junit_survives_any_text(report):
    site = replace(report.registry.sites[0], name="坏\x00\x1b\ud800]]>")
    broken = replace(report, registry=replace(report.registry, sites=(site,)))
    assert ET.fromstring(junit_xml(broken))[0].get("name") == "坏���]]>"


def test_sarif(report):
    document = json.loads(json.dumps(sarif_document(report), ensure_ascii=False))
    run = document["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert (result["level"] == "none") == (result["kind"] != "fail")
        assert result["message"]["text"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].isascii()
    kinds = [result["kind"] for result in run["results"]]
    assert (kinds.count("fail"), kinds.count("review"), kinds.count("open")) == (9, 1, 27)
    waived = [result for result in run["results"] if "suppressions" in result]
    assert [item["suppressions"][0]["justification"] for item in waived] == ["原单位已撤销，链接保留备查"]
    assert {result.get("baselineState") for result in run["results"]} == {"new", "unchanged", "absent", None}
    assert run["invocations"][0]["executionSuccessful"] is True


def test_github_annotations(report):
    lines = list(github_annotations(report))
    assert all(line.count("\n") == 0 and line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    errors = [line for line in lines if line.startswith("::error")]
    assert len(errors) == 5
    assert any("title=错链、断链 云川市民政局网站::" in line for line in errors)
    assert any(line.startswith("::notice") and "疑似问题，待人工确认：" in line for line in lines)
    assert any("另有 16 处未能判定" in line for line in lines)
    assert not any("原单位已撤销" in line or "x.pdf" in line for line in lines)


def test_github_annotations_cannot_be_forged(report):
    site = replace(report.registry.sites[4], name="a,b::c\n::error::x\u2028::warning::y")
    lines = list(github_annotations(replace(report, registry=replace(report.registry, sites=(site,), accounts=()))))
    assert len(lines) == 1
    assert "title=栏目超期未更新 a%2Cb%3A%3Ac" in lines[0]
    assert len(lines[0].splitlines()) == 1


def test_what_a_baseline_knows_fails_no_pipeline(report):
    wrong = [record for record in report.open_records("5399000012") if record.severity.rank >= Severity.DEDUCT.rank]
    assert wrong
    known = replace(report, accepted=frozenset(record.fingerprint for record in wrong))
    told = "\n".join(github_annotations(known))
    assert told.count("基线中的已知问题") == len(wrong)
    before = "\n".join(github_annotations(report))
    assert before.count("::error") - told.count("::error") == len(wrong)
    failures = [int(ET.fromstring(junit_xml(item)).get("failures")) for item in (report, known)]
    assert failures[0] > failures[1]
    states = {
        item["partialFingerprints"]["xunjian/v1"]: item["baselineState"]
        for item in sarif_document(known)["runs"][0]["results"]
        if "partialFingerprints" in item
    }
    assert {states[record.fingerprint] for record in wrong} == {"unchanged"}


def test_a_gate_says_that_its_line_is_the_official_score(report):
    gate = replace(report, run=replace(report.run, kind=RunKind.GATE))
    assert "考核评定：✗ 不合格" in printed(gate)
    assert "考核评定" not in printed(report)

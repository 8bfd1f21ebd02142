"""Pass, fail and unknown of a gate: its options, its baseline, its folder mode."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from faulty_sites import xunjian
from jsonschema import Draft202012Validator

from checks.rules.rulebook import load_rules
from democity.city import City, build_city
from democity.server import served
from democity.story import Fault
from domain.errors import UsageError
from domain.findings import Severity
from domain.scores import Verdict
from domain.targets import Site
from domain.times import BEIJING
from inspection.runs.baseline import read_baseline
from inspection.runs.gate import GateOptions, GateResult, decide, run_gate
from reports.json_gate import gate_document

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
QUICK = {"second_look_seconds": 0.1, "retry_seconds": 0.2, "render": False}
PLAIN = GateOptions(AS_OF, allow_private=True, settings=QUICK)
TEXT = "".join(f"<p>第 {n} 条：办理流程、所需材料和联系方式以窗口公告为准，请提前预约。</p>" for n in range(20))


def gate_city(city: City, label: str, options: GateOptions) -> GateResult:
    site = next(item for item in city.registry().sites if _label(city, item) == label)
    with served(city, day=date(2023, 4, 26)) as port:
        settings = {**QUICK, "resolver": city.resolver_map(port)}
        return run_gate(site, replace(options, settings=settings), load_rules())


def _label(city: City, site: Site) -> str:
    return next(item.body.label for item in city.sites if item.code == site.id)


def again(result: GateResult, options: GateOptions) -> tuple[Verdict, str]:
    """The same report under other options."""
    report = replace(result.report, accepted=options.baseline)
    return decide(report, result.target_id, options, no_home="")


@pytest.fixture(scope="module")
def faulty() -> GateResult:
    """A department with a dead link and an overdue column."""
    faults = (Fault("dead_home", "fgw"), Fault("stale", "fgw", "gzdt:30"))
    city = build_city("small", sites=6, faults=faults)
    return gate_city(city, next(s.body.label for s in city.sites if s.body.label == "fgw"), PLAIN)


def failing(result: GateResult) -> dict[str, str]:
    return {
        r.fingerprint: r.finding.check
        for r in result.report.records[result.target_id]
        if r.counts and r.severity.rank >= 2
    }


def test_planted_faults_fail_the_gate(faulty: GateResult) -> None:
    assert faulty.verdict is Verdict.FAIL
    assert faulty.why.startswith("未通过：")
    assert {"link.dead", "column.stale"} <= set(failing(faulty).values())


def test_the_document_fits_its_schema_and_says_the_same(faulty: GateResult) -> None:
    schema = json.loads((Path(__file__).parents[3] / "docs/schema/gate-1.json").read_text(encoding="utf-8"))
    document = gate_document(faulty.report, faulty.target_id, faulty.verdict)
    Draft202012Validator(schema).validate(json.loads(json.dumps(document)))
    assert document["verdict"] == "fail"
    assert set(failing(faulty)) <= {item["fingerprint"] for item in document["findings"]}


def test_a_baseline_forgives_identities_not_numbers(faulty: GateResult) -> None:
    everything = frozenset(failing(faulty))
    one = next(iter(everything))
    assert again(faulty, replace(PLAIN, baseline=everything))[0] is Verdict.PASS
    assert again(faulty, replace(PLAIN, baseline=everything - {one}))[0] is Verdict.FAIL
    strangers = frozenset(f"{n:016x}" for n in range(len(everything)))
    assert again(faulty, replace(PLAIN, baseline=strangers))[0] is Verdict.FAIL


def test_fail_on_chooses_the_severity(faulty: GateResult) -> None:
    assert again(faulty, replace(PLAIN, fail_on=Severity.VETO))[0] is Verdict.PASS
    assert again(faulty, replace(PLAIN, fail_on=Severity.PROBLEM))[0] is Verdict.FAIL


def test_min_score_counts_where_no_finding_fails(faulty: GateResult) -> None:
    score = faulty.report.cards[faulty.target_id].score
    assert score is not None
    lenient = replace(PLAIN, fail_on=Severity.VETO)
    assert again(faulty, replace(lenient, min_score=score))[0] is Verdict.PASS
    verdict, why = again(faulty, replace(lenient, min_score=score + 0.1))
    assert verdict is Verdict.FAIL
    assert "低于要求" in why


def test_min_pages_and_strict_make_it_unknown(faulty: GateResult) -> None:
    verdict, why = again(faulty, replace(PLAIN, min_pages=10_000))
    assert verdict is Verdict.UNKNOWN
    assert "10000" in why
    assert faulty.report.unjudged[faulty.target_id]
    lenient = replace(PLAIN, fail_on=Severity.VETO)
    assert again(faulty, replace(lenient, strict=True))[0] is Verdict.UNKNOWN
    assert again(faulty, replace(PLAIN, strict=True))[0] is Verdict.FAIL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "public"
    site.mkdir()
    links = "".join(f'<li><a href="p{n}.html">第{n}号公告的办理说明</a><span>2023-04-20</span></li>' for n in range(8))
    links = f"<ul>{links}</ul>"
    for name, extra in (("index", links), *((f"p{n}", "") for n in range(8))):
        html = f"<html><head><title>{name}</title></head><body>{TEXT}{extra}</body></html>"
        (site / f"{name}.html").write_text(html, encoding="utf-8")
    return site


def lenient(**changes: Any) -> GateOptions:
    return replace(PLAIN, fail_on=Severity.VETO, **changes)


def test_a_folder_is_a_site_without_network_checks(folder: Path) -> None:
    result = run_gate(str(folder), lenient(), load_rules())
    assert result.target_id == "public"
    assert sum(item.pages for item in result.report.site_runs.values()) == 9
    assert result.verdict is Verdict.PASS, result.why
    told = {r.finding.check for r in result.report.records["public"]} | {
        u.check for u in result.report.unjudged["public"]
    }
    assert not told & {"domain.irregular", "site.unreachable"}


def test_max_pages_limits_what_is_read(folder: Path) -> None:
    result = run_gate(str(folder), lenient(max_pages=3), load_rules())
    assert sum(item.pages for item in result.report.site_runs.values()) == 3
    (skipped,) = (item.skipped for item in result.report.site_runs.values())
    assert skipped["page_budget"] == 6


def test_a_folder_without_index_is_unknown(folder: Path) -> None:
    (folder / "index.html").unlink()
    result = run_gate(str(folder), lenient(), load_rules())
    assert result.verdict is Verdict.UNKNOWN
    assert "首页" in result.why


def test_a_broken_link_in_a_folder_fails_under_the_name_of_production(folder: Path) -> None:
    home = folder / "index.html"
    home.write_text(home.read_text(encoding="utf-8").replace("p7.html", "gone.html"), encoding="utf-8")
    here = run_gate(str(folder), replace(PLAIN, known_as="2101000001"), load_rules())
    moved = folder.rename(folder.parent / "elsewhere")
    there = run_gate(str(moved), replace(PLAIN, known_as="2101000001"), load_rules())
    dead = {key for key, check in failing(here).items() if check == "link.dead"}
    assert len(dead) == 1
    assert here.target_id == there.target_id == "2101000001"
    assert failing(here) == failing(there)
    assert here.verdict is Verdict.FAIL


def test_the_exit_code_and_the_baseline_on_the_command_line(folder: Path, tmp_path: Path) -> None:
    home = folder / "index.html"
    home.write_text(home.read_text(encoding="utf-8").replace("p7.html", "gone.html"), encoding="utf-8")
    common = ("--as-of", "2023-04-26", "--data", str(tmp_path / "none"), "--format", "json")
    first = xunjian("gate", str(folder), *common)
    assert first.code == 1
    assert first.document["verdict"] == "fail"
    assert first.last.startswith("上线前检查未通过：")
    known = tmp_path / "known.json"
    known.write_text(first.out, encoding="utf-8")
    known_ones = read_baseline(known)
    assert {item["fingerprint"] for item in first.document["findings"]} == known_ones
    result = run_gate(str(folder), replace(PLAIN, baseline=known_ones), load_rules())
    assert result.verdict is Verdict.PASS, result.why


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": [{}]}', "\x00", '{"findings": 3}'])
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="基线"):
        read_baseline(path)

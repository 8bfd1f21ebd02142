"""SARIF 2.1.0. Candidates are results to review, what could not be judged is `open`: neither fails a pipeline."""

from typing import Any
from urllib.parse import quote

from domain.findings import FindingRecord, FindingState, Severity, Unjudged
from reports.machine import sentence
from reports.model import FilePlace, Report

_LEVEL = {Severity.VETO: "error", Severity.DEDUCT: "error", Severity.PROBLEM: "warning", Severity.NOTICE: "note"}
_URI = ":/?#[]@!$&'()*+,;=%~-._"
_BASELINE = {
    FindingState.NEW: "new",
    FindingState.REOPENED: "new",
    FindingState.PERSISTING: "unchanged",
    FindingState.WAIVED: "unchanged",
    FindingState.REJECTED: "unchanged",
    FindingState.FIXED: "absent",
}


def sarif_document(report: Report) -> dict[str, Any]:
    """The log of one run, every target in it."""
    ids = [target.id for target in report.targets]
    used = {record.finding.check for key in ids for record in report.records.get(key, ())}
    used |= {item.check for key in ids for item in report.unjudged.get(key, ())}
    rules = sorted(used)
    index = {check: place for place, check in enumerate(rules)}
    results = [_result(report, record, index) for key in ids for record in report.records.get(key, ())]
    results += [_question(item, index) for key in ids for item in report.unjudged.get(key, ())]
    driver: dict[str, Any] = {"name": "xunjian", "rules": [_rule(report, check) for check in rules]}
    if report.version:
        driver["version"] = report.version
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"xunjian/{report.run.kind.value}/{report.run.id}"},
        "invocations": [{"executionSuccessful": report.run.state.value == "complete"}],
        "results": results,
        "language": "zh-CN",
        "properties": {
            "asOf": report.run.as_of.isoformat(),
            "rulesHash": report.run.rules_hash or report.rulebook.hash,
        },
    }
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


def _rule(report: Report, check: str) -> dict[str, Any]:
    rule = report.rulebook.checks.get(check)
    described: dict[str, Any] = {"id": check, "shortDescription": {"text": report.wording.title(check)}}
    if rule:
        described["defaultConfiguration"] = {"level": _LEVEL[rule.severity]}
    return described


def _result(report: Report, record: FindingRecord, index: dict[str, int]) -> dict[str, Any]:
    seen = record.finding
    place = report.files.get(record.fingerprint)
    waiting = seen.candidate and record.review.verdict != "confirmed"
    result: dict[str, Any] = {
        "ruleId": seen.check,
        "ruleIndex": index[seen.check],
        "kind": "review" if waiting else "fail",
        "level": "none" if waiting else _LEVEL[record.severity],
        "message": {"text": sentence(report, record)},
        "locations": [_of_file(place, seen.ref.label) if place else _location(seen.ref.url, seen.ref.label)],
        "partialFingerprints": {"xunjian/v1": record.fingerprint},
        "baselineState": "unchanged" if record.fingerprint in report.accepted else _BASELINE[record.state],
        "occurrenceCount": max(1, seen.count),
        "properties": {"state": record.state.value, "severity": record.severity.value, "facts": dict(seen.facts)},
    }
    if seen.found_on:
        result["relatedLocations"] = [_location(page, "") for page in seen.found_on]
    if record.state in {FindingState.WAIVED, FindingState.REJECTED}:
        reason = record.waiver.reason if record.waiver else record.review.reason
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return result


def _question(item: Unjudged, index: dict[str, int]) -> dict[str, Any]:
    return {
        "ruleId": item.check,
        "ruleIndex": index[item.check],
        "kind": "open",
        "level": "none",
        "message": {"text": f"未能判定：{item.reason}"},
        "locations": [_location(item.ref.url, item.ref.label)],
    }


def _of_file(file: FilePlace, label: str) -> dict[str, Any]:
    place = _location(file.path, label)
    if file.line:
        place["physicalLocation"]["region"] = {"startLine": file.line}
    return place


def _location(url: str, label: str) -> dict[str, Any]:
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": quote(url, safe=_URI) or "about:blank"}}}
    if label:
        place["message"] = {"text": label}
    return place

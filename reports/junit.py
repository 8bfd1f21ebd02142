"""JUnit XML: one suite a target, one case a check. What could not be judged is skipped with its reasons, never passed."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping

from domain.findings import FindingRecord, Severity, Unjudged
from reports.machine import failing, sentence, shown_records, xml_text
from reports.model import Report

_MOST_LINES = 100


def junit_xml(
    report: Report, *, fail_on: Severity = Severity.DEDUCT, checks: Mapping[str, Iterable[str]] | None = None
) -> str:
    """The document. `checks` names the checks that ran on each target, so that clean ones show as passed."""
    suites = ET.Element("testsuites", name="xunjian")
    totals = {"tests": 0, "failures": 0, "skipped": 0}
    for target in report.targets:
        suite = ET.SubElement(suites, "testsuite", name=xml_text(target.name), timestamp=report.run.as_of.isoformat())
        counts = _suite(report, target.id, suite, fail_on, (checks or {}).get(target.id, ()))
        for key, value in counts.items():
            suite.set(key, str(value))
            totals[key] += value
        suite.set("errors", "0")
    for key, value in totals.items():
        suites.set(key, str(value))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _suite(report: Report, target_id: str, suite: ET.Element, fail_on: Severity, ran: Iterable[str]) -> dict[str, int]:
    found: dict[str, list[FindingRecord]] = {}
    for record in shown_records(report, target_id):
        found.setdefault(record.finding.check, []).append(record)
    asked: dict[str, list[Unjudged]] = {}
    for item in report.unjudged.get(target_id, ()):
        asked.setdefault(item.check, []).append(item)
    counts = {"tests": 0, "failures": 0, "skipped": 0}
    for check in sorted({*ran, *found, *asked}):
        case = ET.SubElement(suite, "testcase", classname=xml_text(target_id), name=check)
        outcome = _case(report, case, found.get(check, []), asked.get(check, []), fail_on)
        counts["tests"] += 1
        if outcome:
            counts[outcome] += 1
    return counts


def _case(
    report: Report, case: ET.Element, found: list[FindingRecord], asked: list[Unjudged], fail_on: Severity
) -> str:
    wrong = [record for record in found if failing(report, record, fail_on)]
    mild = [record for record in found if record not in wrong]
    notes = [f"[{record.severity.label}] {_line(report, record)}" for record in mild]
    notes += [f"[未能判定] {item.reason} {item.ref.url}" for item in asked]
    outcome = ""
    if wrong:
        title = report.wording.title(wrong[0].finding.check)
        failure = ET.SubElement(
            case, "failure", type=wrong[0].severity.value, message=xml_text(f"{title}：{len(wrong)} 项")
        )
        failure.text = _text([_line(report, record) for record in wrong])
        outcome = "failures"
    elif asked:
        ET.SubElement(case, "skipped", message=xml_text(f"未能判定 {len(asked)} 处：{asked[0].reason}"))
        outcome = "skipped"
    if notes:
        ET.SubElement(case, "system-out").text = _text(notes)
    return outcome


def _line(report: Report, record: FindingRecord) -> str:
    place = report.files.get(record.fingerprint)
    return f"{sentence(report, record)} {f'{place} ' if place else ''}{record.finding.ref.url} [{record.fingerprint}]"


def _text(lines: list[str]) -> str:
    more = [f"另有 {len(lines) - _MOST_LINES} 项"] if len(lines) > _MOST_LINES else []
    return xml_text("\n".join([*lines[:_MOST_LINES], *more]))

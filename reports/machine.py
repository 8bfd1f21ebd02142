"""What the formats for pipelines share: which findings fail, and text that XML can carry."""

import re
from collections.abc import Iterator

from domain.findings import FindingRecord, FindingState, Severity
from reports.model import Report

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Text without the characters XML 1.0 cannot carry."""
    return _NOT_XML.sub("�", text)


def failing(report: Report, record: FindingRecord, fail_on: Severity) -> bool:
    """Whether a finding fails a build: it counts, is at least as severe as `fail_on`, and is not in the baseline."""
    grave = record.severity.rank >= fail_on.rank
    return record.counts and grave and record.fingerprint not in report.accepted


def shown_records(report: Report, target_id: str) -> Iterator[FindingRecord]:
    """Findings of a target that are not closed as fixed, most severe first."""
    records = [item for item in report.records.get(target_id, ()) if item.state is not FindingState.FIXED]
    yield from sorted(records, key=lambda item: (-item.severity.rank, item.finding.check, item.fingerprint))


def sentence(report: Report, record: FindingRecord) -> str:
    """What is wrong and what to do, for a reader without the report."""
    fix = report.wording.fix(record.finding)
    return report.wording.message(record.finding) + (f" 建议：{fix}" if fix else "")

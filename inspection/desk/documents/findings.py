"""Findings, what waits for a second person, what could not be judged, and doubts."""

from collections.abc import Iterator
from datetime import date, datetime

from typing_extensions import TypedDict

from domain.finding_search import Stage
from domain.findings import FindingRecord, FindingState, Severity, Unjudged, Why
from domain.persons import Request, RequestKind
from domain.rules import RuleBook
from inspection.desk.decisions import Choice
from inspection.desk.doubt_groups import Group
from inspection.desk.finding_lists import Line
from inspection.wording import RuleWording


class ReviewDocument(TypedDict):
    """What a person said of a finding."""

    verdict: str
    by: str
    at: datetime | None
    reason: str


class WaiverDocument(TypedDict):
    """A waiver that holds, or held."""

    by: str
    reason: str
    at: datetime
    expires: date | None


class FindingDocument(TypedDict):
    """One finding; `version` is what a change has to name, and the beginning of its tag."""

    fingerprint: str
    target: str
    target_name: str
    unit: str
    check: str
    title: str
    severity: Severity
    stage: Stage
    state: FindingState
    message: str
    fix: str
    url: str
    label: str
    found_on: list[str]
    count: int
    first_seen: datetime
    last_seen: datetime
    nights: int
    review: ReviewDocument
    waiver: WaiverDocument | None
    version: str


class RequestDocument(TypedDict):
    """What one person asked and another one has to grant."""

    fingerprint: str
    kind: RequestKind
    by: str
    at: datetime
    reason: str
    until: date | None


class OneFinding(FindingDocument):
    """One finding with what may be done with it by this person, and what waits for a second one."""

    choices: list[Choice]
    requests: list[RequestDocument]


class UnjudgedDocument(TypedDict):
    """What could not be judged, and why."""

    target: str
    check: str
    title: str
    url: str
    label: str
    reason: str
    why: Why


class SentenceDocument(TypedDict):
    """One doubted sentence; `key` is what a decision names."""

    key: str
    sentence: str
    targets: list[str]
    places: int
    confidence: float
    url: str


class DoubtDocument(TypedDict):
    """One doubted wording and the sentences it stands in."""

    wrong: str
    suggestion: str
    places: int
    sentences: list[SentenceDocument]


def finding_document(line: Line, rulebook: RuleBook) -> FindingDocument:
    """One finding."""
    record: FindingRecord = line.record
    finding, review, waiver = record.finding, record.review, record.waiver
    return {
        "fingerprint": record.fingerprint, "target": record.target_id, "target_name": line.target, "unit": line.unit,
        "check": finding.check, "title": line.title, "severity": record.severity, "stage": line.stage,
        "state": record.state, "message": line.message, "fix": RuleWording(rulebook).fix(finding),
        "url": finding.ref.url, "label": finding.ref.label, "found_on": list(finding.found_on), "count": finding.count,
        "first_seen": record.first_seen, "last_seen": record.last_seen, "nights": record.nights,
        "review": {"verdict": review.verdict, "by": review.by, "at": review.at, "reason": review.reason},
        "waiver": {"by": waiver.by, "reason": waiver.reason, "at": waiver.at, "expires": waiver.expires} if waiver else None,
        "version": line.version,
    }  # fmt: skip


def request_document(item: Request) -> RequestDocument:
    """One request."""
    return {
        "fingerprint": item.fingerprint, "kind": item.kind, "by": item.by, "at": item.at, "reason": item.reason,
        "until": item.until,
    }  # fmt: skip


def unjudged_document(target_id: str, item: Unjudged, wording: RuleWording) -> UnjudgedDocument:
    """One of them."""
    return {
        "target": target_id, "check": item.check, "title": wording.title(item.check), "url": item.ref.url,
        "label": item.ref.label, "reason": item.reason, "why": item.why,
    }  # fmt: skip


def doubt_document(group: Group) -> DoubtDocument:
    """One group of doubts."""
    return {
        "wrong": group.wrong, "suggestion": group.suggestion, "places": group.places,
        "sentences": list(_sentences(group)),
    }  # fmt: skip


def _sentences(group: Group) -> Iterator[SentenceDocument]:
    for row in group.rows:
        yield {
            "key": row.key, "sentence": row.fact("sentence"), "targets": list(row.targets), "places": row.places,
            "confidence": row.confidence, "url": row.finding.ref.url,
        }  # fmt: skip

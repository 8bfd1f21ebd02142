"""Everything a page about one finding shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.captured import Attempt
from domain.errors import NotThere, StoreError
from domain.finding_search import FindingSearch, Stage
from domain.findings import FindingRecord
from domain.persons import Request
from domain.ports import Store
from domain.rules import Indicator, RuleBook
from domain.targets import Account, Site
from inspection.desk.finding_lists import Line, lines_of
from inspection.desk.scope import GONE, View, seen_finding
from inspection.people.fact_words import fact_lines
from inspection.people.finding_details import Step, decision_lines, steps
from inspection.results.screenshots import pictures_of
from inspection.wording import RuleWording
from scorecards.scoring import target_kind

SAME_PLACE = 20


@dataclass(frozen=True, slots=True)
class FindingPage:
    """One finding with what it rests on."""

    line: Line
    target: Site | Account | None
    fix: str
    indicators: tuple[Indicator, ...]
    facts: tuple[str, ...]
    found_on: tuple[str, ...]
    has_picture: bool
    has_page: bool
    attempts: tuple[Attempt, ...]
    steps: tuple[Step, ...]
    decisions: tuple[str, ...]
    requests: tuple[Request, ...]
    same_place: tuple[Line, ...]

    @property
    def record(self) -> FindingRecord:
        """The finding itself."""
        return self.line.record


def finding_page(store: Store, rulebook: RuleBook, view: View, fingerprint: str) -> FindingPage:
    """The page of a finding; NotThere when it is none of the person's business."""
    record = seen_finding(store, view, fingerprint)
    finding = record.finding
    target = next((each for each in view.targets if each.id == record.target_id), None)
    (line,) = lines_of(store, rulebook, view, [record])
    attempts = store.attempts(record.target_id, finding.ref.url, record.last_seen) if _is_link(record) else ()
    return FindingPage(
        line,
        target,
        RuleWording(rulebook).fix(finding),
        tuple(_rows(rulebook, record, target)),
        tuple(fact_lines(finding.check, finding.facts)),
        finding.found_on,
        bool(pictures_of(store, [record])),
        stored_page(store, record) is not None,
        attempts,
        tuple(steps(store, record)),
        tuple(decision_lines(record)),
        tuple(store.requests(record.fingerprint)),
        tuple(_same_place(store, rulebook, view, record)),
    )


def _is_link(record: FindingRecord) -> bool:
    return record.finding.check.startswith("link.")


def _rows(rulebook: RuleBook, record: FindingRecord, target: Site | Account | None) -> Iterator[Indicator]:
    kind = target_kind(target) if target else ""
    for row in rulebook.indicators:
        if kind in {"", *row.applies_to} and any(count.accepts(record.finding) for count in row.counts):
            yield row


def _same_place(store: Store, rulebook: RuleBook, view: View, record: FindingRecord) -> list[Line]:
    """Other findings at the same address of the same target, whatever became of them."""
    search = FindingSearch(tuple(Stage), targets=(record.target_id,), limit=500)
    url = record.finding.ref.url
    others = [
        each
        for each in store.search_findings(search)
        if each.finding.ref.url == url and each.fingerprint != record.fingerprint
    ]
    return lines_of(store, rulebook, view, others[:SAME_PLACE])


def stored_page(store: Store, record: FindingRecord) -> tuple[bytes, str] | None:
    """(bytes, charset) of the page that shows a finding: its capture, else the page it was found on."""
    finding = record.finding
    url = finding.ref.url if finding.ref.capture or not finding.found_on else finding.found_on[0]
    page = store.page(record.target_id, url, record.last_seen)
    capture = finding.ref.capture or (page.body_hash if page else "")
    if not capture:
        return None
    try:
        body = store.body(capture)
    except StoreError:
        return None
    charset = page.reading.charset if page and page.reading else ""
    return body, charset or "utf-8"


def picture(store: Store, view: View, fingerprint: str) -> bytes:
    """The screenshot of a finding; NotThere when there is none."""
    record = seen_finding(store, view, fingerprint)
    found = pictures_of(store, [record]).get(fingerprint)
    if found is None:
        raise NotThere(GONE)
    return store.body(found)

"""What a run looked at of a site, and how a finding that was not seen again comes to its end by it.

A place is examined when the run holds a visit of it with a status under 400, a 404 or 410 that a second look
confirmed, or a redirect that was followed. What is older speaks neither for a finding nor against it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from checks.discovery import place_of
from domain.captured import Detail, Page, PageKind
from domain.findings import Closing, Finding, FindingRecord, Place, Unjudged, Why
from domain.links import Fault, LinkState, classify, fault_of
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run
from domain.targets import Site
from domain.times import beijing_date
from inspection.judging.link_sources import held_tonight, known_sources, suffices
from inspection.judging.standing_in import displaced

MAX_HOPS = 10
_BUDGETS = {"page_budget", "time_budget"}
_PLANS = {"audit_time", "next_nights", "endless"}


def is_superseded(store: Store, site: Site, run: Run) -> bool:
    """Whether a later run has looked at the site: what it says of the site stands."""
    return any(site.id in other.targets for other in store.runs(run.as_of))


class Nights(Mapping[str, date]):
    """Run -> its Beijing day; asked for when a fault is weighed, and not by whoever only lists columns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _days(self) -> Mapping[str, date]:
        return {item.id: beijing_date(item.as_of) for item in self._store.runs()}

    def __getitem__(self, run_id: str) -> date:
        return self._days[run_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._days)

    def __len__(self) -> int:
        return len(self._days)


@dataclass(frozen=True)
class Examination:
    """One site in one run. `withdrawn` are columns that nothing leads to any more."""

    store: Store
    site: Site
    run: Run
    home: bool  # the home page was read tonight
    visited: Mapping[str, int]  # address -> status of everything asked in this run
    withdrawn: frozenset[str] = frozenset()

    @cached_property
    def nights(self) -> Mapping[str, date]:
        """Run -> its Beijing day."""
        return Nights(self.store)

    @cached_property
    def read(self) -> frozenset[str]:
        """What answered with a page or a redirect."""
        return frozenset(url for url, status in self.visited.items() if 0 < status < 400) - self.displaced

    @cached_property
    def displaced(self) -> frozenset[str]:
        """Where a notice of maintenance stood in for the page."""
        is_asked = not self.home and self.site.home_url in self.visited
        return displaced(self.store, self.site, self.run) if is_asked else frozenset()

    def shows_notice(self, url: str) -> bool:
        """Whether a visitor of an address met a notice of maintenance."""
        return bool(self.displaced) and self.final(url) in self.displaced

    def page(self, url: str) -> bool:
        """Whether a page or file was looked at, whatever it showed."""
        status = self.visited.get(url, 0)
        if status in {404, 410}:
            return self.is_gone(url)
        if not 0 < status < 400 or self.shows_notice(url):
            return False
        return self._followed(url) if status >= 300 else self._why_unread(url) is None

    def examined(self, urls: Iterable[str]) -> set[str]:
        """Those of some pages that were looked at."""
        return {url for url in urls if url in self.visited and self.page(url)}

    def is_gone(self, url: str) -> bool:
        """Whether a page answered 404 or 410 in two looks; never while the home page is away as well."""
        if not self.home:
            return False
        verdict = classify(tried := self.store.attempts(self.site.id, url, self.run.as_of), None, self.nights)
        return verdict.state is LinkState.DEAD and verdict.fault is Fault.GONE and tried[-1].run_id == self.run.id

    def final(self, url: str) -> str:
        """Where an address leads tonight, over the redirects that were followed."""
        for _ in range(MAX_HOPS):
            page = self.store.page(self.site.id, url, self.run.as_of) if 300 <= self.visited.get(url, 0) < 400 else None
            if page is None or page.final_url in {"", url}:
                break
            url = page.final_url
        return url

    def _followed(self, url: str) -> bool:
        for _ in range(MAX_HOPS):
            page = self.store.page(self.site.id, url, self.run.as_of)
            if page is None or page.final_url in {"", url}:
                return False
            url, status = page.final_url, self.visited.get(page.final_url, 0)
            if not 300 <= status < 400:
                return 0 < status < 300 or (status in {404, 410} and self.is_gone(url))
        return False

    def _why_unread(self, url: str) -> Why | None:
        """What was missing from a page that answered: the browser's drawing, or a file's text."""
        page = self.store.page(self.site.id, url, self.run.as_of)
        reading = page.reading if page else None
        if page is None or reading is None:
            return Why.BUDGET  # a file that was asked for and not kept
        if reading.kind is PageKind.FILE:
            return (Why.BUDGET if reading.detail is Detail.UNREAD else Why.OPEN) if reading.reasons else None
        return Why.NO_BROWSER if reading.needs_render and not page.rendered else None

    def why(self, url: str) -> Why:
        """Why a place was not examined."""
        if self.shows_notice(url):
            return Why.MAINTENANCE
        if 0 < self.visited.get(url, 0) < 300:
            return self._why_unread(url) or Why.NOT_PLANNED
        tried = [item for item in self.store.attempts(self.site.id, url, self.run.as_of) if item.run_id == self.run.id]
        if tried:
            return Why.ROBOTS if tried[-1].error == "robots" else Why.NO_ANSWER
        reason = self.store.left_out(self.run.id, self.site.id, url)
        if reason and reason not in _PLANS:
            return Why.BUDGET if reason in _BUDGETS else Why.NO_ANSWER
        return Why.NO_ANSWER if url in self.visited or (not reason and not self.home) else Why.NOT_PLANNED


def examination(store: Store, site: Site, run: Run, home: Page | None) -> Examination:
    """What a run looked at of a site; `home`: its home page as of the run."""
    visited = dict(store.visited(run.id, site.id))
    return Examination(store, site, run, home is not None and home.run_id == run.id, visited)


def places(finding: Finding) -> tuple[str, ...]:
    """The pages that show a finding: all of them have to be looked at before it may be closed."""
    url = finding.ref.url
    if place_of(finding.check) in {Place.SOURCE, Place.LINK} or url in finding.found_on:
        return finding.found_on
    return (url,)


@dataclass(frozen=True)
class Endings:
    """How findings that were not seen in a run end; empty where they do not."""

    at: Examination
    rulebook: RuleBook
    unjudged: Iterable[Unjudged]
    unseen: Iterable[FindingRecord]
    by_archive: bool = False  # older captures were judged as well, by today's rules
    moved_to: tuple[str, ...] = ()  # where a unit says that the page of the findings stands now
    findings: Iterable[Finding] = ()  # everything found in this run

    @cached_property
    def _open(self) -> Mapping[tuple[str, str], Why]:
        return {(item.check, item.ref.url): item.why for item in self.unjudged}

    @cached_property
    def _targets(self) -> frozenset[str]:
        links = (item.finding for item in self.unseen if place_of(item.finding.check) is Place.LINK)
        return frozenset(finding.ref.url for finding in links)

    @cached_property
    def _other_links(self) -> tuple[Finding, ...]:
        return tuple(item for item in self.findings if place_of(item.check) is Place.LINK)

    @cached_property
    def _held(self) -> frozenset[str]:
        return frozenset(held_tonight(self.at.store, self.at.site.id, self.at.run, self._targets, self.at.read))

    @cached_property
    def _sources(self) -> Mapping[str, list[str]]:
        return known_sources(self.at.store, self.at.site.id, self.at.run.as_of, self._targets - self._held)

    def __call__(self, record: FindingRecord) -> str:
        """The `Closing` of one finding."""
        finding, place = record.finding, place_of(record.finding.check)
        rule = self.rulebook.checks.get(finding.check)
        if rule is None or not rule.enabled:
            return Closing.RULES
        whole = self._open.get((finding.check, self.at.site.home_url))
        if (finding.check, finding.ref.url) in self._open or whole is Why.CRASHED:
            return ""
        if place is Place.LINK:
            return self._of_link(finding)
        if place in {Place.PAGE, Place.SOURCE}:
            return self._of_pages(finding) or self._by_rules(record, rule.version)
        return Closing.MENDED if self.at.home and whole is None else ""

    def _of_pages(self, finding: Finding) -> str:
        pages = (*places(finding), *self.moved_to)
        if not pages or not all(self.at.page(url) for url in pages):
            return ""
        gone = all(self.at.visited[url] in {404, 410} or url in self.at.withdrawn for url in places(finding))
        return Closing.GONE if gone else Closing.MENDED

    def _by_rules(self, record: FindingRecord, version: str) -> str:
        """An older capture of the page does not show it any more under changed rules."""
        if not self.by_archive or record.rule_version == version:
            return ""
        pages = (self.at.store.page(self.at.site.id, url, self.at.run.as_of) for url in places(record.finding))
        return Closing.RULES if all(page and page.reading for page in pages) else ""

    def _of_link(self, finding: Finding) -> str:
        """The target answers well, or the home page and a spread of the pages that pointed to it do not any more."""
        at, url = self.at, finding.ref.url
        if any(item.ref.url == url and item.check != finding.check for item in self._other_links):
            return Closing.CHANGED
        if at.shows_notice(url):
            return ""
        tried = [item for item in at.store.attempts(at.site.id, url, at.run.as_of) if item.run_id == at.run.id]
        if (tried and fault_of(tried[-1]) is Fault.NONE) or (not tried and at.visited.get(url, 999) < 400):
            return Closing.ANSWERS
        if url in self._held or not at.home:
            return ""
        sources = {*self._sources.get(url, ()), *finding.found_on}
        return Closing.UNLINKED if suffices(sources, at.examined(sources)) else ""


def with_unread(
    at: Examination, records: Iterable[FindingRecord], unjudged: Iterable[Unjudged] = ()
) -> tuple[FindingRecord, ...]:
    """The records, the open ones whose place this run did not look at marked with the reason."""
    asked = {(item.check, item.ref.url): item for item in unjudged}
    return tuple(_marked(at, record, asked) for record in records)


def _marked(at: Examination, record: FindingRecord, asked: Mapping[tuple[str, str], Unjudged]) -> FindingRecord:
    if not record.state.is_open or record.last_seen >= at.run.as_of:
        return record
    check, url = record.finding.check, record.finding.ref.url
    whole = at.site.home_url if place_of(check) in {Place.HOME, Place.SITE} else url
    question = asked.get((check, url)) or asked.get((check, whole))
    if question is not None and not question.why.is_unread:
        return replace(record, unread=question.why, unread_note=question.reason)
    pages = places(record.finding) if place_of(check) is Place.SOURCE else (whole, *places(record.finding))
    whys = [at.why(url) for url in dict.fromkeys(pages) if not at.page(url)]
    told = next((why for why in whys if why is not Why.NOT_PLANNED), Why.NOT_PLANNED)
    return replace(record, unread=told)

"""Judge stored captures: views, checks, lifecycle, scorecards. Needs no network and can be run again alone."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from checks.columns import classify
from checks.discovery import classes
from checks.runner import run_page_checks, run_site_checks
from checks.text.pages import OFFERED
from domain.findings import Doubt, Finding, FindingRecord, Result, Unjudged
from domain.lifecycle import Seen, advance
from domain.links import Fault, fault_of
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunState
from domain.scores import Scorecard
from domain.targets import Registry, Site
from domain.views import Column, SiteView
from inspection.page_results import StoredResults
from inspection.questions import folded, kept_doubts
from inspection.views import build_site_view
from scorecards.scoring import build_scorecard


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome for one site."""

    card: Scorecard
    records: tuple[FindingRecord, ...]  # of every run, open or closed
    unjudged: tuple[Unjudged, ...]
    columns: tuple[Column, ...]


class _Results(NamedTuple):
    findings: list[Finding]
    unjudged: tuple[Unjudged, ...]
    doubts: tuple[Doubt, ...]


def judge_site(
    store: Store,
    site: Site,
    run: Run,
    rulebook: RuleBook,
    *,
    published: bool = True,
    registry: Registry | None = None,
) -> Judged:
    """Judge one site as of the run, keep its findings, and score it. `registry` tells what else is registered.

    Judging an older run again renews its scorecard only: what later runs say of a finding stands. A run that saw
    nothing because our own network was down changes no finding.
    """
    view = build_site_view(
        store, site, run, partial(classify, rulebook=rulebook), published=published, registry=registry
    )
    findings, unjudged, doubts = _results(store, view, rulebook)
    examined = _examined(store, site, run, unjudged)
    seen = [Seen(f, rulebook.checks[f.check].severity, rulebook.checks[f.check].version) for f in findings]
    earlier = [record for record in store.findings((site.id,)) if record.first_seen <= run.as_of]
    advanced = () if run.state is RunState.UNKNOWN else advance(earlier, seen, site.id, run, examined)
    changed = {record.fingerprint: record for record in advanced}
    if not _is_superseded(store, site, run):
        store.save_findings(changed.values())
    store.save_unjudged(run.id, site.id, unjudged)
    store.save_doubts(run.id, site.id, doubts)
    records = tuple(changed.values()) + tuple(r for r in earlier if r.fingerprint not in changed)
    card = build_scorecard(
        site, run, records, unjudged, rulebook, checks_run=_checks_run(rulebook), complete=view.complete
    )
    store.save_scorecards([card])
    return Judged(card, records, unjudged, tuple(view.columns()))


def _is_superseded(store: Store, site: Site, run: Run) -> bool:
    """Whether a later run has looked at the site."""
    return any(other.as_of > run.as_of and site.id in other.targets for other in store.runs())


def _results(store: Store, view: SiteView, rulebook: RuleBook) -> _Results:
    results: list[Result] = list(run_site_checks(view, rulebook))
    if any(rule.enabled and rule.id in classes("page") for rule in rulebook.checks.values()):
        kept = StoredResults(store)
        results.extend(run_page_checks(view.pages(), rulebook, kept))
        kept.flush()
    found: dict[tuple[str, str], Finding] = {}
    for item in results:
        if isinstance(item, Finding):  # what is known of the whole site comes first and says more than one page does
            found.setdefault((item.check, item.identity), item)
    findings = [_with_source(store, view, finding) for finding in found.values()]
    unjudged = folded(dict.fromkeys(item for item in results if isinstance(item, Unjudged)))
    return _Results(findings, unjudged, kept_doubts(item for item in results if isinstance(item, Doubt)))


def _with_source(store: Store, view: SiteView, finding: Finding) -> Finding:
    """A faulty target has no capture of its own: the first page that points to it is the evidence."""
    if finding.ref.capture or not finding.found_on or not finding.check.startswith("link."):
        return finding
    page = store.page(view.site.id, finding.found_on[0], view.as_of)
    return replace(finding, ref=replace(finding.ref, capture=page.body_hash)) if page else finding


def _checks_run(rulebook: RuleBook) -> int:
    known = {*classes("site"), *classes("page")}
    return sum(rule.enabled and rule.id in known for rule in rulebook.checks.values())


def _examined(store: Store, site: Site, run: Run, unjudged: Iterable[Unjudged]) -> Callable[[FindingRecord], bool]:
    """Whether the place of a finding was looked at again in this run, and nothing about it was left unjudged."""
    everything = dict(store.visited(run.id, site.id))
    visited = {url for url, status in everything.items() if 0 < status < 400}
    doubtful = {(item.check, item.ref.url) for item in unjudged}
    home_urls = {site.home_url}

    def examined(record: FindingRecord) -> bool:
        finding = record.finding
        if {(finding.check, finding.ref.url), (finding.check, site.home_url)} & doubtful:
            return False
        if finding.check.startswith("link.") and finding.kind:
            return _link_examined(store, site, run, finding, visited, everything.keys())
        if finding.check.startswith(("site.", "home.", "mark.", "domain.", "ipv6.", "search.")):
            return bool(home_urls & visited)
        if finding.kind in OFFERED and finding.check.startswith("text."):
            return finding.ref.url in visited and _file_examined(store, site, run, finding)
        return finding.ref.url in visited

    return examined


def _file_examined(store: Store, site: Site, run: Run, finding: Finding) -> bool:
    """The text of the file as it is tonight was read; a changed one beyond the budget was only asked for."""
    page = store.page(site.id, finding.ref.url, run.as_of)
    return page is not None and page.run_id == run.id and page.reading is not None and not page.reading.reasons


def answered_well(store: Store, target_id: str, url: str, run: Run) -> bool | None:
    """Whether the last answer of a link target in this run was good; None when it was not asked."""
    tried = [item for item in store.attempts(target_id, url, run.as_of) if item.run_id == run.id]
    return fault_of(tried[-1]) is Fault.NONE if tried else None


def _link_examined(
    store: Store, site: Site, run: Run, finding: Finding, visited: Collection[str], asked: Collection[str]
) -> bool:
    """The target answered well again in this run, or no known page points to it any more."""
    answered = answered_well(store, site.id, finding.ref.url, run)
    if answered is not None:
        return answered
    if finding.ref.url in visited:
        return True
    is_left = next(store.pointing(site.id, {finding.ref.url}, run.as_of), None) is None
    return is_left and all(page in asked for page in finding.found_on)


def kept_judgement(store: Store, site: Site, run: Run, rulebook: RuleBook) -> Judged | None:
    """What was kept of a judged site; its columns are read again. None when the run did not judge it."""
    card = next((card for card in store.scorecards(run.id) if card.target_id == site.id), None)
    if card is None:
        return None
    view = build_site_view(store, site, run, partial(classify, rulebook=rulebook))
    unjudged = tuple(item for _, item in store.unjudged(run.id, site.id))
    return Judged(card, tuple(store.findings((site.id,))), unjudged, tuple(view.columns()))

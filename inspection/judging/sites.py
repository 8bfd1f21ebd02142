"""Judge stored captures: views, checks, lifecycle, scorecards. Needs no network and can be run again alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from checks.discovery import classes, place_of, topic_of
from checks.rules.column_kinds import classify
from checks.runner import run_page_checks, run_site_checks
from domain.answers import answered
from domain.findings import Doubt, Finding, FindingRecord, Place, Result, Unjudged, fingerprint
from domain.lifecycle import Seen, advance
from domain.links import Fault, fault_of
from domain.ports import Store
from domain.rules import RuleBook
from domain.runs import Run, RunState
from domain.scores import Scorecard
from domain.targets import Registry, Site
from domain.views import Column, SiteView
from inspection.judging.early_warnings import is_counted, renewed_warnings, with_renewed
from inspection.judging.examination import Endings, Examination, examination, is_superseded, places, with_unread
from inspection.judging.findings_then import findings_then
from inspection.judging.kept_results import StoredResults
from inspection.judging.leftovers import left_from_before
from inspection.judging.link_sources import MAX_SOURCES
from inspection.judging.open_questions import folded, kept_doubts
from inspection.judging.places import moved_to, named_findings
from inspection.judging.rescoring import scored_again, speaks_of_now
from inspection.judging.site_views import build_site_view, home_page
from inspection.judging.unlinked import unlinked_columns
from inspection.judging.withdrawn import leads
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
    by_archive: bool = False,
) -> Judged:
    """Judge one site as of the run, keep its findings, and score it. `registry` tells what else is registered.

    Judging an older run again renews its scorecard only: what later runs say of a finding stands. A run that saw
    nothing of the site because our own network was down changes no finding. `by_archive` (a re-check): the rules
    reach the captures of pages that this run did not look at as well.
    """
    earlier = findings_then(store, (site.id,), run)
    if wanted := named_findings(run):
        earlier = [record for record in earlier if record.fingerprint in wanted]
    view, at = _seen_site(store, site, run, rulebook, published=published, registry=registry, by_archive=by_archive)
    results = _results(store, view, rulebook)
    results = results._replace(unjudged=tuple(_with_reason(item, at) for item in results.unjudged))
    if not by_archive:
        results = _with_left(results, left_from_before(store, site, run, at, results.unjudged))
    said = answered(results.unjudged, store.answers(site.id), run.as_of)
    results = _Results([*results.findings, *said.findings], said.unjudged, results.doubts)
    warnings = [record for record in earlier if is_counted(record)]
    earlier = [record for record in earlier if not is_counted(record)]
    seen = _seen(results.findings, rulebook, at, site, earlier, only=wanted)
    if wanted:
        seen += _elsewhere(results.findings, rulebook, at, seen, earlier, moved_to(run))
    changed = _advanced(store, site, run, at, results, seen, earlier, rulebook, by_archive=by_archive)
    rest = (record for record in earlier if record.fingerprint not in changed)
    records = with_unread(at, (*changed.values(), *rest), results.unjudged)
    renewed = () if wanted else renewed_warnings(site, run, (*records, *warnings), rulebook)
    records = with_renewed((*records, *warnings), renewed)
    unjudged = asked_once(results.unjudged, records)
    card = build_scorecard(
        site,
        run,
        records,
        unjudged,
        rulebook,
        checks_run=_checks_run(rulebook),
        complete=view.complete,
        by_hand=said.by_hand,
    )
    card = replace(card, oldest=store.oldest_page(site.id, run.as_of))
    unjudged = _shown(unjudged, records, site.home_url)
    if not is_superseded(store, site, run):
        store.save_findings((*changed.values(), *renewed))
    if not wanted:  # a re-check of some findings says nothing of the rest
        store.save_unjudged(run.id, site.id, unjudged)
        store.save_doubts(run.id, site.id, results.doubts)
        store.save_scorecards([card])
    return Judged(card, records, unjudged, tuple(view.columns()))


def _seen_site(
    store: Store, site: Site, run: Run, rulebook: RuleBook, *, published: bool, registry: Registry | None,
    by_archive: bool = False,
) -> tuple[SiteView, Examination]:  # fmt: skip
    """The view of a site, and what the run looked at of it."""
    home = home_page(store, site, run.as_of)
    at = examination(store, site, run, home)
    led = replace(leads(store, site, run, home, at), unlinked=unlinked_columns(store, site, run))
    kinds = partial(classify, rulebook=rulebook)
    view = build_site_view(
        store, site, run, kinds, published=published, registry=registry, by_archive=by_archive, at=at, leads=led
    )
    return view, replace(at, withdrawn=led.withdrawn)


def _seen(
    findings: Iterable[Finding],
    rulebook: RuleBook,
    at: Examination,
    site: Site,
    earlier: Iterable[FindingRecord],
    *,
    only: Collection[str] = (),
) -> list[Seen]:
    """Findings as the lifecycle takes them; a page check's are examined when one of their pages was."""
    before = {record.fingerprint: record.finding for record in earlier} if not at.home else {}
    seen = []
    for item in findings:
        if old := before.get(fingerprint(item.check, site.id, item.identity)):
            item = replace(
                item, home=item.home or old.home, kind=old.kind, level=old.level
            )  # the home page tells these
        if only and fingerprint(item.check, site.id, item.identity) not in only:
            continue
        rule = rulebook.checks[item.check]
        by_page = place_of(item.check) in {Place.PAGE, Place.SOURCE}
        examined = not by_page or not at.read.isdisjoint((item.ref.url, *places(item)))
        seen.append(Seen(item, rule.severity, rule.version, examined))
    return seen


def _elsewhere(
    findings: Iterable[Finding],
    rulebook: RuleBook,
    at: Examination,
    seen: Iterable[Seen],
    earlier: Iterable[FindingRecord],
    told: Sequence[str],
) -> list[Seen]:
    """Named findings whose fault stands where their page leads now, or where their unit says it is: they are not mended."""
    found = {(item.finding.check, item.finding.identity) for item in seen}
    there = list(findings)
    result = []
    for record in earlier:
        finding, rule = record.finding, rulebook.checks.get(record.finding.check)
        if rule is None or (finding.check, finding.identity) in found:
            continue
        pages = {*told, *(at.final(url) for url in places(finding))}
        same = (item for item in there if item.check == finding.check and item.ref.url in pages)
        if any(item.facts.get("wrong") == finding.facts.get("wrong") for item in same):
            result.append(Seen(finding, rule.severity, rule.version))
    return result


def _advanced(
    store: Store,
    site: Site,
    run: Run,
    at: Examination,
    results: _Results,
    seen: Collection[Seen],
    earlier: Sequence[FindingRecord],
    rulebook: RuleBook,
    *,
    by_archive: bool,
) -> dict[str, FindingRecord]:
    """What changed of the findings of a site."""
    ended = next(iter(store.site_runs(run.id, site.id)), None)
    if run.state is RunState.UNKNOWN or (ended is not None and ended.reason == "own_network"):
        told = [item for item in seen if item.finding.facts.get("by_hand")]  # a person has eyes of his own
        return {record.fingerprint: record for record in advance(earlier, told, site.id, run, lambda _: "", topic_of)}
    keys = {fingerprint(item.finding.check, site.id, item.finding.identity) for item in seen}
    unseen = [record for record in earlier if record.fingerprint not in keys]
    endings = Endings(at, rulebook, results.unjudged, unseen, by_archive, moved_to(run), results.findings)
    return {record.fingerprint: record for record in advance(earlier, seen, site.id, run, endings, topic_of)}


def _with_reason(item: Unjudged, at: Examination) -> Unjudged:
    """A question about a home page that was not read says why it was not."""
    if at.home or not item.why.is_unread or item.ref.url != at.site.home_url:
        return item
    why = at.why(at.site.home_url)
    return replace(item, why=why, reason=f"{item.reason}（{why.label}）")


def asked_once(unjudged: Iterable[Unjudged], records: Iterable[FindingRecord]) -> tuple[Unjudged, ...]:
    """Without the questions that an open finding of the same check stands for: its place was not looked at again."""
    named = {(record.finding.check, record.finding.ref.url) for record in records if record.unread is not None}
    return tuple(item for item in unjudged if (item.check, item.ref.url) not in named)


def _shown(unjudged: Iterable[Unjudged], records: Iterable[FindingRecord], home_url: str) -> tuple[Unjudged, ...]:
    """What is listed: that a place was not read is said once, by the finding that stands there, if there is one."""
    unread = {record.finding.ref.url for record in records if record.unread is not None} - {home_url}
    return tuple(item for item in unjudged if not (item.why.is_unread and item.ref.url in unread))


def _results(store: Store, view: SiteView, rulebook: RuleBook) -> _Results:
    results: Iterable[Result] = run_site_checks(view, rulebook)
    if any(rule.enabled and rule.id in classes("page") for rule in rulebook.checks.values()):
        kept = StoredResults(store)
        results = [*results, *run_page_checks(view.read(), rulebook, kept)]
        kept.flush()
    found: dict[tuple[str, str], Finding] = {}
    asked: dict[Unjudged, None] = {}
    doubts: list[Doubt] = []
    for item in results:
        if isinstance(item, Finding):  # what is known of the whole site comes first and says more than one page does
            key = (item.check, item.identity)
            found[key] = merged(found[key], item) if key in found else item
        elif isinstance(item, Doubt):
            doubts.append(item)
        else:
            asked[item] = None
    findings = [_with_source(store, view, finding) for finding in found.values()]
    return _Results(findings, folded(asked), kept_doubts(doubts))


def merged(first: Finding, other: Finding) -> Finding:
    """One finding that several pages show (a navigation, a list title): named on each, counted once a page."""
    if first.ref.url not in first.found_on or other.ref.url in first.found_on or first.check != other.check:
        return first
    pages = first.found_on if len(first.found_on) >= MAX_SOURCES else (*first.found_on, other.ref.url)
    return replace(first, found_on=pages, count=first.count + 1, home=first.home or other.home)


def _with_left(results: _Results, left: tuple[tuple[Unjudged, ...], tuple[Doubt, ...]]) -> _Results:
    """With what stands from an earlier night, of pages that this one did not look at."""
    unjudged, doubts = left
    return _Results(results.findings, folded((*results.unjudged, *unjudged)), kept_doubts((*results.doubts, *doubts)))


def _with_source(store: Store, view: SiteView, finding: Finding) -> Finding:
    """A faulty target has no capture of its own: the first page that points to it is the evidence."""
    if finding.ref.capture or not finding.found_on or place_of(finding.check) is not Place.LINK:
        return finding
    page = store.page(view.site.id, finding.found_on[0], view.as_of)
    return replace(finding, ref=replace(finding.ref, capture=page.body_hash)) if page else finding


def _checks_run(rulebook: RuleBook) -> int:
    known = {*classes("site"), *classes("page")}
    return sum(rule.enabled and rule.id in known for rule in rulebook.checks.values())


def answered_well(store: Store, target_id: str, url: str, run: Run) -> bool | None:
    """Whether the last answer of a link target in this run was good; None when it was not asked."""
    tried = [item for item in store.attempts(target_id, url, run.as_of) if item.run_id == run.id]
    return fault_of(tried[-1]) is Fault.NONE if tried else None


def kept_judgement(store: Store, site: Site, run: Run, rulebook: RuleBook) -> Judged | None:
    """What was kept of a judged site; its columns are read again. None when the run did not judge it."""
    card = next(iter(store.scorecards(run.id, (site.id,))), None)
    if card is None:
        return None
    view, at = _seen_site(store, site, run, rulebook, published=True, registry=None)
    unjudged = tuple(item for _, item in store.unjudged(run.id, site.id))
    is_now = speaks_of_now(store, run)
    now = store.standing_findings((site.id,), (run.id,)) if is_now else findings_then(store, (site.id,), run)
    records = with_unread(at, now)
    if is_now:
        card = scored_again(card, site, run, records, unjudged, rulebook)
    return Judged(card, records, unjudged, tuple(view.columns()))

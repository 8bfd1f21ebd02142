"""With what a site starts in a run: from scratch, from last night, or from a run that was killed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from crawler.job import CrawlJob
from crawler.parsing.html.addresses import scope_of
from crawler.sites.attachments import is_unkept, plan_files
from crawler.sites.families import TASTE, Families
from crawler.sites.frontier import Frontier, SiteQueue
from crawler.sites.resumption import go_on
from crawler.sites.revisits import COLUMN, HOME, PLACE, SAMPLE, plan_lists, plan_night
from crawler.sites.second_looks import Rechecks
from crawler.sites.state import SiteState
from domain.captured import UNLINKED, Address, Known
from domain.runs import RunKind
from domain.targets import Site


def open_site(job: CrawlJob, site: Site, frontier: Frontier, rechecks: Rechecks) -> SiteState:
    """Put a site's first addresses on the frontier and in the store; the state of a site to be crawled."""
    state = SiteState.of(site)
    planned = [Address(site.id, site.home_url, HOME)]
    known: list[Known] = []
    if job.policy.incremental:
        known = list(job.store.known(site.id, job.run.as_of))
        depths = {item.url: item.depth for item in known}
        planned.extend(replace(item, depth=depths.get(item.url, item.depth)) for item in _planned(state, job, known))
        lost = {item.url for item in _without_body(known, job.store.lost_bodies())}
        planned.extend(Address(site.id, url, COLUMN) for url in sorted(lost))
        state.skipped |= {"body_lost": len(lost)} if lost else {}
        asked = {address.url for address in planned} - lost  # what is known of these is asked for in full
        state.known = {item.url: item for item in known if item.url in asked and not is_unkept(item)}
    corner = {item.url for item in known if item.priority == UNLINKED}
    planned = [replace(item, priority=UNLINKED) if item.url in corner else item for item in planned]
    asked = {address.url for address in planned}
    planned.extend(a for a in _faults_of(state, job, rechecks) if not job.policy.only_places or a.url in asked)
    fresh = frontier.open_site(_queue_of(state, job), planned, (item.url for item in known))
    job.store.discover(job.run.id, fresh)
    if not fresh:
        go_on(state, job, frontier, rechecks)
    return state


def _planned(state: SiteState, job: CrawlJob, known: list[Known]) -> Iterator[Address]:
    """Where this night has to look: its plan, the places of findings, samples, and what earlier nights left unasked."""
    site, policy = state.site, job.policy
    night = list(plan_night(known, site.home_url, job.run.as_of, replace(policy, everything=False)))
    findings, samples = job.places(site, {item.url for item in night})
    if not policy.only_places:
        yield from night
        yield from plan_lists(known, partial(job.store.last_changes, site.id, before=job.run.as_of), job.run.as_of)
    yield from (Address(site.id, url, PLACE) for url in findings if scope_of(url) in state.scopes)
    if policy.only_places:
        return
    yield from (Address(site.id, url, SAMPLE) for url in samples if scope_of(url) in state.scopes)
    yield from plan_files(known, job.run.as_of, policy)
    yield from _left_behind(state, job, {item.url for item in known})
    if policy.everything:
        yield from plan_night(known, site.home_url, job.run.as_of, policy)


def _left_behind(state: SiteState, job: CrawlJob, known: set[str]) -> Iterator[Address]:
    """What the last run found and did not come to, unless something else has been asked of it since; of a family that had
    no end some more, to see whether it has one by now.
    """
    state.has_gaps = True
    earlier = (run for run in job.store.runs() if run.as_of < job.run.as_of and state.site.id in run.targets)
    crawls = [run for run in earlier if run.kind is not RunKind.PROBE and not run.settings.get("only_places")]
    for run in crawls[-1:]:
        ended = next(iter(job.store.site_runs(run.id, state.site.id)), None)
        state.families = Families(ended.traps if ended else ())
        found = (item for item in job.store.unasked(state.site.id, run.id) if item.url not in known)
        left = list(_tasted(found, state.families))
        state.has_gaps = bool(left) or ended is None or ended.state != "complete"
        yield from left


def _tasted(found: Iterable[Address], families: Families) -> Iterator[Address]:
    """All but the many of families that had no end the last time."""
    tasted = 0
    for item in found:
        endless = families.was_endless(item.url)
        if not endless or tasted < TASTE:
            yield item
        tasted += endless


def _without_body(known: Iterable[Known], lost: frozenset[str]) -> Iterator[Known]:
    """What was captured well and whose body is damaged or gone."""
    return (item for item in known if item.body_hash in lost)


def _queue_of(state: SiteState, job: CrawlJob) -> SiteQueue:
    site, policy = state.site, job.policy
    is_short = policy.everything and 0 < policy.audit_minutes < policy.time_budget_minutes
    minutes = policy.audit_minutes if is_short else policy.time_budget_minutes
    return SiteQueue(
        site.id, policy.page_budget, policy.concurrency_per_host, minutes * 60,
        late="audit_time" if is_short else "time_budget", bars=lambda url: url not in state.known and state.families.bars(url),
    )  # fmt: skip


def _faults_of(state: SiteState, job: CrawlJob, rechecks: Rechecks) -> Iterator[Address]:
    """What was faulty the last time is asked again, in full; in a resumed run it may only want its second look."""
    for url, attempts in job.store.faulty(state.site.id, job.run.as_of):
        if scope_of(url) not in state.scopes:
            continue
        if attempts[-1].error == "loop":
            rechecks.circles.add((state.site.id, url))
            continue
        address = Address(state.site.id, url, COLUMN)
        state.faulty.add(url)
        state.known.pop(url, None)
        if attempts[-1].run_id == job.run.id and attempts[-1].look == 1:
            state.failing[url] = address
        yield address

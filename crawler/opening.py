"""With what a site starts in a run: from scratch, from last night, or from a run that was killed."""

import time
from collections.abc import Iterable, Iterator

from crawler.attachments import is_unkept, plan_files
from crawler.frontier import Frontier, SiteQueue
from crawler.job import CrawlJob
from crawler.parsing.addresses import scope_of
from crawler.planning import COLUMN, HOME, plan_night
from crawler.rechecking import Rechecks
from crawler.site_state import SiteState
from domain.captured import Address, Known, PageKind
from domain.targets import Site

PAGES = frozenset(PageKind) - {PageKind.FILE}


def open_site(job: CrawlJob, site: Site, frontier: Frontier, rechecks: Rechecks) -> SiteState:
    """Put a site's first addresses on the frontier and in the store; the state of a site to be crawled."""
    state = SiteState.of(site)
    planned = [Address(site.id, site.home_url, HOME)]
    known: list[Known] = []
    if job.policy.incremental:
        known = list(job.store.known(site.id, job.run.as_of))
        planned.extend(plan_night(known, site.home_url, job.run.as_of, job.policy))
        planned.extend(plan_files(known, job.run.as_of, job.policy))
        lost = {item.url for item in _without_body(known, job.store.lost_bodies())}
        planned.extend(Address(site.id, url, COLUMN) for url in sorted(lost))
        state.skipped |= {"body_lost": len(lost)} if lost else {}
        asked = {address.url for address in planned} - lost  # what is known of these is asked for in full
        state.known = {item.url: item for item in known if item.url in asked and not is_unkept(item)}
    planned.extend(_faults_of(state, job, rechecks))
    fresh = frontier.open_site(_queue_of(site, job), planned, (item.url for item in known))
    job.store.discover(job.run.id, fresh)
    if not fresh:
        _go_on(state, job, frontier)
    return state


def _without_body(known: Iterable[Known], lost: frozenset[str]) -> Iterator[Known]:
    """What was captured well and whose body is damaged or gone."""
    return (item for item in known if item.body_hash in lost)


def _go_on(state: SiteState, job: CrawlJob, frontier: Frontier) -> None:
    """A run that goes on: what it asked before counts for the budget, what it read counts as read."""
    frontier.sites[state.site.id].asked = sum(1 for _ in job.store.visited(job.run.id, state.site.id))
    pages = job.store.pages(state.site.id, job.run.as_of, PAGES, job.run.id)
    state.pages = sum(page.reading is not None and page.reading.detail != "styles" for page in pages)


def _queue_of(site: Site, job: CrawlJob) -> SiteQueue:
    deadline = time.monotonic() + job.policy.time_budget_minutes * 60
    return SiteQueue(site.id, job.policy.page_budget, job.policy.concurrency_per_host, deadline)


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

"""A run that was killed and goes on: what its process knew and had not written is told again from the captures.

Where the home page was found, which pages wait for the browser, which are doubtful, which were behind a bot wall: the
undisturbed run would have asked further for each of them.
"""

import hashlib

from crawler.job import CrawlJob
from crawler.links.soft_404 import doubt_of, is_beyond_doubt
from crawler.parsing.html.addresses import scope_of
from crawler.parsing.html.jumps import onward
from crawler.sites.frontier import Frontier
from crawler.sites.second_looks import Rechecks
from crawler.sites.state import SiteState
from domain.captured import Address, Attempt, Detail, Page, PageKind
from domain.errors import BodyLost

PAGES = frozenset(PageKind) - {PageKind.FILE}
MOST_HOPS = 21


def go_on(state: SiteState, job: CrawlJob, frontier: Frontier, rechecks: Rechecks) -> None:
    """What was asked before counts for the budget, what was read counts as read; the rest is put back where it waited."""
    site_id = state.site.id
    frontier.sites[site_id].asked = sum(1 for _ in job.store.visited(job.run.id, site_id))
    _find_home(state, job)
    tried = {url: attempts[-1] for url, attempts in job.store.faulty(site_id, job.run.as_of)}
    for url, attempt in tried.items():
        if attempt.run_id == job.run.id and any(signal.startswith("botwall") for signal in attempt.signals):
            state.walled.add(url)
    for page in job.store.pages(site_id, job.run.as_of, PAGES, job.run.id):
        if page.reading is None or page.reading.detail is Detail.STYLES:
            continue
        state.pages += 1
        state.renderings += page.rendered
        if page.reading.needs_render and not page.rendered:
            state.undrawn.append(Address(site_id, page.url))
        elif page.url not in tried and not page.unchanged:
            _doubt(page, job, rechecks)


def _find_home(state: SiteState, job: CrawlJob) -> None:
    """Where the home page redirects or jumps to is the site, too."""
    url = state.site.home_url
    for _ in range(MOST_HOPS):
        page = job.store.page(state.site.id, url, job.run.as_of)
        if page is None or page.run_id != job.run.id:
            return
        target = onward(page.reading) if page.reading else page.final_url
        if not target or target in state.homes:
            return
        state.homes.add(target)
        state.scopes.add(scope_of(target))
        url = target


def _doubt(page: Page, job: CrawlJob, rechecks: Rechecks) -> None:
    """A page that may say "there is nothing" waits for the comparison again."""
    if page.reading is None or not 200 <= page.status < 300 or is_beyond_doubt(page.reading, page.url):
        return
    try:
        body = job.store.body(page.body_hash)
    except BodyLost:
        return
    if doubt := doubt_of(page.reading, page.url, body, page.content_type):
        head = hashlib.sha256(body[:4096]).hexdigest()
        attempt = Attempt(page.run_id, page.site_id, page.url, page.fetched_at, status=page.status, head_hash=head)
        rechecks.doubt(attempt, doubt)

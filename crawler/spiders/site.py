"""SiteSpider: one process crawls many sites, politely, from the frontier in the store."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import capturing, rendering
from crawler.asking import location_of
from crawler.capturing import Fetch
from crawler.filetypes import is_attachment
from crawler.frontier import Frontier, SiteQueue
from crawler.items import Fetched
from crawler.job import CrawlJob
from crawler.missing import doubt_of, is_sent_home
from crawler.network import is_local
from crawler.outcomes import RETRIED_ERRORS, RETRIED_STATUS, error_name
from crawler.parsing import PARSER_VERSION, read_page
from crawler.parsing.addresses import scope_of
from crawler.pipelines import Archive
from crawler.planning import COLUMN, HOME, plan_night
from crawler.policy import BROWSER_AGENT
from crawler.rechecking import Rechecks
from crawler.scope import discover
from crawler.spiders import FrontierSpider
from domain.captured import Address, Attempt, Capture, Known, Page, Reading, SiteRun
from domain.targets import Site


@dataclass(slots=True)
class SiteState:
    """What the spider remembers of one site during a run."""

    site: Site
    scopes: set[str]
    homes: set[str]
    known: dict[str, Known] = field(default_factory=dict)
    failing: dict[str, Address] = field(default_factory=dict)
    walled: set[str] = field(default_factory=set)  # behind a bot wall: the second look is the browser's
    faulty: set[str] = field(default_factory=set)  # no good answer the last time
    pages: int = 0
    failures_in_a_row: int = 0
    renderings: int = 0
    skipped: dict[str, int] = field(default_factory=dict)


class SiteSpider(FrontierSpider):
    """Captures sites: home, columns, newest articles, the rest; then a second look at what failed."""

    name = "site"

    def __init__(self, job: CrawlJob) -> None:
        super().__init__()
        self.job, self.policy, self.as_of = job, job.policy, job.run.as_of
        self.archive = Archive(job.store, job.run.id)
        self.frontier = Frontier(job.store, job.run.id, self.archive.flush)
        self.states: dict[str, SiteState] = {}
        self.answered = False  # any HTTP answer proves that our network is up
        self.network_down = False
        self.direct = 0  # requests outside the frontier on their way: retries, renderings, second looks
        self.browser = rendering.find_browser(self.policy) if self.policy.render else None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "SiteSpider":
        """Build and open all sites before the engine asks for the first request."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.rechecks = Rechecks(crawler, spider.job, spider.archive)
        for site in spider.job.sites:
            spider.open_site(site)
        return spider

    rechecks: Rechecks

    # -- what to ask ---------------------------------------------------------------------------------------------

    def open_site(self, site: Site) -> None:
        """Put a site's first addresses on the frontier, from scratch, from last night, or from a killed run."""
        state = SiteState(site, {scope_of(site.home_url)}, {site.home_url})
        self.states[site.id] = state
        planned = [Address(site.id, site.home_url, HOME)]
        known: list[Known] = []
        if self.policy.incremental:
            known = list(self.job.store.known(site.id, self.as_of))
            planned.extend(plan_night(known, site.home_url, self.as_of, self.policy))
            asked = {address.url for address in planned}
            state.known = {item.url: item for item in known if item.url in asked}
        planned.extend(self.faults_of(state))
        queue = SiteQueue(
            site.id,
            self.policy.page_budget,
            self.policy.concurrency_per_host,
            time.monotonic() + self.policy.time_budget_minutes * 60,
        )
        fresh = self.frontier.open_site(queue, planned, (item.url for item in known))
        self.job.store.discover(self.job.run.id, fresh)
        self.answered |= any(status for _, status in self.job.store.visited(self.job.run.id, site.id))  # resumed

    def faults_of(self, state: SiteState) -> Iterator[Address]:
        """What was faulty the last time is asked again, in full; in a resumed run it may only want its second look."""
        for url, attempts in self.job.store.faulty(state.site.id, self.as_of):
            if scope_of(url) in state.scopes and attempts[-1].error == "loop":
                self.rechecks.circles.add((state.site.id, url))
            elif scope_of(url) in state.scopes:
                address = Address(state.site.id, url, COLUMN)
                state.faulty.add(url)
                state.known.pop(url, None)
                if attempts[-1].run_id == self.job.run.id and attempts[-1].look == 1:
                    state.failing[url] = address
                yield address

    async def start(self) -> AsyncIterator[Any]:
        """Wait until the frontier is drained, look a second time at what failed, then close the sites."""
        await self.drained()
        self.network_down = not self.answered and not await self.canary_answered()
        await self.settle(1)
        again = [
            self.second_fetch(state, address)
            for state in self.states.values()
            for address in list(state.failing.values())
        ]
        if (again or self.rechecks.circles) and not self.network_down:
            await asyncio.sleep(self.policy.second_look_seconds)
            for fetch in again:
                self.direct += 1
                yield self.request_for(fetch)
            await self.drained()
            await self.settle(2)
        for item in self.closing_items():
            yield item

    async def settle(self, look: int) -> None:
        """Decide about doubtful pages and circles of redirects, which need requests of their own."""
        faulty = {site_id: state.faulty for site_id, state in self.states.items()}
        for site_id, url in await self.rechecks.settle_doubts(faulty):
            self.states[site_id].failing[url] = Address(site_id, url)
        await self.rechecks.settle_circles(look)

    def second_fetch(self, state: SiteState, address: Address) -> Fetch:
        """The second look: a bot wall is shown to the browser, when there is one and its budget allows."""
        drawn = (
            address.url in state.walled and self.browser is not None and state.renderings < self.policy.max_renderings
        )
        state.renderings += drawn
        return Fetch(address, look=2, rendered=drawn)

    async def canary_answered(self) -> bool:
        """Whether a configured outside host answers: asked only when no home page did, never for loopback targets."""
        if all(is_local(scope) for state in self.states.values() for scope in state.scopes):
            return False
        for url in self.policy.canaries:
            self.canary = False
            self.direct += 1
            assert self.crawler.engine is not None  # noqa: S101
            self.crawler.engine.crawl(
                Request(url, callback=self.note_canary, errback=self.note_canary, dont_filter=True)
            )
            await self.drained()
            if self.canary:
                return True
        return False

    def note_canary(self, result: object) -> None:
        """Remember whether a canary gave any HTTP answer."""
        self.direct -= 1
        self.canary = isinstance(result, Response)

    async def drained(self) -> None:
        """Return when nothing waits and nothing is on its way."""
        while self.direct or not self.frontier.is_drained:
            await asyncio.sleep(0.1)

    def next_request(self) -> Request | None:
        """The next request of the frontier, unless the archive is behind."""
        if self.archive.is_behind:
            return None
        address = self.frontier.next()
        return self.request_for(Fetch(address)) if address else None

    def has_waiting(self) -> bool:
        """Whether the engine must stay awake."""
        return self.direct > 0 or self.frontier.has_waiting

    def request_for(self, fetch: Fetch) -> Request:
        """A Scrapy request for one fetch: conditional when an earlier capture is known."""
        state = self.states[fetch.address.site_id]
        meta: dict[str, Any] = {"handle_httpstatus_all": True}
        if not state.site.obeys_robots:
            meta["dont_obey_robotstxt"] = True
        if fetch.rendered:
            meta |= rendering.request_meta()
        known = state.known.get(fetch.address.url)
        headers = capturing.conditional_headers(known) if known and fetch.look == 1 and not fetch.rendered else None
        if fetch.look == 2 and not fetch.rendered:
            headers = {"User-Agent": BROWSER_AGENT}
        return Request(
            fetch.address.url,
            callback=self.parse,
            errback=self.failed,
            headers=headers,
            meta=meta,
            cb_kwargs={"fetch": replace(fetch, started=time.monotonic())},
            dont_filter=True,
        )

    # -- what came back ------------------------------------------------------------------------------------------

    def parse(self, response: Response, fetch: Fetch) -> Iterator[Fetched]:
        """Turn one answer into captures."""
        state = self.states[fetch.address.site_id]
        self.answered = True
        if fetch.rendered and fetch.look == 1 and response.status >= 400:
            self.left_out(state, fetch, "render_failed")
            return
        if response.status in RETRIED_STATUS and self.retry(fetch, response.headers.get("Retry-After")):
            return
        self.ended(fetch)
        if target := location_of(fetch.address.url, response):
            yield self.redirected(state, response, fetch, target)
        elif wall := capturing.wall(response):
            state.walled.add(fetch.address.url)
            self.note_failure(state, fetch, storm=False)
            yield capturing.walled_answer(self.job.run.id, response, fetch, wall, fetch.address.url in state.homes)
        elif response.status == 304 or response.status < 300:
            self.note_success(state, fetch)
            yield from self.captured(state, response, fetch)
        else:
            self.note_failure(state, fetch, storm=response.status >= 500)
            yield capturing.bad_answer(self.job.run.id, response, fetch, fetch.address.url in state.homes)

    def failed(self, failure: Failure) -> Iterator[Fetched]:
        """Turn a request without an answer into an Attempt, and a Probe for a home page."""
        fetch: Fetch = failure.request.cb_kwargs["fetch"]  # type: ignore[attr-defined]
        state = self.states[fetch.address.site_id]
        if fetch.rendered:  # the plain answer stands
            self.left_out(state, fetch, "render_failed")
            return
        error = error_name(failure.value)  # type: ignore[arg-type]
        if error in RETRIED_ERRORS and self.retry(fetch, None):
            return
        self.ended(fetch)
        self.note_failure(state, fetch, storm=error not in {"robots", "private", "too_large"})
        yield capturing.no_answer(self.job.run.id, fetch, error, fetch.address.url in state.homes)

    def captured(self, state: SiteState, response: Response, fetch: Fetch) -> Iterator[Fetched]:
        """A good answer: unchanged, an HTML page, or another file."""
        url = fetch.address.url
        known = state.known.get(url)
        body_hash = capturing.hash_of(response.body)
        page = capturing.page_of(self.job.run.id, response, fetch, body_hash)
        was_faulty = url in state.faulty or (known is not None and (known.status >= 400 or known.status == 0))
        extra = capturing.good_answer(
            self.job.run.id, fetch, response.status, url in state.homes, was_faulty=was_faulty
        )
        if capturing.is_unchanged(known, response.status, body_hash):
            assert known is not None  # noqa: S101
            state.pages += known.kind is not None
            page = replace(page, status=200, unchanged=True, body_hash=known.body_hash, parser_version=PARSER_VERSION)
            yield Fetched((page, *extra))
            self.render_if_needed(state, fetch, "as before" if known.rendered else "")
            return
        if is_attachment(url) and (signals := capturing.file_signals_of(url, response)):
            self.note_failure(state, fetch, storm=False)
            yield Fetched((page, capturing.attempt_of(self.job.run.id, fetch, response.status, "", response, signals)))
            return
        if not capturing.is_html(response):
            yield from self.captured_file(fetch, response, page, extra)
            return
        reading = read_page(
            response.body,
            url,
            self.as_of,
            page.content_type,
            home=url in state.homes,
            status=response.status,
            marks=url in state.homes,
        )
        state.pages += not fetch.rendered
        page = replace(page, reading=reading, parser_version=PARSER_VERSION)
        found = self.frontier.add(fetch.address.site_id, self.in_reach(state, fetch.address, reading))
        will_draw = bool(reading.needs_render) and not fetch.rendered
        if not will_draw and (doubt := doubt_of(reading, url, response.body, page.content_type)):
            extra = tuple(item for item in extra if not isinstance(item, Attempt))
            self.rechecks.doubt(capturing.attempt_of(self.job.run.id, fetch, response.status, "", response), doubt)
        yield Fetched((page, *extra), response.body, tuple(found))
        self.render_if_needed(state, fetch, reading.needs_render)

    def captured_file(
        self, fetch: Fetch, response: Response, page: Page, extra: tuple[Capture, ...]
    ) -> Iterator[Fetched]:
        """No HTML: only a style sheet leads further."""
        reading = capturing.read_styles(response, fetch.address.url)
        if reading is None:
            yield Fetched((page, *extra))
            return
        state = self.states[fetch.address.site_id]
        found = self.frontier.add(fetch.address.site_id, self.in_reach(state, fetch.address, reading))
        page = replace(page, reading=reading, parser_version=PARSER_VERSION)
        yield Fetched((page, *extra), response.body, tuple(found))

    def redirected(self, state: SiteState, response: Response, fetch: Fetch, target: str) -> Fetched:
        """A redirect is a capture of its own; its target joins the frontier when it belongs to the site."""
        url, site_id = fetch.address.url, fetch.address.site_id
        if url in state.homes:
            state.homes.add(target)
            state.scopes.add(scope_of(target))
        found: list[Address] = []
        if scope_of(target) in state.scopes and fetch.address.depth < self.policy.max_depth:
            if self.rechecks.moved(site_id, url, target):
                found = self.frontier.add(site_id, [replace(fetch.address, url=target, depth=fetch.address.depth + 1)])
            if is_sent_home(url, target) and url not in state.homes:
                attempt = capturing.attempt_of(self.job.run.id, fetch, 200, "", response, ("to_home",))
                self.note_failure(state, fetch, storm=False)
                page = capturing.page_of(self.job.run.id, response, fetch, "", final_url=target)
                return Fetched((page, attempt), b"", tuple(found))
        page = capturing.page_of(self.job.run.id, response, fetch, "", final_url=target)
        return Fetched((page,), b"", tuple(found))

    # -- bookkeeping ---------------------------------------------------------------------------------------------

    def in_reach(self, state: SiteState, page: Address, reading: Reading) -> Iterator[Address]:
        """The addresses worth asking; what is left out is counted with its reason."""
        for address in discover(page, reading, state.scopes, self.as_of, self.policy):
            if len(address.url) > self.policy.max_url_length:
                state.skipped["url_too_long"] = state.skipped.get("url_too_long", 0) + 1
            elif address.depth > self.policy.max_depth:
                state.skipped["too_deep"] = state.skipped.get("too_deep", 0) + 1
            else:
                yield address

    def retry(self, fetch: Fetch, retry_after: bytes | None) -> bool:
        """Ask once more inside this look, after the time the server named; False when the tries are used up."""
        if fetch.tries >= self.policy.retry_times:
            return False
        delay = capturing.retry_delay(retry_after, fetch.tries, self.policy)
        if delay is None:
            return False
        self.ended(fetch)
        self.send_later(replace(fetch, tries=fetch.tries + 1, is_direct=True), delay)
        return True

    def send_later(self, fetch: Fetch, delay: float) -> None:
        """Send a request outside the frontier."""
        self.direct += 1
        assert self.crawler.engine is not None  # noqa: S101
        asyncio.get_running_loop().call_later(delay, self.crawler.engine.crawl, self.request_for(fetch))

    def ended(self, fetch: Fetch) -> None:
        """One request has come to its end."""
        if fetch.is_direct or fetch.look == 2:
            self.direct -= 1
        else:
            self.frontier.finished(fetch.address)

    def left_out(self, state: SiteState, fetch: Fetch, reason: str) -> None:
        """A request that brought nothing to keep, counted with its reason."""
        self.ended(fetch)
        state.skipped[reason] = state.skipped.get(reason, 0) + 1

    def note_success(self, state: SiteState, fetch: Fetch) -> None:
        """A good answer ends a row of failures."""
        state.failures_in_a_row = 0
        state.failing.pop(fetch.address.url, None)

    def note_failure(self, state: SiteState, fetch: Fetch, *, storm: bool) -> None:
        """Remember what needs a second look; leave a site alone in a storm of failures."""
        if fetch.look == 1:
            state.failing[fetch.address.url] = fetch.address
        state.failures_in_a_row = state.failures_in_a_row + 1 if storm else 0
        if state.failures_in_a_row >= self.policy.storm_failures:
            self.frontier.stop(fetch.address.site_id, "storm")

    def render_if_needed(self, state: SiteState, fetch: Fetch, reason: str) -> None:
        """Ask the browser for a page that draws itself by script, within the budget."""
        if not reason or fetch.rendered:
            return
        if self.browser is None or state.renderings >= self.policy.max_renderings:
            left_out = "no_browser" if self.browser is None else "render_budget"
            state.skipped[left_out] = state.skipped.get(left_out, 0) + 1
            return
        state.renderings += 1
        self.send_later(replace(fetch, rendered=True, is_direct=True, tries=0), 0)

    def closing_items(self) -> Iterator[Fetched]:
        """The SiteRun of every site; what a stopped site left behind is skipped with its reason."""
        self.archive.flush()
        for site_id, state in self.states.items():
            queue = self.frontier.sites[site_id]
            if queue.stopped:
                for batch in self.frontier.leftovers(site_id):
                    self.job.store.skip(self.job.run.id, site_id, [a.url for a in batch], queue.stopped)
                    state.skipped[queue.stopped] = state.skipped.get(queue.stopped, 0) + len(batch)
            ended = "partial" if queue.stopped in {"storm", "time_budget"} else "complete"
            reason = "own_network" if self.network_down else queue.stopped
            yield Fetched((SiteRun(self.job.run.id, site_id, ended, state.pages, state.skipped, reason),))

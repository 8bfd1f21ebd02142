"""SiteSpider: one process crawls many sites, politely, from the frontier in the store. What is asked, and when.

The rooms around it: `opening` (with what a site starts), `frontier` (what waits), `site_state` (what is remembered),
`answers` (what an answer brings), `rechecking` (what one answer cannot settle).
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.browser import rendering
from crawler.engine.archive import Archive
from crawler.engine.base_spiders import FrontierSpider
from crawler.engine.crashes import Crashes
from crawler.fetch import captures as capturing
from crawler.fetch.captures import Fetch
from crawler.fetch.errors import (
    ANSWERED_ERRORS,
    OTHERWISE,
    RETRIED_ERRORS,
    RETRIED_STATUS,
    error_name,
    opened_otherwise,
)
from crawler.fetch.file_types import PROBE_BYTES
from crawler.fetch.items import Fetched
from crawler.fetch.own_network import is_local
from crawler.fetch.plain_client import PlainClient
from crawler.job import CrawlJob
from crawler.site_facts.facts import Trials
from crawler.sites.answers import RATE_LIMITED, Answers
from crawler.sites.frontier import Frontier
from crawler.sites.revisits import REST
from crawler.sites.second_looks import Rechecks
from crawler.sites.sitemaps import MOST_BYTES, addresses_of, named_sitemaps
from crawler.sites.start import open_site
from crawler.sites.state import SiteState
from crawler.turns import Turns
from crawler.watch import TooSlow
from domain.captured import NEXT_NIGHTS, UNLINKED, Address, SiteRun
from domain.crawl_policy import BROWSER_AGENT

MAX_OTHERWISE = 200  # addresses of a site asked with another client


class SiteSpider(FrontierSpider):
    """Captures sites: home, columns, newest articles, the rest; then a second look at what failed."""

    name = "site"
    crashes: Crashes
    rechecks: Rechecks
    answers: Answers
    trials: Trials

    def __init__(self, job: CrawlJob) -> None:
        super().__init__()
        self.job, self.policy = job, job.policy
        self.archive = Archive(job.store, job.run.id)
        self.frontier = Frontier(job.store, job.run.id, self.archive.flush)
        self.states: dict[str, SiteState] = {}
        self.robots: dict[str, bytes] = {}  # host -> its robots.txt
        self.answered = False  # any HTTP answer proves that our network is up
        self.network_down = False
        self.direct = 0  # requests outside the frontier on their way: retries, renderings, second looks
        self.browser = rendering.find_browser(self.policy) if self.policy.render else None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "SiteSpider":
        """Build and open all sites before the engine asks for the first request."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        job = spider.job
        spider.rechecks = Rechecks(crawler, job, spider.archive)
        spider.crashes = spider.rechecks.crashes
        asker = spider.rechecks.asker
        spider.trials = Trials(job, asker, spider.states, spider.crashes, browser=spider.browser is not None)
        spider.answers = Answers(job, spider.frontier, spider.rechecks)
        for site in job.sites:
            spider.states[site.id] = open_site(job, site, spider.frontier, spider.rechecks)
            spider.answered |= any(status for _, status in job.store.visited(job.run.id, site.id))  # resumed
        return spider

    # -- the run -------------------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Wait until the frontier is drained, look a second time at what failed, then close the sites."""
        await self.share_addresses()
        self.trials.begin()
        for state in self.states.values():
            for address in state.undrawn:
                self.render(state, Fetch(address))
        await self.drained()
        if self.policy.read_sitemaps and not self.policy.only_places and self.answered:
            await self.follow_sitemaps()
            await self.drained()
        self.network_down = not self.answered and not await self.canary_answered()
        await self.settle(1)
        again = [
            self.second_fetch(state, address)
            for state in self.states.values()
            if self.frontier.sites[state.site.id].stopped != RATE_LIMITED
            for address in list(state.failing.values())
        ]
        if (again or self.rechecks.circles or self.trials.waiting) and not self.network_down:
            await asyncio.sleep(0.0 if self.policy.is_own_folder else self.policy.second_look_seconds)
            for fetch in again:
                self.direct += 1
                yield self.request_for(fetch)
            await self.drained()
            await self.ask_otherwise()
            await self.settle(2)
        for item in self.closing_items():
            yield item

    async def share_addresses(self) -> None:
        """Let sites that stand at one address take turns, each with its part of what fits into a night."""
        turns: Turns = self.crawler.settings["XUNJIAN_TURNS"]
        hosts = {site.id: urlsplit(site.home_url).netloc.lower() for site in self.job.sites}
        found = await asyncio.gather(*map(turns.place, hosts.values()))
        at: dict[str, list[str]] = {}
        for site_id, address in zip(hosts, found, strict=True):
            if address is not None:
                at.setdefault(address, []).append(site_id)
        seconds = 60 * self.policy.night_minutes
        for address, site_ids in at.items():
            if len(site_ids) > 1 or self.job.shards > 1:
                budget = turns.budget(address)
                tonight = math.inf if self.policy.everything else seconds / budget.spacing / self.job.shards
                self.frontier.share(site_ids, budget.at_once, seconds, tonight)

    async def follow_sitemaps(self) -> None:
        """Take up what the site maps name and no page led to."""
        for site_id, state in self.states.items():
            if self.frontier.sites[site_id].stopped:
                continue
            named = [url for scope in sorted(state.scopes) for url in named_sitemaps(self.robots.get(scope, b""))]
            urls = await addresses_of(
                [*named, urljoin(state.site.home_url, "/sitemap.xml")], state.scopes, self.body_of
            )
            found = [Address(site_id, url, UNLINKED, 1) for url in urls if len(url) <= self.policy.max_url_length]
            self.archive.add(Fetched((), b"", tuple(self.frontier.add(site_id, found))))

    async def body_of(self, url: str) -> bytes:
        """The body of a good answer; empty otherwise."""
        answer = await self.rechecks.asker.ask(url, limit=MOST_BYTES)
        return answer.body if answer.status == 200 else b""

    async def settle(self, look: int) -> None:
        """Decide about doubtful pages and circles of redirects, which need requests of their own."""
        faulty = {site_id: state.faulty for site_id, state in self.states.items()}
        for site_id, url in await self.rechecks.settle_doubts(faulty):
            self.states[site_id].failing[url] = Address(site_id, url)
        await self.rechecks.settle_circles(look)
        self.archive.flush()
        await self.trials.settle(look)

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

    def closing_items(self) -> Iterator[Fetched]:
        """The SiteRun of every site; what a stopped site left behind is skipped with its reason."""
        self.archive.flush()
        for site_id, state in self.states.items():
            self.frontier.close(site_id)
            stopped = self.frontier.sites[site_id].stopped
            missed = False  # something that had to be looked at
            for batch in self.frontier.leftovers(site_id) if stopped else ():
                missed = missed or any(a.priority < REST or a.url not in state.known for a in batch)
                self.job.store.skip(self.job.run.id, site_id, [a.url for a in batch], stopped)
                state.leave_out(stopped, len(batch))
            is_partial = stopped in {"storm", "time_budget", NEXT_NIGHTS, RATE_LIMITED} or (
                stopped == "audit_time" and missed
            )
            ended = "partial" if is_partial else "complete"
            reason = "own_network" if self.network_down else stopped
            site_run = SiteRun(self.job.run.id, site_id, ended, state.pages, state.skipped, reason)
            yield Fetched(
                (replace(self.trials.noted_in(site_run), unlinked=state.unlinked, traps=state.families.found()),)
            )

    # -- what to ask ---------------------------------------------------------------------------------------------

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
        meta: dict[str, Any] = {
            "handle_httpstatus_all": True,
            "home": fetch.address.url in state.homes,
            **self.answers.attachments.meta_for(state, fetch.address.url),
        }
        if not state.site.obeys_robots:
            meta["dont_obey_robotstxt"] = True
        if fetch.rendered:
            meta |= rendering.request_meta()
        known = state.known.get(fetch.address.url)
        headers = capturing.conditional_headers(known) if known and fetch.look == 1 and not fetch.rendered else None
        if fetch.look == 2 and not fetch.rendered:
            headers = self.browser_headers(state, fetch.address.url)
        return Request(
            fetch.address.url,
            callback=self.parse,
            errback=self.failed,
            headers=headers,
            meta=meta,
            cb_kwargs={"fetch": fetch},
            dont_filter=True,
        )

    def browser_headers(self, state: SiteState, url: str) -> dict[str, str]:
        """As a visitor comes to a link of the site: with its cookies, from one of its pages."""
        cookie = state.jar.header(url)
        headers = {"User-Agent": BROWSER_AGENT, "Referer": state.site.home_url}
        return headers | ({"Cookie": cookie} if cookie else {})

    async def ask_otherwise(self) -> None:
        """Ask what gave no HTTP answer twice with another client: a difference makes it doubtful, never dead."""
        client = PlainClient(self.policy, self.crawler.settings["XUNJIAN_TURNS"])
        for state in self.states.values():
            for url in sorted(state.unanswered)[:MAX_OTHERWISE]:
                cookie = state.jar.header(url)
                answer = await client.ask(url, agent=BROWSER_AGENT, cookie=cookie, referer=state.site.home_url, limit=PROBE_BYTES)  # fmt: skip
                if answer.opens:
                    told = opened_otherwise(self.job.run.id, state.site.id, url, answer.status)
                    self.archive.add(Fetched((told,)))

    def second_fetch(self, state: SiteState, address: Address) -> Fetch:
        """The second look: a bot wall is shown to the browser, when there is one and its budget allows."""
        has_room = self.browser is not None and state.renderings < self.policy.max_renderings
        drawn = address.url in state.walled and has_room
        state.renderings += drawn
        return Fetch(address, look=2, rendered=drawn)

    def retry(self, fetch: Fetch, retry_after: bytes | None) -> bool:
        """Ask once more inside this look, after the time the server named; False when the tries are used up."""
        if fetch.tries >= self.policy.retry_times:
            return False
        delay = capturing.retry_delay(retry_after, fetch.tries, self.policy)
        if delay is None:
            return False
        self.ended(fetch)
        if retry_after:
            self.hold(fetch.address.url, delay)
        self.send_later(replace(fetch, tries=fetch.tries + 1, is_direct=True), delay)
        return True

    def hold(self, url: str, seconds: float) -> None:
        """Ask nothing of a host for a while: what it says of one address it says of itself."""
        assert self.crawler.engine is not None  # noqa: S101
        slot = self.crawler.engine.downloader.slots.get(urlsplit(url).netloc.lower())
        if slot is not None:
            slot.lastseen = max(slot.lastseen, time.monotonic() + seconds - slot.delay)

    def render(self, state: SiteState, fetch: Fetch) -> None:
        """Ask the browser for a page that draws itself by script, within the budget."""
        if self.browser is None:
            state.leave_out("no_browser")
        elif state.renderings >= self.policy.max_renderings:
            state.leave_out("render_budget")
        else:
            state.renderings += 1
            self.send_later(replace(fetch, rendered=True, is_direct=True, tries=0), 0)

    def send_later(self, fetch: Fetch, delay: float) -> None:
        """Send a request outside the frontier."""
        self.direct += 1
        asyncio.get_running_loop().call_later(delay, self.send, fetch)

    def send(self, fetch: Fetch) -> None:
        """Send it now: its seconds count from here."""
        assert self.crawler.engine is not None  # noqa: S101
        self.crawler.engine.crawl(self.request_for(fetch))

    # -- what came back ------------------------------------------------------------------------------------------

    def parse(self, response: Response, fetch: Fetch) -> Fetched | None:
        """An answer: to be asked once more, or taken."""
        state = self.states[fetch.address.site_id]
        fetch = fetch.timed(response.meta["stopwatch"].seconds)
        self.answered = True
        if fetch.address.url in state.homes:
            state.jar.take(fetch.address.url, response.headers.getlist("Set-Cookie"))
        if fetch.rendered and (
            (fetch.look == 1 and response.status >= 400) or rendering.is_elsewhere(fetch.address.url, response.meta)
        ):
            self.not_drawn(state, fetch)
            return None
        if response.status in RETRIED_STATUS and self.retry(fetch, response.headers.get("Retry-After")):
            return None
        self.ended(fetch)
        try:
            if state.is_too_dear(len(response.body)):
                raise TooSlow(f"the large pages of {state.site.id} have cost {state.slow_seconds:.0f} s already")
            started = time.process_time()
            with self.job.watch.reading(state.site.id, fetch.address.url):
                item, wants_browser = self.answers.take(state, response, fetch)
            state.note_reading(time.process_time() - started)
        except Exception as error:  # noqa: BLE001  whatever a page breaks costs that page
            self.crashes.note(response.url, error)
            return capturing.unread(self.job.run.id, fetch, response)
        if wants_browser and not fetch.rendered:
            self.render(state, fetch)
        return item

    def failed(self, failure: Failure) -> Fetched | None:
        """A request without an answer: to be asked once more, or taken."""
        request: Request = failure.request  # type: ignore[attr-defined]
        watch = request.meta.get("stopwatch")  # none where the guard refused it
        fetch: Fetch = request.cb_kwargs["fetch"].timed(watch.seconds if watch else 0.0)
        state = self.states[fetch.address.site_id]
        if fetch.rendered:
            self.not_drawn(state, fetch)
            return None
        error = error_name(failure.value, request)  # type: ignore[arg-type]
        self.answered |= error in ANSWERED_ERRORS
        if error in RETRIED_ERRORS and self.retry(fetch, None):
            return None
        self.ended(fetch)
        if fetch.look == 2 and error in OTHERWISE:
            state.unanswered[fetch.address.url] = error
        return self.answers.take_error(state, fetch, error)

    def not_drawn(self, state: SiteState, fetch: Fetch) -> None:
        """The browser brought nothing: the plain answer stands."""
        self.ended(fetch)
        state.leave_out("render_failed")

    def ended(self, fetch: Fetch) -> None:
        """One request has come to its end."""
        if fetch.is_direct or fetch.look == 2:
            self.direct -= 1
        else:
            self.frontier.finished(fetch.address)

"""What a crawl finds out about whole sites beside their pages: the IPv6 name, the in-site search, QR codes, and what it
shows programs only.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace

from crawler.engine.crashes import Crashes
from crawler.fetch.asker import Asker
from crawler.job import CrawlJob
from crawler.site_facts.cloaking import Disguises
from crawler.site_facts.ipv6 import look_up_sites
from crawler.site_facts.qr_codes import Codes
from crawler.site_facts.search import Searches
from crawler.sites.state import SiteState
from domain.captured import SiteRun
from domain.site_facts import Ipv6Lookup

Trial = Callable[[SiteState], Awaitable[None]]
AT_ONCE = 16  # sites whose search is tried at the same time


class Trials:
    """Asks while the crawl comes to its end: names beside it, searches when all pages are there."""

    def __init__(
        self, job: CrawlJob, asker: Asker, states: Mapping[str, SiteState], crashes: Crashes, *, browser: bool
    ) -> None:
        self.job, self.states, self.crashes = job, states, crashes
        self.searches = Searches(job, asker, can_draw=browser)
        self.codes = Codes(job, asker)
        self.disguises = Disguises(job, asker)
        self.names: asyncio.Task[dict[str, Ipv6Lookup]] | None = None
        self.found: dict[str, Ipv6Lookup] = {}

    def begin(self) -> None:
        """Start asking the name service, off the event loop."""
        if self.job.policy.check_ipv6:
            self.names = asyncio.ensure_future(look_up_sites(self.job.sites, self.job.policy))

    @property
    def waiting(self) -> bool:
        """Whether a search wants its second look."""
        return bool(self.searches.failing)

    async def settle(self, look: int) -> None:
        """First look: try every search, read the QR codes. Second look: confirm what seemed to fail."""
        if self.names is not None:
            self.found, self.names = await self.names, None
        if look > 1:
            await self._guarded("second look at searches", self.searches.confirm())
            return
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(state: SiteState) -> None:
            async with gate:
                for name, trial in self._of(state):
                    await self._guarded(f"{name} of {state.site.home_url}", trial(state))

        await asyncio.gather(*(one(state) for state in self.states.values() if state.pages))

    def _of(self, state: SiteState) -> Iterator[tuple[str, Trial]]:
        """What is tried at one site."""
        if self.job.policy.check_search:
            yield "search", self.searches.try_site
        yield "codes", self.codes.look
        if self.job.policy.check_disguise:
            yield "disguise", self.disguises.try_site

    async def _guarded(self, where: str, trial: Awaitable[None]) -> None:
        """A trial that crashes has found out nothing."""
        try:
            await trial
        except Exception as error:  # noqa: BLE001  foreign pages are read in there
            self.crashes.note(where, error)

    def noted_in(self, site_run: SiteRun) -> SiteRun:
        """The SiteRun with what was found out about its site; None where nothing was asked."""
        site_id = site_run.site_id
        return replace(
            site_run,
            ipv6=self.found.get(site_id),
            search=self.searches.results.get(site_id),
            codes=self.codes.results.get(site_id),
            disguise=self.disguises.results.get(site_id),
        )

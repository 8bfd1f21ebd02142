"""ProbeSpider: one availability visit of every home page, with a second look before a failure is kept."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from scrapy.crawler import Crawler

from crawler import clock
from crawler.engine.archive import Archive
from crawler.engine.base_spiders import AskingSpider
from crawler.fetch.asker import Answer, Asker
from crawler.fetch.errors import probe_outcome
from crawler.fetch.items import Fetched
from crawler.fetch.own_network import is_local
from crawler.fetch.walls import wall_of
from crawler.job import CrawlJob
from crawler.parsing.html.addresses import scope_of
from crawler.turns import Stopwatch, within
from domain.captured import Probe, ProbeOutcome
from domain.targets import Site

AT_ONCE = 64
log = logging.getLogger(__name__)


class ProbeSpider(AskingSpider):
    """Asks each home page once; what failed is asked again, and canaries tell whether the fault is ours."""

    name = "probe"
    asker: Asker

    def __init__(self, job: CrawlJob) -> None:
        super().__init__()
        self.job, self.policy = job, replace(job.policy, retry_times=0)
        self.archive = Archive(job.store, job.run.id)
        self.probes: dict[str, Probe] = {}
        self.network_down = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "ProbeSpider":
        """Build with what asks."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.asker = Asker(crawler, spider.policy)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Visit, look again at what failed, ask the canaries when nothing answered, then keep the visits."""
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self.visit(site, gate) for site in self.job.sites))
        failed = [site for site in self.job.sites if self.probes[site.id].outcome is not ProbeOutcome.OK]
        if failed:
            await asyncio.sleep(self.policy.probe_again_seconds)
            await asyncio.gather(*(self.visit(site, gate) for site in failed))
        self.network_down = not any(probe.status for probe in self.probes.values()) and not await self.canary_answered()
        for probe in self.probes.values():
            kept = replace(probe, outcome=ProbeOutcome.OWN_NETWORK) if self.network_down else probe
            self.probes[probe.site_id] = kept
            yield Fetched((kept,))

    async def visit(self, site: Site, gate: asyncio.Semaphore) -> None:
        """One visit: GET, redirects followed, the page read to its end, all within the limit."""
        async with gate:
            at = clock.now()
            try:
                watch = Stopwatch()
                visit = self.asker.ask(site.home_url, robots=False, watch=watch)
                answer = await within(self.policy.timeout_seconds, watch, visit)
            except TimeoutError:
                answer = Answer(site.home_url, site.home_url, error="timeout", seconds=self.policy.timeout_seconds)
            except Exception:
                log.exception("%s: the visit could not be made", ascii(site.home_url))
                answer = Answer(site.home_url, site.home_url, error="other")
        outcome = probe_outcome(answer.status, answer.error)
        if not answer.error and wall_of(answer.status, answer.headers, answer.body):
            outcome = ProbeOutcome.BLOCKED
        self.probes[site.id] = Probe(
            site.id, site.home_url, at, outcome, answer.seconds, answer.status, self.job.run.id
        )

    async def canary_answered(self) -> bool:
        """Whether a configured outside host answers; never asked for targets on this machine alone."""
        if all(is_local(scope_of(site.home_url)) for site in self.job.sites):
            return False
        for url in self.policy.canaries:
            if (await self.asker.ask(url, robots=False, limit=2_048)).status:
                return True
        return False

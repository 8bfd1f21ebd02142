"""LinkSpider: asks every target outside the sites once, a second time where that answer was no good."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import Crawler

from crawler.browser import rendering
from crawler.engine.archive import Archive
from crawler.engine.base_spiders import AskingSpider
from crawler.engine.crashes import Crashes
from crawler.fetch import own_network
from crawler.fetch.asker import Asker
from crawler.fetch.errors import OTHERWISE, opened_otherwise
from crawler.fetch.file_types import PROBE_BYTES
from crawler.fetch.items import Fetched
from crawler.fetch.plain_client import PlainClient
from crawler.job import CrawlJob
from crawler.links.attempts import Examined, combined, disclaimed, examine
from crawler.links.host_prints import Fingerprints
from crawler.links.targets import Targets, collect, copies
from crawler.parsing.html.addresses import scope_of
from domain.captured import Attempt
from domain.crawl_policy import BROWSER_AGENT
from domain.links import CRASHED, Fault

AT_ONCE = 64
LIMITED_AFTER = 3  # answers 429 in a row before the rest of a host is left alone
DOWN_AFTER = 5  # timeouts in a row before the rest of a host is left alone
SETTLED = frozenset({Fault.ROBOTS, Fault.UNASKED})  # a second look would say the same


class LinkSpider(AskingSpider):
    """Runs after the site spider. Holds one entry a target and nothing of good answers."""

    name = "links"

    def __init__(self, job: CrawlJob) -> None:
        super().__init__()
        self.job, self.policy = job, job.policy
        self.archive = Archive(job.store, job.run.id)
        self.crashes = Crashes(self.archive)
        self.targets = Targets()
        self.first: dict[str, Examined] = {}  # faults and doubts of the first look
        self.answered: dict[str, bool] = {}  # host -> whether it gave any HTTP answer
        self.silent: dict[str, int] = {}  # host -> timeouts in a row
        self.limited: dict[str, int] = {}  # host -> answers "too many requests" in a row
        self.checked = 0
        self.homes = {site.id: f"{urlsplit(site.home_url).scheme}://{scope_of(site.home_url)}/" for site in job.sites}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "LinkSpider":
        """Build with what asks."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.asker = Asker(crawler, spider.policy)
        spider.plain = PlainClient(spider.policy, crawler.settings["XUNJIAN_TURNS"])
        spider.prints = Fingerprints(spider.asker)
        return spider

    asker: Asker
    plain: PlainClient
    prints: Fingerprints

    async def start(self) -> AsyncIterator[Any]:
        """First look at everything, then whether it is our network, then a second look at what was no good."""
        try:
            await self.look_at_all()
        except Exception as error:
            self.archive.error = self.archive.error or error  # the run must not look complete
            raise
        return
        yield

    async def look_at_all(self) -> None:
        """Both looks."""
        self.targets = await asyncio.to_thread(collect, self.job.store, self.job.run, self.job.sites, self.job.linked)
        if self.policy.only_places:
            self.targets.keep({url for site in self.job.sites for url in self.job.places(site)[0]})
        self.keep([Examined(attempt) for attempt in self.targets.copied])
        self.deadline = asyncio.get_running_loop().time() + 60 * self.policy.outside_minutes
        await self.everywhere(self.targets.by_host(), self.look_first)
        await self.compare_doubtful()
        if not await self.network_is_up():
            self.first = {url: disclaimed(item) for url, item in self.first.items()}
        self.write_all(self.first)
        again = [url for url, item in self.first.items() if item.fault not in {*SETTLED, Fault.NONE}]
        again = [url for url in again if self.first[url].attempt.error not in own_network.NOT_ASKED]
        again = [url for url in again if self.limited.get(scope_of(url), 0) < LIMITED_AFTER]
        if again:
            await asyncio.sleep(self.policy.second_look_seconds)
            self.silent.clear()
            await self.everywhere(_by_host(again), self.look_second)

    async def everywhere(self, hosts: dict[str, list[str]], look: Any) -> None:
        """Ask all hosts at once, each within its own budget."""
        gate = asyncio.Semaphore(AT_ONCE)
        lanes = []
        for urls in hosts.values():
            waiting = deque(urls)
            lanes += [self.lane(waiting, gate, look) for _ in range(min(len(urls), self.policy.concurrency_per_host))]
        await asyncio.gather(*lanes)

    async def lane(self, waiting: deque[str], gate: asyncio.Semaphore, look: Any) -> None:
        """Ask the addresses of one host one after another."""
        while waiting:
            url = waiting.popleft()
            async with gate:
                await look(url)

    async def look_first(self, url: str) -> None:
        """Ask; keep what needs more thought."""
        host = scope_of(url)
        if asyncio.get_running_loop().time() > self.deadline:
            item = self.unasked(url, "not_in_time")
        elif self.silent.get(host, 0) >= DOWN_AFTER:
            item = self.unasked(url, "host_down")
        elif self.limited.get(host, 0) >= LIMITED_AFTER:
            item = self.unasked(url, "rate_limited")
        else:
            item = await self.examined(url, 1)
            self.note(host, item.attempt)
        self.checked += 1
        if item.fault is not Fault.NONE or item.doubt:
            self.first[url] = item
        elif url in self.targets.faulty:
            self.write(url, item)

    async def look_second(self, url: str) -> None:
        """Ask as a browser asks; a bot wall is shown to a real browser when there is one."""
        item = await self.examined(url, 2, as_browser=True)
        if (
            item.attempt.error in OTHERWISE
            and (await self.plain.ask(url, agent=BROWSER_AGENT, limit=PROBE_BYTES)).opens
        ):
            opened = opened_otherwise(self.job.run.id, "", url, 200)
            item = Examined(opened)
        if item.fault is Fault.BLOCKED and self.may_draw():
            self.browser_looks -= 1
            drawn = await self.examined(url, 2, drawn=True)
            if not drawn.attempt.error and drawn.fault is not Fault.BLOCKED:
                item = drawn
        if item.doubt:
            item = await self.compared(url, item)
        self.write(url, item)

    async def examined(self, url: str, look: int, **how: bool) -> Examined:
        """Ask one address and look at the answer."""
        second = how.get("as_browser", False)
        referer = self.homes.get(next(iter(self.targets.owners.get(url, ())), ""), "") if second else ""
        answer = await self.asker.ask(url, as_browser=second, drawn=how.get("drawn", False), referer=referer)
        try:
            with self.job.watch.reading("", url):
                return examine(answer, self.job.run.id, look, self.job.run.as_of, self.job.estranged)
        except Exception as error:  # noqa: BLE001  whatever a page breaks costs that page
            self.crashes.note(url, error)
            return self.unasked(url, CRASHED)

    def unasked(self, url: str, reason: str) -> Examined:
        """An attempt that was not made, with the reason."""
        from crawler.clock import now

        return Examined(Attempt(self.job.run.id, "", url, now(), error=reason))

    def may_draw(self) -> bool:
        """Whether the browser may look at one more wall."""
        if not hasattr(self, "browser_looks"):
            has = self.policy.render and rendering.find_browser(self.policy) is not None
            self.browser_looks = self.policy.max_browser_looks if has else 0
        return self.browser_looks > 0

    browser_looks: int

    def note(self, host: str, attempt: Attempt) -> None:
        """Remember whether a host talks at all."""
        if attempt.status:
            self.answered[host] = True
            self.silent[host] = 0
            self.limited[host] = self.limited.get(host, 0) + 1 if attempt.status == 429 else 0
            return
        self.answered.setdefault(host, False)
        if attempt.error == "timeout":
            self.silent[host] = self.silent.get(host, 0) + 1

    async def compare_doubtful(self) -> None:
        """Put beside each doubtful page what its host answers to a random path."""
        for url, item in list(self.first.items()):
            if item.doubt:
                self.first[url] = await self.compared(url, item)

    async def compared(self, url: str, item: Examined) -> Examined:
        """The item with the signals that stand after the comparison."""
        assert item.doubt is not None  # noqa: S101
        final = item.attempt.chain[-1][1] if item.attempt.chain else url
        matches = await self.prints.matches(final, item.doubt.print)
        moved = ("to_home",) if "to_home" in item.attempt.signals else ()
        signals = combined(item.doubt, moved, random_match=matches)
        return replace(item, attempt=replace(item.attempt, signals=signals), doubt=None)

    async def network_is_up(self) -> bool:
        """False when so many public hosts are silent that it may be us, and no canary answers."""
        return await own_network.is_up(self.answered, self.job, self.asker)

    def write_all(self, items: dict[str, Examined]) -> None:
        """Keep the first looks that were no good."""
        for url, item in items.items():
            if item.fault is not Fault.NONE or url in self.targets.faulty:
                self.write(url, item)

    def write(self, url: str, item: Examined) -> None:
        """Keep an attempt for every site that points to the target."""
        attempt = replace(item.attempt, url=url)
        self.archive.add(Fetched(tuple(copies(attempt, self.targets.owners.get(url, ()))), item.body))

    def keep(self, items: Iterable[Examined]) -> None:
        """Keep attempts as they are."""
        for item in items:
            self.archive.add(Fetched((item.attempt,)))


def _by_host(urls: Iterable[str]) -> dict[str, list[str]]:
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(scope_of(url), []).append(url)
    return hosts

"""AccountSpider: new-media accounts by their configured sources, gently, each on its own."""

import asyncio
import logging
import os
from collections import deque
from collections.abc import AsyncIterator
from typing import Any

from scrapy.crawler import Crawler

from crawler.accounts.archive import AccountArchive, Gathered, ended
from crawler.accounts.asker import AccountAsker, host_of
from crawler.accounts.collector import AccountCollector, first_host
from crawler.accounts.secrets import Secrets, guard_logs
from crawler.engine.base_spiders import AskingSpider
from crawler.job import CrawlJob
from crawler.platforms.values import Answer, Fetch, Limits
from domain.accounts import Collected, CollectionStatus
from domain.targets import Account, Source

LOCAL_LANES = 4
log = logging.getLogger(__name__)


class AccountSpider(AskingSpider):
    """One lane a host; inside a lane the accounts come in registry order. Runs beside the site spider."""

    name = "account"

    def __init__(self, job: CrawlJob) -> None:
        super().__init__()
        self.job = job
        self.archive = AccountArchive(job.store, job.run.id)
        self.secrets = Secrets(os.environ)
        self.done = 0

    asker: AccountAsker
    collector: AccountCollector

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "AccountSpider":
        """Build with what asks and what collects."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        job = spider.job
        guard_logs(spider.secrets)
        spider.asker = AccountAsker(crawler, job.policy, spider.secrets, job.folder)
        spider.collector = AccountCollector(
            spider.ask, spider.archive.keep_body, job.run.id, job.run.as_of, Limits(job.window), os.environ,
            has_browser=spider.asker.browser is not None, expired=spider.is_late, watch=job.watch,
        )  # fmt: skip
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Collect every account that this run has not collected yet, then close them."""
        self.deadline = asyncio.get_running_loop().time() + 60 * self.job.policy.time_budget_minutes
        accounts = await asyncio.to_thread(self.waiting)
        self.done = len(self.job.accounts) - len(accounts)
        lanes = [
            self.lane(queue)
            for host, queue in self.queues(accounts).items()
            for _ in range(LOCAL_LANES if self.asker.is_local(host) else 1)
        ]
        await asyncio.gather(*lanes)
        if self.asker.asked and not self.asker.answered:  # the silence of every door may be our own network's
            self.archive.close_runs([ended(self.job.run.id, account.id, "own_network") for account in accounts])
        return
        yield

    def waiting(self) -> list[Account]:
        """The accounts without a result of this run (all, unless the run was interrupted)."""
        collected = {item.site_id for item in self.job.store.site_runs(self.job.run.id)}
        return [account for account in self.job.accounts if account.id not in collected]

    def queues(self, accounts: list[Account]) -> dict[str, deque[Account]]:
        """The accounts by the host that is asked first."""
        queues: dict[str, deque[Account]] = {}
        for account in accounts:
            queues.setdefault(first_host(account, self.job.run.as_of, host_of), deque()).append(account)
        return queues

    async def lane(self, queue: deque[Account]) -> None:
        """Collect the accounts of one host one after another."""
        while queue:
            account = queue.popleft()
            self.archive.add(Gathered(account.id, await self.collected(account)))
            self.done += 1

    async def collected(self, account: Account) -> tuple[Collected, ...]:
        """What the sources of one account gave; a crash is this account's failure."""
        try:
            return await self.collector.collect(account)
        except Exception as error:
            log.exception("account %s could not be collected", ascii(account.id))
            message = f"采集程序出错（{type(error).__name__}）"
            source = next(iter(account.sources), Source("manual"))
            failed = Collected(
                account.id, source, CollectionStatus.PARSE_ERROR, message=message, run_id=self.job.run.id
            )
            return (failed,)

    async def ask(self, fetch: Fetch, robots: bool, whole: bool) -> Answer:
        """One fetch through the downloader."""
        return await self.asker.ask(fetch, robots=robots, whole=whole)

    def is_late(self) -> bool:
        """Whether the time of the run is used up."""
        return asyncio.get_running_loop().time() > self.deadline

    @property
    def accounts_done(self) -> tuple[int, int]:
        """(collected, all), for progress lines."""
        return self.done, len(self.job.accounts)

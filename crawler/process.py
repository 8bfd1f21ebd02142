"""run_crawl: one crawl in this process. A reactor cannot start twice, so every run is a child process."""

import logging
import os
import socket

from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from crawler.engine.settings import build_settings
from crawler.fetch import lenient_answers as lenient
from crawler.job import CrawlJob
from crawler.spiders.account import AccountSpider
from crawler.spiders.links import LinkSpider
from crawler.spiders.probe import ProbeSpider
from crawler.spiders.site import SiteSpider
from crawler.turns import Turns
from domain.captured import Probe


def run_crawl(job: CrawlJob, *, sites: bool = True, links: bool = True) -> None:
    """Crawl the sites of a job, then ask what they point to; collect its accounts beside that.

    Captures are in the store when this returns. The first failed write is raised.
    """
    lenient.install()
    turns = turns_of(job)
    process = CrawlerProcess(settings=build_settings(job.policy, turns))
    for name in ("scrapy", "twisted"):  # LOG_LEVEL filters at the handler: records would be made for every page
        logging.getLogger(name).setLevel(logging.WARNING)
    wanted = [SiteSpider] * sites + [LinkSpider] * (links and job.policy.check_outside)
    crawlers = [process.create_crawler(spider) for spider in wanted]
    collected: Deferred[bool] = Deferred()
    _chain(process, list(crawlers), job, collected)
    if job.accounts:  # mostly waiting, and on hosts of their own
        beside = process.create_crawler(AccountSpider)
        crawlers.append(beside)
        # Registered before the process itself asks whether anything is left to do.
        process.crawl(beside, job=job).addBoth(lambda _: collected.callback(_ended_well(beside)))
    else:
        collected.callback(True)
    process.start()
    turns.close()
    for crawler in crawlers:
        if (error := getattr(getattr(crawler.spider, "archive", None), "error", None)) is not None:
            raise error


def run_probe(job: CrawlJob) -> tuple[dict[str, Probe], bool]:
    """Visit the home pages of a job: the visits by site, and whether our own network seems to be down."""
    lenient.install()
    turns = turns_of(job)
    settings = build_settings(job.policy, turns)
    settings["EXTENSIONS"] |= {"crawler.engine.extensions.Progress": None}  # standard output belongs to the command
    process = CrawlerProcess(settings=settings)
    crawler = process.create_crawler(ProbeSpider)
    process.crawl(crawler, job=job)
    process.start()
    turns.close()
    assert isinstance(crawler.spider, ProbeSpider)  # noqa: S101
    if crawler.spider.archive.error:
        raise crawler.spider.archive.error
    return crawler.spider.probes, crawler.spider.network_down


def turns_of(job: CrawlJob) -> Turns:
    """The part of all budgets that this process holds, for all its crawlers and its browser."""
    return Turns(job.store, job.policy, f"{socket.gethostname()}-{os.getpid()}", _address_of)


async def _address_of(name: str) -> str:
    """The address Scrapy will connect to: by the resolver it has set, and remembered there."""
    from twisted.internet import reactor

    found: Deferred[str] = reactor.resolve(name)  # type: ignore[arg-type]
    return await maybe_deferred_to_future(found)


def _chain(process: CrawlerProcess, crawlers: list[Crawler], job: CrawlJob, collected: "Deferred[bool]") -> None:
    """One after the other, so that they never share a host's budget; none after one that was stopped.

    What posts point to is known when the accounts are `collected`.
    """
    if not crawlers:
        return
    first, *rest = crawlers

    def go_on(_: object) -> None:
        if _ended_well(first):
            collected.addCallback(lambda well: _chain(process, rest, job, collected) if well else None)

    process.crawl(first, job=job).addCallback(go_on)


def _ended_well(crawler: Crawler) -> bool:
    return crawler.spider is not None and getattr(crawler.spider, "closed_because", "finished") == "finished"

"""Scrapy settings of a run: pace, order of components, limits. Nothing here is about one site."""

import sys
from typing import Any
from urllib.parse import urlsplit

from crawler.browser.rendering import browser_settings, find_browser
from crawler.fetch.robots import PRODUCT
from crawler.guard import is_public, literal_ip
from domain.crawl_policy import CrawlPolicy
from domain.targets import Site

BOT_NAME = "xunjian"
NO_DELAY = 0.001  # with 0, Scrapy 2.19 starts all that waits in a slot at once, whatever its concurrency
EVENT_LOOP = "uvloop.Loop" if sys.platform != "win32" else None  # the same loop in C: a twentieth less CPU
SPIDER_MODULES = ["crawler.spiders"]


def build_settings(policy: CrawlPolicy, sites: tuple[Site, ...]) -> dict[str, Any]:
    """Settings for one crawl; the reasons for the unusual ones are in docs/decisions/0002-fast-scrapy.md."""
    settings: dict[str, Any] = {
        "BOT_NAME": BOT_NAME,
        "XUNJIAN_POLICY": policy,
        "ASYNCIO_EVENT_LOOP": EVENT_LOOP,
        "SCHEDULER": "crawler.engine.scheduler.FrontierScheduler",
        "ITEM_PIPELINES": {"crawler.engine.archive.ArchivePipeline": 500},
        "EXTENSIONS": {
            "crawler.engine.extensions.Progress": 100,
            "crawler.engine.extensions.EarlyStop": 110,
            **_off(_EXTENSIONS),
        },
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.fetch.middlewares.AddressMiddleware": 50,
            "crawler.fetch.robots.RobotsRules": 100,
            **_off(_DOWNLOADER),
        },
        "SPIDER_MIDDLEWARES": _off(_SPIDER),
        "TWISTED_DNS_RESOLVER": "crawler.fetch.middlewares.GuardedResolver",
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "crawler.browser.handler.PlainHandler"),
        "CONCURRENT_REQUESTS": policy.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": policy.concurrency_per_host,
        "CONCURRENT_ITEMS": 4,
        "DOWNLOAD_DELAY": max(policy.delay_seconds, NO_DELAY),
        "DOWNLOAD_DELAY_JITTER": 0,
        "DOWNLOAD_SLOTS": _slots(policy, sites),
        "DOWNLOAD_TIMEOUT": policy.timeout_seconds,
        "DOWNLOAD_MAXSIZE": int(policy.max_body_mb * 2**20),
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,  # a browser shows a page whose announced length is wrong
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": PRODUCT,
        "DOWNLOADER_CLIENT_TLS_CIPHERS": "DEFAULT:@SECLEVEL=0",  # old servers are reachable for people, so for us
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "RETRY_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "DOWNLOADER_STATS": False,
        "USER_AGENT": policy.agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
        },
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
        "LOG_LEVEL": "WARNING",
    }
    if policy.render and find_browser(policy):
        settings |= browser_settings(policy)
    return settings


_EXTENSIONS = ("corestats.CoreStats", "logcount.LogCount", "memusage.MemoryUsage", "feedexport.FeedExporter", "logstats.LogStats",
               "spiderstate.SpiderState", "throttle.AutoThrottle", "closespider.CloseSpider")  # fmt: skip
_DOWNLOADER = (
    "offsite.OffsiteMiddleware",
    "httpauth.HttpAuthMiddleware",
    "downloadtimeout.DownloadTimeoutMiddleware",
    "robotstxt.RobotsTxtMiddleware",
)
_SPIDER = ("start.StartSpiderMiddleware", "httperror.HttpErrorMiddleware", "referer.RefererMiddleware",
           "urllength.UrlLengthMiddleware", "depth.DepthMiddleware", "metacopy.MetaCopyDetectionMiddleware")  # fmt: skip


def _off(names: tuple[str, ...]) -> dict[str, None]:
    package = {_EXTENSIONS: "extensions", _DOWNLOADER: "downloadermiddlewares", _SPIDER: "spidermiddlewares"}[names]
    return {f"scrapy.{package}.{name}": None for name in names}


def _slots(policy: CrawlPolicy, sites: tuple[Site, ...]) -> dict[str, dict[str, float]]:
    """No delay for hosts on this machine, which need no politeness."""
    slots = {}
    for host in {*(urlsplit(site.home_url).netloc.lower() for site in sites), *policy.resolver}:
        ip = literal_ip(f"http://{policy.resolver.get(host, host)}/")
        if ip and policy.allow_private and not is_public(ip):
            slots[host] = {"concurrency": policy.concurrency_per_host, "delay": NO_DELAY, "jitter": 0.0}
    return slots

"""Scrapy settings of a run: pace, order of components, limits. Nothing here is about one site."""

import sys
from typing import Any

from crawler.browser.rendering import browser_settings, find_browser
from crawler.fetch.middlewares import NO_DELAY
from crawler.fetch.robots import PRODUCT, KnownRules
from crawler.turns import Turns
from domain.crawl_policy import CrawlPolicy

BOT_NAME = "xunjian"
EVENT_LOOP = "uvloop.Loop" if sys.platform != "win32" else None  # the same loop in C: a twentieth less CPU
SPIDER_MODULES = ["crawler.spiders"]


def build_settings(policy: CrawlPolicy, turns: Turns) -> dict[str, Any]:
    """Settings for one crawl; the reasons for the unusual ones are in docs/decisions/0002-fast-scrapy.md."""
    settings: dict[str, Any] = {
        "BOT_NAME": BOT_NAME,
        "XUNJIAN_POLICY": policy,
        "XUNJIAN_TURNS": turns,
        "XUNJIAN_ROBOTS": KnownRules(),
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
        "TWISTED_DNS_RESOLVER": "crawler.fetch.refusals.GuardedResolver",
        "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "crawler.browser.handler.PlainHandler"),
        "CONCURRENT_REQUESTS": policy.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": policy.concurrency_per_host,
        "CONCURRENT_ITEMS": 4,
        "DOWNLOAD_DELAY": NO_DELAY,  # the pace is kept by the turns
        "DOWNLOAD_DELAY_JITTER": 0,
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

"""Scrapy's scheduler over the frontier: requests are made when they can start, never queued by the thousand."""

from collections import deque
from typing import Any

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred

from crawler.engine.base_spiders import FrontierSpider


class FrontierScheduler(BaseScheduler):
    """Serves the spider's own requests first (second looks, renderings), then the frontier."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.direct: deque[Request] = deque()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FrontierScheduler":
        """Build for a crawler."""
        return cls(crawler)

    def open(self, spider: Spider) -> Deferred[Any] | None:
        """Bind to the spider that owns the frontier."""
        if not isinstance(spider, FrontierSpider):
            raise TypeError(f"{spider.name} owns no frontier")
        self.spider = spider
        return None

    def has_pending_requests(self) -> bool:
        """Whether the engine must stay awake."""
        return bool(self.direct) or self.spider.has_waiting()

    def enqueue_request(self, request: Request) -> bool:
        """Queue a request the spider made by itself."""
        self.direct.append(request)
        return True

    def next_request(self) -> Request | None:
        """One request that may start now."""
        if self.direct:
            return self.direct.popleft()
        return self.spider.next_request()

"""The spiders. A FrontierSpider decides by itself what is asked next."""

from abc import abstractmethod

import scrapy


class FrontierSpider(scrapy.Spider):
    """A spider whose addresses wait in the store instead of Scrapy's queues."""

    closed_because = ""

    def closed(self, reason: str) -> None:
        """Scrapy says why the spider ended; `finished` when it came to its end by itself."""
        self.closed_because = reason

    @abstractmethod
    def next_request(self) -> scrapy.Request | None:
        """A request that may start now, or None."""

    @abstractmethod
    def has_waiting(self) -> bool:
        """Whether anything still waits."""


class AskingSpider(FrontierSpider):
    """A spider that sends its requests itself, from `start`; nothing waits in a frontier."""

    def next_request(self) -> scrapy.Request | None:
        """Nothing."""
        return None

    def has_waiting(self) -> bool:
        """No."""
        return False

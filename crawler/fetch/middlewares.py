"""Downloader middlewares: the private-address guard and the configured resolver map."""

from typing import ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.guard import is_public, literal_ip
from domain.crawl_policy import CrawlPolicy


class PrivateAddress(IgnoreRequest):
    """The address is private or loopback and the run does not allow that."""


class NoHttp(Exception):
    """What came back is no answer by the rules of HTTP."""


class AddressMiddleware:
    """Refuses private addresses and sends mapped hosts to where the resolver map points.

    A mapped host is asked with the absolute request target (RFC 9112, 3.2.2), so the address keeps its registered name.
    """

    def __init__(self, policy: CrawlPolicy, crawler: Crawler | None = None) -> None:
        self.policy, self.crawler = policy, crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "AddressMiddleware":
        """Build from the setting XUNJIAN_POLICY."""
        return cls(crawler.settings["XUNJIAN_POLICY"], crawler)

    def process_request(self, request: Request) -> None:
        """Guard and map one request, robots.txt included, and give it its time limit."""
        request.meta.setdefault("download_timeout", self.policy.timeout_seconds)  # else Scrapy gives up after 10 s
        host = (urlsplit(request.url).netloc.rpartition("@")[2]).lower()
        request.meta.setdefault("download_slot", host)
        if mapped := self.policy.resolver.get(host):
            request.meta["proxy"] = f"http://{mapped}"
            return
        ip = literal_ip(request.url)
        if ip and not is_public(ip):
            if not self.policy.allow_private:
                raise PrivateAddress(f"{request.url}: private address")
            self._hurry(host)

    def process_response(self, request: Request, response: Response) -> Response:
        """Only what has a status that HTTP knows is an answer (RFC 9110, 15)."""
        if not 100 <= response.status <= 999:
            raise NoHttp(f"{request.url}: the status has {len(str(response.status))} digits")
        return response

    def _hurry(self, host: str) -> None:
        """A host on this machine needs no delay; its concurrency stays."""
        if self.crawler is not None and self.crawler.engine is not None:
            slots = self.crawler.engine.downloader.per_slot_settings
            slots.setdefault(host, {"concurrency": self.policy.concurrency_per_host, "delay": 0.001, "jitter": 0.0})


class PrivateName(DNSLookupError):
    """The name leads to a private address. A look-up error, because Twisted logs any other with its traceback."""


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, except that a name which leads to a private address does not resolve."""

    allow_private = False
    refused: ClassVar[set[str]] = set()  # the names: by the time a request fails, Twisted has lost the reason

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> "GuardedResolver":
        """Build from the setting XUNJIAN_POLICY."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_private = crawler.settings["XUNJIAN_POLICY"].allow_private
        return resolver

    def getHostByName(self, name: str, timeout: "tuple[int, ...]" = ()) -> "Deferred[str]":  # type: ignore[override]
        """Resolve a name and look at what came out."""
        answer: Deferred[str] = super().getHostByName(name, timeout)
        return answer.addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        if not self.allow_private and not is_public(address):
            self.refused.add(name)
            raise PrivateName(f"{name} leads to the private address {address}")
        return address

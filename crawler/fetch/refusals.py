"""What may not be asked or is no answer, and the resolver that refuses private addresses."""

from typing import ClassVar

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.guard import is_public


class PrivateAddress(IgnoreRequest):
    """The address is private or loopback and the run does not allow that."""


class NoHttp(Exception):
    """What came back is no answer by the rules of HTTP."""


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

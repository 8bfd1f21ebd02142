"""robots.txt as RFC 9309 wants it: redirects followed, rules from good answers only, a server in trouble left alone."""

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred

from crawler.fetch.asker import location_of

PRODUCT = "XunjianBot"  # the only name of ours that a group may have; Mozilla in the agent is everybody's
MAX_HOPS = 5  # section 2.3.1.2
_NO_RULES, _ALL = b"", b"User-agent: *\nDisallow: /\n"


class RobotsUnavailable(IgnoreRequest):
    """The server could not say what may be asked (5xx): nothing is."""


class RobotsRules(RobotsTxtMiddleware):
    """Scrapy's middleware with the status codes of the standard."""

    def __init__(self, crawler) -> None:  # type: ignore[no-untyped-def]
        super().__init__(crawler)
        self._troubled: set[str] = set()  # hosts whose rules are not to be had tonight

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse what the rules forbid, with a reason of its own where there are none to be had."""
        if request.url.split("/", 3)[2] in self._troubled:
            raise RobotsUnavailable("robots.txt answers with a server error")
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        """Follow redirects to the rules; an error of the server means that nothing may be asked, any other no rules."""
        hops = 0
        while (target := location_of(response.url, response)) and hops < MAX_HOPS:
            hops += 1
            asked = Request(
                target, priority=self.DOWNLOAD_PRIORITY, meta={"dont_obey_robotstxt": True}, callback=NO_CALLBACK
            )
            response = await self.crawler.engine.download_async(asked)
        if response.status >= 500:
            self._troubled.add(netloc)
        body = response.body if 200 <= response.status < 300 else _ALL if response.status >= 500 else _NO_RULES
        parser = build_from_crawler(self._parserimpl, self.crawler, body)
        waiting = self._parsers[netloc]
        self._parsers[netloc] = parser
        if isinstance(waiting, Deferred):
            waiting.callback(parser)

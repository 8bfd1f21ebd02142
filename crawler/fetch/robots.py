"""robots.txt as RFC 9309 wants it: redirects followed, rules from good answers only, a server in trouble left alone."""

import asyncio
from dataclasses import dataclass, field

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from crawler.fetch.asker import location_of
from crawler.fetch.errors import error_name

PRODUCT = "XunjianBot"  # the only name of ours that a group may have; Mozilla in the agent is everybody's
MAX_HOPS = 5  # section 2.3.1.2
PAUSES = (0.5, 2.0)  # seconds before a dropped connection is tried again
_NO_RULES, _ALL = b"", b"User-agent: *\nDisallow: /\n"


class RobotsUnavailable(IgnoreRequest):
    """The server could not say what may be asked (5xx): nothing is."""


class RobotsSilent(IgnoreRequest):
    """Nobody said what may be asked: nothing is."""


@dataclass(slots=True)
class KnownRules:
    """What was read tonight, by host: for every crawl of this process."""

    rules: dict[str, RobotParser] = field(default_factory=dict)

    def __deepcopy__(self, memo: dict[int, object]) -> "KnownRules":
        """Settings of a crawler are copies; this is everybody's."""
        return self


class RobotsRules(RobotsTxtMiddleware):
    """Scrapy's middleware with the status codes of the standard.

    Where nobody answers for the rules of a site, its home page alone is asked (`home` in the meta): whether it answers at
    all is seen by that. Targets outside the sites are asked once, and are silent themselves.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rules: dict[str, asyncio.Future[RobotParser | None]] = {}
        self._known: KnownRules = crawler.settings["XUNJIAN_ROBOTS"]
        guard = crawler.settings.get("PLAYWRIGHT_ABORT_REQUEST")
        if guard is not None:
            guard.may_ask = self.may_ask  # what a drawn page asks for is asked by us
        self._troubled: set[str] = set()  # hosts whose rules are not to be had tonight

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse what the rules forbid, with a reason of its own where there are none to be had."""
        is_site = self.crawler.spider is not None and self.crawler.spider.name == "site"
        if rp is None and not request.meta.get("home", not is_site):
            raise RobotsSilent("no answer for robots.txt")
        if urlparse_cached(request).netloc in self._troubled:
            raise RobotsUnavailable("robots.txt answers with a server error")
        super().process_request_2(rp, request)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of a host, asked for once; everybody else waits for them. None: nobody answered."""
        netloc = urlparse_cached(request).netloc
        if netloc in self._known.rules:
            return self._known.rules[netloc]
        if netloc not in self._rules:
            self._rules[netloc] = asyncio.ensure_future(self._rules_of(request.url.partition("://")[0], netloc))
        return await asyncio.shield(self._rules[netloc])

    async def may_ask(self, url: str) -> bool:
        """Whether the rules let us ask for an address; where nobody answers for them, they do not speak."""
        if not url.startswith(("http://", "https://")):
            return True
        rules = await self.robot_parser(Request(url))
        return rules is None or rules.allowed(url, PRODUCT)

    async def _rules_of(self, scheme: str, netloc: str) -> RobotParser | None:
        response = await self._asked(f"{scheme}://{netloc}/robots.txt")
        if response is None:
            return None
        if response.status >= 500:
            self._troubled.add(netloc)
            return self._read(response)
        if response.status < 300:
            self._note_sitemaps(netloc, response.body)
        return self._known.rules.setdefault(netloc, self._read(response))

    def _note_sitemaps(self, netloc: str, body: bytes) -> None:
        """Tell a spider that wants them the site maps named there."""
        noted: dict[str, bytes] | None = getattr(self.crawler.spider, "robots", None)
        if noted is not None:
            noted[netloc] = body

    def _read(self, response: Response) -> RobotParser:
        """An error of the server forbids all, any other answer without rules nothing."""
        body = response.body if 200 <= response.status < 300 else _ALL if response.status >= 500 else _NO_RULES
        return build_from_crawler(self._parserimpl, self.crawler, body)

    async def _asked(self, url: str) -> Response | None:
        """The answer at the end of all redirects; a dropped connection is tried again."""
        for pause in (*PAUSES, None):
            try:
                response = await self._download(url)
                hops = 0
                while (target := location_of(response.url, response)) and hops < MAX_HOPS:
                    hops += 1
                    response = await self._download(target)
                return response
            except Exception as error:  # noqa: BLE001  whatever a download may raise, as an errback would get it
                if pause is None or error_name(error) != "reset":
                    return None
                await asyncio.sleep(pause)
        return None

    async def _download(self, url: str) -> Response:
        meta = {"dont_obey_robotstxt": True}
        assert self.crawler.engine is not None  # noqa: S101
        return await self.crawler.engine.download_async(
            Request(url, priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
        )

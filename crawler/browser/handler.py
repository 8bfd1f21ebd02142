"""Download handler that brings in the browser with the first page that needs one: until then nothing of it is loaded."""

import asyncio
import contextlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from crawler.browser.forward_proxy import MOST_BYTES, ForwardProxy
from crawler.browser.rendering import find_browser, launch_options
from crawler.lookups import Lookups
from crawler.turns import Stopwatch, Turns
from domain.crawl_policy import CrawlPolicy

if TYPE_CHECKING:
    from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

DRAWING = 4  # times the limit of an answer: the navigation alone may take half of it, and the browser has to start


class PlainHandler(HTTP11DownloadHandler):
    """Asks when it is the address's turn, and once: a dropped connection is an answer, and whether to ask again is not for
    the pool of connections to say.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False
        self._turns: Turns = crawler.settings["XUNJIAN_TURNS"]
        self._policy: CrawlPolicy = crawler.settings["XUNJIAN_POLICY"]

    async def download_request(self, request: Request) -> Response:
        """One answer. The stopwatch in the meta of a request counts the server's seconds only."""
        watch: Stopwatch = request.meta["stopwatch"]
        address = self._turns.address_of(urlsplit(request.url).netloc.rpartition("@")[2].lower())
        if address is not None:
            await self._turns.take(address)
        watch.go()
        try:
            return await self._answer(request)
        finally:
            watch.stop()
            if address is not None:
                self._turns.done(address)

    async def _answer(self, request: Request) -> Response:
        return await super().download_request(request)


class BrowserHandler(PlainHandler):
    """Plain requests go the plain way; those with `playwright` in their meta go through scrapy-playwright."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._asking = crawler
        self._limit = DRAWING * self._policy.timeout_seconds
        self._proxy: ForwardProxy | None = None
        self._starting = asyncio.Lock()
        self._browser: ScrapyPlaywrightDownloadHandler | None = None

    async def _answer(self, request: Request) -> Response:
        """Rendered where the request asks for it."""
        if not request.meta.get("playwright"):
            return await super()._answer(request)
        try:
            async with asyncio.timeout(
                self._limit
            ):  # a busy script leaves what the browser is asked after it unanswered
                browser = await self._started()
                answer: Response = await browser.download_request(request)
                return answer
        except TimeoutError as error:
            raise DownloadTimeoutError(f"{request.url}: not drawn within {self._limit:g} s") from error

    async def close(self) -> None:
        """End the browser, if there is one, and the connections."""
        if self._browser is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._limit):
                    await self._browser.close()
        if self._proxy is not None:
            self._proxy.close()
        await super().close()

    async def _turn(self, host: str) -> None:
        """A redirect, a reload and what a page asks for wait like a page; the drawing has a seat already."""
        address = await self._turns.place(host)
        if address is not None:
            await self._turns.take(address, seat=False)

    async def _started(self) -> "ScrapyPlaywrightDownloadHandler":
        async with self._starting:
            if self._browser is None:
                from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

                browser = ScrapyPlaywrightDownloadHandler(self._asking)
                self._proxy = ForwardProxy(
                    Lookups(self._policy.allow_private, self._policy.resolver), MOST_BYTES, self._turn
                )
                await self._proxy.start()
                browser.config.launch_options |= launch_options(find_browser(self._policy), self._proxy.address)
                await browser._launch()  # it waits for the start of the engine, which is long past
                self._browser = browser
        return self._browser

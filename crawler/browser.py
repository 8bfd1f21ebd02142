"""Download handler that brings in the browser with the first page that needs one: until then nothing of it is loaded."""

import asyncio
import contextlib
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

if TYPE_CHECKING:
    from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

DRAWING = 4  # times the limit of an answer: the navigation alone may take half of it, and the browser has to start


class BrowserHandler(HTTP11DownloadHandler):
    """Plain requests go the plain way; those with `playwright` in their meta go through scrapy-playwright."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._asking = crawler
        self._limit = DRAWING * crawler.settings["XUNJIAN_POLICY"].timeout_seconds
        self._starting = asyncio.Lock()
        self._browser: ScrapyPlaywrightDownloadHandler | None = None

    async def download_request(self, request: Request) -> Response:
        """One answer, rendered where the request asks for it."""
        if not request.meta.get("playwright"):
            return await super().download_request(request)
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
        await super().close()

    async def _started(self) -> "ScrapyPlaywrightDownloadHandler":
        async with self._starting:
            if self._browser is None:
                from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

                browser = ScrapyPlaywrightDownloadHandler(self._asking)
                await browser._launch()  # it waits for the start of the engine, which is long past
                self._browser = browser
        return self._browser

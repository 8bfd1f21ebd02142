"""Progress: one JSON line a second on standard output, for the parent process to show and to keep as heartbeat.
EarlyStop: bodies are read no further than needed.
"""

import asyncio
import json
import sys

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http.headers import Headers

from crawler.fetch.file_types import PROBE_BYTES, TEXT_TYPES, document_kind


class Progress:
    """Prints {"pages": n, "active": n, "sites": {id: [pages, asked, state]}} every second; {"accounts": [done, all]} of accounts."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Progress":
        """Build and listen for start and end."""
        progress = cls(crawler)
        crawler.signals.connect(progress.opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.closed, signal=signals.spider_closed)
        return progress

    def opened(self) -> None:
        """Start ticking."""
        self._task = asyncio.ensure_future(self._tick())

    def closed(self) -> None:
        """Print the last state and stop."""
        self._task.cancel()
        self.tell()

    def tell(self) -> None:
        """Print one line."""
        spider = self.crawler.spider
        sites = getattr(spider, "states", {})
        queues = getattr(getattr(spider, "frontier", None), "sites", {})
        rows = {key: [state.pages, queues[key].asked, queues[key].stopped] for key, state in sites.items()}
        line = {"spider": getattr(spider, "name", ""), "pages": sum(row[0] for row in rows.values()), "sites": rows}
        if (accounts := getattr(spider, "accounts_done", None)) is not None:
            line = {"spider": line["spider"], "accounts": accounts}
        if (targets := getattr(spider, "targets", None)) is not None:
            line |= {"checked": spider.checked, "targets": len(targets.owners)}  # type: ignore[union-attr]
        try:
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:  # the parent is gone: nobody will judge, so stop; a resume goes on from the store
            self._stopping = asyncio.ensure_future(self.crawler.stop_async())

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.tell()


class EarlyStop:
    """Closes a body after request.meta["stop_after"] bytes; big files that are no text after the first 2,048, but documents
    after request.meta["file_limit"].

    A small file is read to its end: that keeps the connection.
    """

    SMALL = 65_536

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "EarlyStop":
        """Build and listen to every download."""
        stop = cls()
        crawler.signals.connect(stop.on_headers, signal=signals.headers_received)
        crawler.signals.connect(stop.on_bytes, signal=signals.bytes_received)
        return stop

    def on_headers(self, headers: Headers, body_length: int, request: Request) -> None:
        """Decide by type and announced length."""
        request.meta["answered"] = True
        if request.meta.get("whole_body"):
            return
        kind = (headers.get("Content-Type") or b"").decode("latin-1").strip().lower()
        length = body_length if isinstance(body_length, int) else -1  # Twisted has a word for an unknown length
        if kind and not kind.startswith(TEXT_TYPES) and not 0 <= length <= self.SMALL:
            limit = request.meta.get("file_limit", 0)
            named = request.meta.get("picture") or document_kind(request.url, kind)
            wanted = limit and length <= limit and named
            request.meta["stop_after"] = limit + 1 if wanted else PROBE_BYTES

    def on_bytes(self, data: bytes, request: Request) -> None:
        """Count, and stop at the limit."""
        limit = request.meta.get("stop_after")
        if limit is None:
            return
        request.meta["received"] = request.meta.get("received", 0) + len(data)
        if request.meta["received"] >= limit:
            raise StopDownload(fail=False)

"""Progress: one JSON line a second on standard output, for the parent process to show and to keep as heartbeat."""

import asyncio
import json
import sys

from scrapy import signals
from scrapy.crawler import Crawler


class Progress:
    """Prints {"pages": n, "active": n, "sites": {id: [pages, asked, state]}} every second."""

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
        try:
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:  # the parent is gone: nobody will judge, so stop; a resume goes on from the store
            self._stopping = asyncio.ensure_future(self.crawler.stop_async())

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.tell()

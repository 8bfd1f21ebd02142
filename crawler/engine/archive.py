"""ArchivePipeline: items to the store in batches, written by one thread off the reactor."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from scrapy.crawler import Crawler

from crawler.batches import BatchWriter
from crawler.fetch.items import Fetched
from domain.captured import Address, Capture, Probe, SiteRun
from domain.errors import StoreError, ValueRefused
from domain.ports import CaptureSink

BATCH_ITEMS, BATCH_SECONDS, MAX_WAITING = 400, 0.8, 3
MOST_LOST = 500  # items a store may refuse before it is the store, or we, who are at fault
UNWRITABLE = "unwritable"
log = logging.getLogger(__name__)


class Archive:
    """Collects what the spiders saw; a batch is one call of `write`."""

    def __init__(self, sink: CaptureSink, run_id: str) -> None:
        self.sink, self.run_id = sink, run_id
        self._writer = BatchWriter("archive", self._write_all, self._left_out)
        self._items: list[Fetched] = []
        self._since = time.monotonic()
        self.when_written: Callable[[], object] = lambda: None  # called in the writer thread after every batch
        self.lost = 0  # items that could not be written and were left out

    @property
    def error(self) -> BaseException | None:
        """The first failed write; nothing is written after it."""
        return self._writer.error

    @error.setter
    def error(self, error: BaseException) -> None:
        """Stop the crawl as a failed write does."""
        self._writer.error = error

    def add(self, item: Fetched) -> None:
        """Take an item; starts a write when the batch is large or old enough."""
        self._items.append(item)
        if len(self._items) >= BATCH_ITEMS or time.monotonic() - self._since >= BATCH_SECONDS:
            self.start_write()

    def start_write(self) -> None:
        """Hand the batch to the writer thread."""
        self._since = time.monotonic()
        _ = self._writer.behind
        if self._items and self.error is None:
            items, self._items = self._items, []
            self._writer.start(items).add_done_callback(lambda _: self.when_written())

    def flush(self) -> None:
        """Write everything now and wait for it."""
        self.start_write()
        self._writer.flush()

    @property
    def is_behind(self) -> bool:
        """Whether fetching should pause until the writer has caught up."""
        return self._writer.behind >= MAX_WAITING

    def close(self) -> None:
        """Write the rest and end the thread."""
        self.start_write()
        self._writer.close()

    def _write_all(self, items: Sequence[Fetched]) -> None:
        addresses: list[Address] = []
        captures: list[Capture] = []
        for item in items:
            addresses.extend(item.addresses)
            captures.extend(item.captures)
        if bodies := [item.kept for item in items if item.body]:
            self.sink.put_bodies(self.run_id, bodies)
        self.sink.write(captures, self.run_id, addresses)

    def _left_out(self, item: Fetched, error: Exception) -> None:
        """A culprit is named and left out, and its address counts as skipped: no resume meets it again."""
        with suppress(ValueRefused, ValueError, ArithmeticError):  # what it led to may be well
            self.sink.discover(self.run_id, item.addresses)
        for capture in item.captures:
            log.exception("%s: %s cannot be written and is left out", *_name(capture))
            if isinstance(capture, SiteRun):
                self.sink.write([SiteRun(self.run_id, capture.site_id, capture.state, reason=UNWRITABLE)])
            elif not isinstance(capture, Probe):
                self.sink.skip(self.run_id, capture.site_id, [capture.url], UNWRITABLE)
        self.lost += 1
        if self.lost > MOST_LOST:
            raise StoreError(f"已有 {self.lost} 项采集结果无法写入数据库，采集停止；请查看日志。") from error


def _name(capture: Capture) -> tuple[str, str]:
    address = capture.site_id if isinstance(capture, SiteRun) else capture.url
    return ascii(address), type(capture).__name__


class ArchivePipeline:
    """Passes items to the spider's archive and stops the crawl when the store fails."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ArchivePipeline":
        """Build for a crawler."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Bind to the spider's archive and write old batches even when nothing new arrives."""
        self.archive: Archive = self.crawler.spider.archive  # type: ignore[union-attr]
        loop = asyncio.get_running_loop()
        self.archive.when_written = lambda: loop.call_soon_threadsafe(self._wake)
        self._ticker = asyncio.ensure_future(self._tick())

    async def close_spider(self) -> None:
        """Write what is left."""
        self._ticker.cancel()
        await asyncio.get_running_loop().run_in_executor(None, self.archive.close)

    def process_item(self, item: Fetched) -> Fetched:
        """Take one item."""
        self.archive.add(item)
        return item

    def _wake(self) -> None:
        """Let the engine ask for requests again: the spider gives none while the archive is behind."""
        slot = self.crawler.engine._slot if self.crawler.engine else None
        if slot is not None:
            slot.nextcall.schedule()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(BATCH_SECONDS)
            self.archive.start_write()
            if self.archive.error:
                self._stopping = asyncio.ensure_future(self.crawler.stop_async())
                return

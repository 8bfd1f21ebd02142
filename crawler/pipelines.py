"""ArchivePipeline: items to the store in batches, written by one thread off the reactor."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from scrapy.crawler import Crawler

from crawler.items import Fetched
from domain.captured import Address, Capture, Probe, SiteRun
from domain.errors import StoreError, ValueRefused
from domain.ports import CaptureSink

BATCH_ITEMS, BATCH_SECONDS, MAX_WAITING = 400, 0.8, 3
MOST_LOST = 500  # items a store may refuse before it is the store, or we, who are at fault
UNWRITABLE = "unwritable"
log = logging.getLogger(__name__)


class Archive:
    """Collects what the spiders saw; a batch is one call of `discover` and one of `write`."""

    def __init__(self, sink: CaptureSink, run_id: str) -> None:
        self.sink, self.run_id = sink, run_id
        self._writer = ThreadPoolExecutor(1, "archive")
        self._items: list[Fetched] = []
        self._since = time.monotonic()
        self._waiting: list[Future[None]] = []
        self.when_written: Callable[[], object] = lambda: None  # called in the writer thread after every batch
        self.error: Exception | None = None  # the first failed write; nothing is written after it
        self.lost = 0  # items that could not be written and were left out

    def add(self, item: Fetched) -> None:
        """Take an item; starts a write when the batch is large or old enough."""
        self._items.append(item)
        if len(self._items) >= BATCH_ITEMS or time.monotonic() - self._since >= BATCH_SECONDS:
            self.start_write()

    def start_write(self) -> None:
        """Hand the batch to the writer thread."""
        self._since = time.monotonic()
        self._collect()
        if self._items and self.error is None:
            items, self._items = self._items, []
            future = self._writer.submit(self._write, items)
            future.add_done_callback(lambda _: self.when_written())
            self._waiting.append(future)

    def flush(self) -> None:
        """Write everything now and wait for it."""
        self.start_write()
        wait(self._waiting)
        self._collect()

    @property
    def is_behind(self) -> bool:
        """Whether fetching should pause until the writer has caught up."""
        self._collect()
        return len(self._waiting) >= MAX_WAITING

    def close(self) -> None:
        """Write the rest and end the thread."""
        self.flush()
        self._writer.shutdown()

    def _collect(self) -> None:
        while self._waiting and self._waiting[0].done():
            failure = self._waiting.pop(0).exception()
            self.error = self.error or failure  # type: ignore[assignment]

    def _write(self, items: list[Fetched]) -> None:
        """One batch; when a value in it is refused, its items one by one, without the culprits."""
        try:
            self._write_all(items)
        except Exception as error:
            if is_of_the_store(error):
                raise
            for item in items:
                self._write_alone(item)

    def _write_all(self, items: list[Fetched]) -> None:
        addresses: list[Address] = []
        captures: list[Capture] = []
        for item in items:
            if item.body:
                self.sink.put_body(item.body, item.body_hash)
            addresses.extend(item.addresses)
            captures.extend(item.captures)
        if addresses:
            self.sink.discover(self.run_id, addresses)
        self.sink.write(captures)

    def _write_alone(self, item: Fetched) -> None:
        """One item; a culprit is named and left out, and its address counts as skipped: no resume meets it again."""
        try:
            self._write_all([item])
        except Exception as error:
            if is_of_the_store(error):
                raise
            for capture in item.captures:
                log.exception("%s: %s cannot be written and is left out", *_name(capture))
                if isinstance(capture, SiteRun):
                    self.sink.write([SiteRun(self.run_id, capture.site_id, capture.state, reason=UNWRITABLE)])
                elif not isinstance(capture, Probe):
                    self.sink.skip(self.run_id, capture.site_id, [capture.url], UNWRITABLE)
            self.lost += 1
            if self.lost > MOST_LOST:
                raise StoreError(f"已有 {self.lost} 项采集结果无法写入数据库，采集停止；请查看日志。") from error


def is_of_the_store(error: Exception) -> bool:
    """Whether a write failed because of the store (full, gone), not because of a value in it."""
    return isinstance(error, StoreError) and not isinstance(error, ValueRefused)


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

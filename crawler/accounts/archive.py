"""What the account spider saw, written to the store by one thread off the reactor."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.batches import BatchWriter
from domain.accounts import Collected, CollectionStatus
from domain.bodies import Body
from domain.captured import SiteRun
from domain.collection_documents import as_document
from domain.ports import Store

BATCH = 50
UNWRITABLE = "采集到的内容含有无法保存的数据"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gathered:
    """One account of a run with what its sources gave."""

    account_id: str
    results: tuple[Collected, ...]


def ended(run_id: str, account_id: str, reason: str = "") -> SiteRun:
    """That an account of a run was collected, well or badly."""
    return SiteRun(run_id, account_id, "complete", reason=reason)


class AccountArchive:
    """Raw answers at once, accounts in batches. The pipeline drives it like the archive of pages."""

    def __init__(self, store: Store, run_id: str) -> None:
        self.store, self.run_id = store, run_id
        self._writer = BatchWriter("accounts", self._write_all, self._left_out)
        self._new: list[Gathered] = []

    @property
    def error(self) -> BaseException | None:
        """The first failed write."""
        return self._writer.error

    async def keep_body(self, body: bytes) -> str:
        """Store a raw answer before anybody reads it; returns its sha256."""
        return await asyncio.get_running_loop().run_in_executor(self._writer.thread, self._keep, body)

    def _keep(self, body: bytes) -> str:
        return self.store.put_bodies(self.run_id, [Body(body)])[0]

    def add(self, item: Gathered) -> None:
        """Take an account that has come to its end."""
        self._new.append(item)
        if len(self._new) >= BATCH:
            self.start_write()

    def start_write(self) -> None:
        """Hand what is new to the writer thread."""
        _ = self._writer.behind
        if self._new and self.error is None:
            items, self._new = self._new, []
            self._writer.start(items)

    def close_runs(self, runs: list[SiteRun]) -> None:
        """Say how the accounts ended, after everything of them is written."""
        self.start_write()
        self._writer.submit(self.store.write, runs)

    def close(self) -> None:
        """Write the rest and end the thread."""
        self.start_write()
        self._writer.close()

    def _write_all(self, items: Sequence[Gathered]) -> None:
        posts = [post for item in items for result in item.results for post in result.posts]
        self.store.save_posts(self.run_id, posts)
        for item in items:
            self.store.save_collection(self.run_id, item.account_id, as_document(item.results))
        self.store.write([ended(self.run_id, item.account_id) for item in items])

    def _left_out(self, item: Gathered, error: Exception) -> None:
        """An account without what it brought."""
        log.exception("account %s: what it brought cannot be written and is left out", ascii(item.account_id))
        failed = (
            Collected(
                item.account_id, result.source, CollectionStatus.PARSE_ERROR, message=UNWRITABLE, run_id=self.run_id
            )
            for result in item.results
        )
        self._write_all([Gathered(item.account_id, tuple(failed))])

"""Bodies: those of crawls in packs, all others and those of earlier versions as single files.

A body that a crawl brings is appended to the pack of its process and synced; its index row is written in the transaction that
names it. So no row ever names bytes that a power cut took, and what a killed process left at the end of a pack is not named.
"""

import hashlib
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from domain.bodies import Body
from domain.errors import BodyLost, StoreError, cause
from storage.blobs import FRESH, Blobs
from storage.database import Database
from storage.pack_index import PackIndex
from storage.pack_places import Packs
from storage.pack_reader import PackReader
from storage.pack_writer import Frame, PackWriter

FULL = 2**25  # bytes after which the next pack begins


class PackedBlobs:
    """The bodies of a store."""

    def __init__(self, database: Database, singles: Blobs, packs: Packs) -> None:
        self.singles, self.packs = singles, packs
        self.index = PackIndex(database)
        self.reader = PackReader(packs)
        self._database = database
        self._lock = threading.Lock()
        self._writer: PackWriter | None = None
        self._waiting: dict[str, Frame] = {}  # appended, and not in the index yet
        self._again: set[str] = set()  # in the index, and put again
        self._named = False  # whether a row names the pack that is being written
        self._failed = ""  # why the pack cannot be trusted any more

    @cached_property
    def _lost(self) -> frozenset[str]:
        """What was on the list when this process began to write."""
        return self.singles.damaged()

    def put(self, body: bytes, body_hash: str = "") -> str:
        """Keep a body that comes alone; everybody finds it at once."""
        return self.singles.put(body, body_hash)

    def put_many(self, run_id: str, bodies: Sequence[Body]) -> list[str]:
        """Keep what a crawl brings; returns the hashes. Others find it when the next transaction of `indexing` has ended."""
        told = {item.sha256 or hashlib.sha256(item.data).hexdigest(): item for item in bodies}
        known = self.index.known(told.keys() - self._lost)
        with self._lock:
            early = time.time() - FRESH
            self._again |= {each for each, wanted in known.items() if wanted < early}
            new = {each: item for each, item in told.items() if each not in known and each not in self._waiting}
            if new:
                self._append(run_id, new)
        return [item.sha256 or hashlib.sha256(item.data).hexdigest() for item in bodies]

    def _append(self, run_id: str, new: Mapping[str, Body]) -> None:
        try:
            if self._writer is None:
                self.packs.catch_up(self.index.packs, self._uploaded)
                self._writer, self._named = PackWriter(self.packs.begin(run_id)), False
            self._waiting |= dict(zip(new, self._writer.add([*new.values()]), strict=True))
        except OSError as error:
            raise _unwritable(error) from error

    @contextmanager
    def indexing(self) -> Iterator[Connection]:
        """One transaction; with it, all that was put before it is found by everybody."""
        waiting, again = self._synced()
        now = int(time.time())
        with self._database.write() as connection:
            if waiting:
                self.index.drop(connection, self._lost & waiting.keys())
                placed = [(digest, frame, now) for digest, frame in waiting.items()]
                self.index.add(connection, placed, whole=self.packs.at_once)
            if again:
                self.index.want(connection, again, now)
            yield connection
        if waiting or again:
            self._note_indexed(waiting, again)

    def _synced(self) -> tuple[dict[str, Frame], set[str]]:
        """What waits for its rows: its bytes are on the disk now."""
        with self._lock:
            if self._failed:
                raise StoreError(self._failed)
            if self._waiting and self._writer is not None:
                try:
                    self._writer.file.sync()
                except OSError as error:  # after that nobody knows which bytes are there
                    failure = _unwritable(error)
                    self._failed = str(failure)
                    raise failure from error
            return dict(self._waiting), set(self._again)

    def _note_indexed(self, waiting: Mapping[str, Frame], again: Collection[str]) -> None:
        self.singles.came_back(self._lost & waiting.keys())
        with self._lock:
            self._again.difference_update(again)
            for each, frame in waiting.items():
                if self._waiting.get(each) == frame:
                    del self._waiting[each]
            self._named = self._named or bool(waiting)
            if self._writer is not None and self._writer.file.size >= FULL and not self._waiting:
                self.packs.finish(self._writer.file, self._uploaded)
                self._writer = None

    def _uploaded(self, name: str) -> None:
        if not self.packs.at_once:
            self.index.whole(name)

    def get(self, body_hash: str) -> bytes:
        """A stored body; BodyLost when it is missing or damaged, and then it is on the list of those to come back."""
        with self._lock:
            waiting = self._waiting.get(body_hash)
        body = self._packed(body_hash, [(waiting, True)] if waiting else self.index.places(body_hash))
        return self.singles.get(body_hash) if body is None else body

    def is_packed(self, body_hash: str) -> bool:
        """Whether a body can be read from a pack."""
        return self._packed(body_hash, self.index.places(body_hash)) is not None

    def _packed(self, body_hash: str, places: Iterable[tuple[Frame, bool]]) -> bytes | None:
        found = (self._read(body_hash, frame, whole=whole) for frame, whole in places)
        return next((body for body in found if body is not None), None)

    def _read(self, body_hash: str, frame: Frame, *, whole: bool) -> bytes | None:
        """A body, if it is there; a pack that was rewritten a moment ago is looked for where it is now."""
        try:
            return self.reader.body(body_hash, frame)
        except FileNotFoundError as error:
            places = self.index.places(body_hash)
            moved = next((place for place in places if place[0].pack != frame.pack), None)
            if moved:
                return self._read(body_hash, moved[0], whole=moved[1])
            if any(not is_whole for _, is_whole in places) and not whole:
                raise BodyLost(f"页面快照 {body_hash} 还在采集它的机器上等待上传；请稍后重试。") from error
            return None
        except BodyLost:
            return None
        except OSError as error:
            sentence = f"无法读取页面快照 {body_hash}：{cause(error)}。"
            raise (BodyLost if self.packs.at_once else StoreError)(sentence) from error

    def damaged(self) -> frozenset[str]:
        """Hashes of bodies that were found missing or damaged and have not come back."""
        return self.singles.damaged()

    def listing(self) -> Iterator[tuple[str, int, datetime]]:
        """(hash, bytes as they lie, when it was put last) of every body."""
        packed: set[str] = set()
        for item in self.index.listing():
            packed.add(item[0])
            yield item
        yield from (item for item in self.singles.listing() if item[0] not in packed)

    def drop(self, hashes: Iterable[str]) -> None:
        """Remove bodies. Those in packs are not found any more; their bytes go when `PackUpkeep` rewrites the pack."""
        gone = frozenset(hashes)
        with self._database.write() as connection:
            self.index.drop(connection, gone)
        self.singles.drop(gone)

    def close(self) -> None:
        """End the pack that is being written, and wait until it is where it belongs."""
        with self._lock:
            if self._writer is not None:
                if self._named:
                    self.packs.finish(self._writer.file, self._uploaded)
                else:
                    self._writer.file.discard()
                self._writer = None
        self.packs.close()


def _unwritable(error: OSError) -> StoreError:
    return StoreError(f"无法写入快照包：{cause(error)}；请检查磁盘空间与目录权限。")

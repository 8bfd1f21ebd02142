"""Page bodies, content-addressed: zstd files by sha256 under `blobs/ab/…`, in a local folder or at any fsspec URL.

A body is compared with its hash when it is read. One that is damaged or missing is set aside under `blobs/damaged/`,
and stays listed there until the same body is put again: whoever plans a crawl asks for it without conditions.
"""

import contextlib
import hashlib
import logging
import os
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

from domain.errors import BodyLost, StoreError, cause
from storage.frames import AGAIN, compressed, opened

DAMAGED = "damaged"
FRESH = 86_400  # seconds in which a body counts as just written
log = logging.getLogger(__name__)


class Blobs(Protocol):
    """Where bodies lie."""

    def put(self, body: bytes, body_hash: str = "") -> str:
        """Keep a body; returns its sha256 in hex (`body_hash`, when the caller has computed it)."""
        ...

    def get(self, body_hash: str) -> bytes:
        """A stored body; BodyLost when it is missing or damaged."""
        ...

    def damaged(self) -> frozenset[str]:
        """Hashes of bodies that were found missing or damaged and have not come back."""
        ...

    def listing(self) -> Iterator[tuple[str, int, datetime]]:
        """(hash, bytes as they lie, when it was written) of every body."""
        ...

    def drop(self, hashes: Iterable[str]) -> None:
        """Remove bodies; those that are not there are no fault."""
        ...

    def came_back(self, hashes: Iterable[str]) -> None:
        """They are not to come back any more: they lie somewhere else."""
        ...


def open_blobs(data: Path | str) -> Blobs:
    """Bodies that are single files, in a data folder or at an fsspec URL."""
    if "://" in str(data):
        from storage.blobs_remote import RemoteBlobs

        return RemoteBlobs(str(data).rstrip("/") + "/blobs")
    return LocalBlobs(Path(data) / "blobs")


def _write_out(path: str, data: bytes) -> None:
    """A new file, by the fewest calls of the system: each of them lets another thread in and waits for it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


class LocalBlobs:
    """Plain files. A body appears by rename, so a killed writer leaves no half body."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._made: set[str] = set()

    def put(self, body: bytes, body_hash: str = "") -> str:
        """Keep a body; an existing one is not written again."""
        digest = body_hash or hashlib.sha256(body).hexdigest()
        path = self._path(digest)
        try:
            state = os.stat(path)  # noqa: PTH116 - plain calls: this runs once a page
            if state.st_size:
                if time.time() - state.st_mtime > FRESH:
                    os.utime(path)  # it is wanted again: whoever sweeps old bodies sees that
                return digest
        except FileNotFoundError:
            pass
        except OSError as error:
            raise StoreError(f"无法读取快照目录 {self._folder}：{cause(error)}。") from error
        try:
            self._write(path, compressed(body))
            if digest in self._lost:
                Path(self._folder, DAMAGED, digest).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"无法写入页面快照 {path}：{cause(error)}；请检查磁盘空间与目录权限。") from error
        return digest

    def _path(self, digest: str) -> str:
        return f"{self._folder}/{digest[:2]}/{digest[2:]}.zst"

    def _write(self, path: str, data: bytes) -> None:
        folder = path[: path.rindex("/")]
        if folder not in self._made:
            for each in (self._folder, folder):
                os.makedirs(each, mode=0o700, exist_ok=True)  # noqa: PTH103
            self._made.add(folder)
        draft = f"{path}.{os.getpid()}-{threading.get_ident()}"
        try:
            _write_out(draft, data)
            os.replace(draft, path)  # noqa: PTH105
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise

    def get(self, body_hash: str) -> bytes:
        """A stored body."""
        try:
            return opened(body_hash, Path(self._path(body_hash)).read_bytes())
        except FileNotFoundError as error:
            self._set_aside(body_hash)
            raise BodyLost(f"页面快照 {body_hash} 不在 {self._folder} 中；{AGAIN}") from error
        except BodyLost:
            self._set_aside(body_hash)
            raise
        except OSError as error:
            raise BodyLost(f"无法读取页面快照 {body_hash}：{cause(error)}。") from error

    def _set_aside(self, body_hash: str) -> None:
        """Out of the way of the body that will be put again, and on the list of those that are to come back."""
        log.error("the body %s is damaged or missing, and will be asked for again", body_hash)
        place = Path(self._folder, DAMAGED, body_hash)
        with contextlib.suppress(OSError):  # a disk that cannot be written: the next reader will find it again
            place.parent.mkdir(exist_ok=True)
            try:
                Path(self._path(body_hash)).replace(place)
            except FileNotFoundError:
                place.touch()

    @cached_property
    def _lost(self) -> frozenset[str]:
        return self.damaged()

    def damaged(self) -> frozenset[str]:
        """Hashes of bodies that are to come back."""
        try:
            return frozenset(path.name for path in Path(self._folder, DAMAGED).iterdir())
        except OSError:
            return frozenset()

    def listing(self) -> Iterator[tuple[str, int, datetime]]:
        """Every body."""
        for path in sorted(Path(self._folder).glob("??/*.zst")):
            with contextlib.suppress(FileNotFoundError):
                state = path.stat()
                yield path.parent.name + path.stem, state.st_size, datetime.fromtimestamp(state.st_mtime, UTC)

    def drop(self, hashes: Iterable[str]) -> None:
        """Remove bodies, also what was set aside of them."""
        try:
            for each in hashes:
                Path(self._path(each)).unlink(missing_ok=True)
                Path(self._folder, DAMAGED, each).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"无法删除 {self._folder} 中的快照：{cause(error)}；请检查目录权限。") from error

    def came_back(self, hashes: Iterable[str]) -> None:
        """Off the list."""
        with contextlib.suppress(OSError):
            for each in hashes:
                Path(self._folder, DAMAGED, each).unlink(missing_ok=True)

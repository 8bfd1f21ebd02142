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
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, cast

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


class RemoteBlobs:
    """Objects at an fsspec URL."""

    def __init__(self, url: str) -> None:
        import fsspec

        self._url = url
        try:
            filesystem, self._root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError, OSError) as error:
            raise StoreError(f"无法打开快照地址 {url}：{error}。") from error
        self._files: Any = filesystem

    def put(self, body: bytes, body_hash: str = "") -> str:
        """Keep a body; an existing one is not written again."""
        digest = body_hash or hashlib.sha256(body).hexdigest()
        path = self._path(digest)
        try:
            if not self._files.exists(path):
                draft = f"{path}.{uuid.uuid4().hex}"
                self._files.makedirs(path[: path.rindex("/")], exist_ok=True)
                self._files.pipe_file(draft, compressed(body))
                self._files.mv(draft, path)
                if digest in self._lost:
                    self._files.rm_file(f"{self._root}/{DAMAGED}/{digest}")
        except OSError as error:
            raise StoreError(f"无法写入快照地址 {self._url}：{error}。") from error
        return digest

    def _path(self, digest: str) -> str:
        return f"{self._root}/{digest[:2]}/{digest[2:]}.zst"

    def get(self, body_hash: str) -> bytes:
        """A stored body."""
        try:
            data = self._files.cat_file(self._path(body_hash))
        except FileNotFoundError as error:
            self._set_aside(body_hash)
            raise BodyLost(f"页面快照 {body_hash} 不在 {self._url} 中；{AGAIN}") from error
        except OSError as error:
            raise StoreError(f"无法读取快照地址 {self._url}：{error}。") from error
        try:
            return opened(body_hash, cast("bytes", data))
        except BodyLost:
            self._set_aside(body_hash)
            raise

    def _set_aside(self, body_hash: str) -> None:
        log.error("the body %s is damaged or missing, and will be asked for again", body_hash)
        with contextlib.suppress(OSError):
            self._files.makedirs(f"{self._root}/{DAMAGED}", exist_ok=True)
            self._files.pipe_file(f"{self._root}/{DAMAGED}/{body_hash}", b"")
            self._files.rm_file(self._path(body_hash))

    @cached_property
    def _lost(self) -> frozenset[str]:
        return self.damaged()

    def damaged(self) -> frozenset[str]:
        """Hashes of bodies that are to come back."""
        try:
            return frozenset(
                name.rpartition("/")[2] for name in self._files.ls(f"{self._root}/{DAMAGED}", detail=False)
            )
        except OSError:
            return frozenset()

    def listing(self) -> Iterator[tuple[str, int, datetime]]:
        """Every body."""
        try:
            found = self._files.find(self._root, detail=True)
        except OSError as error:
            raise StoreError(f"无法读取快照地址 {self._url}：{error}。") from error
        for path, state in sorted(found.items()):
            folder, _, name = path.removeprefix(f"{self._root}/").partition("/")
            if len(folder) == 2 and name.endswith(".zst"):
                yield folder + name.removesuffix(".zst"), int(state.get("size") or 0), _written(state)

    def drop(self, hashes: Iterable[str]) -> None:
        """Remove bodies, also what was set aside of them."""
        for path in (path for each in hashes for path in (self._path(each), f"{self._root}/{DAMAGED}/{each}")):
            try:
                self._files.rm_file(path)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise StoreError(f"无法删除快照地址 {self._url} 中的快照：{error}。") from error

    def came_back(self, hashes: Iterable[str]) -> None:
        """Off the list."""
        for each in hashes:
            with contextlib.suppress(OSError):
                self._files.rm_file(f"{self._root}/{DAMAGED}/{each}")


def _written(state: Any) -> datetime:
    """When an object was written, by whatever name its file system calls it."""
    for name in ("LastModified", "last_modified", "mtime", "created", "updated"):
        value = state.get(name)
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=UTC)
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC)
    return datetime.max.replace(tzinfo=UTC)  # never old enough to go

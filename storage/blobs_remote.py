"""Bodies as objects at an fsspec URL, one each."""

import contextlib
import hashlib
import logging
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Any, TypeVar, cast

from domain.errors import BodyLost, StoreError
from storage.blobs import DAMAGED
from storage.far_addresses import PAUSES, opened_address, patiently
from storage.frames import AGAIN, compressed, opened

T = TypeVar("T")
log = logging.getLogger(__name__)


class RemoteBlobs:
    """Objects at an fsspec URL. An address that fails is asked again after each of `pauses` (seconds)."""

    def __init__(self, url: str, pauses: Sequence[float] = PAUSES) -> None:
        self._url, self._pauses = url, pauses
        self._files, self._root = opened_address(url)

    def put(self, body: bytes, body_hash: str = "") -> str:
        """Keep a body; an existing one is not written again."""
        digest = body_hash or hashlib.sha256(body).hexdigest()
        path = self._path(digest)
        try:
            self._patiently(lambda: self._keep(path, body))
        except OSError as error:
            raise StoreError(f"无法写入快照地址 {self._url}：{error}。") from error
        if digest in self._lost:
            self.came_back([digest])
        return digest

    def _keep(self, path: str, body: bytes) -> None:
        if not self._files.exists(path):
            draft = f"{path}.{uuid.uuid4().hex}"
            self._files.makedirs(path[: path.rindex("/")], exist_ok=True)
            self._files.pipe_file(draft, compressed(body))
            self._files.mv(draft, path)

    def _patiently(self, call: Callable[[], T]) -> T:
        return patiently(call, self._url, self._pauses)

    def _path(self, digest: str) -> str:
        return f"{self._root}/{digest[:2]}/{digest[2:]}.zst"

    def get(self, body_hash: str) -> bytes:
        """A stored body."""
        try:
            data = self._patiently(lambda: self._files.cat_file(self._path(body_hash)))
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
            self._files.invalidate_cache()
            found = self._patiently(lambda: self._files.ls(f"{self._root}/{DAMAGED}", detail=False))
        except OSError:
            return frozenset()
        return frozenset(name.rpartition("/")[2] for name in found)

    def listing(self) -> Iterator[tuple[str, int, datetime]]:
        """Every body."""
        try:
            self._files.invalidate_cache()
            found = self._patiently(lambda: self._files.find(self._root, detail=True))
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
                self._patiently(partial(self._files.rm_file, path))
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

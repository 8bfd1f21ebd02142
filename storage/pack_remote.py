"""Packs at any fsspec URL, with a local folder of those not uploaded yet (the spool)."""

import contextlib
import hashlib
import logging
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from domain.errors import StoreError, cause
from storage.far_addresses import PAUSES, patiently
from storage.pack_file import ENDING, PackFile
from storage.pack_places import FOLDER, LocalPacks

T = TypeVar("T")
log = logging.getLogger(__name__)


class RemotePacks:
    """An fsspec URL: a pack is written in the spool, uploaded whole when it is finished, and read in ranges.

    An address that fails is asked again after each of `pauses` (seconds). What could not be uploaded stays in the spool, is
    read from there, and is uploaded by whoever writes next.
    """

    at_once = False

    def __init__(self, files: Any, root: str, spool: Path, pauses: Sequence[float] = PAUSES) -> None:
        self._files, self._root, self._pauses = files, root, pauses
        self._spool = LocalPacks(spool)
        self._folder = spool
        self._thread = ThreadPoolExecutor(1, "packs")

    def begin(self, run_id: str) -> PackFile:
        """A new pack in the spool."""
        return self._spool.begin(run_id)

    def finish(self, file: PackFile, done: Callable[[str], object]) -> None:
        """Upload it, beside everything else."""
        self._thread.submit(self._finish, file, done)

    def _finish(self, file: PackFile, done: Callable[[str], object]) -> None:
        try:
            self._bring(file.name, done)
        finally:
            file.close()

    def settle(self, file: PackFile) -> None:
        """Upload it now."""
        file.sync()
        self._patiently(lambda: self._upload(file.path, self._place(file.name)))
        file.path.unlink()

    def catch_up(self, named: Callable[[], Collection[str]], done: Callable[[str], object]) -> None:
        """Upload what lies in the spool without a writer."""
        left = [name for name, _ in self._spool.closed()]  # first: what is closed has its rows
        known = named() if left else ()
        for name in left:
            if name in known:
                self._thread.submit(self._bring, name, done)
            else:
                self._spool.remove(name)

    def _bring(self, name: str, done: Callable[[str], object]) -> None:
        """Upload a pack of the spool; one that cannot be uploaded stays there for the next one who writes."""
        path = self._folder / f"{name}{ENDING}"
        try:
            self._patiently(lambda: self._upload(path, self._place(name)))
            done(name)
            path.unlink(missing_ok=True)
        except (OSError, StoreError) as error:
            told = cause(error) if isinstance(error, OSError) else str(error)
            log.warning("pack %s waits in %s: %s", name, self._folder, told)

    def _upload(self, path: Path, place: str) -> None:
        self._files.makedirs(place[: place.rindex("/")], exist_ok=True)
        self._files.put_file(str(path), place)
        there = int(self._files.size(place) or 0)
        if there != path.stat().st_size:
            raise OSError(f"{place}: {there} of {path.stat().st_size} bytes arrived")

    def _place(self, name: str) -> str:
        return f"{self._root}/{name}{ENDING}"

    def read(self, name: str, start: int, length: int) -> bytes:
        """Some bytes, from the spool as long as the pack lies there."""
        with contextlib.suppress(FileNotFoundError):
            return self._spool.read(name, start, length)
        found: bytes = self._patiently(lambda: self._files.cat_file(self._place(name), start=start, end=start + length))
        return found

    def closed(self) -> Iterator[tuple[str, int]]:
        """Every pack that was uploaded."""
        self._files.invalidate_cache()
        for path, state in sorted(self._patiently(lambda: self._files.find(self._root, detail=True)).items()):
            if path.endswith(ENDING):
                yield path.rpartition("/")[2].removesuffix(ENDING), int(state.get("size") or 0)

    def remove(self, name: str) -> None:
        """Take a pack away, from both places."""
        self._spool.remove(name)
        with contextlib.suppress(FileNotFoundError):
            self._patiently(lambda: self._files.rm_file(self._place(name)))

    def close(self) -> None:
        """Wait until everything is uploaded, or waits in the spool."""
        self._thread.shutdown()

    def _patiently(self, call: Callable[[], T]) -> T:
        return patiently(call, self._root, self._pauses)


def default_spool(url: str) -> Path:
    """A folder of this user for an address, which outlives the process and the machine's restart."""
    base = os.environ.get("XUNJIAN_SPOOL") or os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local/state")
    return Path(base) / "xunjian" / hashlib.sha256(url.encode()).hexdigest()[:16] / FOLDER

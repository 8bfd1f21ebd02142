"""The file of one pack: one process writes it, at its end only, and holds its lock for as long as it does."""

import fcntl
import os
from pathlib import Path

ENDING = ".zpk"
DRAFT = ".part"


class PackFile:
    """An open pack. It appears under its name only when the lock is held: a pack without a lock has no writer."""

    def __init__(self, folder: Path, name: str, *, synced: bool = True) -> None:
        self.name = name
        self.path = folder / f"{name}{ENDING}"
        self.size = 0
        self._synced = synced
        for each in (folder.parent, folder):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f"{name}{ENDING}{DRAFT}"
        self._file = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        draft.rename(self.path)
        if synced:
            _sync_folder(folder)

    def append(self, data: bytes) -> int:
        """Put bytes at the end; returns where they begin. A write that fails leaves the end where it was."""
        rest, at = memoryview(data), self.size
        while rest:
            written = os.pwrite(self._file, rest, at)
            rest, at = rest[written:], at + written
        start, self.size = self.size, at
        return start

    def sync(self) -> None:
        """What was appended outlives a power cut."""
        if self._synced:
            os.fdatasync(self._file)

    def close(self) -> None:
        """Let it go; the lock goes with it."""
        os.close(self._file)

    def discard(self) -> None:
        """Remove it: nothing in it was ever named."""
        self.path.unlink(missing_ok=True)
        self.close()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def has_writer(path: Path) -> bool:
    """Whether a process is still writing a pack."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False

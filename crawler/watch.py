"""How long one answer may be read. Python code is interrupted in this process; code in C is ended with the process, by the
parent, which starts it again without the culprit: the address being read stands in a file that both know.
"""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

READING_SECONDS = 30.0  # of processor time for one answer; the slowest page of four megabytes takes three
OVERDUE_SECONDS = 120.0  # after which the parent ends a child that does not come back from one answer


class TooSlow(Exception):
    """Reading one answer takes too long."""


class Watch:
    """Notes what is being read. Without a file nothing is noted, and only Python code is interrupted."""

    def __init__(self, path: Path | None = None, seconds: float = READING_SECONDS) -> None:
        self.seconds = seconds
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600) if path else -1

    @contextmanager
    def reading(self, target_id: str, url: str) -> Iterator[None]:
        """Around everything that reads one answer; TooSlow when it takes too long."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        self._note(json.dumps([time.monotonic(), target_id, url]))
        before = signal.signal(signal.SIGVTALRM, _ring)
        signal.setitimer(signal.ITIMER_VIRTUAL, self.seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
            self._note("")

    def _note(self, text: str) -> None:
        if self._file >= 0:
            data = text.encode()
            os.pwrite(self._file, len(data).to_bytes(4, "big") + data, 0)

    def close(self) -> None:
        """Nothing is read any more."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _ring(number: int, frame: FrameType | None) -> None:
    raise TooSlow("reading it takes too long")


def noted_in(path: Path) -> tuple[float, str, str] | None:
    """(monotonic moment of its start, target id, address) of what is being read now; None for nothing."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    size = int.from_bytes(data[:4], "big")
    if not size or len(data) < 4 + size:
        return None
    try:
        started, target_id, url = json.loads(data[4 : 4 + size])
    except ValueError:  # caught while it was being written
        return None
    return started, target_id, url


def is_overdue(path: Path, seconds: float = OVERDUE_SECONDS) -> bool:
    """Whether one answer has been read for longer than any page takes."""
    noted = noted_in(path)
    return noted is not None and time.monotonic() - noted[0] > seconds


def place_of(data: str, run_id: str, shard: str) -> Path:
    """Where a child notes what it reads."""
    return Path(data) / f".reading-{run_id}-{shard.replace('/', '-')}"

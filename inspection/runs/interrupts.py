"""Ctrl-C, SIGTERM and SIGHUP as something to look at, not as an exception that may fall between any two lines."""

import signal
import threading
from types import FrameType, TracebackType
from typing import Any

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
PATIENCE = 3  # the third Ctrl-C ends the program wherever it is


class Interrupts:
    """Counts Ctrl-C while it is entered; `taken` is how many of them somebody has acted on.

    Outside the main thread nothing is installed: there Ctrl-C never arrives.
    """

    def __init__(self) -> None:
        self.count = 0
        self.taken = 0

    def __enter__(self) -> "Interrupts":
        self._is_main = threading.current_thread() is threading.main_thread()
        if self._is_main:
            self._before: Any = {number: signal.signal(number, self._note) for number in SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_main:
            for number, handler in self._before.items():
                signal.signal(number, handler)

    def is_waiting(self) -> bool:
        """Whether there is a Ctrl-C that nobody has acted on; it is left to whoever takes it."""
        return self.count > self.taken

    def take(self) -> bool:
        """Whether there is a Ctrl-C that nobody has acted on; who asks acts on it."""
        fresh = self.count > self.taken
        self.taken = self.count
        return fresh

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.count += 1
        if self.count >= PATIENCE:
            raise KeyboardInterrupt

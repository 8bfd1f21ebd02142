"""Ctrl-C while the program is still loading: noted, because an import may swallow the interruption it raises."""

import signal
from types import FrameType

_seen: list[int] = []


def note_interrupts() -> None:
    """Note SIGINT and raise KeyboardInterrupt, as Python does; in the main thread only."""
    signal.signal(signal.SIGINT, _note)


def was_interrupted() -> bool:
    """Whether Ctrl-C came since the start, even if nobody noticed."""
    return bool(_seen)


def _note(number: int, frame: FrameType | None) -> None:
    _seen.append(number)
    raise KeyboardInterrupt

"""Families of addresses that a site makes up without end: calendars, parameters in every order, session ids in paths. Pure.

Addresses of a family differ only in numbers, in ids, in values of parameters, or in how often a piece of the path comes
again. A family is endless when page after page says nothing that the last ones did not say, numbers aside.
"""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from domain.captured import Reading, Trap

STREAK = 300  # pages in a row that say nothing new
TASTE = 3  # pages of a family that was endless the last time, before it is left alone again
VOICES = 2  # texts that take turns: the two sides of a switch, the first and the last page
_AGAIN = re.compile(r"((?:/[^/]+){1,3}?)\1{2,}(?=/|$)")
_ID = re.compile(r"[\w\-()]{16,}")
_NUMBER = re.compile(r"\d+")


def shape_of(url: str) -> str:
    """What the addresses of a family have in common; the address itself where nothing in it varies."""
    parts = urlsplit(url)
    path = _NUMBER.sub("{n}", _ID.sub(_id_or_word, parts.path))
    path = _AGAIN.sub(r"\1{again}", path)
    names = sorted({_NUMBER.sub("{n}", pair.partition("=")[0]) for pair in parts.query.split("&") if pair})
    return f"{parts.netloc}{path}" + (f"?{'&'.join(names)}" if names else "")


def _id_or_word(found: re.Match[str]) -> str:
    return "{id}" if _NUMBER.search(found[0]) else found[0]


def voice_of(reading: Reading) -> int:
    """What a page says, the order of its lines aside, as a number that means something in this process only. Numbers count only in what was published on a day of its own: notices
    number 1 to 60 are sixty notices, months 1 to 60 of a calendar are nothing.
    """
    is_dated = reading.published.day is not None
    said = (reading.title, reading.text, *(entry.title for entry in reading.entries))
    lines = [line for text in said for line in text.splitlines()]
    return hash(frozenset(lines if is_dated else _NUMBER.sub("", "\n".join(lines)).split("\n")))


@dataclass(slots=True)
class _Family:
    example: str
    read: int = 0
    streak: int = 0
    voices: deque[int] = field(default_factory=lambda: deque(maxlen=VOICES))


class Families:
    """The families of one site, as the pages of a run come in; `before`: those that were endless the last time."""

    def __init__(self, before: Iterable[Trap] = ()) -> None:
        self._kept: dict[str, _Family] = {}
        self.endless: set[str] = set()
        self._before = {trap.shape for trap in before}

    def note(self, url: str, reading: Reading) -> None:
        """Count a page. One that only a browser shows says nothing of its family."""
        shape = shape_of(url)
        if reading.needs_render or shape in self.endless or _is_alone(url, shape):
            return
        family = self._kept.setdefault(shape, _Family(url))
        family.read += 1
        voice = voice_of(reading)
        family.streak = family.streak + 1 if voice in family.voices else 0
        if not family.streak:
            family.voices.append(voice)
        if family.streak >= (TASTE - 1 if shape in self._before else STREAK):
            self.endless.add(shape)

    def bars(self, url: str) -> bool:
        """Whether an address belongs to an endless family."""
        return bool(self.endless) and shape_of(url) in self.endless

    def was_endless(self, url: str) -> bool:
        """Whether an address belongs to a family that was endless the last time."""
        return bool(self._before) and shape_of(url) in self._before

    def found(self) -> tuple[Trap, ...]:
        """The endless families of this run; those of the last one of which nothing was read tonight stay known."""
        read = self._kept
        seen = [Trap(shape, read[shape].example, read[shape].read) for shape in sorted(self.endless)]
        unread = [Trap(shape) for shape in sorted(self._before - read.keys())]
        return (*seen, *unread)


def _is_alone(url: str, shape: str) -> bool:
    """Whether nothing in an address varies."""
    return url.partition("://")[2] == shape

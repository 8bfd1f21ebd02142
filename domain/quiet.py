"""Quiet hours (静默时段): stretches of the Beijing day in which scheduled runs ask nothing. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.times import BEIJING

DAY = 24 * 60
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–~至]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Spans of minutes since midnight, the end left out; one that ends before it begins goes over midnight."""

    spans: tuple[tuple[int, int], ...] = ()

    @classmethod
    def parse(cls, texts: Iterable[str]) -> "QuietHours":
        """Read `08:30-11:30`; ValueError says which is none, or that no hour of the day is left."""
        quiet = cls(tuple(_span(text) for text in texts))
        if quiet.spans and all(quiet._covers(minute) for minute in range(DAY)):
            raise ValueError("静默时段占满了全天，定时任务永远不能执行")
        return quiet

    def left(self, moment: datetime) -> timedelta:
        """How long it stays quiet from an aware `moment` on; zero when it is not quiet."""
        local = moment.astimezone(BEIJING)
        minute = local.hour * 60 + local.minute
        length = next((n for n in range(DAY) if not self._covers((minute + n) % DAY)), 0)
        if not length:
            return timedelta()
        return timedelta(minutes=length) - timedelta(seconds=local.second, microseconds=local.microsecond)

    def _covers(self, minute: int) -> bool:
        return any(
            start <= minute < end if start < end else minute >= start or minute < end for start, end in self.spans
        )


def _span(text: str) -> tuple[int, int]:
    match = _SPAN.fullmatch(text.strip())
    if match:
        start, end = (int(match[n]) * 60 + int(match[n + 1]) for n in (1, 3))
        if start != end and start < DAY and end <= DAY and int(match[2]) < 60 and int(match[4]) < 60:
            return start, end
    raise ValueError(f"“{text}”不是时段；请写成 08:30-11:30")

"""When articles appear. Everything hangs on ANCHOR, the morning the demo is inspected; all moments are naive Beijing time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from democity.text import dice

ANCHOR = date(2023, 4, 26)
MORNING = time(9)
HORIZON = date(2024, 6, 30)  # nothing is written after this day


def moment_of(day: date) -> datetime:
    """The moment a day is looked at: 09:00."""
    return datetime.combine(day, MORNING)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a column is updated.

    `count` articles up to ANCHOR, the newest `lag` days before it, then a gap of `low`..`high` days each.
    After ANCHOR the column goes on at once, or on `resumes`.
    """

    count: int
    low: int
    high: int
    lag: int = 1
    resumes: date | None = None


def _workday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _at(day: date, seed: str, seq: int) -> datetime:
    rng = dice(seed, "time", seq)
    if day == ANCHOR:
        return datetime.combine(day, time(8, rng.randint(5, 55)))
    return datetime.combine(
        day, time(rng.randint(8, 16), rng.randint(30, 59) if rng.random() < 0.5 else rng.randint(0, 29))
    )


def past(rhythm: Rhythm, seed: str) -> list[datetime]:
    """Moments up to ANCHOR, newest first (sequence numbers 0, -1, -2, ...)."""
    rng = dice(seed, "past")
    day, out = ANCHOR - timedelta(days=rhythm.lag), list[datetime]()
    for seq in range(rhythm.count):
        shown = day if seq == 0 else _workday(day)
        out.append(_at(shown, seed, -seq))
        day -= timedelta(days=rng.randint(rhythm.low, rhythm.high))
    return out


def future(rhythm: Rhythm, seed: str) -> Iterator[datetime]:
    """Moments after ANCHOR, oldest first (sequence numbers 1, 2, ...)."""
    rng = dice(seed, "future")
    day = rhythm.resumes or ANCHOR + timedelta(days=max(1, rng.randint(rhythm.low, rhythm.high) - rhythm.lag))
    seq = 1
    while day <= HORIZON:
        yield _at(max(_workday(day), ANCHOR + timedelta(days=1)), seed, seq)
        day += timedelta(days=rng.randint(rhythm.low, rhythm.high))
        seq += 1


class Stream:
    """All moments of a rhythm, worked out only as far as somebody looks; `ends` stops it at ANCHOR."""

    def __init__(self, rhythm: Rhythm, seed: str, ends: bool = False) -> None:
        self._known = [(-back, moment) for back, moment in enumerate(past(rhythm, seed))]  # newest first
        self._ahead = iter(()) if ends else future(rhythm, seed)
        self._next = next(self._ahead, None)

    def upto(self, at: datetime) -> list[tuple[int, datetime]]:
        """(sequence number, moment), newest first, of everything that has happened at `at`."""
        while self._next and self._next <= at:
            newest = self._known[0][0] if self._known else 0
            self._known.insert(0, (newest + 1, self._next))
            self._next = next(self._ahead, None)
        return [pair for pair in self._known if pair[1] <= at]

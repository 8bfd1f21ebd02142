"""Windows and Beijing dates: the one place that says what "within two weeks" means.

Windows run backwards from `as_of` and are counted in days; the last day passes (DESIGN.md section 4).
"""

import calendar
import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
_WINDOW = re.compile(r"(\d+)(d|w|mo|y)")


def beijing_date(moment: datetime) -> date:
    """The Beijing calendar date of an aware moment."""
    return moment.astimezone(BEIJING).date()


def months_before(day: date, months: int) -> date:
    """The same day `months` calendar months earlier, or the last day of that month."""
    year, month0 = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


@dataclass(frozen=True, slots=True)
class Window:
    """A length of time as offices write it: `14d`, `2w`, `6mo` (calendar months), `1y`."""

    days: int = 0
    months: int = 0

    @classmethod
    def parse(cls, text: str) -> "Window":
        """Read `14d`, `2w`, `6mo` or `1y`; ValueError names the accepted forms."""
        match = _WINDOW.fullmatch(str(text).strip())
        if not match:
            raise ValueError(f"“{text}” is not a duration; write for example 14d, 2w, 6mo or 1y")
        number, unit = int(match[1]), match[2]
        if number == 0:
            raise ValueError(f"“{text}” is no duration: it must be at least one day")
        return {
            "d": cls(days=number),
            "w": cls(days=7 * number),
            "mo": cls(months=number),
            "y": cls(months=12 * number),
        }[unit]

    def start(self, as_of: datetime) -> date:
        """The first Beijing date that still lies inside the window that ends at `as_of`."""
        return months_before(beijing_date(as_of), self.months) - timedelta(days=self.days)

    def length(self, as_of: datetime) -> int:
        """Days from the window's first date to `as_of` (6mo at 2023-04-26: 182)."""
        return (beijing_date(as_of) - self.start(as_of)).days

    def last_day(self, newest: date) -> date:
        """The last night on which `newest` still lies inside the window (2023-02-28 and 6mo: 2023-08-31).

        The greatest day D with `months_before(D, months) - days <= newest`; the same whatever night it is asked on.
        """
        wanted = newest + timedelta(days=self.days)
        day = months_before(wanted, -self.months)
        while months_before(day + timedelta(days=1), self.months) <= wanted:
            day += timedelta(days=1)
        return day

    @property
    def words(self) -> str:
        """As offices write it, in the unit of the rule: 14 天, 6 个月, 1 年."""
        if self.months:
            return f"{self.months // 12} 年" if self.months % 12 == 0 else f"{self.months} 个月"
        return f"{self.days} 天"

    def __str__(self) -> str:
        return f"{self.months}mo" if self.months else f"{self.days}d"


class Freshness(StrEnum):
    """How the newest date stands to a window."""

    FRESH = "fresh"
    NEAR_DUE = "near_due"
    STALE = "stale"


def freshness(newest: date, window: Window, as_of: datetime, near_ratio: float = 0.7) -> tuple[Freshness, int, int]:
    """Return (freshness, days since `newest`, window length in days).

    Near due (临期) from `ceil(near_ratio x window)` days on, while the window is not over.
    """
    age = (beijing_date(as_of) - newest).days
    limit = window.length(as_of)
    if age > limit:
        return Freshness.STALE, age, limit
    state = Freshness.NEAR_DUE if age >= math.ceil(near_ratio * limit) else Freshness.FRESH
    return state, age, limit

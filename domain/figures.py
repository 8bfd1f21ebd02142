"""Figures of a period: a typed number that knows what it counts, of how many, how it is printed and where it is from."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

CITY = "全市"


class Measure(StrEnum):
    """What `n` and `of` say."""

    COUNT = "count"  # n things, of a whole
    SCORE = "score"  # n hundredths of a point over `of` scores
    POINTS = "points"  # n / of as a difference of two rates
    RELATIVE = "relative"  # n / of as a relative change of a count


class Mode(StrEnum):
    """How a rate is cut: half up nearly everywhere, truncated in Liaoning."""

    HALF_UP = "half_up"
    TRUNCATE = "truncate"


@dataclass(frozen=True, slots=True)
class Printing:
    """How a rate is printed; `strip` drops zeros at the end (99.70 becomes 99.7)."""

    mode: Mode = Mode.HALF_UP
    digits: int = 2
    strip: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `scope` is the city, or `level/部门`, `group/区县`, `platform/微信`, `unit/U001`."""

    kind: str
    scope: str = CITY
    n: int = 0
    of: int | None = None
    measure: Measure = Measure.COUNT
    mode: Mode = Mode.HALF_UP
    digits: int = 2
    strip: bool = True
    source: tuple[str, ...] = ()
    until: datetime | None = None  # counted to this moment, where it is not the period's

    def __post_init__(self) -> None:
        if self.of is not None and self.of < 0:
            raise ValueError("总数不能是负数")
        if self.measure is Measure.COUNT and (self.n < 0 or (self.of is not None and self.n > self.of)):
            raise ValueError(f"{self.n} 不能是 {self.of} 的一部分" if self.of is not None else "个数不能是负数")

    @property
    def key(self) -> tuple[str, str]:
        """What it is looked up by."""
        return self.kind, self.scope

    @property
    def printed(self) -> str:
        """The number itself: a count, a mean score, a signed change."""
        if self.measure is Measure.COUNT:
            return str(self.n)
        if not self.of:
            return ""
        if self.measure is Measure.SCORE:
            return rounded(Fraction(self.n, 100 * self.of), self.digits, self.mode, strip=self.strip)
        text = rounded(Fraction(100 * self.n, self.of), self.digits, self.mode, strip=self.strip)
        return f"+{text}" if self.n > 0 and text.strip("0.") else text

    @property
    def rate(self) -> str:
        """`n` of `of` in percent as printed; empty when there is no whole. Never 100 while one is missing."""
        if not self.of or self.measure is not Measure.COUNT:
            return ""
        return rate(self.n, self.of, self.digits, self.mode, strip=self.strip)


def rate(n: int, of: int, digits: int, mode: Mode, *, strip: bool = False) -> str:
    """`n` of `of` in percent; rounding up never prints 100 while one is missing."""
    value = Fraction(100 * n, of)
    text = rounded(value, digits, mode, strip=strip)
    return rounded(value, digits, Mode.TRUNCATE, strip=strip) if n < of and Fraction(text) >= 100 else text


def rounded(value: Fraction, digits: int, mode: Mode, *, strip: bool = False) -> str:
    """A number with a fixed number of digits, cut exactly; halves go away from zero."""
    scaled = abs(value) * 10**digits
    whole = int(scaled + Fraction(1, 2)) if mode is Mode.HALF_UP else int(scaled)
    head, tail = divmod(whole, 10**digits)
    text = f"{head}.{tail:0{digits}d}" if digits else str(head)
    if strip and digits:
        text = text.rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and whole else text


def counts_behind(printed: str, of: int, mode: Mode = Mode.HALF_UP) -> range:
    """Every count of `of` that a notice would print as this percentage: one of them, and the count is forced."""
    digits = len(printed.partition(".")[2])
    wanted = Fraction(printed)

    def told(n: int) -> Fraction:
        return Fraction(rate(n, of, digits, mode))

    every = range(of + 1)
    return range(bisect_left(every, wanted, key=told), bisect_right(every, wanted, key=told))

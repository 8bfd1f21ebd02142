"""Counts to points: caps, lines, factor and bonus by the notes N1-N7 and N12 of 国办秘函〔2019〕19号.

Exact: points are added as fractions, so a sum of tenths never shows a binary remainder.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from domain.rules import Indicator, Totals
from domain.scores import Bonus, Deduction, Verdict, Veto


@dataclass(frozen=True, slots=True)
class Tallied:
    """What one row counted. `points` stands instead of count x points when a person wrote the points down."""

    row: Indicator
    count: int
    fingerprints: tuple[str, ...] = ()
    points: Fraction | None = None

    @property
    def raw(self) -> Fraction:
        """Points before the cap."""
        if self.points is not None:
            return self.points
        return exact(self.row.points) * (min(self.count, 1) if self.row.once else self.count)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The scored part of a card."""

    verdict: Verdict
    score: float | None
    vetoes: tuple[Veto, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    bonus: tuple[Bonus, ...] = ()


def exact(number: float) -> Fraction:
    """The decimal number a person wrote (0.1 is one tenth)."""
    return Fraction(Decimal(str(number)))


def shown(value: Fraction) -> float:
    """A score or a number of points, rounded half up to two digits."""
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return float(decimal.quantize(Decimal("0.01"), ROUND_HALF_UP))


def score(
    vetoes: Iterable[Tallied],
    charges: Sequence[Tallied],
    bonus: Sequence[Bonus],
    totals: Totals,
    *,
    kind: str,
    service: bool,
) -> Outcome:
    """Any veto fails without a score; else the deduction part decides, and above the bonus line the bonus is added."""
    reached = reached_vetoes(vetoes)
    if reached:
        return Outcome(Verdict.FAIL, None, reached)
    if kind not in totals.deduction_applies_to:
        return Outcome(Verdict.PASS, None)
    deductions = capped(charges)
    value = exact(totals.full if service else totals.no_service_full)
    value -= sum((exact(item.points) for item in deductions), Fraction(0))
    if not service:
        value *= Fraction(*totals.no_service_factor)
    value = max(value, Fraction(0))
    verdict = Verdict.PASS if value >= exact(totals.pass_line) else Verdict.FAIL
    granted = tuple(bonus) if value > exact(totals.bonus_line) else ()
    value += min(sum((exact(item.points) for item in granted), Fraction(0)), exact(totals.bonus_cap))
    return Outcome(verdict, shown(value), (), deductions, granted)


def reached_vetoes(tallied: Iterable[Tallied]) -> tuple[Veto, ...]:
    """The veto rows whose threshold was reached."""
    return tuple(
        Veto(item.row.id, item.row.title, item.count, item.row.veto_at, item.fingerprints, item.row.pending)
        for item in tallied
        if item.row.veto_at is not None and item.count >= item.row.veto_at
    )


def capped(charges: Sequence[Tallied]) -> tuple[Deduction, ...]:
    """Points per row, never beyond its full marks (N5); rows that share a cap use it up in the order given."""
    caps = {item.row.id: item.row.cap for item in charges}
    spent: dict[str, Fraction] = {}
    deductions = []
    for item in charges:
        pool = item.row.shares_cap or item.row.id
        limit = caps.get(pool, item.row.cap)
        points = item.raw if limit is None else min(item.raw, exact(limit) - spent.get(pool, Fraction(0)))
        if item.count and points > 0:
            spent[pool] = spent.get(pool, Fraction(0)) + points
            row = item.row
            deductions.append(Deduction(row.id, row.title, float(points), item.count, item.fingerprints, row.pending))
    return tuple(deductions)

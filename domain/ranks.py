"""Ranks as offices write them: dense (1, 2, 3, 3, 4), ties as 并列."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from domain.numerals import numeral


@dataclass(frozen=True, slots=True)
class Rank:
    """A place and who holds it, in the order given."""

    place: int
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """第一， or 并列第三 where several hold it."""
        return f"{'并列' if len(self.names) > 1 else ''}第{numeral(self.place)}"


def dense_ranks(values: Mapping[str, Fraction | float]) -> tuple[Rank, ...]:
    """The greatest value is first; equal values share a place and the next place follows at once."""
    held: dict[Fraction | float, list[str]] = {}
    for name, value in values.items():
        held.setdefault(value, []).append(name)
    return tuple(Rank(place, tuple(held[value])) for place, value in enumerate(sorted(held, reverse=True), 1))

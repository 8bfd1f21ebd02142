"""Periods in the in-memory twin of the store."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from domain.errors import ValueRefused
from domain.figures import Figure
from domain.periods import Period
from domain.standings import Brief, Standing


@dataclass
class MemoryPeriods:
    """Period methods of the store."""

    _periods: dict[tuple[str, int], Period] = field(default_factory=dict)  # version 0: as it is now
    _figures: dict[tuple[str, int], tuple[Figure, ...]] = field(default_factory=dict)
    _standings: dict[tuple[str, int], tuple[Standing, ...]] = field(default_factory=dict)

    def periods(self) -> list[Period]:
        """Every period as it is now, by its first day."""
        now = [item for (_, version), item in self._periods.items() if version == 0]
        return sorted(now, key=lambda item: (item.start, item.id))

    def period(self, period_id: str, version: int = 0) -> Period | None:
        """A period as it is now, or as a closing left it."""
        return self._periods.get((period_id, version))

    def save_period(self, item: Period) -> None:
        """Insert or update a period as it is now; what its closings fixed stays."""
        self._periods[(item.id, 0)] = item

    def freeze(self, item: Period, figures: Sequence[Figure], standings: Sequence[Standing]) -> None:
        """Keep a closing for good; ValueRefused when this version was closed before."""
        key = (item.id, item.version)
        if key in self._periods:
            raise ValueRefused(f"考核期 {item.id} 的第 {item.version} 版已经保存，不能改写。")
        self._periods |= {key: item, (item.id, 0): item}
        self._figures[key], self._standings[key] = tuple(figures), tuple(standings)

    def figures(self, period_id: str, version: int, keys: Collection[tuple[str, str]] = ()) -> list[Figure]:
        """The figures of a closing, in the order they were saved; with `keys` (kind, scope) only these."""
        return [item for item in self._figures.get((period_id, version), ()) if not keys or item.key in keys]

    def standings(self, period_id: str, version: int) -> list[Standing]:
        """How every target stood in a closing, in the order they were saved."""
        return list(self._standings.get((period_id, version), ()))

    def briefs(self, period_id: str, version: int) -> list[Brief]:
        """Of each standing of a closing what later periods look back on, in their order."""
        return [item.brief for item in self._standings.get((period_id, version), ())]

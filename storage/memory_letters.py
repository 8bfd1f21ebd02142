"""Letters and slips in the in-memory twin of the store."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.errors import ValueRefused
from domain.letter_moves import PaperKind
from domain.letters import Letter


@dataclass
class MemoryLetters:
    """Methods of the `Letters` port."""

    _letters: dict[str, Letter] = field(default_factory=dict)
    _series: dict[str, int] = field(default_factory=dict)

    def letters(self, kind: PaperKind | None = None) -> list[Letter]:
        """All of a kind, or of both, in the order they were drafted."""
        found = [item for item in self._letters.values() if kind in {None, item.kind}]
        return sorted(found, key=lambda item: (item.drafted_at, int(item.id[1:])))

    def letter(self, letter_id: str) -> Letter | None:
        """One of them."""
        return self._letters.get(letter_id)

    def save_letters(self, items: Iterable[Letter]) -> None:
        """Insert or update, all or nothing; ValueRefused when a number is taken."""
        after = self._letters | {item.id: item for item in items}
        official = [(item.kind, item.year, item.number) for item in after.values() if item.number]
        if len(official) != len(set(official)):
            raise ValueRefused("文号已经用过，不能再用。")
        self._letters = after

    def next_number(self, name: str) -> int:
        """The next number of a series, from 1; it is never given again."""
        self._series[name] = self._series.get(name, 0) + 1
        return self._series[name]

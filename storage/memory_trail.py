"""The audit trail in the in-memory twin of the store."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.trail import Deed, Entry, sealed


@dataclass
class MemoryTrail:
    """Trail methods of the `Office` port."""

    _trail: list[Entry] = field(default_factory=list)

    def append_trail(self, deed: Deed) -> Entry:
        """Add the next link of the chain."""
        self._trail.append(sealed(deed, self.trail_head()))
        return self._trail[-1]

    def trail(self, after: int = 0) -> Iterator[Entry]:
        """The entries behind a number, in order."""
        return iter([entry for entry in self._trail if entry.number > after])

    def trail_head(self) -> Entry | None:
        """The last entry."""
        return self._trail[-1] if self._trail else None

"""Requests of programs that are done once, in the in-memory twin of the store."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.replays import Replay


@dataclass
class MemoryReplays:
    """Methods of the `Replays` port."""

    _replays: dict[str, Replay] = field(default_factory=dict)

    def claim_replay(self, item: Replay, since: datetime) -> Replay | None:
        """None when it is ours to do."""
        there = self._replays.get(item.key)
        if there is not None and there.at >= since:
            return there
        self._replays[item.key] = item
        return None

    def end_replay(self, item: Replay) -> None:
        """Keep what was answered."""
        if item.key in self._replays:
            self._replays[item.key] = item

    def free_replay(self, key: str) -> None:
        """Nothing was done: the key may be used again."""
        self._replays.pop(key, None)

    def drop_replays(self, before: datetime, *, dry_run: bool = False) -> int:
        """Forget those from before a moment, or count them."""
        old = [key for key, item in self._replays.items() if item.at < before]
        for key in () if dry_run else old:
            del self._replays[key]
        return len(old)

"""The port of requests that are done once."""

from datetime import datetime
from typing import Protocol

from domain.replays import Replay


class Replays(Protocol):
    """Requests with a key, and what was answered."""

    def claim_replay(self, item: Replay, since: datetime) -> Replay | None:
        """None when the key is new, or from before `since`: then it is ours to do. Else what stands there; one statement decides."""
        ...

    def end_replay(self, item: Replay) -> None:
        """Keep what was answered."""
        ...

    def free_replay(self, key: str) -> None:
        """Nothing was done: the key may be used again."""
        ...

    def drop_replays(self, before: datetime, *, dry_run: bool = False) -> int:
        """Forget those from before a moment, or count them; returns how many."""
        ...

"""What a program was answered to a request with a key: asked again within a day it is answered alike, and nothing is done twice."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

HELD = timedelta(days=1)
PATIENCE = timedelta(minutes=10)  # after which a request that was never answered was cut short


@dataclass(frozen=True, slots=True)
class Replay:
    """One request with a key. Without `status` nobody has answered it yet."""

    key: str  # hash of the token and of what the program called its request
    asked: str  # hash of everything that was asked
    at: datetime
    status: int = 0
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def was_cut_short(self, now: datetime) -> bool:
        """Whether whoever was at it is gone: what became of it is not known."""
        return not self.status and now - self.at > PATIENCE

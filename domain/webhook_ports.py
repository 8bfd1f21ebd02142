"""The port of what other programs are told by themselves."""

from datetime import datetime
from typing import Protocol

from domain.webhooks import Delivery, Webhook


class Webhooks(Protocol):
    """Addresses, and what was told there."""

    def webhooks(self) -> list[Webhook]:
        """All of them, also those that were removed, the oldest first."""
        ...

    def save_webhook(self, item: Webhook) -> None:
        """Insert or update by id."""
        ...

    def deliveries(self, since: datetime | None = None) -> list[Delivery]:
        """What was to be told, the oldest first; what was noted at `since` or later."""
        ...

    def save_delivery(self, item: Delivery) -> None:
        """Insert or update by id."""
        ...

    def drop_deliveries(self, before: datetime, *, dry_run: bool = False) -> int:
        """Forget what was noted before a moment and is over, or count it; returns how many."""
        ...

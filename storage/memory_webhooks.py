"""Addresses that are told something by themselves, in the in-memory twin of the store."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.webhooks import Delivery, DeliveryState, Webhook


@dataclass
class MemoryWebhooks:
    """Methods of the `Webhooks` port."""

    _webhooks: dict[str, Webhook] = field(default_factory=dict)
    _deliveries: dict[str, Delivery] = field(default_factory=dict)

    def webhooks(self) -> list[Webhook]:
        """All of them, the oldest first."""
        return sorted(self._webhooks.values(), key=lambda item: (item.at, item.id))

    def save_webhook(self, item: Webhook) -> None:
        """Insert or update by id."""
        self._webhooks[item.id] = item

    def deliveries(self, since: datetime | None = None) -> list[Delivery]:
        """What was to be told, the oldest first."""
        found = [item for item in self._deliveries.values() if since is None or item.at >= since]
        return sorted(found, key=lambda item: (item.at, item.id))

    def save_delivery(self, item: Delivery) -> None:
        """Insert or update by id."""
        self._deliveries[item.id] = item

    def drop_deliveries(self, before: datetime, *, dry_run: bool = False) -> int:
        """Forget what is over, or count it."""
        over = [item for item in self._deliveries.values() if item.state is not DeliveryState.WAITING]
        old = [item.id for item in over if item.at < before]
        for id in () if dry_run else old:
            del self._deliveries[id]
        return len(old)

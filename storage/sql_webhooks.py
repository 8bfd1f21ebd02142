"""Addresses that are told something by themselves, and what became of it."""

import json
from datetime import datetime

from sqlalchemy import delete, func, select

from domain.webhooks import Delivery, DeliveryState, Webhook
from storage.documents import from_document, to_document, to_text
from storage.sql_part import SqlPart
from storage.tables import delivery, webhook


class SqlWebhooks(SqlPart):
    """Methods of the `Webhooks` port."""

    def webhooks(self) -> list[Webhook]:
        """All of them, the oldest first."""
        with self.db.read() as connection:
            texts = connection.scalars(select(webhook.c.document)).all()
        return sorted((from_document(Webhook, json.loads(text)) for text in texts), key=lambda item: (item.at, item.id))

    def save_webhook(self, item: Webhook) -> None:
        """Insert or update by id."""
        with self.db.write() as connection:
            connection.execute(self.db.replace(webhook), [{"id": item.id, "document": to_text(to_document(item))}])

    def deliveries(self, since: datetime | None = None) -> list[Delivery]:
        """What was to be told, the oldest first."""
        query = select(delivery.c.document).order_by(delivery.c.at, delivery.c.id)
        with self.db.read() as connection:
            texts = connection.scalars(query.where(delivery.c.at >= since) if since else query).all()
        return [from_document(Delivery, json.loads(text)) for text in texts]

    def save_delivery(self, item: Delivery) -> None:
        """Insert or update by id."""
        row = {"id": item.id, "at": item.at, "state": item.state.value, "document": to_text(to_document(item))}
        with self.db.write() as connection:
            connection.execute(self.db.replace(delivery), [row])

    def drop_deliveries(self, before: datetime, *, dry_run: bool = False) -> int:
        """Forget what is over, or count it."""
        old = (delivery.c.at < before) & (delivery.c.state != DeliveryState.WAITING.value)
        if dry_run:
            with self.db.read() as connection:
                return connection.scalar(select(func.count()).select_from(delivery).where(old)) or 0
        with self.db.write() as connection:
            return connection.execute(delete(delivery).where(old)).rowcount

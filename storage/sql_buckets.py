"""Buckets in the database, by its own clock."""

import json
from collections.abc import Callable

from sqlalchemy import select

from domain.buckets import Bucket
from storage.documents import from_document, to_document, to_text
from storage.sql_part import SqlPart, clock
from storage.tables import bucket


class SqlBuckets(SqlPart):
    """Methods of the `Buckets` port."""

    def change_bucket(self, address: str, change: Callable[[Bucket, float], Bucket]) -> Bucket:
        """Change what is kept of an address in one transaction, and return it."""
        mine = bucket.c.address == address
        with self.db.write() as connection:
            empty = {"address": address, "document": to_text(to_document(Bucket(address)))}
            connection.execute(self.db.keep(bucket), [empty])
            kept = connection.scalars(select(bucket.c.document).where(mine).with_for_update()).one()
            changed = change(from_document(Bucket, json.loads(kept)), clock(connection))
            connection.execute(bucket.update().where(mine).values(document=to_text(to_document(changed))))
        return changed

    def buckets(self) -> list[Bucket]:
        """Every address that was ever asked with a budget, by address."""
        with self.db.read() as connection:
            texts = connection.scalars(select(bucket.c.document).order_by(bucket.c.address)).all()
        return [from_document(Bucket, json.loads(text)) for text in texts]

"""The work ledger."""

import json
from collections.abc import Iterable

from sqlalchemy import select

from domain.ledger import LedgerRow
from storage.documents import from_document, to_document, to_text
from storage.sql_part import SqlPart
from storage.tables import ledger


class SqlLedger(SqlPart):
    """Ledger methods of the `Office` port."""

    def ledger(self) -> list[LedgerRow]:
        """All rows, by month, and in one as they came."""
        query = select(ledger.c.document).order_by(ledger.c.month, ledger.c.position)
        with self.db.read() as connection:
            texts = connection.scalars(query).all()
        return [from_document(LedgerRow, json.loads(text)) for text in texts]

    def save_ledger(self, items: Iterable[LedgerRow]) -> None:
        """Insert or update rows by their key, all or nothing."""
        with self.db.write() as connection:
            known = {row.key: row.position for row in connection.execute(select(ledger.c.key, ledger.c.position))}
            rows = []
            for item in items:
                place = known.setdefault(item.key, len(known))
                document = to_text(to_document(item))
                rows.append({"key": item.key, "month": item.month, "position": place, "document": document})
            if rows:
                connection.execute(self.db.replace(ledger), rows)

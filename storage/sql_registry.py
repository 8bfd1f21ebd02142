"""The registered targets. Rows that leave the registry stay readable for old runs."""

import json
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Connection, Table, select, update

from domain.targets import Account, Registry, Site, Unit
from storage.documents import from_document, to_document, to_text
from storage.sql_part import SqlPart
from storage.tables import account, site, unit

T = TypeVar("T")


class SqlRegistry(SqlPart):
    """Registry methods of the store."""

    def load_registry(self) -> Registry:
        """The registered targets in official order."""
        with self.db.read() as connection:
            return Registry(
                _load(connection, unit, Unit), _load(connection, site, Site), _load(connection, account, Account)
            )

    def save_registry(self, registry: Registry) -> None:
        """Replace the registered targets."""
        with self.db.write() as connection:
            self._save(connection, unit, registry.units)
            self._save(connection, site, registry.sites)
            self._save(connection, account, registry.accounts)

    def _save(self, connection: Connection, table: Table, values: Sequence[Unit | Site | Account]) -> None:
        rows = [
            {
                "id": item.id,
                "position": number,
                "current": True,
                "name": item.name,
                "document": to_text(to_document(item)),
            }
            for number, item in enumerate(values)
        ]
        connection.execute(update(table).values(current=False))
        if rows:
            connection.execute(self.db.replace(table), rows)


def _load(connection: Connection, table: Table, kind: type[T]) -> tuple[T, ...]:
    query = select(table.c.document).where(table.c.current).order_by(table.c.position)
    return tuple(from_document(kind, json.loads(text)) for text in connection.scalars(query))

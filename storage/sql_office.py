"""Persons, contacts and requests."""

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import Select, Table, select

from domain.persons import Contact, Person, Request
from storage.documents import from_document, to_document, to_text
from storage.mapping import Values
from storage.sql_part import SqlPart
from storage.tables import contact, person, request

T = TypeVar("T")


class SqlOffice(SqlPart):
    """Methods of the `Office` port."""

    def persons(self) -> list[Person]:
        """Everybody ever registered, by id."""
        return self._documents(select(person.c.document).order_by(person.c.id), Person)

    def save_persons(self, items: Iterable[Person]) -> None:
        """Insert or update persons by id."""
        self._put(person, [{"id": item.id, "document": _text(item)} for item in items])

    def contacts(self) -> list[Contact]:
        """All contacts, by unit and name."""
        return self._documents(select(contact.c.document).order_by(contact.c.unit_id, contact.c.name), Contact)

    def save_contacts(self, items: Iterable[Contact]) -> None:
        """Insert or update contacts by unit and name, all or nothing."""
        self._put(contact, [{"unit_id": i.unit_id, "name": i.name, "document": _text(i)} for i in items])

    def requests(self, fingerprint: str = "") -> list[Request]:
        """What was asked about a finding, or about all, oldest first."""
        query = select(request.c.document).order_by(request.c.at, request.c.fingerprint, request.c.kind)
        return self._documents(query.where(request.c.fingerprint == fingerprint) if fingerprint else query, Request)

    def save_requests(self, items: Iterable[Request]) -> None:
        """Insert or update requests by finding, kind and moment."""
        rows = [
            {"fingerprint": item.fingerprint, "kind": item.kind.value, "at": item.at, "document": _text(item)}
            for item in items
        ]
        self._put(request, rows)

    def _documents(self, query: Select[Any], kind: type[T]) -> list[T]:
        with self.db.read() as connection:
            texts = connection.scalars(query).all()
        return [from_document(kind, json.loads(text)) for text in texts]

    def _put(self, table: Table, rows: list[Values]) -> None:
        if rows:
            with self.db.write() as connection:
                connection.execute(self.db.replace(table), rows)


def _text(value: object) -> str:
    return to_text(to_document(value))

"""Passwords, one-time links, sessions, failed tries, saved filters."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, Table, delete, func, select, update

from domain.log_in import Invitation, Password, SavedFilter, Session, Token
from storage.documents import from_document, to_document, to_text
from storage.mapping import Values
from storage.sql_part import SqlPart
from storage.tables import failure, invitation, password, saved_filter, session, token

T = TypeVar("T")


class SqlLogIn(SqlPart):
    """Methods of the `LogIn` port."""

    def password(self, person_id: str) -> Password | None:
        """The password of a person, when one was set."""
        return self._one(select(password.c.document).where(password.c.person_id == person_id), Password)

    def save_password(self, item: Password) -> None:
        """Keep or replace a person's password."""
        self._keep(password, {"person_id": item.person_id, "document": _text(item)})

    def invitation(self, hash: str) -> Invitation | None:
        """A one-time link by the hash of its secret."""
        query = select(invitation.c.document, invitation.c.used_at).where(invitation.c.hash == hash)
        with self.db.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return replace(from_document(Invitation, json.loads(row.document)), used_at=row.used_at)

    def save_invitation(self, item: Invitation) -> None:
        """Keep a link; the person's earlier ones are gone."""
        row = {"hash": item.hash, "person_id": item.person_id, "used_at": item.used_at, "document": _text(item)}
        with self.db.write() as connection:
            connection.execute(delete(invitation).where(invitation.c.person_id == item.person_id))
            connection.execute(invitation.insert(), [row])

    def use_invitation(self, hash: str, at: datetime) -> bool:
        """Mark a link as used; False when it was used before, so that of two users one wins."""
        fresh = (invitation.c.hash == hash) & invitation.c.used_at.is_(None)
        with self.db.write() as connection:
            return bool(connection.execute(update(invitation).where(fresh).values(used_at=at)).rowcount)

    def session(self, hash: str) -> Session | None:
        """A session by the hash of its secret."""
        return self._one(select(session.c.document).where(session.c.hash == hash), Session)

    def save_session(self, item: Session) -> None:
        """Insert or update a session."""
        row = {"hash": item.hash, "person_id": item.person_id, "last_seen": item.last_seen, "document": _text(item)}
        self._keep(session, row)

    def end_sessions(self, person_id: str = "", hash: str = "", before: datetime | None = None) -> None:
        """End one session, all of a person, or all that nobody used since a moment."""
        with self.db.write() as connection:
            if person_id:
                connection.execute(delete(session).where(session.c.person_id == person_id))
            if hash:
                connection.execute(delete(session).where(session.c.hash == hash))
            if before is not None:
                connection.execute(delete(session).where(session.c.last_seen < before))

    def note_failure(self, keys: Sequence[str], at: datetime, since: datetime) -> None:
        """Note a failed try of an account and of an address; what is older than `since` is forgotten."""
        with self.db.write() as connection:
            connection.execute(delete(failure).where(failure.c.at < since))
            connection.execute(failure.insert(), [{"key": key, "at": at} for key in keys])

    def failures(self, key: str, since: datetime) -> int:
        """How often a key failed since a moment."""
        query = select(func.count()).select_from(failure).where(failure.c.key == key, failure.c.at >= since)
        with self.db.read() as connection:
            return connection.scalar(query) or 0

    def forget_failures(self, key: str) -> None:
        """Somebody got in: what failed before counts no more."""
        with self.db.write() as connection:
            connection.execute(delete(failure).where(failure.c.key == key))

    def saved_filters(self, person_id: str) -> list[SavedFilter]:
        """The lists of a person, by name."""
        query = select(saved_filter.c.document).where(saved_filter.c.person_id == person_id)
        with self.db.read() as connection:
            texts = connection.scalars(query.order_by(saved_filter.c.name)).all()
        return [from_document(SavedFilter, json.loads(text)) for text in texts]

    def save_filter(self, item: SavedFilter) -> None:
        """Keep or replace a list; without a query it is dropped."""
        if item.query:
            self._keep(saved_filter, {"person_id": item.person_id, "name": item.name, "document": _text(item)})
            return
        same = (saved_filter.c.person_id == item.person_id) & (saved_filter.c.name == item.name)
        with self.db.write() as connection:
            connection.execute(delete(saved_filter).where(same))

    def token(self, hash: str) -> Token | None:
        """A token by the hash of its secret."""
        return self._one(select(token.c.document).where(token.c.hash == hash), Token)

    def tokens(self) -> list[Token]:
        """All tokens, also those that hold no more, the oldest first."""
        with self.db.read() as connection:
            texts = connection.scalars(select(token.c.document)).all()
        found = [from_document(Token, json.loads(text)) for text in texts]
        return sorted(found, key=lambda item: (item.at, item.hash))

    def save_token(self, item: Token) -> None:
        """Insert or update a token."""
        self._keep(token, {"hash": item.hash, "person_id": item.person_id, "document": _text(item)})

    def _one(self, query: Select[Any], kind: type[T]) -> T | None:
        with self.db.read() as connection:
            text = connection.scalar(query)
        return None if text is None else from_document(kind, json.loads(text))

    def _keep(self, table: Table, row: Values) -> None:
        with self.db.write() as connection:
            connection.execute(self.db.replace(table), [row])


def _text(item: object) -> str:
    return to_text(to_document(item))

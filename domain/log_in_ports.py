"""The port of log-in: passwords, one-time links, sessions, failed tries, saved filters."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.log_in import Invitation, Password, SavedFilter, Session, Token


class LogIn(Protocol):
    """What the console keeps of persons who log in."""

    def password(self, person_id: str) -> Password | None:
        """The password of a person, when one was set."""
        ...

    def save_password(self, item: Password) -> None:
        """Keep or replace a person's password."""
        ...

    def invitation(self, hash: str) -> Invitation | None:
        """A one-time link by the hash of its secret."""
        ...

    def save_invitation(self, item: Invitation) -> None:
        """Keep a link; the person's earlier ones are gone."""
        ...

    def use_invitation(self, hash: str, at: datetime) -> bool:
        """Mark a link as used; False when it was used before, so that of two users one wins."""
        ...

    def session(self, hash: str) -> Session | None:
        """A session by the hash of its secret."""
        ...

    def save_session(self, item: Session) -> None:
        """Insert or update a session."""
        ...

    def end_sessions(self, person_id: str = "", hash: str = "", before: datetime | None = None) -> None:
        """End one session, all of a person, or all that nobody used since a moment."""
        ...

    def note_failure(self, keys: Sequence[str], at: datetime, since: datetime) -> None:
        """Note a failed try of an account and of an address; what is older than `since` is forgotten."""
        ...

    def failures(self, key: str, since: datetime) -> int:
        """How often a key failed since a moment."""
        ...

    def forget_failures(self, key: str) -> None:
        """Somebody got in: what failed before counts no more."""
        ...

    def saved_filters(self, person_id: str) -> list[SavedFilter]:
        """The lists of a person, by name."""
        ...

    def save_filter(self, item: SavedFilter) -> None:
        """Keep or replace a list; without a query it is dropped."""
        ...

    def token(self, hash: str) -> Token | None:
        """A token by the hash of its secret."""
        ...

    def tokens(self) -> list[Token]:
        """All tokens, also those that hold no more, the oldest first."""
        ...

    def save_token(self, item: Token) -> None:
        """Insert or update a token."""
        ...

"""Passwords, one-time links, sessions, failed tries and saved filters in the in-memory twin of the store."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.log_in import Invitation, Password, SavedFilter, Session, Token


@dataclass
class MemoryLogIn:
    """Methods of the `LogIn` port."""

    _passwords: dict[str, Password] = field(default_factory=dict)
    _invitations: dict[str, Invitation] = field(default_factory=dict)
    _sessions: dict[str, Session] = field(default_factory=dict)
    _failures: list[tuple[str, datetime]] = field(default_factory=list)
    _filters: dict[tuple[str, str], SavedFilter] = field(default_factory=dict)
    _tokens: dict[str, Token] = field(default_factory=dict)

    def password(self, person_id: str) -> Password | None:
        """The password of a person, when one was set."""
        return self._passwords.get(person_id)

    def save_password(self, item: Password) -> None:
        """Keep or replace a person's password."""
        self._passwords[item.person_id] = item

    def invitation(self, hash: str) -> Invitation | None:
        """A one-time link by the hash of its secret."""
        return self._invitations.get(hash)

    def save_invitation(self, item: Invitation) -> None:
        """Keep a link; the person's earlier ones are gone."""
        others = {key: each for key, each in self._invitations.items() if each.person_id != item.person_id}
        self._invitations = others | {item.hash: item}

    def use_invitation(self, hash: str, at: datetime) -> bool:
        """Mark a link as used; False when it was used before, so that of two users one wins."""
        found = self._invitations.get(hash)
        if found is None or found.used_at is not None:
            return False
        self._invitations[hash] = replace(found, used_at=at)
        return True

    def session(self, hash: str) -> Session | None:
        """A session by the hash of its secret."""
        return self._sessions.get(hash)

    def save_session(self, item: Session) -> None:
        """Insert or update a session."""
        self._sessions[item.hash] = item

    def end_sessions(self, person_id: str = "", hash: str = "", before: datetime | None = None) -> None:
        """End one session, all of a person, or all that nobody used since a moment."""
        self._sessions = {
            key: each
            for key, each in self._sessions.items()
            if not (
                (person_id and each.person_id == person_id)
                or (hash and key == hash)
                or (before is not None and each.last_seen < before)
            )
        }

    def note_failure(self, keys: Sequence[str], at: datetime, since: datetime) -> None:
        """Note a failed try of an account and of an address; what is older than `since` is forgotten."""
        self._failures = [each for each in self._failures if each[1] >= since] + [(key, at) for key in keys]

    def failures(self, key: str, since: datetime) -> int:
        """How often a key failed since a moment."""
        return sum(each == key and at >= since for each, at in self._failures)

    def forget_failures(self, key: str) -> None:
        """Somebody got in: what failed before counts no more."""
        self._failures = [each for each in self._failures if each[0] != key]

    def saved_filters(self, person_id: str) -> list[SavedFilter]:
        """The lists of a person, by name."""
        return [self._filters[key] for key in sorted(self._filters) if key[0] == person_id]

    def save_filter(self, item: SavedFilter) -> None:
        """Keep or replace a list; without a query it is dropped."""
        self._filters.pop((item.person_id, item.name), None)
        if item.query:
            self._filters[item.person_id, item.name] = item

    def token(self, hash: str) -> Token | None:
        """A token by the hash of its secret."""
        return self._tokens.get(hash)

    def tokens(self) -> list[Token]:
        """All tokens, also those that hold no more, the oldest first."""
        return sorted(self._tokens.values(), key=lambda item: (item.at, item.hash))

    def save_token(self, item: Token) -> None:
        """Insert or update a token."""
        self._tokens[item.hash] = item

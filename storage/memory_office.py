"""Persons, contacts and requests in the in-memory twin of the store."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from domain.persons import Contact, Person, Request, RequestKind


@dataclass
class MemoryOffice:
    """Methods of the `Office` port."""

    _persons: dict[str, Person] = field(default_factory=dict)
    _contacts: dict[tuple[str, str], Contact] = field(default_factory=dict)
    _requests: dict[tuple[datetime, str, RequestKind], Request] = field(default_factory=dict)

    def persons(self) -> list[Person]:
        """Everybody ever registered, by id."""
        return [self._persons[key] for key in sorted(self._persons)]

    def save_persons(self, items: Iterable[Person]) -> None:
        """Insert or update persons by id."""
        self._persons |= {item.id: item for item in items}

    def contacts(self) -> list[Contact]:
        """All contacts, by unit and name."""
        return [self._contacts[key] for key in sorted(self._contacts)]

    def save_contacts(self, items: Iterable[Contact]) -> None:
        """Insert or update contacts by unit and name, all or nothing."""
        self._contacts |= {item.key: item for item in items}

    def requests(self, fingerprint: str = "") -> list[Request]:
        """What was asked about a finding, or about all, oldest first."""
        found = [self._requests[key] for key in sorted(self._requests)]
        return [item for item in found if fingerprint in {"", item.fingerprint}]

    def save_requests(self, items: Iterable[Request]) -> None:
        """Insert or update requests by finding, kind and moment."""
        self._requests |= {(item.at, item.fingerprint, item.kind): item for item in items}

"""The port of the office's own data: persons, contacts, requests."""

from collections.abc import Iterable
from typing import Protocol

from domain.persons import Contact, Person, Request


class Office(Protocol):
    """What persons do and are, as a store keeps it."""

    def persons(self) -> list[Person]:
        """Everybody ever registered, by id."""
        ...

    def save_persons(self, items: Iterable[Person]) -> None:
        """Insert or update persons by id."""
        ...

    def contacts(self) -> list[Contact]:
        """All contacts, by unit and name."""
        ...

    def save_contacts(self, items: Iterable[Contact]) -> None:
        """Insert or update contacts by unit and name, all or nothing."""
        ...

    def requests(self, fingerprint: str = "") -> list[Request]:
        """What was asked about a finding, or about all, oldest first."""
        ...

    def save_requests(self, items: Iterable[Request]) -> None:
        """Insert or update requests by finding, kind and moment."""
        ...

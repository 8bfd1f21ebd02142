"""The port of the office's own data: persons, contacts, requests, and the trail of what was done."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from domain.issued import IssuedNotice
from domain.ledger import LedgerRow
from domain.persons import Contact, Person, Request
from domain.trail import Deed, Entry


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

    def append_trail(self, deed: Deed) -> Entry:
        """Add the next link of the chain; nothing of the trail is ever changed or removed."""
        ...

    def trail(self, after: int = 0) -> Iterator[Entry]:
        """The entries behind a number, in order, as they lie there."""
        ...

    def trail_head(self) -> Entry | None:
        """The last entry."""
        ...

    def ledger(self) -> list[LedgerRow]:
        """All rows of the work ledger, by month, and in one as they came."""
        ...

    def save_ledger(self, items: Iterable[LedgerRow]) -> None:
        """Insert or update rows by their key, all or nothing."""
        ...

    def issued_notices(self, period: str = "") -> list[IssuedNotice]:
        """What was issued for a period, or for all, by period and version."""
        ...

    def save_issued_notice(self, item: IssuedNotice) -> None:
        """Keep one for good; ValueRefused when this version of the period's notice was kept before."""
        ...

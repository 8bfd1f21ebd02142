"""The work ledger in the in-memory twin of the store."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.ledger import LedgerRow


@dataclass
class MemoryLedger:
    """Ledger methods of the `Office` port."""

    _ledger: dict[str, LedgerRow] = field(default_factory=dict)

    def ledger(self) -> list[LedgerRow]:
        """All rows, by month, and in one as they came."""
        return sorted(self._ledger.values(), key=lambda row: row.month)

    def save_ledger(self, items: Iterable[LedgerRow]) -> None:
        """Insert or update rows by their key, all or nothing."""
        self._ledger |= {item.key: item for item in items}

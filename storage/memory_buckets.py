"""Buckets in memory, for the twin of the store."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from domain.buckets import Bucket


@dataclass
class MemoryBuckets:
    """Methods of the `Buckets` port."""

    _buckets: dict[str, Bucket] = field(default_factory=dict)
    _changing: threading.Lock = field(default_factory=threading.Lock)

    def change_bucket(self, address: str, change: Callable[[Bucket, float], Bucket]) -> Bucket:
        """Change what is kept of an address, and return it."""
        with self._changing:
            self._buckets[address] = change(self._buckets.get(address, Bucket(address)), time.time())
            return self._buckets[address]

    def buckets(self) -> list[Bucket]:
        """Every address that was ever asked with a budget, by address."""
        return [self._buckets[address] for address in sorted(self._buckets)]

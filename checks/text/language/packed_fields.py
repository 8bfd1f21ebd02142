"""Arrays out of the bytes of a file, in the order in which they stand; also fields that are no whole bytes wide."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

_CHOICE = 64  # bits that one entry of a table of heads costs
_AT_ONCE = 1 << 16  # entries that are taken apart at a time, to save memory


@dataclass
class Reader:
    """Reads on from `place`; what it gives is a copy. Every method raises ValueError where the bytes end too soon."""

    data: Any  # bytes, or a file mapped into memory
    place: int

    def align(self) -> None:
        """Go on at a multiple of eight."""
        self.place += -self.place % 8

    def skip(self, size: int) -> None:
        """Pass over bytes."""
        self.place += size

    def take(self, kind: DTypeLike, count: int) -> NDArray[Any]:
        """An array of a kind."""
        values = np.frombuffer(self.data, kind, count, self.place).copy()
        self.place += values.nbytes
        return values

    def rest(self) -> NDArray[np.uint8]:
        """Everything that is left."""
        return np.frombuffer(self.data[self.place :], np.uint8)

    def pointers(self, count: int, largest: int) -> tuple[NDArray[np.uint64], int]:
        """The heads of `count` rising pointers up to `largest`, and how many of their lower bits stand in the entries.

        The writer chose how many upper bits to put into a table by what is smallest; so does this.
        """
        begin = self.place
        self.align()
        most = self.take(np.uint8, 8)[1]
        needed = largest.bit_length()
        costs = [(largest >> needed - cut) * _CHOICE - count * cut for cut in range(min(needed, int(most)) + 1)]
        inline = needed - costs.index(min(costs))
        heads = self.take(np.uint64, (largest >> inline) + 1)
        self.place = begin + 8 * (1 + len(heads)) + 7
        return heads, inline

    def fields(self, count: int, widths: tuple[int, ...]) -> list[NDArray[Any]]:
        """Columns of `count` entries and the one that closes them, packed bit by bit."""
        total = sum(widths)
        size = ((count + 1) * total + 7) // 8 + 8
        packed = self.take(np.uint8, size)
        words = np.ndarray((size - 7,), "<u8", packed.data, strides=(1,))
        columns: list[NDArray[Any]] = [np.empty(count + 1, np.uint8 if width <= 8 else np.uint32) for width in widths]
        for first in range(0, count + 1, _AT_ONCE):
            bits = np.arange(first, min(first + _AT_ONCE, count + 1), dtype=np.int64) * total
            for column, width in zip(columns, widths, strict=True):
                mask = np.uint64((1 << width) - 1)
                column[first : first + len(bits)] = words[bits >> 3] >> (bits & 7).astype(np.uint64) & mask
                bits += width
        return columns

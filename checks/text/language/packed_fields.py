"""Arrays out of the bytes of a file, in the order in which they stand; also fields that are no whole bytes wide."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

_CHOICE = 64  # bits that one entry of a table of heads costs


@dataclass
class Reader:
    """Reads on from `place`. Every method raises ValueError where the bytes end too soon."""

    data: bytes
    place: int

    def align(self) -> None:
        """Go on at a multiple of eight."""
        self.place += -self.place % 8

    def skip(self, size: int) -> None:
        """Pass over bytes."""
        self.place += size

    def take(self, kind: DTypeLike, count: int) -> NDArray[Any]:
        """An array of a kind."""
        values = np.frombuffer(self.data, kind, count, self.place)
        self.place += values.nbytes
        return values

    def rest(self) -> bytes:
        """Everything that is left."""
        return self.data[self.place :]

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

    def fields(self, count: int, widths: tuple[int, ...]) -> list[NDArray[np.int64]]:
        """Columns of `count` entries and the one that closes them, packed bit by bit."""
        total = sum(widths)
        size = ((count + 1) * total + 7) // 8 + 8
        packed = np.frombuffer(self.data, np.uint8, size, self.place)
        self.place += size
        words = np.ndarray((size - 7,), "<u8", packed.data, strides=(1,))
        columns, shift = [], 0
        for width in widths:
            bits = np.arange(count + 1, dtype=np.int64) * total + shift
            mask = np.uint64((1 << width) - 1)
            columns.append((words[bits >> 3] >> (bits & 7).astype(np.uint64) & mask).astype(np.int64))
            shift += width
        return columns

"""Counting character sequences: each sequence once per distinct paragraph.

Counting by distinct paragraph (and dropping what only one has) keeps the inspected page from vouching for itself.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from checks.text.language.alphabet import Codes, encode_all, is_han
from checks.text.language.hash_tables import Hashes, to_keys, window_sums

ORDERS = (2, 3, 4, 5)
_PARAGRAPH_BITS = 20
_CHUNK = 8_000_000  # characters counted at a time; bounds the memory
Counts = tuple[Hashes, NDArray[np.int64]]


def distinct(paragraphs: Iterable[str]) -> Iterator[str]:
    """Paragraphs of at least six characters, each text once."""
    seen: set[bytes] = set()
    for paragraph in paragraphs:
        text = paragraph.strip()
        if len(text) < 6:
            continue
        key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if key not in seen:
            seen.add(key)
            yield text


@dataclass
class Counter:
    """Adds up paragraphs; `orders` holds sorted keys and counts of every order (exact keys for pairs)."""

    orders: dict[int, Counts] = field(default_factory=dict)
    characters: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0x10000, dtype=np.int64))
    paragraphs: int = 0
    total: int = 0

    def add(self, paragraphs: Iterable[str]) -> None:
        """Count distinct paragraphs, a bounded number of characters at a time."""
        chunk: list[str] = []
        size = 0
        for text in distinct(paragraphs):
            chunk.append(text)
            size += len(text)
            if size >= _CHUNK or len(chunk) >= 1 << _PARAGRAPH_BITS:
                self._add_chunk(chunk)
                chunk, size = [], 0
        if chunk:
            self._add_chunk(chunk)

    def _add_chunk(self, chunk: list[str]) -> None:
        codes, starts = encode_all(chunk)
        owner = np.zeros(len(codes), dtype=np.uint64)
        owner[starts[1:]] = 1
        owner = np.cumsum(owner, dtype=np.uint64)
        self.characters += np.bincount(codes, minlength=0x10000)
        self.paragraphs += len(chunk)
        self.total += len(codes) - len(chunk)
        for order in ORDERS:
            keys = _count(codes, owner, order)
            known = self.orders.get(order)
            self.orders[order] = keys if known is None else merge(known, keys)

    def pruned(self, order: int, least: int) -> Counts:
        """Sequences of an order seen in at least `least` distinct paragraphs."""
        keys, counts = self.orders[order]
        keep = counts >= least
        return keys[keep], counts[keep]


def _count(codes: Codes, owner: NDArray[np.uint64], order: int) -> Counts:
    inside = _inside(codes, order)
    pairs = (_keys(codes, order)[inside] << np.uint64(_PARAGRAPH_BITS)) | owner[inside]
    pairs.sort()
    if not len(pairs):
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    keys = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] >> np.uint64(_PARAGRAPH_BITS)
    return _runs(keys, np.ones(len(keys), dtype=np.int64))


def _keys(codes: Codes, order: int) -> Hashes:
    """Hashes of the windows; pairs have exact keys (first code << 16 | second)."""
    if order > 2:
        return to_keys(window_sums(codes, order))
    after = np.append(codes[1:], np.uint16(0)).astype(np.uint64)
    return (codes.astype(np.uint64) << np.uint64(16)) | after


def _inside(codes: Codes, order: int) -> NDArray[np.int64]:
    """Starts of windows that hold no boundary and at least one Chinese character."""
    ends = np.cumsum(codes == 0x0A)
    han = np.concatenate(([0], np.cumsum(is_han(codes))))
    last = len(codes) - order + 1
    if last <= 0:
        return np.zeros(0, dtype=np.int64)
    whole = (ends[order - 1 :] == ends[:last]) & (codes[:last] != 0x0A)
    return np.flatnonzero(whole & (han[order:] > han[:last]))


def merge(left: Counts, right: Counts) -> Counts:
    """Add two sorted counts."""
    keys = np.concatenate((left[0], right[0]))
    order = np.argsort(keys, kind="stable")
    return _runs(keys[order], np.concatenate((left[1], right[1]))[order])


def _runs(keys: Hashes, weights: NDArray[np.int64]) -> Counts:
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[first], np.add.reduceat(weights, first)

"""Counts of character sequences in hash tables that can be memory-mapped.

A key is the top 44 bits of a multilinear hash, so that the hash of a sequence with one character changed is one
addition away. A slot is one uint32: 24 bits of fingerprint, 8 bits of log-count (16 steps per unit of ln(1 + n)).
Entries stand in hash order with linear probing and no wrap, which makes building one sort.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checks.text.language.alphabet import Codes

Hashes = NDArray[np.uint64]
Logs = NDArray[np.uint8]

STEPS = 16.0
_BITS = 44
_FEW = 300  # look-ups that are finished in one step
_REACH = 48  # slots from its own that an entry may stand away
_MULTIPLIERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F, 0xE7037ED1A0B428DB],
    dtype=np.uint64,
)


def window_sums(codes: Codes, order: int) -> Hashes:
    """The unshifted hash of every window of `order` codes, by start; the last ones run into zeros."""
    padded = np.concatenate((codes, np.zeros(order, dtype=codes.dtype))).astype(np.uint64)
    total: Hashes = padded[: len(codes)] * _MULTIPLIERS[0]
    for place in range(1, order):
        total += padded[place : place + len(codes)] * _MULTIPLIERS[place]
    return total


def pair_sums(first: Codes, second: Codes) -> Hashes:
    """The unshifted hashes of pairs of codes."""
    sums: Hashes = first.astype(np.uint64) * _MULTIPLIERS[0] + second.astype(np.uint64) * _MULTIPLIERS[1]
    return sums


def sequence_sums(codes: Codes, at: NDArray[np.int64], steps: tuple[int, ...]) -> Hashes:
    """The unshifted hashes of the codes that stand `steps` away from each place."""
    total: Hashes = np.zeros(len(at), dtype=np.uint64)
    for place, step in enumerate(steps):
        total += codes[at + step].astype(np.uint64) * _MULTIPLIERS[place]
    return total


def change(old: NDArray[np.int64], new: NDArray[np.int64], place: int) -> Hashes:
    """What to add to an unshifted hash when the code at `place` changes from `old` to `new`."""
    difference: Hashes = (new - old).astype(np.uint64) * _MULTIPLIERS[place]
    return difference


def to_keys(sums: Hashes) -> Hashes:
    """The 44-bit keys of unshifted hashes."""
    return sums >> np.uint64(64 - _BITS)


def to_logs(counts: NDArray[np.int64]) -> Logs:
    """Counts as log-steps; 1 at least."""
    steps = np.rint(np.log1p(counts.astype(np.float64)) * STEPS)
    return np.clip(steps, 1, 255).astype(np.uint8)


def _slots(keys: Hashes, size: int) -> NDArray[np.int64]:
    return (((keys >> np.uint64(_BITS - 30)) * np.uint64(size)) >> np.uint64(30)).astype(np.int64)


def _prints(keys: Hashes) -> NDArray[np.uint32]:
    return (keys & np.uint64(0xFFFFFF)).astype(np.uint32) << np.uint32(8)


@dataclass(frozen=True)
class Table:
    """One order of sequences."""

    words: NDArray[np.uint32]
    size: int

    @classmethod
    def build(cls, keys: Hashes, logs: Logs, load: float = 0.5) -> "Table":
        """From sorted distinct keys and their log-counts; emptier where entries would stand too far off."""
        size = max(16, int(len(keys) / load))
        wanted = _slots(keys, size)
        steps = np.arange(len(keys), dtype=np.int64)
        places = np.maximum.accumulate(wanted - steps) + steps if len(keys) else wanted
        if len(keys) and int((places - wanted).max()) >= _REACH:
            return cls.build(keys, logs, load * 0.8)
        end = max(size, int(places[-1]) + 1 if len(keys) else 0)
        words = np.zeros(end + _REACH + 1, dtype=np.uint32)
        words[places] = _prints(keys) | logs
        return cls(words, size)

    def look(self, sums: Hashes) -> Logs:
        """Log-counts of unshifted hashes, 0 where unknown."""
        keys = to_keys(sums)
        places, prints = _slots(keys, self.size), _prints(keys)
        found = self.words[places]
        logs = np.where((found ^ prints) < 256, found, 0).astype(np.uint8)
        rest = np.flatnonzero((found != 0) & (logs == 0))
        step = 1
        while len(rest) > _FEW and step < _REACH:
            found = self.words.take(places.take(rest) + step)
            hit = (found ^ prints.take(rest)) < 256
            logs[rest.compress(hit)] = found.compress(hit).astype(np.uint8)
            rest = rest.compress(~hit & (found != 0))
            step += 1
        if len(rest) and step < _REACH:
            logs[rest] = self._far(places[rest], prints[rest], step)
        return logs

    def _far(self, places: NDArray[np.int64], prints: NDArray[np.uint32], step: int) -> Logs:
        """The few that are neither found nor refuted yet: all slots of reach at once."""
        found = self.words[places[:, None] + np.arange(step, _REACH)]
        hit = (found ^ prints[:, None]) < 256
        hit &= np.cumsum(found == 0, axis=1) == 0
        logs: Logs = np.where(hit.any(axis=1), found[np.arange(len(found)), hit.argmax(axis=1)], 0).astype(np.uint8)
        return logs

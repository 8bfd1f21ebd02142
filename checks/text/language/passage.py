"""A batch of paragraphs with the counts of all its windows: what candidates and features are read from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checks.text.language.alphabet import BOUNDARY, Codes, encode_all
from checks.text.language.hash_tables import Hashes, window_sums
from checks.text.language.statistics import BIGRAM_STEPS, Ids, Statistics

PAD = 12  # boundaries at both ends, so that no window leaves the array


@dataclass(frozen=True)
class Passage:
    """Codes of paragraphs joined by boundaries; `logs[n][i]` is ln(1 + count) of the n-window that starts at i."""

    codes: Codes
    ids: Ids
    sums: dict[int, Hashes]
    logs: dict[int, NDArray[np.float32]]
    starts: NDArray[np.int64]  # of each paragraph in `codes`

    def bounds(self, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Start and end (the place of its boundary) of the paragraph of each place."""
        owner = np.searchsorted(self.starts, at, side="right") - 1
        ends = np.append(self.starts[1:] - 1, len(self.codes) - PAD - 1)
        return self.starts[owner], ends[owner]

    def around(self, at: NDArray[np.int64], before: int, after: int) -> Codes:
        """Rows of codes from `before` places before to `after` behind; nothing of other paragraphs is seen."""
        places = at[:, None] + np.arange(-before, after + 1)
        start, end = self.bounds(at)
        inside = (places >= start[:, None]) & (places < end[:, None])
        rows: Codes = np.where(inside, self.codes[places], np.uint16(BOUNDARY))
        return rows


def read_passage(paragraphs: Sequence[str], statistics: Statistics) -> Passage:
    """Encode paragraphs and look up every window once."""
    codes, starts = encode_all(paragraphs)
    return passage_of(codes, starts, statistics)


def passage_of(codes: Codes, starts: NDArray[np.int64], statistics: Statistics) -> Passage:
    """A passage from unpadded codes."""
    edge = np.full(PAD, BOUNDARY, dtype=np.uint16)
    padded = np.concatenate((edge, codes, edge))
    ids = statistics.ids[padded]
    logs: dict[int, NDArray[np.float32]] = {1: statistics.unigrams[ids]}
    flat = ids.astype(np.int64) * statistics.bigrams.shape[1]
    flat[:-1] += ids[1:]
    pairs = statistics.bigrams.reshape(-1)[flat] & 127
    logs[2] = pairs.astype(np.float32) / np.float32(BIGRAM_STEPS)
    sums = {}
    for order in statistics.tables:
        sums[order] = window_sums(padded, order)
        logs[order] = statistics.log_of(order, sums[order])
    return Passage(padded, ids, sums, logs, starts + PAD)

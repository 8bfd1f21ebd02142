"""A batch of paragraphs with the counts of all its windows: what candidates and features are read from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checks.text.alphabet import BOUNDARY, Codes, encode_all
from checks.text.statistics import BIGRAM_STEPS, Ids, Statistics
from checks.text.tables import Hashes, window_sums

PAD = 12  # boundaries at both ends, so that no window leaves the array


@dataclass(frozen=True)
class Passage:
    """Codes of paragraphs joined by boundaries; `logs[n][i]` is ln(1 + count) of the n-window that starts at i."""

    codes: Codes
    ids: Ids
    sums: dict[int, Hashes]
    logs: dict[int, NDArray[np.float32]]
    starts: NDArray[np.int64]  # of each paragraph in `codes`


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

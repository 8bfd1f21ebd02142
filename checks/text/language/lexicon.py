"""General words with their frequencies: what is known of Chinese before anything is learnt."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from checks.text import DATA
from checks.text.language.alphabet import Codes
from checks.text.language.hash_tables import STEPS, Table, change, pair_sums, window_sums

_TOTAL = 17.9  # ln of the number of words the frequencies were counted on
_UNKNOWN = -20.0  # log-probability of a character that is no word
REACH = 4  # characters on each side of a place whose segmentation may change


@dataclass(frozen=True)
class Lexicon:
    """Words by length (2 to 5) as tables of log-frequencies; `single` by code for one character; `pairs` lists the words of two."""

    tables: Mapping[int, Table]
    single: NDArray[np.float32]
    pairs: NDArray[np.uint16]


@cache
def load_lexicon() -> Lexicon:
    """The shipped lexicon (data/lexicon.npz, sources in data/SOURCES.md)."""
    with np.load(DATA / "lexicon.npz") as arrays:
        tables = {length: Table(arrays[f"words{length}"], int(arrays[f"size{length}"])) for length in (2, 3, 4, 5)}
        return Lexicon(tables, arrays["single"].astype(np.float32) / np.float32(STEPS), arrays["pairs"])


def word_logs(codes: Codes) -> dict[int, NDArray[np.float32]]:
    """Log-frequency of the word of each length that starts at each code, 0 where there is none."""
    found = {1: load_lexicon().single[codes]}
    for length, table in load_lexicon().tables.items():
        found[length] = table.look(window_sums(codes, length)).astype(np.float32) / np.float32(STEPS)
    return found


def best_path(windows: NDArray[np.uint16]) -> NDArray[np.float32]:
    """Log-probability of the best segmentation of each row of codes."""
    count, width = windows.shape
    logs = {length: log.reshape(count, width) for length, log in word_logs(windows.reshape(-1)).items()}
    best = np.zeros((count, width + 1), dtype=np.float32)
    for end in range(1, width + 1):
        single = logs[1][:, end - 1]
        score = best[:, end - 1] + np.where(single > 0, single - _TOTAL, _UNKNOWN)
        for length in range(2, min(5, end) + 1):
            log = logs[length][:, end - length]
            score = np.maximum(score, np.where(log > 0, best[:, end - length] + log - _TOTAL, -np.inf))
        best[:, end] = score
    return best[:, width]


def longest_words(codes: Codes, at: NDArray[np.int64], new: NDArray[np.int64], length: int) -> NDArray[np.float32]:
    """Log-frequency of the best word of a length over each place, were its code `new`."""
    best = np.zeros(len(at), dtype=np.float32)
    old = codes[at].astype(np.int64)
    table = load_lexicon().tables[length]
    for offset in range(length):
        start = at - offset
        sums = pair_sums(codes[start], codes[start + 1])
        for place in range(2, length):
            sums += change(np.zeros(len(at), dtype=np.int64), codes[start + place].astype(np.int64), place)
        best = np.maximum(best, table.look(sums + change(old, new, offset)).astype(np.float32))
    return best / np.float32(STEPS)

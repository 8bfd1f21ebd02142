"""Two-character words replaced by others that sound alike (发展 written 罚站): candidates and what their ranker sees."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from checks.text import DATA
from checks.text.language.hash_tables import STEPS, change, pair_sums
from checks.text.language.lexicon import REACH, best_path, load_lexicon
from checks.text.language.passage import Passage
from checks.text.language.statistics import BIGRAM_STEPS, Statistics
from checks.text.typos.candidates import doubtful
from checks.text.typos.surroundings import surroundings

Floats = NDArray[np.float32]
Columns = dict[str, NDArray[np.generic]]
_SPAN = 1024
_WIDE = 14  # words looked at for one sound
_GAIN = 3.0  # least gain of the windows around
_KEPT = 2


@dataclass(frozen=True)
class Sounds:
    """Words by sound: `words[starts[k]:starts[k + 1]]` sound like `keys[k]`, the frequent ones first."""

    syllables: NDArray[np.uint16]
    keys: NDArray[np.uint32]
    starts: NDArray[np.int64]
    words: NDArray[np.uint16]


@dataclass(frozen=True)
class PairRows:
    """Candidates for two neighbouring characters at once; `places` is the first of them."""

    places: NDArray[np.int64]
    codes: NDArray[np.uint16]  # (rows, 2)
    values: Floats
    names: tuple[str, ...]


@cache
def load_sounds() -> Sounds:
    """The shipped table (training/sounds.py builds it)."""
    with np.load(DATA / "sounds.npz") as arrays:
        return Sounds(arrays["syllables"], arrays["keys"], arrays["starts"].astype(np.int64), arrays["words"])


def describe_pairs(passage: Passage, statistics: Statistics) -> PairRows:
    """Words that sound like two doubtful neighbours and suit the text better."""
    at, words = _candidates(passage, statistics)
    before = _windows(passage, statistics, at, None)
    after = _windows(passage, statistics, at, words)
    gain = sum((length - 1) * (after[key] - before[key]) for key in before if (length := key[0]) in (3, 4)) + 2 * (
        _edges(passage, statistics, at, words) - _edges(passage, statistics, at, None)
    )
    pick = _best(at, np.asarray(gain, dtype=np.float32))
    at, words, gain = at[pick], words[pick], np.asarray(gain)[pick]
    columns: Columns = {"gain": gain}
    for (length, offset), log in before.items():
        columns[f"old{length}{offset}"] = log[pick]
    for (length, offset), log in after.items():
        columns[f"new{length}{offset}"] = log[pick]
    columns |= _words(passage, at, words)
    columns |= surroundings(passage, statistics, at, words[:, 0])
    columns["one_next"] = passage.logs[1][at + 1]
    columns["known_after"] = passage.logs[3][at + 2]
    columns["same_sound"] = _same_sounds(passage, at, words)
    values = np.stack([column.astype(np.float32) for column in columns.values()], axis=1)
    return PairRows(at, words, values, tuple(columns))


def _candidates(passage: Passage, statistics: Statistics) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    sounds = load_sounds()
    places = doubtful(passage)
    flagged = np.zeros(len(passage.codes) + 1, dtype=bool)
    flagged[places] = True
    places = places[flagged[places + 1]]
    found_at, found = [], []
    for first, second in ((0, 0), (0, 1), (1, 0)):
        left = sounds.syllables[passage.codes[places], first].astype(np.uint32)
        right = sounds.syllables[passage.codes[places + 1], second].astype(np.uint32)
        keys = left * _SPAN + right
        rows = np.minimum(np.searchsorted(sounds.keys, keys), len(sounds.keys) - 1)
        known = np.flatnonzero((sounds.keys[rows] == keys) & (left > 0) & (right > 0))
        begin, end = sounds.starts[rows[known]], sounds.starts[rows[known] + 1]
        for step in range(_WIDE):
            live = begin + step < end
            found_at.append(places[known[live]])
            found.append(sounds.words[begin[live] + step])
    at, words = np.concatenate(found_at), np.concatenate(found)
    differs = (words[:, 0] != passage.codes[at]) & (words[:, 1] != passage.codes[at + 1])
    at, words = at[differs], words[differs]
    ids = statistics.ids[words].astype(np.int64)
    heard = statistics.bigrams.reshape(-1)[ids[:, 0] * statistics.bigrams.shape[1] + ids[:, 1]] & 127
    old = passage.logs[2][at] * BIGRAM_STEPS
    keep = heard > np.maximum(old, 10)
    return at[keep], words[keep]


def _windows(
    passage: Passage, statistics: Statistics, at: NDArray[np.int64], words: NDArray[np.uint16] | None
) -> dict[tuple[int, int], Floats]:
    """Log-counts of the windows of 2 to 5 that hold both places, by (length, offset of the first)."""
    found: dict[tuple[int, int], Floats] = {}
    for length in (2, 3, 4, 5):
        for offset in range(length - 1):
            start = at - offset
            if words is None:
                found[length, offset] = passage.logs[length][start]
            elif length == 2:
                ids = statistics.ids[words].astype(np.int64)
                cells = statistics.bigrams.reshape(-1)[ids[:, 0] * statistics.bigrams.shape[1] + ids[:, 1]]
                found[length, offset] = ((cells & 127) / BIGRAM_STEPS).astype(np.float32)
            else:
                sums = passage.sums[length][start] + _changes(passage, at, words, offset)
                found[length, offset] = statistics.log_of(length, sums)
    return found


def _changes(passage: Passage, at: NDArray[np.int64], words: NDArray[np.uint16], offset: int) -> NDArray[np.uint64]:
    total = np.zeros(len(at), dtype=np.uint64)
    for place in (0, 1):
        old = passage.codes[at + place].astype(np.int64)
        total += change(old, words[:, place].astype(np.int64), offset + place)
    return total


def _edges(passage: Passage, statistics: Statistics, at: NDArray[np.int64], words: NDArray[np.uint16] | None) -> Floats:
    """Log-counts of the pairs that join the two places with their neighbours."""
    ids = passage.ids.astype(np.int64)
    first, second = (ids[at], ids[at + 1]) if words is None else statistics.ids[words].astype(np.int64).T
    flat, width = statistics.bigrams.reshape(-1), statistics.bigrams.shape[1]
    cells = (flat[ids[at - 1] * width + first] & 127).astype(np.float32)
    cells += flat[second * width + ids[at + 2]] & 127
    logs: Floats = cells / np.float32(BIGRAM_STEPS)
    return logs


def _best(at: NDArray[np.int64], gain: Floats) -> NDArray[np.int64]:
    """The best candidates of each place that gain enough, one word once."""
    order = np.lexsort((-gain, at))
    order = order[gain[order] >= _GAIN]
    if not len(order):
        return order
    begin = np.concatenate(([True], at[order][1:] != at[order][:-1]))
    rank = np.arange(len(order)) - np.flatnonzero(begin)[np.cumsum(begin) - 1]
    kept: NDArray[np.int64] = order[rank < _KEPT]
    return kept


def _words(passage: Passage, at: NDArray[np.int64], words: NDArray[np.uint16]) -> Columns:
    table = load_lexicon().tables[2]
    windows = passage.around(at, REACH, REACH + 1)
    old = best_path(windows)
    windows[:, REACH : REACH + 2] = words
    new = best_path(windows)
    old_sums = pair_sums(passage.codes[at], passage.codes[at + 1])
    return {
        "word_old": table.look(old_sums).astype(np.float32) / STEPS,
        "word_new": table.look(pair_sums(words[:, 0], words[:, 1])).astype(np.float32) / STEPS,
        "path_old": old,
        "path_gain": new - old,
    }


def _same_sounds(passage: Passage, at: NDArray[np.int64], words: NDArray[np.uint16]) -> NDArray[np.int64]:
    """How many of the two share their first reading."""
    syllables = load_sounds().syllables
    same = np.zeros(len(at), dtype=np.int64)
    for place in (0, 1):
        same += syllables[passage.codes[at + place], 0] == syllables[words[:, place], 0]
    return same

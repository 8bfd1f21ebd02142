"""Which characters look wrong at all, and what could stand there instead: the cheap pass over every character."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.text import DATA
from checks.text.language.alphabet import is_han
from checks.text.language.hash_tables import change
from checks.text.language.passage import PAD, Passage
from checks.text.language.statistics import BIGRAM_STEPS, WORD_BIT, Statistics

KEPT = 5  # candidates a position keeps
UNJUDGED = "的地得他她它馀"  # their choice needs grammar or knowledge of the world
_GAIN = 1.0  # least gain of 3 x trigrams + 2 x bigrams
_WORD_WORTH = 2.0  # what a dictionary word is worth among log-counts of bigrams
_UNJUDGED_CODES = np.zeros(0x10000, dtype=bool)
_UNJUDGED_CODES[[ord(char) for char in UNJUDGED]] = True


@dataclass(frozen=True)
class Confusion:
    """What a character is mistaken for: rows by code, 0 where there is nothing."""

    row: NDArray[np.int64]  # code -> row, row 0 is empty
    others: NDArray[np.uint16]
    kinds: NDArray[np.uint8]  # 1 same sound, 2 look-alike, 3 other tone, 4 near sound
    alike: NDArray[np.uint8]  # similarity of the shapes x 255


@dataclass(frozen=True)
class Candidates:
    """Rows grouped by place, best first; at most KEPT a place."""

    places: NDArray[np.int64]
    codes: NDArray[np.uint16]
    kinds: NDArray[np.uint8]
    alike: NDArray[np.float32]
    gains: NDArray[np.float32]
    rivals: NDArray[np.int64]  # candidates of the place that passed


@cache
def load_confusion() -> Confusion:
    """The shipped confusion set."""
    with np.load(DATA / "confusion.npz") as arrays:
        codes = arrays["codes"]
        row = np.zeros(0x10000, dtype=np.int64)
        row[codes] = np.arange(1, len(codes) + 1)
        blank = np.zeros((1, arrays["others"].shape[1]), dtype=np.uint8)
        return Confusion(
            row,
            np.concatenate((blank.astype(np.uint16), arrays["others"])),
            np.concatenate((blank, arrays["kinds"])),
            np.concatenate((blank, arrays["alike"])),
        )


@lru_cache(maxsize=65536)
def confusion_kind(one: int, other: int) -> int:
    """How one of two characters (codes) is taken for the other, the closest kind; 0 where neither sound nor shape explains it."""
    confusion = load_confusion()
    found = [
        int(kind)
        for left, right in ((one, other), (other, one))
        for kind in confusion.kinds[confusion.row[left]][confusion.others[confusion.row[left]] == right]
    ]
    return min(found, default=0)


def doubtful(passage: Passage) -> NDArray[np.int64]:
    """Places of Chinese characters that the counts do not support well."""
    three, four = passage.logs[3], passage.logs[4]
    han = is_han(passage.codes)
    # what begins or ends a window says little where the next character is a mark (共识,确保 for 组识,确保)
    first, last = np.where(np.append(han[1:], False), four, 0), np.where(_back(han, 1), _back(four, 3), 0)
    best4 = np.maximum(np.maximum(first, _back(four, 1)), np.maximum(_back(four, 2), last))
    left, middle, right = _back(three, 2), _back(three, 1), three
    good = (best4 > 1.6) | ((left > 3) & (right > 3))
    good |= (middle > 1.6) & (np.maximum(left, right) > 1.1) & (best4 > 0)
    wanted = han & ~good & ~_UNJUDGED_CODES[passage.codes]
    wanted[:PAD] = wanted[-PAD:] = False
    return np.flatnonzero(wanted)


def _back(values: NDArray[Any], steps: int) -> NDArray[Any]:
    return np.concatenate((np.zeros(steps, dtype=values.dtype), values[:-steps]))


def propose(passage: Passage, statistics: Statistics) -> Candidates:
    """Candidates for the doubtful places."""
    confusion = load_confusion()
    parts = [_propose(passage, statistics, confusion, block) for block in _blocks(doubtful(passage), 40_000)]
    if not parts:
        none = np.zeros(0)
        return Candidates(
            none.astype(np.int64), none.astype(np.uint16), none.astype(np.uint8), none.astype(np.float32),
            none.astype(np.float32), none.astype(np.int64),
        )  # fmt: skip
    return Candidates(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _blocks(places: NDArray[np.int64], size: int) -> list[NDArray[np.int64]]:
    return [places[start : start + size] for start in range(0, len(places), size)]


def _propose(
    passage: Passage, statistics: Statistics, confusion: Confusion, places: NDArray[np.int64]
) -> tuple[NDArray[np.generic], ...]:
    rows = confusion.row[passage.codes[places]]
    places, rows = places[rows > 0], rows[rows > 0]
    others = confusion.others[rows]
    which, column = _better_pairs(passage, statistics, places, others)
    at, code = places[which], others[which, column]
    gain = _gains(passage, statistics, at, code)
    keep = gain >= _GAIN
    which, column, at, code, gain = which[keep], column[keep], at[keep], code[keep], gain[keep]
    order = np.lexsort((-gain, at))
    which, column, at, code, gain = which[order], column[order], at[order], code[order], gain[order]
    first = np.concatenate(([True], at[1:] != at[:-1])) if len(at) else np.zeros(0, dtype=bool)
    begin = np.flatnonzero(first)
    group = np.cumsum(first) - 1
    rank = np.arange(len(at)) - (begin[group] if len(at) else 0)
    rivals = np.diff(np.append(begin, len(at)))
    top = rank < KEPT
    picked = rows[which[top]], column[top]
    return (
        at[top], code[top], confusion.kinds[picked], confusion.alike[picked].astype(np.float32) / 255,
        gain[top].astype(np.float32), rivals[group[top]] if len(at) else np.zeros(0, dtype=np.int64),
    )  # fmt: skip


def _better_pairs(
    passage: Passage, statistics: Statistics, places: NDArray[np.int64], others: NDArray[np.uint16]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(place number, column) of candidates that beat the original on a bigram or make a dictionary word."""
    width = np.uint32(statistics.bigrams.shape[1])
    flat = statistics.bigrams.reshape(-1)
    ids = statistics.ids[others].astype(np.uint32)
    before = passage.ids[places - 1].astype(np.uint32)[:, None]
    after = passage.ids[places + 1].astype(np.uint32)[:, None]
    own = passage.ids[places].astype(np.uint32)[:, None]
    left, right = flat[before * width + ids], flat[ids * width + after]
    old_left, old_right = flat[before * width + own], flat[own * width + after]
    better = ((left > old_left) | (right > old_right)) & (ids > 0) & ~_UNJUDGED_CODES[others]
    which, column = np.nonzero(better)
    return which, column


def _gains(
    passage: Passage, statistics: Statistics, at: NDArray[np.int64], code: NDArray[np.uint16]
) -> NDArray[np.float32]:
    flat, width = statistics.bigrams.reshape(-1), statistics.bigrams.shape[1]
    new_id = statistics.ids[code].astype(np.int64)
    before, after = passage.ids[at - 1].astype(np.int64), passage.ids[at + 1].astype(np.int64)
    own = passage.ids[at].astype(np.int64)
    pairs = _worth(flat[before * width + new_id]) + _worth(flat[new_id * width + after])
    pairs -= _worth(flat[before * width + own]) + _worth(flat[own * width + after])
    gain = 2 * pairs
    old, new = passage.codes[at].astype(np.int64), code.astype(np.int64)
    for place in range(3):
        start = at - place
        gain += 3 * (statistics.log_of(3, passage.sums[3][start] + change(old, new, place)) - passage.logs[3][start])
    return gain


def _worth(cells: NDArray[np.uint8]) -> NDArray[np.float32]:
    counts = (cells & 127).astype(np.float32) / np.float32(BIGRAM_STEPS)
    return counts + np.where(cells >= WORD_BIT, np.float32(_WORD_WORTH), np.float32(0))

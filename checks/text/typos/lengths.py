"""Characters written twice (贯贯彻落实) and characters left out (贯落实): what the counts vouch for, and only that.

Doubling is lawful in Chinese (人人, 讨论讨论) and chance joins any two words, so a fault is one only where the text as it
stands is unknown on both sides, the text without it well known, and its words read better.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from checks.text.language.alphabet import Codes, is_han
from checks.text.language.hash_tables import pair_sums, window_sums
from checks.text.language.lexicon import best_path, load_lexicon
from checks.text.language.passage import PAD, Passage
from checks.text.language.statistics import WORD_BIT, Statistics
from checks.text.typos.candidates import UNJUDGED

_REACH = 5
_WELL = 1.9  # ln(1 + 6): the mended text stands in six distinct paragraphs
_ALONE = 7.0  # ln of the frequency of a character that often stands alone
_SELDOM = 1.2  # log-count of a pair that chance may have put together
_TRIED = 4  # characters tried in a gap
_NEVER = {ord(char) for char in UNJUDGED + "和在等用及与一不了人大小多点天年日月"}  # may be left out
_NONE = np.zeros(0, dtype=np.int64)
_FREE = np.array([ord(char) for char in "一不人大小多点天年日月他她它"], dtype=np.uint16)  # doubled at will


@dataclass(frozen=True, slots=True)
class Length:
    """A span that is too long or too short; `known` is ln(1 + count) of the best sequence of five that mends it."""

    start: int
    end: int
    right: str
    layer: str
    known: float
    path_gain: float


def find_lengths(passage: Passage, statistics: Statistics) -> list[Length]:
    """Doubled characters and words, and missing characters."""
    return [*_doubled(passage, statistics, 1), *_doubled(passage, statistics, 2), *_missing(passage, statistics)]


def _doubled(passage: Passage, statistics: Statistics, size: int) -> list[Length]:
    codes, three = passage.codes, passage.logs[3]
    same = is_han(codes[:-size]) & (codes[:-size] == codes[size:]) & ~np.isin(codes[:-size], _FREE)
    if size == 2:
        same = same[:-1] & same[1:] & (codes[:-3] != codes[1:-2])
    places = np.flatnonzero(same)
    places = places[(places >= PAD) & (places < len(codes) - PAD - 3)]
    if size == 1:
        fresh = (codes[places - 1] != codes[places]) & (passage.logs[2][places] <= _SELDOM)
        places = places[fresh & (np.maximum(three[places - 1], three[places]) == 0)]
        places = places[~_joins(codes, places)]
    else:
        places = places[passage.logs[4][places] == 0]
    if not len(places):
        return []
    rows = passage.around(places, _REACH, _REACH + 2 * size)
    mended = np.delete(rows, np.arange(_REACH, _REACH + size), axis=1)
    return [
        Length(place, place + 2 * size, "".join(map(chr, row[_REACH : _REACH + size].tolist())), "doubled", *length)
        for place, row, length in _weigh(statistics, rows, mended, places)
    ]


def _joins(codes: Codes, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """One word ends and the next begins with the character (教师|师德), or a measure is repeated (一届届)."""
    table = load_lexicon().tables[2]
    left = table.look(pair_sums(codes[places - 1], codes[places])) > 0
    right = table.look(pair_sums(codes[places + 1], codes[places + 2])) > 0
    joins: NDArray[np.bool_] = (left & right) | (codes[places - 1] == ord("一"))
    return joins


def _missing(passage: Passage, statistics: Statistics) -> list[Length]:
    codes, three, logs = passage.codes, passage.logs[3], passage.logs[2]
    han = is_han(codes)
    gap = (logs == 0) & han & np.append(han[1:], False)
    gap[1:-1] &= (three[:-2] == 0) & (three[1:-1] == 0)
    places = np.flatnonzero(gap)
    places = places[(places >= PAD) & (places < len(codes) - PAD - 1)]
    places = places[_is_left_over(passage, statistics, places)]
    fillers = [_fillers(statistics, int(codes[place]), int(codes[place + 1])) for place in places.tolist()]
    at = np.repeat(places, [len(chars) for chars in fillers])
    if not len(at):
        return []
    rows = passage.around(at, _REACH, _REACH + 1)
    mended = np.insert(rows, _REACH + 1, np.concatenate(fillers).astype(np.uint16), axis=1)
    best: dict[int, Length] = {}
    for place, row, length in _weigh(statistics, rows, mended, at):
        right = "".join(map(chr, row[_REACH : _REACH + 3].tolist()))
        if place not in best or length[0] > best[place].known:
            best[place] = Length(place, place + 2, right, "missing", *length)
    return list(best.values())


@cache
def _neighbours() -> tuple[dict[int, NDArray[np.int64]], dict[int, NDArray[np.int64]]]:
    """What follows a character in the words of two that it begins, and what stands before it in those it ends."""
    after: dict[int, list[int]] = {}
    before: dict[int, list[int]] = {}
    for first, second in load_lexicon().pairs.tolist():
        if second not in _NEVER:
            after.setdefault(first, []).append(second)
        if first not in _NEVER:
            before.setdefault(second, []).append(first)
    as_codes = partial(np.array, dtype=np.int64)
    return {char: as_codes(row) for char, row in after.items()}, {char: as_codes(row) for char, row in before.items()}


def _fillers(statistics: Statistics, left: int, right: int) -> list[int]:
    """Characters that make a word with one side and are known beside the other, the best known first."""
    after, before = _neighbours()
    chars = np.unique(np.concatenate((after.get(left, _NONE), before.get(right, _NONE))))
    ids = statistics.ids[chars]
    worth = np.minimum(
        statistics.bigrams[statistics.ids[left], ids] & 127, statistics.bigrams[ids, statistics.ids[right]] & 127
    )
    order = np.argsort(worth)[::-1][:_TRIED]
    return [int(chars[number]) for number in order if worth[number]]


def _is_left_over(passage: Passage, statistics: Statistics, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether one of the two characters is half a word: seldom alone, and no word with its other neighbour."""
    ids, width, flat = passage.ids.astype(np.int64), statistics.bigrams.shape[1], statistics.bigrams.reshape(-1)
    single = load_lexicon().single
    before = flat[ids[places - 1] * width + ids[places]] < WORD_BIT
    after = flat[ids[places + 1] * width + ids[places + 2]] < WORD_BIT
    left = before & (single[passage.codes[places]] < _ALONE)
    left_over: NDArray[np.bool_] = left | (after & (single[passage.codes[places + 1]] < _ALONE))
    return left_over


def _weigh(
    statistics: Statistics, rows: Codes, mended: Codes, at: NDArray[np.int64]
) -> Iterator[tuple[int, Codes, tuple[float, float]]]:
    """(place, mended row, (known, gain)) where sequences of five over the place are well known and the words read better."""
    width = mended.shape[1]
    sums = window_sums(mended.reshape(-1), 5).reshape(-1, width)[:, _REACH - 3 : min(_REACH + 1, width - 4)]
    logs = statistics.log_of(5, np.ascontiguousarray(sums).reshape(-1)).reshape(len(rows), -1)
    known = logs.max(axis=1)
    keep = np.flatnonzero(known >= _WELL)
    gains = best_path(mended[keep]) - best_path(rows[keep])
    for number, gain in zip(keep.tolist(), gains.tolist(), strict=True):
        if gain >= 0:
            yield int(at[number]), mended[number], (float(known[number]), gain)

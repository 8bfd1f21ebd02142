"""Set phrases of four characters with one character wrong (眼急手快): candidates that need no count of the wrong text."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from checks.text import DATA
from checks.text.language.alphabet import is_han
from checks.text.language.hash_tables import Hashes, Table, change, to_keys, window_sums
from checks.text.language.lexicon import REACH, best_path, load_lexicon
from checks.text.language.passage import Passage
from checks.text.language.statistics import Statistics
from checks.text.typos.candidates import UNJUDGED, confusion_kind

_USUAL = 2.4  # ln of the frequency from which the lexicon alone vouches for a phrase
_CLEAR, _CLEARER = 7.0, 12.0
_HEARD = 1.1  # ln(1 + 2): the phrase stands in two distinct paragraphs of the learnt text


@dataclass(frozen=True)
class Idioms:
    """Phrases by what is left of them without the character at each of the four places."""

    codes: NDArray[np.uint16]
    logs: NDArray[np.float32]  # of the frequency
    tables: tuple[Table, ...]
    keys: tuple[Hashes, ...]  # sorted, one array a place
    rows: tuple[NDArray[np.int64], ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A character that spoils a phrase; `heard` is ln(1 + count) of the right phrase in the learnt text.

    `kind` is that of the confusion (see Confusion), `path_gain` what the best segmentation gains by the right one.
    """

    place: int
    right: str
    kind: int
    heard: float
    path_gain: float

    @property
    def sure(self) -> bool:
        """The words around read much better with it; more so where it sounds only nearly the same, or is never heard."""
        least = _CLEAR if self.kind in (1, 2) else _CLEARER
        return self.path_gain >= (least if self.heard else max(least, _CLEAR + 3))


@cache
def load_idioms() -> Idioms:
    """The shipped phrases (training/idioms.py builds them)."""
    with np.load(DATA / "idioms.npz") as arrays:
        codes, frequency = arrays["codes"], arrays["frequency"]
    sums = window_sums(codes.reshape(-1), 4)[::4]
    tables, keys, rows = [], [], []
    for place in range(4):
        mine = to_keys(_without(sums, codes[:, place], place))
        order = np.argsort(mine, kind="stable")
        tables.append(Table.build(np.unique(mine), np.ones(len(np.unique(mine)), dtype=np.uint8)))
        keys.append(mine[order])
        rows.append(order)
    return Idioms(codes, np.log1p(frequency).astype(np.float32), tuple(tables), tuple(keys), tuple(rows))


def _without(sums: Hashes, codes: NDArray[np.uint16], place: int) -> Hashes:
    return sums + change(codes.astype(np.int64), np.zeros(len(codes), dtype=np.int64), place)


def find_slips(passage: Passage, statistics: Statistics) -> list[Slip]:
    """Phrases spoilt by one character: the text's own form is neither a word nor known from the learnt text."""
    idioms = load_idioms()
    starts = _unknown(passage)
    found: list[Slip] = []
    for place in range(4):
        sums = _without(passage.sums[4][starts], passage.codes[starts + place], place)
        hits = np.flatnonzero(idioms.tables[place].look(sums))
        keys = to_keys(sums[hits])
        low, high = (idioms.keys[place].searchsorted(keys, side) for side in ("left", "right"))
        single = high - low == 1  # any other form of four fits several phrases, or none
        rows = idioms.rows[place][low[single]]
        for start, row in zip(starts[hits[single]].tolist(), rows.tolist(), strict=True):
            if slip := _slip(passage, statistics, idioms, row, start, place):
                found.append(slip)
    return found


def _unknown(passage: Passage) -> NDArray[np.int64]:
    """Starts of four Chinese characters that stand together neither in the lexicon nor in the learnt text."""
    han = is_han(passage.codes)
    whole = han[:-3] & han[1:-2] & han[2:-1] & han[3:] & (passage.logs[4][:-3] == 0)
    starts = np.flatnonzero(whole)
    known: NDArray[np.int64] = starts[load_lexicon().tables[4].look(passage.sums[4][starts]) == 0]
    return known


def _slip(passage: Passage, statistics: Statistics, idioms: Idioms, row: int, start: int, place: int) -> Slip | None:
    right, wrong = idioms.codes[row], passage.codes[start : start + 4]
    if not np.array_equal(np.delete(right, place), np.delete(wrong, place)):
        return None  # two hashes that happen to agree
    old, new = int(wrong[place]), int(right[place])
    kind = confusion_kind(old, new)
    heard = float(statistics.log_of(4, window_sums(right, 4)[:1])[0])
    if not kind or chr(old) in UNJUDGED or chr(new) in UNJUDGED or (idioms.logs[row] < _USUAL and heard < _HEARD):
        return None
    window = passage.around(np.array([start + place]), REACH, REACH)
    changed = window.copy()
    changed[0, REACH] = new
    before, after = best_path(np.concatenate((window, changed)))
    return Slip(start + place, chr(new), kind, heard, float(after - before))

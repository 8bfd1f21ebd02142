"""What a word trigram of general Chinese says of a change: the best way through the words around it, before and after."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checks.text.language.alphabet import BOUNDARY, Codes
from checks.text.language.passage import Passage
from checks.text.language.word_trigrams import (
    LONGEST,
    NONE,
    UNKNOWN,
    Floats,
    Numbers,
    WordTrigrams,
    load_word_trigrams,
    pack,
)
from checks.text.typos.features import Rows
from checks.text.typos.ranker import WORDS, Ranker, load_ranker

DOUBTED = 0.05  # least probability by the counts alone of what the words are asked about
REACH = 6  # characters on each side that are read
_KEPT = 2  # ways kept at every place
NAMES = ("words_old", "words_gain", "words_margin", "words_rivals")


@dataclass(frozen=True)
class Voice:
    """The word trigram with the ranker that was trained to weigh it."""

    words: WordTrigrams
    ranker: Ranker

    @property
    def version(self) -> str:
        """Changes when the answers may."""
        return f"{self.ranker.version}.{self.words.version}"

    def hear(self, passage: Passage, rows: Rows, doubted: NDArray[np.int64]) -> tuple[Rows, NDArray[np.float32]]:
        """The doubted rows, with what the words say, and their probabilities."""
        told = describe_words(passage, rows, doubted, self.words)
        return told, self.ranker.score(told.values, told.names)


@cache
def load_voice(path: Path) -> Voice:
    """The word trigram of a file with the shipped weights; ConfigError where the file cannot be used."""
    return Voice(load_word_trigrams(path), load_ranker(WORDS))


@dataclass
class _Ways:
    """The best ways to one place of each row: log10 so far, the last two words, their back-off. Shape (rows, kept)."""

    score: Floats
    last: Numbers
    before: Numbers
    backoff: Floats


def describe_words(passage: Passage, rows: Rows, picked: NDArray[np.int64], words: WordTrigrams) -> Rows:
    """The picked rows with four more columns: how likely the words were before, how much likelier they are after, by
    how much that exceeds the best other candidate of the place, how many others there are.
    """
    at, codes = rows.places[picked], rows.codes[picked]
    places, owner = np.unique(at, return_inverse=True)
    windows = passage.around(places, REACH, REACH)
    changed = windows[owner].copy()
    changed[:, REACH] = codes
    paths = best_ways(np.concatenate((windows, changed)), words)
    old = paths[: len(places)][owner]
    gain = paths[len(places) :] - old
    margin, rivals = _beside_others(owner, gain, len(places))
    columns = np.stack([old, gain, margin, rivals], axis=1).astype(np.float32)
    values = np.concatenate((rows.values[picked], columns), axis=1)
    return Rows(at, codes, values, (*rows.names, *NAMES))


def best_ways(windows: Codes, words: WordTrigrams) -> Floats:
    """log10 of the best segmentation of each row of codes; a boundary costs nothing and nothing is known behind it."""
    count, width = windows.shape
    ways = [_at_start(count)]
    for end in range(1, width + 1):
        steps = [
            _step(ways[end - length], windows[:, end - length : end], words)
            for length in range(1, min(LONGEST, end) + 1)
        ]
        ways.append(_best(steps))
    return ways[width].score[:, 0]


def _at_start(count: int) -> _Ways:
    score = np.full((count, _KEPT), -np.inf, dtype=np.float32)
    score[:, 0] = 0
    none = np.full((count, _KEPT), NONE, dtype=np.int64)
    return _Ways(score, none, none, np.zeros((count, _KEPT), dtype=np.float32))


def _step(ways: _Ways, codes: Codes, words: WordTrigrams) -> _Ways:
    """The ways with one word more; those for which these codes are no word are lost."""
    number = words.numbers_of(pack(codes))
    is_gap = codes[:, 0] == BOUNDARY if codes.shape[1] == 1 else np.zeros(len(codes), dtype=bool)
    if codes.shape[1] == 1:
        number = np.where(number < 0, UNKNOWN, number)
    number = np.broadcast_to(number[:, None], ways.score.shape)
    score = np.full(ways.score.shape, -np.inf, dtype=np.float32)
    last, before = np.full_like(ways.last, NONE), np.full_like(ways.before, NONE)
    backoff = np.zeros_like(ways.backoff)
    live = np.isfinite(ways.score) & (number >= 0) & ~is_gap[:, None]
    log, behind = words.follow(number[live], ways.last[live], ways.before[live], ways.backoff[live])
    score[live] = ways.score[live] + log
    last[live], before[live], backoff[live] = number[live], ways.last[live], behind
    score[is_gap] = ways.score[is_gap]
    return _Ways(score, last, before, backoff)


def _best(steps: list[_Ways]) -> _Ways:
    score, last, before, backoff = (
        np.concatenate([getattr(step, name) for step in steps], axis=1)
        for name in ("score", "last", "before", "backoff")
    )
    order = np.argsort(-score, axis=1, kind="stable")[:, :_KEPT]
    score, last, before, backoff = (np.take_along_axis(part, order, axis=1) for part in (score, last, before, backoff))
    return _Ways(score, last, before, backoff)


def _beside_others(owner: NDArray[np.int64], gain: Floats, places: int) -> tuple[Floats, Floats]:
    """Each gain less the best other one of its place (0 where the old character is the best other), and how many others."""
    best, second = np.zeros(places, dtype=np.float32), np.zeros(places, dtype=np.float32)
    for row in np.argsort(gain, kind="stable").tolist():
        place = owner[row]
        if gain[row] > best[place]:
            second[place], best[place] = best[place], gain[row]
        elif gain[row] > second[place]:
            second[place] = gain[row]
    others = np.where(gain >= best[owner], second[owner], best[owner])
    margin: Floats = gain - others
    rivals: Floats = (np.bincount(owner, minlength=places)[owner] - 1).astype(np.float32)
    return margin, rivals

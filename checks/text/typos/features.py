"""What the ranker sees of a candidate: counts of all windows around it, before and after."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checks.text.language.hash_tables import change, sequence_sums
from checks.text.language.lexicon import REACH, best_path, load_lexicon, longest_words
from checks.text.language.passage import Passage
from checks.text.language.statistics import BIGRAM_STEPS, Statistics
from checks.text.typos.candidates import Candidates
from checks.text.typos.surroundings import surroundings

Floats = NDArray[np.float32]
_PENALTY = 1.0  # a step of backing off, in ln
_SLACK = 4.0  # how far a candidate may stand behind the best of its place


@dataclass(frozen=True)
class Rows:
    """Candidates worth ranking, a few a place, with their features; `names` are the columns."""

    places: NDArray[np.int64]
    codes: NDArray[np.uint16]
    values: Floats
    names: tuple[str, ...]


def describe(passage: Passage, statistics: Statistics, candidates: Candidates) -> Rows:
    """Keep the candidates of each place that backing off favours, and describe them."""
    at = candidates.places
    before = _windows(passage, statistics, at, None)
    after = _windows(passage, statistics, at, candidates.codes)
    parts_before = _backoff(passage, statistics, at, before)
    parts_after = _backoff(passage, statistics, at, after)
    gain = parts_after.sum(axis=1) - parts_before.sum(axis=1)
    best, second = _leaders(at, gain)
    pick = np.flatnonzero((gain > 0) & (gain >= best - _SLACK))
    others = np.where(gain >= best, second, best)[pick]
    columns: dict[str, NDArray[np.generic]] = {}
    for (length, offset), log in before.items():
        columns[f"old{length}{offset}"] = log[pick]
    for (length, offset), log in after.items():
        columns[f"new{length}{offset}"] = log[pick]
    for step in range(5):
        columns[f"part{step}"] = parts_after[pick, step] - parts_before[pick, step]
    columns |= {
        "score_old": parts_before[pick].sum(axis=1),
        "gain": gain[pick],
        "margin": np.clip(gain[pick] - others, -20, 20),
        "pass_gain": candidates.gains[pick],
        "rivals": candidates.rivals[pick],
        "kind": candidates.kinds[pick],
        "alike": candidates.alike[pick],
    }
    at, code = at[pick], candidates.codes[pick]
    columns |= _bonds(passage, statistics, at, code, {key: log[pick] for key, log in after.items()})
    columns |= _words(passage, at, passage.codes[at].astype(np.int64), code.astype(np.int64))
    columns |= _without(passage, statistics, at)
    columns |= surroundings(passage, statistics, at, code)
    values = np.stack([column.astype(np.float32) for column in columns.values()], axis=1)
    return Rows(at, code, values, tuple(columns))


def _leaders(at: NDArray[np.int64], gain: Floats) -> tuple[Floats, Floats]:
    """Best and second-best gain of the place of each row; rows of a place stand together."""
    if not len(at):
        return gain, gain
    begin = np.flatnonzero(np.concatenate(([True], at[1:] != at[:-1])))
    group = np.cumsum(np.concatenate(([0], (at[1:] != at[:-1]).astype(np.int64))))
    best = np.maximum.reduceat(gain, begin)[group]
    rest = np.where(gain >= best, np.float32(-99), gain)
    return best, np.maximum.reduceat(rest, begin)[group]


def _windows(
    passage: Passage, statistics: Statistics, at: NDArray[np.int64], new: NDArray[np.uint16] | None
) -> dict[tuple[int, int], Floats]:
    """Log-counts of the windows of 2 to 5 over each place, by (length, offset of the place in it)."""
    found: dict[tuple[int, int], Floats] = {}
    old = passage.codes[at].astype(np.int64)
    for length in (2, 3, 4, 5):
        for offset in range(length):
            start = at - offset
            if new is None:
                found[length, offset] = passage.logs[length][start]
            elif length == 2:
                found[length, offset] = _pair(passage, statistics, at, new, offset)
            else:
                sums = passage.sums[length][start] + change(old, new.astype(np.int64), offset)
                found[length, offset] = statistics.log_of(length, sums)
    return found


def _pair(
    passage: Passage, statistics: Statistics, at: NDArray[np.int64], new: NDArray[np.uint16], offset: int
) -> Floats:
    mine = statistics.ids[new].astype(np.int64)
    near = passage.ids[at + (-1 if offset else 1)].astype(np.int64)
    first, second = (near, mine) if offset else (mine, near)
    cells = statistics.bigrams.reshape(-1)[first * statistics.bigrams.shape[1] + second]
    logs: Floats = ((cells & 127) / BIGRAM_STEPS).astype(np.float32)
    return logs


def _backoff(
    passage: Passage, statistics: Statistics, at: NDArray[np.int64], windows: dict[tuple[int, int], Floats]
) -> Floats:
    """Backed-off log-probabilities of the place and the four after it."""
    parts = np.zeros((len(at), 5), dtype=np.float32)
    for step in range(5):
        score = np.full(len(at), -statistics.total_log - 5 * _PENALTY, dtype=np.float32)
        for length in range(max(step + 1, 2), 6):
            offset = length - 1 - step
            count = windows[length, offset]
            past: Floats | np.float32 = np.float32(statistics.total_log - 4.0)
            if step == 0:
                past = passage.logs[length - 1][at - length + 1]
            elif length > 2:
                past = windows[length - 1, offset]
            score = np.where(count > 0, np.minimum(count - past, 0) - (5 - length) * _PENALTY, score)
        parts[:, step] = score
    return parts


def _without(passage: Passage, statistics: Statistics, at: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
    """How well the text reads without the place: an adverb between two words may be left out, half a word may not."""
    codes, ids = passage.codes, passage.ids.astype(np.int64)
    cells = statistics.bigrams.reshape(-1)[ids[at - 1] * statistics.bigrams.shape[1] + ids[at + 1]]
    left, right = (sequence_sums(codes, at, steps) for steps in ((-2, -1, 1), (-1, 1, 2)))
    return {
        "skip2": (cells & 127) / BIGRAM_STEPS,
        "skip_left": statistics.log_of(3, left),
        "skip_right": statistics.log_of(3, right),
        "single_old": load_lexicon().single[codes[at]],
    }


def _words(
    passage: Passage, at: NDArray[np.int64], old: NDArray[np.int64], new: NDArray[np.int64]
) -> dict[str, NDArray[np.generic]]:
    """Dictionary words over the place and the best segmentation around it, before and after."""
    columns: dict[str, NDArray[np.generic]] = {}
    for length in (2, 3, 4, 5):
        columns[f"word_old{length}"] = longest_words(passage.codes, at, old, length)
        columns[f"word_new{length}"] = longest_words(passage.codes, at, new, length)
    windows = passage.around(at, REACH, REACH)
    before = best_path(windows)
    windows[:, REACH] = new
    columns |= {"path_old": before, "path_gain": best_path(windows) - before}
    return columns


def _bonds(
    passage: Passage,
    statistics: Statistics,
    at: NDArray[np.int64],
    new: NDArray[np.uint16],
    after: dict[tuple[int, int], Floats],
) -> dict[str, NDArray[np.generic]]:
    """How much more often than by chance the place stands with its neighbours (pointwise mutual information)."""
    one, two, base = passage.logs[1], passage.logs[2], np.float32(statistics.total_log)
    other = statistics.unigrams[statistics.ids[new]]
    return {
        "bond_old_left": two[at - 1] - one[at - 1] - one[at] + base,
        "bond_old_right": two[at] - one[at + 1] - one[at] + base,
        "bond_new_left": after[2, 1] - one[at - 1] - other + base,
        "bond_new_right": after[2, 0] - one[at + 1] - other + base,
    }

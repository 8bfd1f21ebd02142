"""Put errors into clean text the way people do: wrong homophones, look-alikes, wrong tones, near sounds, wrong words."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from checks.text.language.alphabet import is_han
from checks.text.language.lexicon import word_logs
from checks.text.typos.candidates import UNJUDGED, load_confusion
from checks.text.typos.pairs import load_sounds
from training.lexicon import character_weights

RATE = 0.012
_KIND_WEIGHTS = np.array([0.0, 1.0, 0.45, 0.3, 0.12])
LOOSE = 0.35  # how often a character that belongs to no word is mistyped, against one that does
SLIPS = 0.012  # words that become another word of the same sound by one character, as input methods offer them
NEVER = np.array([ord(char) for char in UNJUDGED], dtype=np.uint16)


def _in_word(codes: NDArray[np.uint16]) -> NDArray[np.bool_]:
    inside = np.zeros(len(codes) + 5, dtype=bool)
    for length, logs in word_logs(codes).items():
        if length > 1:
            for place in range(length):
                inside[place : place + len(codes)] |= logs > 2
    return inside[: len(codes)]


def inject(
    codes: NDArray[np.uint16], seed: int, rate: float = RATE, apart: int = 4
) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """Codes with errors and the places that were changed, at least `apart` characters apart."""
    rng = np.random.default_rng(seed)
    confusion = load_confusion()
    rows = confusion.row[codes]
    chance = np.where(_in_word(codes), rate, rate * LOOSE)
    chance[np.isin(codes, NEVER)] = 0
    places = np.flatnonzero(is_han(codes) & (rows > 0) & (rng.random(len(codes)) < chance))
    places = places[np.concatenate(([True], np.diff(places) >= apart))] if len(places) else places
    others, kinds = confusion.others[rows[places]], confusion.kinds[rows[places]]
    table = np.zeros(0x10000)
    for char, weight in character_weights().items():
        table[ord(char)] = weight
    weights = _KIND_WEIGHTS[kinds] * np.sqrt(table[others]) * (others > 0) * ~np.isin(others, NEVER)
    totals = np.cumsum(weights, axis=1)
    keep = totals[:, -1] > 0
    places, others, totals = places[keep], others[keep], totals[keep]
    column = (totals < (rng.random(len(places)) * totals[:, -1])[:, None]).sum(axis=1)
    wrong = codes.copy()
    wrong[places] = others[np.arange(len(places)), np.minimum(column, others.shape[1] - 1)]
    slips, put = _slips(codes, rng, rate * SLIPS / RATE)
    free = np.ones(len(codes) + 2 * apart, dtype=bool)
    for step in range(-apart, apart + 1):
        free[places + step] = False
    wrong[slips[free[slips]]] = put[free[slips]]
    return wrong, np.union1d(places, slips[free[slips]])


@cache
def _twins() -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.uint32]]:
    """Words of two characters, where their twins begin, and the twins: same sound, one character apart, frequent first."""
    sounds = load_sounds()
    found: dict[int, list[int]] = {}
    for begin, end in zip(sounds.starts[:-1].tolist(), sounds.starts[1:].tolist(), strict=True):
        group = [(int(first), int(second)) for first, second in sounds.words[begin:end]]
        for mine in group:
            twins = [other for other in group if (mine[0] == other[0]) != (mine[1] == other[1])]
            if twins:
                found[mine[0] << 16 | mine[1]] = [first << 16 | second for first, second in twins]
    keys = sorted(found)
    starts = np.cumsum([0, *(len(found[key]) for key in keys)])
    return np.array(keys, np.uint32), starts, np.array([twin for key in keys for twin in found[key]], np.uint32)


def _slips(
    codes: NDArray[np.uint16], rng: np.random.Generator, rate: float
) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    """Places where a word becomes its twin, at least four characters apart, and what is put there."""
    keys, starts, twins = _twins()
    text = codes[:-1].astype(np.uint32) << 16 | codes[1:]
    spots = np.minimum(np.searchsorted(keys, text), len(keys) - 1)
    known = np.flatnonzero((keys[spots] == text) & (rng.random(len(text)) < rate))
    known = known[np.concatenate(([True], np.diff(known) > 4))] if len(known) else known
    mine = spots[known]
    size = starts[mine + 1] - starts[mine]
    # frequent words come first and are offered first
    twin = twins[starts[mine] + np.minimum((rng.random(len(mine)) ** 1.7 * size).astype(np.int64), size - 1)]
    second = (twin >> 16).astype(np.uint16) == codes[known]
    places = known + second
    put = np.where(second, twin & 0xFFFF, twin >> 16).astype(np.uint16)
    judged = ~np.isin(put, NEVER) & ~np.isin(codes[places], NEVER)
    return places[judged], put[judged]

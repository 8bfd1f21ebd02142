"""Put errors into clean text the way people do: wrong homophones, look-alikes, wrong tones, near sounds."""

import numpy as np
from numpy.typing import NDArray

from checks.text.alphabet import is_han
from checks.text.candidates import UNJUDGED, load_confusion
from checks.text.lexicon import word_logs
from training.lexicon import character_weights

RATE = 0.012
_KIND_WEIGHTS = np.array([0.0, 1.0, 0.45, 0.3, 0.12])
LOOSE = 0.35  # how often a character that belongs to no word is mistyped, against one that does
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
    return wrong, places

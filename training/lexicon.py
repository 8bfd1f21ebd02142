"""Build `lexicon.npz`: word frequencies as hash tables, from jieba's dictionary and pypinyin's phrases (both MIT).

Run: python -m training.lexicon OUT.npz
"""

import sys
from collections import Counter
from functools import cache
from pathlib import Path

import jieba
import numpy as np
from pypinyin.phrases_dict import phrases_dict

from checks.text.language.alphabet import encode_all
from checks.text.language.hash_tables import Table, to_keys, to_logs, window_sums

LENGTHS = (2, 3, 4, 5)


@cache
def words() -> dict[str, int]:
    """Words of two characters and more with their frequency."""
    found: dict[str, int] = {phrase: 3 for phrase in phrases_dict if len(phrase) >= 2}
    path = Path(jieba.__file__).parent / "dict.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        if len(word) >= 2 and all("一" <= char <= "龥" for char in word):
            found[word] = max(found.get(word, 0), int(frequency))
    return found


@cache
def singles() -> dict[str, int]:
    """Words of one character with their frequency."""
    path = Path(jieba.__file__).parent / "dict.txt"
    rows = (line.split(" ") for line in path.read_text(encoding="utf-8").splitlines())
    return {word: int(frequency) for word, frequency, _ in rows if len(word) == 1 and ord(word) < 0x10000}


@cache
def character_weights() -> dict[str, int]:
    """How often a character occurs in the words of the dictionary, weighted by their frequency."""
    weights: Counter[str] = Counter()
    for word, frequency in words().items():
        for char in word:
            weights[char] += frequency + 1
    return dict(weights)


def build() -> dict[str, np.ndarray]:
    """One table a length: slots and size."""
    single = np.zeros(0x10000, dtype=np.uint8)
    for char, frequency in singles().items():
        single[ord(char)] = to_logs(np.array([frequency + 1]))[0]
    arrays: dict[str, np.ndarray] = {"single": single}
    for length in LENGTHS:
        chosen = [(word, count) for word, count in words().items() if len(word) == length]
        codes, starts = encode_all([word for word, _ in chosen])
        if length == 2:
            arrays["pairs"] = np.stack((codes[starts], codes[starts + 1]), axis=1)
        keys = to_keys(window_sums(codes, length)[starts])
        counts = np.array([count + 1 for _, count in chosen], dtype=np.int64)
        order = np.argsort(keys, kind="stable")
        table = Table.build(keys[order], to_logs(counts[order]))
        arrays[f"words{length}"], arrays[f"size{length}"] = table.words, np.array(table.size)
    return arrays


if __name__ == "__main__":
    np.savez_compressed(Path(sys.argv[1]), **build())

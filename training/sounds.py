"""Build `sounds.npz`: two-character words by how they sound, for errors that replace a whole word (发展 -> 罚站).

Words and frequencies are jieba's, readings pypinyin's (both MIT). Near sounds (z/zh, n/l, an/ang...) count as one.
Run: python -m training.sounds OUT.npz
"""

import sys
from pathlib import Path

import numpy as np
from pypinyin import Style, lazy_pinyin

from training.confusion import characters, fold_sound, readings
from training.lexicon import words

LEAST = 8  # frequency of a word that may be proposed
SPAN = 1024  # syllable numbers are below this


def folded(initial: str, final: str) -> str:
    """One name for a syllable and those that sound near."""
    return "".join(fold_sound(initial, final))


def parts(syllable: str) -> tuple[str, str]:
    """Initial and final of a toneless syllable."""
    initial = next((i for i in ("zh", "ch", "sh") if syllable.startswith(i)), syllable[:1])
    if initial in "aoe":
        initial = ""
    return initial, syllable[len(initial) :]


def build() -> dict[str, np.ndarray]:
    """Syllables by code (two readings at most) and words sorted by key, the frequent ones first."""
    numbers: dict[str, int] = {}
    syllables = np.zeros((0x10000, 2), dtype=np.uint16)
    for char in characters():
        seen = list(dict.fromkeys(folded(initial, final) for initial, final, _ in readings(char)))[:2]
        for place, name in enumerate(seen):
            syllables[ord(char), place] = numbers.setdefault(name, len(numbers) + 1)
    rows = []
    for word, frequency in words().items():
        if len(word) != 2 or frequency < LEAST or any(ord(char) > 0x9FA5 for char in word):
            continue
        sounds = [numbers.get(folded(*parts(syllable)), 0) for syllable in lazy_pinyin(word, style=Style.NORMAL)]
        if len(sounds) == 2 and all(sounds):
            rows.append((sounds[0] * SPAN + sounds[1], -frequency, ord(word[0]), ord(word[1])))
    rows.sort()
    table = np.array(rows, dtype=np.int64)
    keys, starts = np.unique(table[:, 0], return_index=True)
    return {
        "syllables": syllables,
        "keys": keys.astype(np.uint32),
        "starts": np.append(starts, len(table)).astype(np.uint32),
        "words": table[:, 2:].astype(np.uint16),
    }


if __name__ == "__main__":
    np.savez_compressed(Path(sys.argv[1]), **build())

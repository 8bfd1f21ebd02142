"""Build `idioms.npz`: set phrases of four characters with their frequency, from jieba's dictionary (MIT).

Taken are the words it marks as idioms or fixed phrases, and the frequent verbal and adverbial ones.
Run: python -m training.idioms OUT.npz
"""

import sys
from pathlib import Path

import jieba
import numpy as np

from checks.text.language.alphabet import encode

FIXED, OTHER = {"i", "l"}, {"a", "d", "v", "z"}
OFTEN = 8  # frequency from which other words of four characters count as fixed


def build() -> dict[str, np.ndarray]:
    """Rows of four codes and their frequencies."""
    rows: dict[str, int] = {}
    path = Path(jieba.__file__).parent / "dict.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        word, frequency, kind = line.split(" ")
        if len(word) != 4 or not all("一" <= char <= "龥" for char in word):
            continue
        if kind in FIXED or (kind in OTHER and int(frequency) >= OFTEN):
            rows[word] = int(frequency)
    words = sorted(rows)
    return {
        "codes": np.stack([encode(word) for word in words]),
        "frequency": np.array([min(rows[word], 65535) for word in words], dtype=np.uint16),
    }


if __name__ == "__main__":
    np.savez_compressed(Path(sys.argv[1]), **build())

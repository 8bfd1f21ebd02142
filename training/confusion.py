"""Build `confusion.npz`: for every character, what it is mistaken for.

Sounds come from pypinyin (MIT), shapes from rendering Noto Sans and Noto Serif CJK (OFL), frequencies from jieba's
dictionary (MIT). Run: python -m training.confusion OUT.npz
"""

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypinyin import Style, pinyin

from training.lexicon import character_weights

WIDTH = 64  # candidates per character
PIXELS = 40
SHAPE_LEAST = 0.74
FONTS = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
)
SAME, SHAPE, TONE, NEAR = 1, 2, 3, 4
_NEAR_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l", "h": "f"}
_NEAR_FINALS = {"ang": "an", "eng": "en", "ing": "in", "uang": "uan", "iang": "ian", "ong": "eng", "uo": "o"}


def characters() -> list[str]:
    """The 6,763 characters of GB 2312."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [pair.decode("gb2312", "ignore") for pair in rows if pair.decode("gb2312", "ignore")]


def readings(char: str) -> list[tuple[str, str, str]]:
    """The first three readings as (initial, final, tone)."""
    full = pinyin(char, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True)[0][:3]
    found = []
    for text in full:
        syllable, tone = (text[:-1], text[-1]) if text[-1:].isdigit() else (text, "5")
        initial = next((i for i in ("zh", "ch", "sh") if syllable.startswith(i)), syllable[:1])
        if initial in "aoe":
            initial = ""
        found.append((initial, syllable[len(initial) :], tone))
    return found


def fold_sound(initial: str, final: str) -> tuple[str, str]:
    """Near sounds share this key: flat and curled tongue, n and l, front and back nasals."""
    return _NEAR_INITIALS.get(initial, initial), _NEAR_FINALS.get(final, final)


def shapes(chars: list[str]) -> NDArray[np.float32]:
    """Similarity of every pair of rendered characters, the mean over the fonts."""
    total = np.zeros((len(chars), len(chars)), dtype=np.float32)
    for path, index in FONTS:
        font = ImageFont.truetype(path, PIXELS - 4, index=index)
        rows = []
        for char in chars:
            image = Image.new("L", (PIXELS, PIXELS))
            ImageDraw.Draw(image).text((2, -6), char, fill=255, font=font)
            rows.append(np.asarray(image.filter(ImageFilter.GaussianBlur(1.2)), dtype=np.float32).ravel())
        matrix = np.stack(rows)
        matrix -= matrix.mean(axis=1, keepdims=True)
        matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
        total += matrix @ matrix.T
    return total / len(FONTS)


def build() -> dict[str, NDArray[np.generic]]:
    """The arrays of confusion.npz."""
    weights = character_weights()
    chars = [char for char in characters() if weights.get(char, 0) > 0]
    alike = shapes(chars)
    logs = np.log1p(np.array([weights[char] for char in chars]))
    groups: dict[tuple[int, object], list[int]] = defaultdict(list)
    keys: list[list[tuple[int, object]]] = []
    for number, char in enumerate(chars):
        mine: list[tuple[int, object]] = []
        for initial, final, tone in readings(char):
            mine += [(SAME, (initial, final, tone)), (TONE, (initial, final)), (NEAR, fold_sound(initial, final))]
        keys.append(mine)
        for key in mine:
            groups[key].append(number)
    out = np.zeros((len(chars), WIDTH), dtype=np.uint16)
    kinds = np.zeros((len(chars), WIDTH), dtype=np.uint8)
    similar = np.zeros((len(chars), WIDTH), dtype=np.uint8)
    for number in range(len(chars)):
        best: dict[int, int] = {}
        for kind, key in sorted(keys[number], key=lambda item: item[0]):
            for other in groups[(kind, key)]:
                best[other] = min(kind, best.get(other, 9))
        for other in np.flatnonzero(alike[number] >= SHAPE_LEAST):
            best[int(other)] = min(SHAPE, best.get(int(other), 9))
        best.pop(number, None)
        bonus = {SAME: 6.0, SHAPE: 4.5, TONE: 3.0, NEAR: 0.0}
        ranked = sorted(best, key=lambda other: -(bonus[best[other]] + logs[other] + 3 * alike[number, other]))[:WIDTH]
        out[number, : len(ranked)] = [ord(chars[other]) for other in ranked]
        kinds[number, : len(ranked)] = [best[other] for other in ranked]
        similar[number, : len(ranked)] = [int(max(0.0, float(alike[number, other])) * 255) for other in ranked]
    codes = np.array([ord(char) for char in chars], dtype=np.uint16)
    order = np.argsort(codes)
    return {"codes": codes[order], "others": out[order], "kinds": kinds[order], "alike": similar[order]}


if __name__ == "__main__":
    np.savez_compressed(Path(sys.argv[1]), **build())  # type: ignore[arg-type]

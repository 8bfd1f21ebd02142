"""Text as numbers: one uint16 code per character, so that offsets survive.

Full-width forms become half-width, digits `0`, Latin letters `a`, white space one blank; characters outside the
Basic Multilingual Plane become U+FFFD.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint16]
Bools = NDArray[np.bool_]

STRANGE = 0xFFFD
BOUNDARY = 0x000A


@cache
def _folding() -> Codes:
    table = np.arange(0x10000, dtype=np.uint16)
    for code in range(0x10000):
        if 0xD800 <= code <= 0xDFFF:
            table[code] = STRANGE
        elif not 0x4E00 <= code <= 0x9FFF:
            table[code] = _fold(chr(code))
    return table


def _fold(char: str) -> int:
    if char.isspace() or not (char.isprintable() or char == "\n"):
        return 0x20
    form = unicodedata.normalize("NFKC", char)
    if len(form) != 1:
        form = char
    if form.isdecimal():
        return 0x30
    if "a" <= form.lower() <= "z":
        return 0x61
    return ord(form) if ord(form) < 0x10000 else STRANGE


def encode(text: str) -> Codes:
    """The folded codes of a text, one per character."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    narrow = np.where(raw < 0x10000, raw, STRANGE).astype(np.uint16)
    return _folding()[narrow]


def encode_all(texts: Sequence[str]) -> tuple[Codes, NDArray[np.int64]]:
    """Texts joined with a boundary after each; returns (codes, start of each text in them)."""
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    starts = np.concatenate(([0], np.cumsum(lengths)))
    codes = encode("\n".join(texts) + "\n") if texts else np.zeros(0, dtype=np.uint16)
    codes[starts[1:] - 1] = BOUNDARY
    return codes, starts[:-1]


def is_han(codes: Codes) -> Bools:
    """Which codes are common Chinese characters (4E00-9FA5)."""
    han: Bools = (codes >= 0x4E00) & (codes <= 0x9FA5)
    return han

"""What a reader sees of a text: characters without a shape of their own are no part of it."""

import re
import unicodedata

# soft hyphen, zero-width and joining characters, marks of direction, fillers, a byte order mark in the middle of a text
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]")  # fmt: skip
_PLAIN = re.compile(
    r"[\x00-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u3000-\u301b\u4e00-\u9fff\uff01-\uff5e]*"
)  # the usual text, told at one look


def visible(text: str) -> str:
    """The text without characters that nobody sees; every other character stays as it is."""
    return text if text.isascii() or _PLAIN.fullmatch(text) else INVISIBLE.sub("", text)


def compatible(text: str) -> str:
    """Compatible forms made one (full-width, circled, squared: ⑳, ㋃, ｘ), without what nobody sees."""
    return text if text.isascii() else unicodedata.normalize("NFKC", visible(text))

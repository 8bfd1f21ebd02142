"""Strange values of foreign servers, made such that every database takes them: the one place where that happens.

`columns` calls it for what stands in a column, `documents` for what stands inside a document.
"""

import math
from datetime import UTC, datetime
from typing import Any

_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2900, 1, 1, tzinfo=UTC)  # a day more or less stays a date
_LARGEST = 2**63 - 1


def tamed_text(text: str) -> str:
    """Text without NUL and without halves of surrogate pairs."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def tamed_number(number: float, bits: int = 64) -> int:
    """A whole number that fits; the nearest one that does, 0 for what is no number."""
    largest: int = 2 ** (bits - 1) - 1
    if isinstance(number, float) and not math.isfinite(number):
        return 0
    return max(-largest, min(int(number), largest))


def tamed_moment(moment: datetime) -> datetime:
    """A moment in UTC that can be reckoned with; ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; the store keeps aware times only")
    if 1900 < moment.year < 2900:
        return moment.astimezone(UTC)
    return _FIRST if moment.year <= 1900 else _LAST


def tamed(document: Any) -> Any:
    """JSON-ready data with every text and number in it tamed."""
    if isinstance(document, str):
        return tamed_text(document)
    if isinstance(document, dict):
        return {tamed_text(str(key)): tamed(value) for key, value in document.items()}
    if isinstance(document, list | tuple):
        return [tamed(value) for value in document]
    if isinstance(document, float) and not math.isfinite(document):
        return 0
    if isinstance(document, int) and abs(document) > _LARGEST:
        return tamed_number(document)
    return document

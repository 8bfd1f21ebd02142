"""Which results kept by content can go: those of bodies that no visit has any more, so no view asks for them."""

import re
from collections.abc import Collection, Iterable, Iterator

_OF_PAGE = re.compile(r".*\|([0-9a-f]{64})\|(?:True|False)\|\d+\|[0-9a-f]+", re.S)  # checks.runner.page_key


def unasked_results(keys: Iterable[str], bodies: Collection[str]) -> Iterator[str]:
    """Keys of page results whose body is none of `bodies`; what is kept under other keys (pictures) stays."""
    for key in keys:
        found = _OF_PAGE.fullmatch(key)
        if found and found[1] not in bodies:
            yield key

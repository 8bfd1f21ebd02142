"""What stands between an opening and a closing mark, in one pass: `.*?` between them looks to the end of the text again
and again where a hostile text opens and never closes.
"""

import re
from collections.abc import Callable, Iterator
from typing import AnyStr


def spans(
    text: AnyStr, opener: "re.Pattern[AnyStr]", closer: "re.Pattern[AnyStr]"
) -> "Iterator[tuple[re.Match[AnyStr], AnyStr]]":
    """(opening mark, what stands behind it up to the next closing mark), one after the other."""
    position = 0
    while (head := opener.search(text, position)) and (tail := closer.search(text, head.end())):
        yield head, text[head.end() : tail.start()]
        position = tail.end()


def first_span(text: AnyStr, opener: "re.Pattern[AnyStr]", closer: "re.Pattern[AnyStr]") -> AnyStr | None:
    """What stands in the first such place; None when there is none."""
    return next((inner for _, inner in spans(text, opener, closer)), None)


def without(
    text: AnyStr,
    opener: "re.Pattern[AnyStr]",
    closer_of: "Callable[[re.Match[AnyStr]], re.Pattern[AnyStr]]",
    put: AnyStr,
) -> AnyStr:
    """The text with each such place, its marks included, replaced by `put`; a mark that never closes stays."""
    kept: list[AnyStr] = []
    position = start = 0
    open_ended: set[re.Pattern[AnyStr]] = set()  # closing marks that do not come any more
    while head := opener.search(text, position):
        closer = closer_of(head)
        tail = None if closer in open_ended else closer.search(text, head.end())
        if tail is None:
            open_ended.add(closer)
            position = head.end()
            continue
        kept += [text[start : head.start()], put]
        position = start = tail.end()
    kept.append(text[start:])
    return text[:0].join(kept)

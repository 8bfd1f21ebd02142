"""What a list of words misses: a word or a number with an unseen character, a blank or the end of a line inside.

Text is judged as a reader sees it, without invisible characters. Where a blank, or the end of a full line whose sentence
goes on, parts two Chinese characters or two figures, the text is looked at once more without it, and only what spans the
gap and rests on an exact list counts: blanks also part words that belong apart.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from checks.text.hits import Hit, Level
from domain.plain_text import INVISIBLE, visible

_BLANK = rf"[ \u3000\u00a0\u2002-\u200a{INVISIBLE.pattern[1:-1]}]"
_GAP = re.compile(
    rf"(?<=[一-鿿]){_BLANK}*\n?{_BLANK}*(?=[一-鿿])|(?<=\d){_BLANK}*\n?{_BLANK}*(?=[\dXx])|{INVISIBLE.pattern}"
)
_END = "。!?！？;；:：…”）)》"
_FULL = 15  # characters of a line that may be full
_SHARE = 0.75  # of the widest line
_LONGEST = 4_000
_EXACT = frozenset({"dictionary", "own"})
Find = Callable[[str], list[Hit]]


@dataclass(frozen=True, slots=True)
class Copy:
    """A text with some characters taken out, and where each of those left stood."""

    text: str
    places: tuple[int, ...]  # of every character, and of the end
    gaps: frozenset[int] = frozenset()  # characters of the copy before which something was taken out

    def original(self, hit: Hit) -> Hit:
        """The hit at its place in the whole text; its words stay those a reader sees."""
        return replace(hit, start=self.places[hit.start], end=self.places[hit.end - 1] + 1)

    def spans(self, hit: Hit) -> bool:
        """Whether something was taken out inside a hit."""
        return any(hit.start < gap < hit.end for gap in self.gaps)


def seen(text: str) -> Copy | None:
    """The text without invisible characters; None when it holds none."""
    return _without(text, INVISIBLE) if visible(text) != text else None


def as_seen(texts: Sequence[str], find: Callable[[Sequence[str]], list[list[Hit]]]) -> list[list[Hit]]:
    """What `find` says of texts as a reader sees them, at its places in the texts as they are."""
    copies = [seen(text) for text in texts]
    found = find([copy.text if copy else text for text, copy in zip(texts, copies, strict=True)])
    return [[copy.original(hit) for hit in hits] if copy else hits for copy, hits in zip(copies, found, strict=True)]


def across_gaps(paragraphs: Sequence[str], find: Find) -> Iterator[tuple[int, Hit]]:
    """(number of a paragraph, hit) of exact hits with a gap inside; one that goes on into later lines counts them and their ends."""
    for first, whole in _runs(paragraphs):
        copy = _without(whole, _GAP)
        if not copy.gaps:
            continue
        for hit in find(copy.text):
            if copy.spans(hit) and _is_exact(hit):
                found = copy.original(hit)
                number, start = first + whole.count("\n", 0, found.start), whole.rfind("\n", 0, found.start) + 1
                yield number, replace(found, start=found.start - start, end=found.end - start)


def _is_exact(hit: Hit) -> bool:
    if hit.check == "text.typo":
        return hit.layer in _EXACT and hit.level is Level.CERTAIN
    return hit.check != "text.privacy" or hit.layer.startswith("id:")


def _without(text: str, pattern: re.Pattern[str]) -> Copy:
    kept: list[str] = []
    places: list[int] = []
    gaps = set()
    position = 0
    for match in pattern.finditer(text):
        if match.start() == match.end():
            continue
        kept.append(text[position : match.start()])
        places += range(position, match.start())
        gaps.add(len(places))
        position = match.end()
    kept.append(text[position:])
    places += range(position, len(text) + 1)
    return Copy("".join(kept), tuple(places), frozenset(gaps))


def _runs(paragraphs: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(number of its first line, text) of lines that go on into one another; a finished paragraph is a run of its own."""
    widest = max((len(line) for line in paragraphs), default=0)
    first = 0
    for number, line in enumerate(paragraphs):
        last = number + 1 == len(paragraphs)
        if last or not _goes_on(line, paragraphs[number + 1], widest):
            yield first, "\n".join(paragraphs[first : number + 1])
            first = number + 1


def _goes_on(line: str, below: str, widest: int) -> bool:
    line, below = visible(line).rstrip(), visible(below).lstrip(" ")
    if not line or not below or "\t" in line or below[0] in "\u3000\t" or len(line) > _LONGEST:
        return False
    figures = line[-1].isdigit() and below[0].isdigit()
    full = len(line) >= max(_FULL, widest * _SHARE) or figures
    return full and line[-1] not in _END and (figures or "一" <= below[0] <= "鿿")

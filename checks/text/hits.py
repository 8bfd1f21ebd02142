"""What the text analysis says of one place of a paragraph."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_ENDS = "。!?\uff01\uff1f;\uff1b\n"
_SENTENCE = 60  # characters shown on each side at most


class Level(StrEnum):
    """How sure a hit is. Only certain and probable ones are reported; suspected ones go to a list for a person."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    SUSPECTED = "suspected"


@dataclass(frozen=True, slots=True)
class Hit:
    """One fault; `start` and `end` are offsets in the paragraph, `evidence` the counts that speak for it."""

    start: int
    end: int
    text: str
    suggestion: str
    check: str
    severity: str
    confidence: float
    level: Level
    layer: str
    sentence: str
    evidence: Mapping[str, float] = field(default_factory=dict)

    @property
    def reported(self) -> bool:
        """Whether it is sure enough to be reported."""
        return self.level is not Level.SUSPECTED


def sentence_at(paragraph: str, start: int, end: int) -> str:
    """The sentence around a span, cut to a readable length."""
    left = max((paragraph.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    rights = [paragraph.find(mark, end) for mark in _ENDS]
    right = min((place + 1 for place in rights if place >= 0), default=len(paragraph))
    return paragraph[max(left, start - _SENTENCE) : min(right, end + _SENTENCE)].strip()

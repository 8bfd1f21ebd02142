"""A notice as a value: sentences made of pieces, each piece that is no wording names its source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.numerals import numeral

GAP = re.compile("【待补充[^】]*】")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence. `sources` is empty for wording."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, and the phrase it was made from."""

    key: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """As it is printed."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def gaps(self) -> tuple[str, ...]:
        """What a person has to fill in: 【待补充：截止日期】."""
        return tuple(GAP.findall(self.text))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its sentences and what is below it; `number` as printed: 一、 （一） 1."""

    key: str
    title: str
    sentences: tuple[Sentence, ...] = ()
    parts: tuple["Section", ...] = ()
    level: int = 1
    number: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said in it."""
        return not self.sentences and all(part.is_empty for part in self.parts)

    def walk(self) -> Iterator["Section"]:
        """It and everything below it, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Table:
    """An attachment: heads and rows, each row with its sources."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The whole of it. `faults` are contradictions and block issuing, `warnings` are for whoever signs."""

    title: Sentence
    addressees: str
    number: str
    opening: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    closing: tuple[Sentence, ...]
    signature: Sentence
    dated: Sentence
    tables: tuple[Table, ...] = ()
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    template: str = ""

    def sentences(self) -> Iterator[tuple[str, Sentence]]:
        """(where it stands, sentence) in order."""
        yield "title", self.title
        yield from (("opening", sentence) for sentence in self.opening)
        for section in self.sections:
            for part in section.walk():
                yield from ((part.number, sentence) for sentence in part.sentences)
        yield from (("closing", sentence) for sentence in self.closing)
        yield "signature", self.signature
        yield "dated", self.dated


def numbered(sections: tuple[Section, ...], level: int = 1) -> tuple[Section, ...]:
    """Without what is empty; the others count on."""
    kept = [section for section in sections if not section.is_empty]
    return tuple(
        replace(section, level=level, number=_number(level, place), parts=numbered(section.parts, level + 1))
        for place, section in enumerate(kept, 1)
    )


def _number(level: int, place: int) -> str:
    return {1: f"{numeral(place)}、", 2: f"（{numeral(place)}）", 3: f"{place}."}.get(level, f"（{place}）")

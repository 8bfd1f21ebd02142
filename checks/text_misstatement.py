"""text.misstatement (严重表述错误候选)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import ClassVar

from checks.text.hits import Hit
from checks.text.language.starter import load_language
from checks.text.memory import Remembered
from checks.text.misstatement import Phrases, check_statements, load_phrases
from checks.text.sheets import Subject, as_finding, sheets, unreadable
from checks.text.typos.guards import AllowList
from domain.findings import Place, Result


@dataclass(frozen=True, slots=True)
class Misstatements:
    """Candidates: near-misses of protected phrases and forbidden wording; a person decides, never the program.

    `protected` and `wording` name an office's own data files; empty: the shipped ones. Phrases count by their dates of
    validity against the page's publish date. `allowed` strings are right as they stand.
    """

    id: ClassVar[str] = "text.misstatement"
    version: ClassVar[int] = 2
    place: ClassVar[Place] = Place.PAGE
    language: str = ""
    protected: str = ""
    wording: str = ""
    allowed: tuple[str, ...] = ()

    def __call__(self, subject: Subject) -> Iterator[Result]:
        """Judge the text of one page, or of the posts of one account."""
        if doubt := unreadable(self.id, subject):
            yield doubt
        allowed = _allowed(self.allowed)
        for sheet in sheets(subject):
            judge = _judge(_phrases(self.protected, self.wording, sheet.day), self.language)
            for piece in sheet.pieces:
                for hit in judge(piece.text):
                    if allowed.covers(piece.text, hit.start, hit.end):
                        continue
                    yield as_finding(sheet, piece, hit, {"source": hit.layer})


@cache
def _allowed(phrases: tuple[str, ...]) -> AllowList:
    return AllowList(frozenset(phrases))


@cache
def _phrases(protected: str, wording: str, day: date | None) -> Phrases:
    files = {name: Path(text) for name, text in (("protected", protected), ("wording", wording)) if text}
    return load_phrases(**files).on(day)


_JUDGES: dict[tuple[int, str], Remembered[list[Hit]]] = {}


def _judge(phrases: Phrases, language: str) -> Remembered[list[Hit]]:
    """One memory for all days on which the same phrases are valid; `load_phrases` keeps the phrases alive."""
    key = id(phrases), language
    if key not in _JUDGES:
        statistics = load_language(language)
        _JUDGES[key] = Remembered(lambda text: check_statements(text, phrases, statistics))
    return _JUDGES[key]

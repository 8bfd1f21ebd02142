"""text.misstatement (严重表述错误候选)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import ClassVar

from checks.text.misstatement import Phrases, check_statements, load_phrases
from checks.text.pages import as_finding, pieces, unreadable
from checks.text.starter import load_language
from domain.captured import Page
from domain.findings import Result


@dataclass(frozen=True, slots=True)
class Misstatements:
    """Candidates: near-misses of protected phrases and forbidden wording; a person decides, never the program.

    `protected` and `wording` name an office's own data files; empty: the shipped ones. Phrases count by their dates of
    validity against the page's publish date.
    """

    id: ClassVar[str] = "text.misstatement"
    version: ClassVar[int] = 1
    language: str = ""
    protected: str = ""
    wording: str = ""

    def __call__(self, page: Page) -> Iterator[Result]:
        """Judge the text of one page."""
        if doubt := unreadable(self.id, page):
            yield doubt
            return
        day = page.reading.published.day if page.reading else None
        phrases, statistics = _phrases(self.protected, self.wording, day), load_language(self.language)
        for piece in pieces(page):
            for hit in check_statements(piece.text, phrases, statistics):
                yield as_finding(page, piece, hit, {"source": hit.layer})


@cache
def _phrases(protected: str, wording: str, day: date | None) -> Phrases:
    files = {name: Path(text) for name, text in (("protected", protected), ("wording", wording)) if text}
    return load_phrases(**files).on(day)

"""text.typo (错别字)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.text.analyse import PROBABLE
from checks.text.pages import as_finding, pieces, shared_judge, unreadable
from domain.captured import Page
from domain.findings import Result


@dataclass(frozen=True, slots=True)
class Typos:
    """Flag wrong characters in articles, list titles and navigation; certain and probable ones only.

    `language` is a folder of learnt statistics (empty: the starter table), `allowed` strings are right as they stand,
    `probable` is the least confidence of the ranker that is reported.
    """

    id: ClassVar[str] = "text.typo"
    version: ClassVar[int] = 1
    language: str = ""
    probable: float = PROBABLE
    allowed: tuple[str, ...] = ()

    def __call__(self, page: Page) -> Iterator[Result]:
        """Judge the text of one page."""
        if doubt := unreadable(self.id, page):
            yield doubt
            return
        found = pieces(page)
        judge = shared_judge(self.language, self.probable, frozenset(self.allowed))
        for piece, hits in zip(found, judge.typos([piece.text for piece in found]), strict=True):
            yield from (as_finding(page, piece, hit) for hit in hits if hit.reported)

"""text.format (文字格式)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.text.formats import check_formats, check_names
from checks.text.pages import BODY, TITLE, as_finding, pieces, unreadable
from domain.captured import Page
from domain.findings import Result


@dataclass(frozen=True, slots=True)
class FormatFaults:
    """Point out unpaired brackets, doubled punctuation, impossible dates, odd numbers, names spelt two ways.

    List titles are cut short by their pages, so only titles and text are looked at.
    """

    id: ClassVar[str] = "text.format"
    version: ClassVar[int] = 1

    def __call__(self, page: Page) -> Iterator[Result]:
        """Judge the text of one page."""
        if doubt := unreadable(self.id, page):
            yield doubt
            return
        found = [piece for piece in pieces(page) if piece.place in {BODY, TITLE}]
        names = check_names([piece.text for piece in found])
        for piece, more in zip(found, names, strict=True):
            for hit in check_formats(piece.text) + more:
                yield as_finding(page, piece, hit, {"why": hit.layer})

"""text.format (文字格式)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.text.formats import UNPAIRED, check_document, check_formats
from checks.text.memory import Remembered
from checks.text.sheets import BODY, FILE, POST, TITLE, Subject, as_finding, sheets, unreadable
from domain.captured import Detail
from domain.findings import Place, Result, Severity


@dataclass(frozen=True, slots=True)
class FormatFaults:
    """Point out unpaired brackets, doubled punctuation, impossible dates, odd numbers, names spelt two ways.

    List titles are cut short by their pages, so only titles and text are looked at.
    """

    id: ClassVar[str] = "text.format"
    version: ClassVar[int] = 3
    severity_in_accounts: ClassVar[Severity] = Severity.PROBLEM
    place: ClassVar[Place] = Place.PAGE

    def __call__(self, subject: Subject) -> Iterator[Result]:
        """Judge the text of one page, or of the posts of one account."""
        if doubt := unreadable(self.id, subject):
            yield doubt
        for sheet in sheets(subject):
            found = [piece for piece in sheet.pieces if piece.place in {BODY, TITLE, POST, FILE}]
            printed = sheet.file is not None and sheet.file.detail is Detail.PDF
            for piece, hits in zip(found, check_document([piece.text for piece in found], _formats), strict=True):
                for hit in hits:
                    if printed and hit.layer == UNPAIRED:  # a line of a PDF is no paragraph
                        continue
                    yield as_finding(sheet, piece, hit, {"why": hit.layer})


_formats = Remembered(check_formats)

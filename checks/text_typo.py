"""text.typo (错别字)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from checks.text.hits import Level
from checks.text.judge import TextJudge
from checks.text.sheets import PICTURE, Subject, as_finding, shared_judge, sheets, unreadable
from checks.text.typos.analyser import PROBABLE
from domain.captured import Page
from domain.findings import Doubt, Place, Result, Severity


@dataclass(frozen=True, slots=True)
class Typos:
    """Flag wrong characters in articles, list titles and navigation: certain and probable ones; suspected are doubts.

    `language` is a folder of learnt statistics (empty: the starter table), `allowed` strings are right as they stand,
    `confirmed` are wrong forms of the office's own (`wrong right`), `probable` is the least confidence of the ranker
    that is reported. `words` is a file with a word trigram of general Chinese (checks/text/language/word_trigrams.py; empty:
    none here, an installation looks for that of the Debian package). `model` is a folder with a masked language model for a
    second vote (checks/text/typos/second_vote.py).
    """

    id: ClassVar[str] = "text.typo"
    version: ClassVar[int] = 5
    severity_in_accounts: ClassVar[Severity] = Severity.PROBLEM
    place: ClassVar[Place] = Place.PAGE
    language: str = ""
    probable: float = PROBABLE
    allowed: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    words: str = ""
    model: str = ""

    @property
    def basis(self) -> str:
        """The statistics, lists and rankers behind the results."""
        return self._judge().analyser.version

    def _judge(self) -> TextJudge:
        return shared_judge(self.language, self.probable, self.allowed, self.confirmed, self.model, self.words)

    def prepare(self, pages: Sequence[Page]) -> None:
        """Judge the paragraphs of many pages in one batch; the judge remembers them."""
        judge = self._judge()
        judge.typos([piece.text for page in pages for sheet in sheets(page) for piece in sheet.pieces])

    def __call__(self, subject: Subject) -> Iterator[Result]:
        """Judge the text of one page, or of the posts of one account."""
        if doubt := unreadable(self.id, subject):
            yield doubt
        judge = self._judge()
        # All at once: an account has many short posts, and each call has its price.
        places = [(sheet, piece) for sheet in sheets(subject) for piece in sheet.pieces]
        hits = judge.typos([piece.text for _, piece in places])
        for (sheet, piece), found in zip(places, hits, strict=True):
            sure = [hit for hit in found if hit.level is Level.CERTAIN] if piece.place == PICTURE else found
            for hit in sure:
                finding = as_finding(sheet, piece, hit)
                yield finding if hit.reported else Doubt(finding)

"""How well letters and service guides are read: labelled families, their dates, states and elements."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from checks.inquiry_unanswered import is_answered, is_open
from crawler.parsing import read_page
from domain.captured import Inquiry, PageKind
from tests.accuracy.families import guides, later_services, letters
from tests.accuracy.families.base import AS_OF
from tests.accuracy.readers import share

T = TypeVar("T")


@dataclass(slots=True)
class LetterScore:
    """Counts of one row. Dates: given, and given wrong; states: told (answered or open), and told wrong."""

    pages: int = 0
    kind: int = 0
    letters: int = 0
    found: int = 0
    asked: int = 0
    asked_wrong: int = 0
    told: int = 0
    state_wrong: int = 0
    replies: int = 0
    replied: int = 0
    replied_wrong: int = 0

    def add(self, other: "LetterScore") -> None:
        """Count another row in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def row(self, name: str) -> str:
        """As a line of the table."""
        cells = (
            name, str(self.pages), share(self.kind, self.pages), share(self.found, self.letters),
            share(self.asked - self.asked_wrong, self.letters), share(self.asked, self.letters),
            share(self.asked_wrong, self.letters), share(self.replied - self.replied_wrong, self.replies),
            share(self.replied_wrong, self.letters), share(self.told - self.state_wrong, self.letters),
            share(self.told, self.letters), share(self.state_wrong, self.letters),
        )  # fmt: skip
        return "| " + " | ".join(cells) + " |"


@dataclass(slots=True)
class GuideScore:
    """Counts of one row: elements that are shown, read, and read though they are not there."""

    pages: int = 0
    kind: int = 0
    shown: int = 0
    read: int = 0
    invented: int = 0
    missing: int = 0
    accused: int = 0

    def add(self, other: "GuideScore") -> None:
        """Count another row in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def row(self, name: str) -> str:
        """As a line of the table."""
        cells = (
            name, str(self.pages), share(self.kind, self.pages), share(self.read, self.shown), str(self.invented),
            share(self.missing - self.invented, self.missing), str(self.accused),
        )  # fmt: skip
        return "| " + " | ".join(cells) + " |"


def made(writers: Iterable[Callable[[random.Random], T]], count: int, salt: str = "measure") -> list[T]:
    """`count` pages of every writer, always the same for a salt."""
    return [write(random.Random(f"{salt}/{write.__name__}/{n}")) for write in writers for n in range(count)]


def measure_letters(page: letters.LetterPage) -> LetterScore:
    """Read one page of letters and count."""
    reading = read_page(page.body, page.url, AS_OF, page.content_type)
    by_title = {row.title: row for row in reading.inquiries}
    score = LetterScore(1, int(reading.kind is PageKind.INQUIRY))
    for wanted in page.letters:
        told = next(iter(reading.inquiries), None) if page.single else by_title.get(wanted.title)
        score.letters += 1
        score.replies += wanted.replied is not None
        if told is not None:
            _compare(wanted, told, score)
    return score


def _compare(wanted: letters.Letter, told: Inquiry, score: LetterScore) -> None:
    score.found += 1
    score.asked += told.asked_on is not None
    score.asked_wrong += told.asked_on not in (None, wanted.asked)
    score.replied += told.replied_on is not None
    score.replied_wrong += told.replied_on not in (None, wanted.replied)
    was_open = wanted.state in letters.OPEN
    score.told += is_answered(told) or is_open(told)
    score.state_wrong += is_answered(told) if was_open else is_open(told)


def measure_guide(page: guides.GuidePage) -> GuideScore:
    """Read one guide and count. `accused`: elements the rule asks for that are shown and were not read."""
    reading = read_page(page.body, page.url, AS_OF, page.content_type)
    read = {name for name, text in reading.guide.elements.items() if text.strip()} if reading.guide else set()
    known = set(guides.LABELS)
    lacking = set(guides.RULED) - page.shown
    return GuideScore(
        1,
        int(reading.kind is PageKind.GUIDE),
        len(page.shown),
        len(page.shown & read),
        len((read & known) - page.shown),
        len(lacking),
        len(page.shown.intersection(guides.RULED) - read) if reading.guide and len(read) >= 3 else 0,
    )


def _rows(pages: Iterable[letters.LetterPage]) -> list[str]:
    scores: dict[str, LetterScore] = {}
    for page in pages:
        scores.setdefault(f"{page.family}, {'letter' if page.single else 'list'}", LetterScore()).add(
            measure_letters(page)
        )
    total = LetterScore()
    for score in scores.values():
        total.add(score)
    return [*(score.row(name) for name, score in scores.items()), total.row("**all**")]


def _guide_rows(pages: Iterable[guides.GuidePage]) -> list[str]:
    scores: dict[str, GuideScore] = {}
    for page in pages:
        scores.setdefault(page.family, GuideScore()).add(measure_guide(page))
    total = GuideScore()
    for score in scores.values():
        total.add(score)
    return [*(score.row(name) for name, score in scores.items()), total.row("**all**")]


LETTER_HEAD = (
    "| family | pages | kind right | letters found | asked right | asked given | asked wrong | answer dates right | answer dates wrong | state right | state told | state wrong |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)
GUIDE_HEAD = (
    "| family | pages | kind right | elements read | elements invented | missing ones noticed | present ones called missing |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)
FIRST = (
    "First score, on the same pages and before any change (commit 516b530): letters: kind 85.6 %, found 59.6 %, asked right 59.6 %, wrong dates and "
    "states none; guides: kind 98.3 %, elements read 82.9 %, invented 6. What was wrong then: a list of letters was read as one letter, a waiting "
    "letter as an article, a list under a name we did not know was an ordinary column; a label that fills a row of an old table had no text, and a "
    "tab without content took that of its neighbour. The tables show the parser after that."
)
LATER = (
    "First score, on the same pages and before any change (commit f74b60f): letters: kind 75.0 %, found 95.6 %, asked right 78.3 % and wrong 14.6 %, "
    "answer dates wrong 15.3 %, states wrong 2.7 %; guides: kind 65.0 %, elements read 36.2 %, six present ones called missing. What was wrong then: a "
    "state or the end of a title before a date was taken for its label, two dates without labels for one, stretched labels (联系　电话) were no labels, "
    "and text behind a bold label in its own paragraph was not seen. The tables show the parser after that; a letter written as a talk is still an "
    "article to it, of which nothing is said."
)


def section(short: bool = False) -> str:
    """The Markdown section on letters and guides for docs/accuracy.md."""
    count = 4 if short else 20
    mails, found = made(letters.WRITERS, count), made(guides.WRITERS, count)
    later_mails = made(later_services.LETTER_WRITERS, count)
    later_found = made(later_services.GUIDE_WRITERS, count)
    lines = [
        "## Letters and guides",
        "",
        f"{len(mails) + len(later_mails)} pages of letters (留言, 信件), with dates inside the letters, sidebars of news and footers as decoys. "
        '"State" is whether the check `inquiry.unanswered` would take a letter for answered or for open; what is neither is not judged. '
        f"{len(found) + len(later_found)} service guides (办事指南), each without up to four elements; a tab without content is no element.",
        "",
        *_tables(mails, found),
        "",
        FIRST,
        "",
        "Families written after that:",
        "",
        *_tables(later_mails, later_found),
        *(("", LATER) if LATER else ()),
    ]
    return "\n".join(lines) + "\n"


def _tables(mails: list[letters.LetterPage], found: list[guides.GuidePage]) -> list[str]:
    return [LETTER_HEAD, *_rows(mails), "", GUIDE_HEAD, *_guide_rows(found)]

"""inquiry.unanswered (留言超期未答复)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from domain.captured import Inquiry, Page, PageKind
from domain.findings import Finding, Place, Ref, Result, Unjudged
from domain.times import Window, beijing_date
from domain.views import Sample, SiteView

_OTHER_CHANNEL = re.compile(r"信访|举报|访谈|调查|征集")
_OPEN = re.compile(r"未(答复|回复|办结|处理|受理)|(待|等待)(答复|回复|受理|处理|办理)|(办理|处理|受理|答复|回复)中")
_DONE = re.compile(r"已(答复|回复|办结|处理|办理|采纳|结束)|不予受理")


@dataclass(frozen=True, slots=True)
class UnansweredInquiries:
    """Flag a letter of the last `history` that the page shows as open and that was asked longer than `window` ago.

    A candidate: whether the letter is a valid question is for a person to say. Petitions, reports of misconduct,
    interviews and surveys do not count. Old letters whose page shows neither an answer nor a status are not judged.
    """

    id: ClassVar[str] = "inquiry.unanswered"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.SOURCE
    window: Window
    history: Window
    sample: int = 20  # lists of letters that are read every night; the others when their turn comes

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge the letters of every inquiry page."""
        today, oldest, due = beijing_date(view.as_of), self.history.start(view.as_of), self.window.start(view.as_of)
        seen: set[str] = set()
        view.sample(Sample(self.id, PageKind.INQUIRY, self.sample, _is_list))
        for page in view.read(kind=PageKind.INQUIRY):
            unclear = 0
            for letter in _letters(page):
                key = letter.url or f"{letter.title}|{letter.asked_on}"
                if key in seen or letter.asked_on is None or not oldest <= letter.asked_on < due:
                    continue
                if is_answered(letter):
                    seen.add(key)
                elif is_open(letter):
                    seen.add(key)
                    yield self._finding(page, letter, key, (today - letter.asked_on).days, view)
                else:
                    unclear += 1
            if unclear:
                reason = f"{unclear} 条三个月以前的留言未能确认是否已答复，需人工核查"
                yield Unjudged(self.id, Ref(page.url, page.reading.title if page.reading else ""), reason)

    def _finding(self, page: Page, letter: Inquiry, key: str, age: int, view: SiteView) -> Finding:
        facts = {
            "title": letter.title,
            "asked": letter.asked_on.isoformat() if letter.asked_on else None,
            "status": letter.status,
            "age": age,
            "limit": self.window.length(view.as_of),
        }
        ref = Ref(letter.url or page.url, letter.title, page.body_hash)
        return Finding(self.id, ref, key, facts, candidate=True, found_on=(page.url,))


def is_answered(letter: Inquiry) -> bool:
    """Whether the page shows an answer or says that there is one."""
    return letter.replied_on is not None or bool(_DONE.search(letter.status))


def is_open(letter: Inquiry) -> bool:
    """Whether the page says that the letter waits."""
    return not is_answered(letter) and bool(_OPEN.search(letter.status))


def _is_list(page: Page) -> bool:
    return page.status < 400 and page.reading is not None and len(page.reading.inquiries) > 1


def _letters(page: Page) -> tuple[Inquiry, ...]:
    reading = page.reading
    if reading is None:
        return ()
    names = " ".join((reading.title, reading.column_name, *(name for name, _ in reading.trail)))
    return () if _OTHER_CHANNEL.search(names) else reading.inquiries

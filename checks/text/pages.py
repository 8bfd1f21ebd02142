"""Pages as pieces of text, and hits as findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from checks.text.analyse import Analyser
from checks.text.guards import AllowList
from checks.text.hits import Hit
from checks.text.judging import TextJudge
from checks.text.starter import load_language
from domain.captured import Page, PageKind, Reading
from domain.findings import Fact, Finding, Ref, Unjudged

BODY, TITLE, LIST, NAV = "正文", "标题", "列表", "导航"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph and where it stands on its page; `url` is where a list title leads."""

    text: str
    place: str
    number: int = 0
    url: str = ""

    @property
    def shared(self) -> bool:
        """Whether other pages repeat it: navigation and lists."""
        return self.place in {LIST, NAV}


def pieces(page: Page) -> list[Piece]:
    """The title, paragraphs, list titles and navigation of a page, each text once.

    An error page is not proofread.
    """
    reading = page.reading
    if reading is None or reading.kind is PageKind.ERROR or page.status >= 400:
        return []
    found = list(_all(reading))
    unique: dict[str, Piece] = {}
    for piece in found:
        if piece.text:
            unique.setdefault(piece.text, piece)
    return list(unique.values())


def unreadable(check: str, page: Page) -> Unjudged | None:
    """Why the text of a page cannot be judged: a script draws it and it was not rendered."""
    if page.reading is None or not page.reading.needs_render or page.rendered:
        return None
    where = Ref(page.final_url or page.url, page.reading.title, page.body_hash)
    return Unjudged(check, where, f"{page.reading.needs_render},未能读取页面文字".replace(",", "\uff0c"))


def _all(reading: Reading) -> Sequence[Piece]:
    body = [Piece(line.strip(), BODY, number) for number, line in enumerate(reading.text.split("\n"), start=1)]
    lists = [Piece(entry.title.strip(), LIST, 0, entry.url) for block in reading.lists for entry in block.entries]
    names = [Piece(block.name.strip(), NAV) for block in reading.lists]
    nav = [Piece(name.strip(), NAV, 0, url) for name, url in reading.nav]
    return [Piece(reading.title.strip(), TITLE), *body, *lists, *names, *nav]


@cache
def shared_judge(language: str, probable: float, allowed: frozenset[str]) -> TextJudge:
    """One judge a process and setting: it remembers the paragraphs it saw."""
    analyser = Analyser(load_language(language), allowed=AllowList(allowed), probable=probable)
    return TextJudge(analyser)


def as_finding(page: Page, piece: Piece, hit: Hit, more: Mapping[str, Fact] | None = None) -> Finding:
    """A finding of a hit; what other pages repeat (navigation, list titles) is identified without its page."""
    address = page.final_url or page.url
    start, end = hit.start, hit.end
    facts: dict[str, Fact] = {
        "wrong": hit.text, "suggestion": hit.suggestion or None, "sentence": hit.sentence, "layer": hit.layer,
        "confidence": hit.confidence, "place": piece.place, "paragraph": piece.number, "start": start, "end": end,
    }  # fmt: skip
    facts |= {f"count_{name}": value for name, value in hit.evidence.items() if name in _COUNTS}
    facts |= dict(more or {})
    where = "" if piece.shared else address
    near = piece.text[max(0, start - 2) : end + 2] if hit.check == "text.typo" else ""
    identity = "|".join((where, hit.text, hit.suggestion, near if piece.shared else ""))
    if hit.check == "text.privacy":
        identity = f"{address}|{hit.layer}"
    title = page.reading.title if page.reading else ""
    return Finding(
        hit.check, Ref(address, title, page.body_hash), identity, facts, kind=piece.place,
        level=hit.level.value, home=page.reading is not None and page.reading.kind is PageKind.HOME,
        candidate=hit.check == "text.misstatement", found_on=(address,),
    )  # fmt: skip


_COUNTS = {"wrong", "right", "old2", "new2", "old3", "new3", "gain"}

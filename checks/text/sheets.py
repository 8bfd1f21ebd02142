"""Pages and posts as pieces of text, and hits as findings."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

from checks.text.hits import Hit
from checks.text.judge import TextJudge
from checks.text.language.starter import load_language
from checks.text.typos.analyser import Analyser
from checks.text.typos.dictionary import load_dictionary, own_pairs
from checks.text.typos.guards import AllowList
from checks.text.typos.second_vote import load_model
from checks.text.typos.word_evidence import load_voice
from domain.account_freshness import BY_USE
from domain.accounts import AccountView
from domain.captured import Detail, Page, PageKind, Post, Reading
from domain.findings import Fact, Finding, Ref, Unjudged, Why
from domain.plain_text import visible
from domain.times import beijing_date

BODY, TITLE, LIST, NAV, POST, FILE, PICTURE = "正文", "标题", "列表", "导航", "推文", "附件", "图片"
OFFERED = frozenset({FILE, PICTURE})  # stand in files, not on the page that offers them
Subject = Page | AccountView


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page or post: its evidence, its publish date and its pieces, each text once."""

    ref: Ref
    pieces: tuple[Piece, ...]
    day: date | None = None
    home: bool = False
    file: Reading | None = None  # of an attachment: what else is known of it


def sheets(subject: Subject) -> Iterator[Sheet]:
    """The texts of a page, or of every known post of an account."""
    if isinstance(subject, Page):
        yield from _page(subject)
        return
    last = _LAST_ACCOUNT.get("account")
    if last is None or last[0] is not subject:
        last = _LAST_ACCOUNT["account"] = (subject, tuple(_posts(subject)))
    yield from last[1]


_LAST_ACCOUNT: dict[str, tuple[AccountView, tuple[Sheet, ...]]] = {}


def _posts(view: AccountView) -> Iterator[Sheet]:
    known: dict[str, Post] = {}
    for post in chain((post for row in view.collections for post in row.posts), view.posts()):
        known.setdefault(post.id, post)
    for post in known.values():
        if (post.title or post.text) and not post.deleted and post.id not in view.gone:
            yield _post(view, post)


def _page(page: Page) -> tuple[Sheet, ...]:
    """All text checks of a page read the same sheets, one after another; some look ahead at the next pages."""
    last = _LAST.get(id(page))
    if last is None or last[0] is not page:
        if len(_LAST) >= _AHEAD:
            _LAST.pop(next(iter(_LAST)))
        last = _LAST[id(page)] = (page, tuple(_made(page)))
    return last[1]


_AHEAD = 300  # pages; a few more than are prepared together
_LAST: dict[int, tuple[Page, tuple[Sheet, ...]]] = {}


def _made(page: Page) -> Iterator[Sheet]:
    reading = page.reading
    if reading is None or reading.kind is PageKind.ERROR or page.status >= 400:
        return
    ref = Ref(page.final_url or page.url, reading.title, page.body_hash)
    if reading.kind is PageKind.FILE:
        yield Sheet(ref, _unique(_lines(reading)), reading.published.day, file=reading)
    elif not reading.needs_render or page.rendered:
        yield Sheet(ref, _unique(_all(reading)), reading.published.day, reading.kind is PageKind.HOME)


def _post(view: AccountView, post: Post) -> Sheet:
    lines = [post.title, *post.text.split("\n")]
    found = [Piece(text, POST, number) for number, line in enumerate(lines) if (text := line.strip())]
    day = beijing_date(post.published_at) if post.published_at else None
    return Sheet(Ref(post.url or view.account.url, view.account.name), _unique(iter(found)), day)


def _unique(found: Iterator[Piece]) -> tuple[Piece, ...]:
    unique: dict[str, Piece] = {}
    for piece in found:
        if visible(piece.text) != piece.text:
            piece = replace(piece, text=visible(piece.text).strip())
        if piece.text:
            unique.setdefault(piece.text, piece)
    return tuple(unique.values())


def _all(reading: Reading) -> Iterator[Piece]:
    yield Piece(reading.title.strip(), TITLE)
    for number, line in enumerate(reading.text.split("\n"), start=1):
        yield Piece(line.strip(), BODY, number)
    for block in reading.lists:
        yield Piece(block.name.strip(), NAV)
        yield from (Piece(entry.title.strip(), LIST, 0, entry.url) for entry in block.entries)
    yield from (Piece(name.strip(), NAV, 0, url) for name, url in reading.nav)


def _lines(reading: Reading) -> Iterator[Piece]:
    place = PICTURE if reading.detail is Detail.PICTURE else FILE
    for number, line in enumerate(reading.text.split("\n"), start=1):
        yield Piece(line.strip(), place, number)


def unreadable(check: str, subject: Subject) -> Unjudged | None:
    """Why text cannot be judged: a script draws the page, a file is not or only partly readable, no post was collected.

    What could be read of a file is judged all the same; of the others `sheets` gives nothing.
    """
    if isinstance(subject, Page):
        return _unread(check, subject, subject.reading) if subject.reading else None
    if subject.account.platform in BY_USE:
        return None
    is_read = any(
        not row.status.failed and not row.manual for row in subject.collections
    )  # a person's row holds no text
    if is_read or any(post.text or post.title for post in subject.posts()):
        return None
    return Unjudged(check, Ref(subject.account.url, subject.account.name), "未采集到推文，不能检查文字")


def _unread(check: str, page: Page, reading: Reading) -> Unjudged | None:
    reason = ""
    if reading.kind is PageKind.FILE:
        reason = next(iter(reading.reasons), "")
    elif reading.needs_render and not page.rendered:
        reason = f"{reading.needs_render}，未能读取页面文字"
    why = Why.OPEN if reading.kind is PageKind.FILE else Why.NO_BROWSER
    ref = Ref(page.final_url or page.url, reading.title, page.body_hash)
    return Unjudged(check, ref, reason, why) if reason else None


@cache
def shared_judge(
    language: str,
    probable: float,
    allowed: tuple[str, ...] = (),
    confirmed: tuple[str, ...] = (),
    model: str = "",
    words: str = "",
) -> TextJudge:
    """One judge a process and setting: it remembers the paragraphs it saw."""
    return TextJudge(
        Analyser(
            load_language(language),
            dictionary=load_dictionary(own_pairs(confirmed)),
            allowed=AllowList(frozenset(allowed)),
            voice=load_voice(Path(words)) if words else None,
            scorer=load_model(Path(model)) if model else None,
            probable=probable,
        )
    )


def as_finding(sheet: Sheet, piece: Piece, hit: Hit, more: Mapping[str, Fact] | None = None) -> Finding:
    """A finding of a hit; what other pages repeat (navigation, list titles) is identified without its page."""
    facts: dict[str, Fact] = {
        "wrong": hit.text, "suggestion": hit.suggestion or None, "sentence": hit.sentence, "layer": hit.layer,
        "confidence": hit.confidence, "place": piece.place, "paragraph": piece.number, "start": hit.start,
        "end": hit.end, "at": place_in(hit.sentence, piece.text, hit.start),
    }  # fmt: skip
    facts |= {f"count_{name}": value for name, value in hit.evidence.items() if name in _COUNTS}
    facts |= _of_file(sheet.file, piece.number) | dict(more or {})
    found_on = tuple(url for _, url in sheet.file.trail) if sheet.file else ()
    return Finding(
        hit.check, sheet.ref, _identity(sheet, piece, hit), facts, kind=piece.place, level=hit.level.value,
        home=sheet.home, candidate=hit.check == "text.misstatement" or piece.place == PICTURE, found_on=found_on or (sheet.ref.url,),
    )  # fmt: skip


def place_in(sentence: str, text: str, start: int) -> int:
    """The place in the sentence of what stands at `start` of the text; -1 where the sentence was changed."""
    begin = text.find(sentence, max(0, start - len(sentence) + 1), start + len(sentence))
    return start - begin if 0 <= begin <= start else -1


def _of_file(reading: Reading | None, line: int) -> dict[str, Fact]:
    """The name of the file, the page that offers it, and where in the file the line stands."""
    if reading is None:
        return {}
    at = bisect_right(reading.places, line, key=lambda place: place[0]) - 1
    where = reading.places[at][1] if at >= 0 else ""
    linked = reading.trail[0][0] if reading.trail else ""
    kind = PICTURE if reading.detail is Detail.PICTURE else FILE
    return {"place": f"{kind}“{reading.title}”{where}", "file": reading.title, "where": where, "linked_from": linked}


def _identity(sheet: Sheet, piece: Piece, hit: Hit) -> str:
    """Only the characters that differ: the counts and a dictionary may take different spans of one error."""
    if hit.check == "text.privacy":
        return f"{sheet.ref.url}|{hit.layer}"
    left = right = 0
    if hit.check == "text.typo":
        left = _common(hit.text, hit.suggestion)
        right = _common(hit.text[left:][::-1], hit.suggestion[left:][::-1])
    wrong, suggestion = hit.text[left : len(hit.text) - right], hit.suggestion[left : len(hit.suggestion) - right]
    if piece.shared:
        start, end = hit.start + left, hit.end - right
        return "|".join(("", piece.text[max(0, start - 2) : end + 2], wrong, suggestion))
    return "|".join((sheet.ref.url, wrong, suggestion))


def _common(left: str, right: str) -> int:
    """Length of the common beginning."""
    return next(
        (place for place, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]),
        min(len(left), len(right)),
    )


_COUNTS = {"wrong", "right", "old2", "new2", "old3", "new3", "gain"}

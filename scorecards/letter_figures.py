"""What letters and slips add to the figures of a period: asked, mended, silent. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.cutoffs import Cutoff
from domain.figures import Figure
from domain.letter_moves import ItemState, LetterState, PaperKind
from domain.letters import Letter
from domain.periods import Period


def letter_figures(letters: Sequence[Letter], period: Period) -> Iterator[Figure]:
    """Of what was issued within the period, as it stood at the cut-off; withdrawn ones and upheld objections count nowhere."""
    sent = [item for item in letters if _counts(item, period)]
    slips = [item for item in sent if item.kind is PaperKind.SLIP]
    papers = [item for item in sent if item.kind is PaperKind.LETTER]
    if slips:
        closed = [item for item in slips if item.state is LetterState.CLOSED and _by(item.closed_at, period)]
        yield _figure("reminders.slips", slips, len(slips), None)
        yield _figure("reminders.slips_closed", closed, len(closed), len(slips))
    asked = [
        (letter, item)
        for letter in papers
        for item in letter.items
        if not (item.state is ItemState.UPHELD and _by(item.decided_at, period))
    ]
    if asked:
        done = [(a, b) for a, b in asked if b.state is ItemState.PASSED and _by(b.decided_at, period)]
        yield _figure("rectified.asked", papers, len(asked), None)
        yield _figure("rectified.done", [letter for letter, _ in done], len(done), len(asked))
        silent = [item for item in papers if _is_silent(item, period)]
        yield _figure("rectified.silent", silent, len({item.unit_id for item in silent}), None)


def _counts(letter: Letter, period: Period) -> bool:
    issued = letter.issued_at is not None and period.begins <= letter.issued_at <= period.until(Cutoff.LETTERS)
    return issued and letter.state is not LetterState.WITHDRAWN


def _by(moment: datetime | None, period: Period) -> bool:
    return moment is not None and moment <= period.until(Cutoff.LETTERS)


def _is_silent(letter: Letter, period: Period) -> bool:
    answered = any(reply.is_form and reply.at <= period.until(Cutoff.LETTERS) for reply in letter.replies)
    return letter.due is not None and letter.due < period.until(Cutoff.LETTERS) and not answered


def _figure(kind: str, letters: Sequence[Letter], n: int, of: int | None) -> Figure:
    return Figure(
        kind, n=n, of=of, source=tuple(dict.fromkeys(f"letter:{item.id}" for item in letters)) or ("letters",)
    )

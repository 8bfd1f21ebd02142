"""Letters and slips for programs: lists, one, and drafting."""

from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response
from typing_extensions import TypedDict

from domain.letter_moves import PaperKind
from domain.rights import Action
from inspection.desk.documents.letters import LetterDocument, letter_document
from inspection.desk.scope import seen_letter, seen_letters
from inspection.desk.versions import version_of_letter
from inspection.desk.worklist import LETTERS, Task
from inspection.letters.drafting import draft
from web.answers import document
from web.operation import EXACT, Operation, Word
from web.pages.interface.routes import get, post
from web.pages.interface.windows import OfUnit, window
from web.visit import Subject, Visit


@dataclass(frozen=True, slots=True)
class LetterQuery(OfUnit):
    """The filters of the page: one kind, one task; `task=all` shows those that are over as well, as does none."""

    kind: Literal["", "letter", "slip"] = ""
    task: Literal[
        "", "all", "drafts", "to_issue", "to_sign", "to_mend", "due_today", "overdue", "to_review", "disputed", "returned"
    ] = ""  # fmt: skip


class LettersAnswer(TypedDict):
    """A window of letters, the newest first; `next` is the `at` of the following one."""

    letters: list[LetterDocument]
    next: int | None


@dataclass(frozen=True, slots=True)
class DraftBody:
    """What is drafted: of one unit or of all that have something to mend, of a closed period or of today."""

    __pydantic_config__ = EXACT
    kind: PaperKind
    unit: Word = ""
    period: Word = ""


class DraftsAnswer(TypedDict):
    """What was drafted."""

    letters: list[LetterDocument]


def listed(visit: Visit) -> Response:
    """A window of letters."""
    wanted: LetterQuery = visit.wanted
    letters = list(reversed(seen_letters(visit.store, visit.view)))
    if wanted.task not in {"", "all"}:
        letters = [letter for letter in letters if LETTERS[Task(wanted.task)](letter, visit.now)]
    letters = [letter for letter in letters if wanted.kind in {"", letter.kind} and wanted.unit in {"", letter.unit_id}]
    rows, behind = window(letters, wanted, letter_document)
    return document(visit, {"letters": rows, "next": behind})


def show(visit: Visit) -> Response:
    """One letter or slip."""
    letter = seen_letter(visit.store, visit.view, visit.params["letter"])
    return document(visit, letter_document(letter), version_of_letter(letter))


def make_drafts(visit: Visit) -> Response:
    """One draft for each unit."""
    body: DraftBody = visit.given
    units = [body.unit] if body.unit else []
    with visit.place.changing:
        made = draft(visit.store, visit.rules, body.kind, visit.actor, visit.now, units=units, period=body.period)
    kept = [seen_letter(visit.store, visit.view, each.id) for each in made]
    return document(visit, {"letters": [letter_document(each) for each in kept]})


ROUTES = (
    get(
        "letters", Subject.LISTS, listed,
        Operation("listLetters", "Letters and slips, the newest first", "letters", LettersAnswer, LetterQuery),
    ),
    get(
        "letters/{letter}", Subject.LETTER, show,
        Operation("getLetter", "One letter or slip with its items", "letters", LetterDocument),
    ),
    post(
        "letters", Action.DRAFT, Subject.OFFICE, make_drafts,
        Operation("draftLetters", "Draft letters or slips", "letters.act", DraftsAnswer, body=DraftBody, status=201),
    ),
)  # fmt: skip

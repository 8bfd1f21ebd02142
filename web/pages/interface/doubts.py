"""Doubts about texts for programs."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from starlette.responses import Response
from typing_extensions import TypedDict

from domain.errors import UsageError
from domain.rights import Action
from inspection.desk.documents.findings import DoubtDocument, doubt_document
from inspection.desk.doubt_groups import doubt_groups, settle_group
from inspection.people.doubts import ERROR, FINE
from inspection.texts.teaching import Rehearsal
from web.answers import document
from web.operation import EXACT, Operation, Word
from web.pages.interface.routes import post
from web.pages.interface.windows import Window, window
from web.problems import API
from web.visit import Route, Rule, Subject, Visit

VERDICTS = {"error": ERROR, "fine": FINE}


class DoubtsAnswer(TypedDict):
    """A window of doubted wordings, the surest first, and the run they are of; null before the first night."""

    run: str | None
    doubts: list[DoubtDocument]
    next: int | None


@dataclass(frozen=True, slots=True)
class SettleBody:
    """One decision about sentences of one wording; with `preview` nothing is done."""

    __pydantic_config__ = EXACT
    run: Word
    keys: Annotated[list[Word], Field(min_length=1, max_length=500)]
    verdict: Literal["error", "fine"]
    context: Word = ""
    preview: bool = False


class SettledDocument(TypedDict):
    """What was done, or would be, and what was refused and why."""

    taken: list[str]
    refused: list[str]
    done: bool


def listed(visit: Visit) -> Response:
    """A window of groups."""
    wanted: Window = visit.wanted
    try:
        run, groups = doubt_groups(visit.store, visit.place.data)
    except UsageError:
        return document(visit, {"run": None, "doubts": [], "next": None})
    rows, behind = window(groups, wanted, doubt_document)
    return document(visit, {"run": run.id, "doubts": rows, "next": behind})


def settle(visit: Visit) -> Response:
    """Decide, or say what it would do."""
    body: SettleBody = visit.given
    preview = Rehearsal(visit.store, visit.place.data, visit.now)

    def settled(*, apply: bool) -> SettledDocument:
        made = settle_group(
            visit.store, visit.place.data, body.run, body.keys, VERDICTS[body.verdict], body.context, visit.actor,
            visit.now, preview, apply=apply,
        )  # fmt: skip
        return {"taken": list(made.taken), "refused": list(made.refused), "done": apply}

    looked = settled(apply=False)
    if body.preview:
        return document(visit, looked)
    with visit.place.changing:
        return document(visit, settled(apply=True))


ROUTES = (
    Route(
        "GET", f"{API}doubts", Rule(Action.REVIEW, Subject.OFFICE), listed,
        operation=Operation("listDoubts", "What the text checks were not sure enough of", "doubts", DoubtsAnswer, Window),
    ),
    post(
        "doubts/settle", Action.REVIEW, Subject.OFFICE, settle,
        Operation("settleDoubts", "Decide about doubted sentences", "doubts.settle", SettledDocument, body=SettleBody),
    ),
)  # fmt: skip

"""Ledger and trail for programs."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from starlette.responses import Response
from typing_extensions import TypedDict

from domain.errors import ConfigError
from domain.ledger import Matter
from domain.rights import Action
from domain.trail import Act
from inspection.desk.documents.records import DeedDocument, LedgerDocument, deed_document, ledger_document
from inspection.desk.trail_desk import trail_page
from inspection.people.ledger import enter_rows
from web.answers import document
from web.operation import EXACT, Operation, Text, Word
from web.pages.interface.routes import get, post
from web.pages.interface.windows import Window, window
from web.problems import API
from web.visit import Route, Rule, Subject, Visit

SOURCE = "接口"
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
Number = Annotated[int, Field(ge=0, le=10_000_000)]


@dataclass(frozen=True, slots=True)
class LedgerQuery(Window):
    """Of one month."""

    month: Annotated[str, Field(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$")] = ""


class LedgerAnswer(TypedDict):
    """A window of rows, the oldest month first."""

    rows: list[LedgerDocument]
    next: int | None


@dataclass(frozen=True, slots=True)
class RowBody:
    """One row; `unit` by id or name. With `key` a kept row is changed."""

    __pydantic_config__ = EXACT
    month: Month
    unit: Word
    matter: Matter
    count: Number | None = None
    used: Number | None = None
    true: Number | None = None
    category: Word = ""
    note: Text = ""
    attachment: Word = ""
    key: Word = ""


@dataclass(frozen=True, slots=True)
class LedgerBody:
    """Rows, all or nothing; with `preview` nothing is kept."""

    __pydantic_config__ = EXACT
    rows: Annotated[list[RowBody], Field(min_length=1, max_length=1000)]
    preview: bool = False


class EnteredDocument(TypedDict):
    """What changes, or would: `+` a new row, `~` a changed one; and whether it was kept."""

    changes: list[str]
    kept: bool


@dataclass(frozen=True, slots=True)
class TrailQuery:
    """Entries up to a number (0: the last) that hold a word and are of an act."""

    __pydantic_config__ = EXACT
    q: Word = ""
    act: Literal["", *(each.value for each in Act)] = ""  # type: ignore[valid-type]
    to: Annotated[int, Field(ge=0, le=999_999_999)] = 0


class TrailAnswer(TypedDict):
    """At most a hundred entries, the newest first; `next` is the `to` of the following ones."""

    entries: list[DeedDocument]
    next: int | None


def ledger(visit: Visit) -> Response:
    """A window of rows."""
    wanted: LedgerQuery = visit.wanted
    found = [row for row in visit.store.ledger() if wanted.month in {"", row.month}]
    rows, behind = window(found, wanted, ledger_document)
    return document(visit, {"rows": rows, "next": behind})


def enter(visit: Visit) -> Response:
    """Keep rows, or say what would change."""
    body: LedgerBody = visit.given
    with visit.place.changing:
        done = enter_rows(
            visit.store, [_cells(row) for row in body.rows], SOURCE, visit.actor, visit.now, apply=not body.preview
        )
    if done.problems:
        raise ConfigError(f"有 {len(done.problems)} 行有误，没有登记", done.problems)
    return document(visit, {"changes": list(done.lines), "kept": not body.preview})


def _cells(row: RowBody) -> dict[str, str]:
    numbers = {"count": row.count, "used": row.used, "true": row.true}
    return {
        "month": row.month, "unit": row.unit, "matter": row.matter.value, "category": row.category, "note": row.note,
        "attachment": row.attachment, "key": row.key,
        **{name: "" if number is None else str(number) for name, number in numbers.items()},
    }  # fmt: skip


def trail(visit: Visit) -> Response:
    """Entries of the trail."""
    wanted: TrailQuery = visit.wanted
    act = Act(wanted.act).label if wanted.act else ""
    found = trail_page(visit.store, wanted.to, wanted.q[:100], act)
    return document(visit, {"entries": [deed_document(row) for row in found.rows], "next": found.first or None})


ROUTES = (
    get("ledger", Subject.CITY, ledger, Operation("listLedger", "The work ledger", "ledger", LedgerAnswer, LedgerQuery)),
    post(
        "ledger", Action.LEDGER, Subject.OFFICE, enter,
        Operation("enterLedger", "Enter rows of the work ledger", "ledger.enter", EnteredDocument, body=LedgerBody),
    ),
    Route(
        "GET", f"{API}trail", Rule(Action.READ_TRAIL, Subject.OFFICE), trail,
        operation=Operation("listTrail", "What was done, by whom, the newest first", "trail", TrailAnswer, TrailQuery),
    ),
)  # fmt: skip

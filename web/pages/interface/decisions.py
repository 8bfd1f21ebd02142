"""What programs may do with a finding; the answer is the finding as it is then."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from starlette.responses import Response
from typing_extensions import TypedDict

from domain.rights import Action
from inspection.desk.decisions import Choice, Said
from inspection.desk.documents.findings import OneFinding
from inspection.desk.documents.runs import StartedDocument, started_document
from inspection.desk.errand_desk import demanded
from inspection.desk.scope import seen_finding
from web.answers import document
from web.changes import decide_finding
from web.moments import day_in
from web.operation import EXACT, Operation, ReasonBody, Text, Word
from web.pages.interface.findings import one
from web.pages.interface.routes import post
from web.visit import Subject, Visit

SCOPE = "findings.decide"


@dataclass(frozen=True, slots=True)
class ReviewBody:
    """A verdict; `unreviewed` takes one back. `context` and `only` say what the word lists may learn of it."""

    __pydantic_config__ = EXACT
    choice: Literal["confirmed", "rejected", "unreviewed"]
    reason: Text = ""
    context: Word = ""
    only: bool = False


@dataclass(frozen=True, slots=True)
class WaiverBody:
    """A waiver asked for until a day, and why."""

    __pydantic_config__ = EXACT
    reason: Text
    until: date


@dataclass(frozen=True, slots=True)
class GrantBody:
    """Whether what another person asked is granted."""

    __pydantic_config__ = EXACT
    granted: bool


class Decided(TypedDict):
    """What was done, in Chinese, and the finding as it is now."""

    told: list[str]
    finding: OneFinding


def review(visit: Visit) -> Response:
    """Confirmed, rejected, or taken back."""
    body: ReviewBody = visit.given
    return _done(visit, Said(Choice(body.choice), "", body.reason, "", body.context, body.only))


def ask_waiver(visit: Visit) -> Response:
    """For another person to grant."""
    body: WaiverBody = visit.given
    until = day_in(body.until.isoformat())
    return _done(visit, Said(Choice.ASK_WAIVER, "", body.reason, until.isoformat() if until else ""))


def ask_confirmation(visit: Visit) -> Response:
    """Of a severe misstatement, for another person to grant."""
    body: ReasonBody = visit.given
    return _done(visit, Said(Choice.ASK_CONFIRM, "", body.reason))


def decide(visit: Visit) -> Response:
    """What somebody else asked is granted or refused."""
    body: GrantBody = visit.given
    return _done(visit, Said(Choice.GRANT if body.granted else Choice.REFUSE, ""))


def _done(visit: Visit, said: Said) -> Response:
    told = decide_finding(visit, said)
    found, version = one(visit)
    return document(visit, {"told": told.split("\n"), "finding": found}, version)


def recheck(visit: Visit) -> Response:
    """The place of a finding is looked at again, now."""
    record = seen_finding(visit.store, visit.view, visit.params["finding"])
    job = demanded(visit.place.errands).recheck(visit.store, [record.fingerprint], [], visit.actor, visit.now)
    return document(visit, started_document(job))


def _act(name: str, summary: str, body: type) -> Operation:
    return Operation(name, summary, SCOPE, Decided, body=body, matches=True)


_PATH = "findings/{finding}"
ROUTES = (
    post(
        f"{_PATH}/review", Action.REVIEW, Subject.FINDING, review,
        _act("reviewFinding", "Confirm, reject, or take either back", ReviewBody),
    ),
    post(
        f"{_PATH}/waiver-request", Action.REQUEST_WAIVER, Subject.FINDING, ask_waiver,
        _act("requestWaiver", "Ask another person for a waiver", WaiverBody),
    ),
    post(
        f"{_PATH}/confirmation-request", Action.REVIEW, Subject.FINDING, ask_confirmation,
        _act("requestConfirmation", "Ask another person to confirm a severe misstatement", ReasonBody),
    ),
    post(
        f"{_PATH}/waiver", Action.GRANT_WAIVER, Subject.FINDING, decide,
        _act("grantWaiver", "Grant or refuse a waiver that another person asked for", GrantBody),
    ),
    post(
        f"{_PATH}/confirmation", Action.SECOND_VOICE, Subject.FINDING, decide,
        _act("grantConfirmation", "Second voice: confirm a severe misstatement, or not", GrantBody),
    ),
    post(
        f"{_PATH}/recheck", Action.INSPECT, Subject.FINDING, recheck,
        Operation(
            "recheckFinding", "Look at the place of a finding again, now", "runs.start", StartedDocument, status=202
        ),
    ),
)  # fmt: skip

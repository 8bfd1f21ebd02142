"""What programs may do with a letter or slip; the answer is the letter as it is then."""

import base64
import binascii
from collections.abc import Callable

from starlette.responses import Response

from domain.errors import UsageError
from domain.letter_moves import ItemMove
from domain.letters import Letter
from domain.rights import Action
from inspection.desk.documents.letters import letter_document
from inspection.desk.documents.runs import StartedDocument, started_document
from inspection.desk.errand_desk import demanded, of_letter
from inspection.desk.letter_desk import LetterDesk, answer_cells
from inspection.desk.scope import seen_letter
from inspection.desk.versions import version_of_letter
from web.answers import document
from web.changes import change_letter
from web.moments import moment_of
from web.operation import Operation, ReasonBody
from web.pages.interface.letter_bodies import (
    AnswerBody,
    Changed,
    DeferBody,
    FileBody,
    IssueBody,
    ItemBody,
)
from web.pages.interface.routes import Handler, post
from web.sniffing import kind_of, shown_name
from web.visit import ORDINARY, WITH_FILES, Route, Subject, Upload, Visit

SCOPE = "letters.act"
MOVES = {"pass": ItemMove.PASS, "return": ItemMove.RETURN, "uphold": ItemMove.UPHOLD, "dismiss": ItemMove.DISMISS}


def submit(visit: Visit) -> Response:
    """To whoever signs."""
    return _changed(visit, lambda desk: (desk.submit(), ["已送签"]))


def issue(visit: Visit) -> Response:
    """Out to the unit."""
    body: IssueBody = visit.given
    due = moment_of(body.due) if body.due else None

    def change(desk: LetterDesk) -> tuple[Letter, list[str]]:
        after, warning = desk.issue(due=due, days=body.days, hours=body.hours)
        return after, [f"已下发：{after.name}", *([warning] if warning else [])]

    return _changed(visit, change)


def sign(visit: Visit) -> Response:
    """Signed for by the unit."""
    return _changed(visit, lambda desk: (desk.sign(), ["已签收"]))


def answer(visit: Visit) -> Response:
    """What the unit says of items."""
    body: AnswerBody = visit.given
    cells = [answer_cells(each.no, each.claim.value, each.new_url, each.remark) for each in body.items]
    return _changed(visit, lambda desk: desk.answer(cells))


def take_file(visit: Visit) -> Response:
    """A filled form or a scan."""
    body: FileBody = visit.given
    upload = Upload(shown_name(body.name), decoded(body.data))
    kind = kind_of(upload)
    name = upload.name if upload.name.lower().endswith((f".{kind}", ".jpeg")) else f"{upload.name}.{kind}"
    return _changed(visit, lambda desk: desk.take_file(name, upload.data))


def review(visit: Visit) -> Response:
    """Close and return by what exact looks have shown."""

    def change(desk: LetterDesk) -> tuple[Letter, list[str]]:
        done = desk.review()
        return done.letter, [f"第 {item.no} 项{item.state.label}" for item in done.changed]

    return _changed(visit, change)


def decide(visit: Visit) -> Response:
    """About one item."""
    body: ItemBody = visit.given
    move = MOVES[body.move]
    return _changed(
        visit, lambda desk: (desk.decide(visit.rules, body.no, move, body.reason), [f"第 {body.no} 项：{move.value}"])
    )


def defer(visit: Visit) -> Response:
    """Another due moment."""
    body: DeferBody = visit.given
    due = moment_of(body.due)
    return _changed(visit, lambda desk: (desk.defer(due, body.reason), ["期限已调整"]))


def withdraw(visit: Visit) -> Response:
    """Taken back."""
    body: ReasonBody = visit.given
    return _changed(visit, lambda desk: (desk.withdraw(body.reason), ["已撤销"]))


def recheck(visit: Visit) -> Response:
    """The places of everything a letter still asks for are looked at again, now."""
    found, moved_to = of_letter(seen_letter(visit.store, visit.view, visit.params["letter"]))
    job = demanded(visit.place.errands).recheck(visit.store, found, moved_to, visit.actor, visit.now)
    return document(visit, started_document(job))


def _changed(visit: Visit, change: Callable[[LetterDesk], tuple[Letter, list[str]]]) -> Response:
    _, told = change_letter(visit, change)
    letter = seen_letter(visit.store, visit.view, visit.params["letter"])  # as it is kept: its tag is made of that
    return document(visit, {"told": told, "letter": letter_document(letter)}, version_of_letter(letter))


def decoded(data: str) -> bytes:
    """The bytes of a file that was sent; UsageError for what is not base64."""
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UsageError("文件内容须为 base64") from error


def _act(path: str, action: Action, handler: Handler, name: str, summary: str, body: type | None = None) -> Route:
    operation = Operation(name, summary, SCOPE, Changed, body=body, matches=True)
    largest = WITH_FILES if body is FileBody else ORDINARY
    return post(f"letters/{{letter}}/{path}", action, Subject.LETTER, handler, operation, largest)


ROUTES = (
    _act("submit", Action.DRAFT, submit, "submitLetter", "Send a draft to whoever signs"),
    _act("issue", Action.ISSUE, issue, "issueLetter", "Issue to the unit, with a number and a due moment", IssueBody),
    _act("sign", Action.REPLY, sign, "signLetter", "Sign for it, as the unit"),
    _act("answer", Action.REPLY, answer, "answerLetter", "Report items as mended, or object", AnswerBody),
    _act("files", Action.REPLY, take_file, "sendReplyFile", "Send the filled form or the signed scan", FileBody),
    _act("review", Action.ISSUE, review, "reviewLetter", "Close and return items by what exact looks have shown"),
    _act("decide", Action.ISSUE, decide, "decideItem", "Decide about one item", ItemBody),
    _act("defer", Action.ISSUE, defer, "deferLetter", "Move the due moment", DeferBody),
    _act("withdraw", Action.WITHDRAW, withdraw, "withdrawLetter", "Take a letter back", ReasonBody),
    post(
        "letters/{letter}/recheck", Action.INSPECT, Subject.LETTER, recheck,
        Operation(
            "recheckLetter", "Look at everything a letter still asks for again, now", "runs.start", StartedDocument,
            status=202,
        ),
    ),
)  # fmt: skip

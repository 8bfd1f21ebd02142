"""One letter or slip: for the office that sends it and for the unit that answers, also on a telephone."""

from collections.abc import Callable

from starlette.responses import Response

from domain.errors import Conflict, UsageError
from domain.letter_moves import ItemMove, ItemState
from domain.letters import Letter
from domain.rights import Action
from inspection.desk.letter_desk import (
    CLAIMS,
    LetterDesk,
    Step,
    already,
    answer_cells,
    item_rows,
    steps_for,
)
from inspection.desk.letter_papers import paper, reply_file
from inspection.desk.scope import seen_letter
from inspection.desk.versions import version_of_letter
from inspection.letters.issuing import DAYS
from web.changes import change_letter
from web.downloads import go, saved
from web.moments import moment_in
from web.rendering import page, query
from web.sniffing import kind_of, shown_name
from web.visit import ORDINARY, WITH_FILES, Route, Rule, Subject, Visit, reads

ITEM_MOVES = {"pass": ItemMove.PASS, "return": ItemMove.RETURN, "uphold": ItemMove.UPHOLD, "dismiss": ItemMove.DISMISS}


def show(visit: Visit) -> Response:
    """The letter with its items, and the forms that are this person's."""
    letter = seen_letter(visit.store, visit.view, visit.params["letter"])
    waiting = [item for item in letter.items if item.state is ItemState.REPORTED]
    return page(
        visit, "letter.html", letter=letter, version=version_of_letter(letter), steps=steps_for(visit.view, letter),
        Step=Step, rows=item_rows(visit.store, visit.view, letter), claims=CLAIMS, waiting=waiting,
        may_recheck=visit.place.errands is not None and visit.view.may(Action.INSPECT, letter.unit_id) and letter.number and not letter.state.is_over,
        moves={move: word for word, move in ITEM_MOVES.items()}, days=DAYS[letter.kind], told=visit.told,
    )  # fmt: skip


def _changed(visit: Visit, change: Callable[[LetterDesk], tuple[Letter, str]]) -> Response:
    after, told = change_letter(visit, change)
    return go(f"/letters/{after.id}{query(told=told[:300])}")


def submit(visit: Visit) -> Response:
    """To whoever signs."""
    return _changed(visit, lambda desk: (desk.submit(), "已送签"))


def issue(visit: Visit) -> Response:
    """Out to the unit."""

    def change(desk: LetterDesk) -> tuple[Letter, str]:
        try:
            after, warning = desk.issue(
                due=moment_in(visit.text("due")), days=visit.number("days"), hours=visit.number("hours")
            )
        except Conflict as error:
            return already(desk.letter, desk.actor, error), "已经下发，没有重复办理"
        return after, f"已下发：{after.name}{f'。注意：{warning}' if warning else ''}"

    return _changed(visit, change)


def sign(visit: Visit) -> Response:
    """Signed for by the unit."""
    return _changed(visit, lambda desk: (desk.sign(), "已签收"))


def answer(visit: Visit) -> Response:
    """What the unit says of each item; items left blank stay as they are."""
    cells = [
        answer_cells(int(no), visit.text(f"claim-{no}"), visit.text(f"url-{no}"), visit.text(f"remark-{no}"))
        for no in visit.texts("no")
        if no.isascii() and no.isdigit() and len(no) < 5 and visit.text(f"claim-{no}")
    ]

    def change(desk: LetterDesk) -> tuple[Letter, str]:
        after, lines = desk.answer(cells)
        return after, "；".join(lines)

    return _changed(visit, change)


def take_file(visit: Visit) -> Response:
    """A filled form or a scan."""
    upload = visit.file("file")
    if upload is None:
        raise UsageError("请选择要上传的文件")
    kind = kind_of(upload)
    name = shown_name(upload.name)
    name = name if name.lower().endswith((f".{kind}", ".jpeg")) else f"{name}.{kind}"

    def change(desk: LetterDesk) -> tuple[Letter, str]:
        after, lines = desk.take_file(name, upload.data)
        return after, "；".join(lines)

    return _changed(visit, change)


def review(visit: Visit) -> Response:
    """Close and return by what exact looks have shown."""

    def change(desk: LetterDesk) -> tuple[Letter, str]:
        done = desk.review()
        told = [f"第 {item.no} 项{item.state.label}" for item in done.changed]
        told += [f"{len(done.waiting)} 项反馈后还没有专门复核"] if done.waiting else []
        return done.letter, "；".join(told) or "没有需要办理的项"

    return _changed(visit, change)


def decide(visit: Visit) -> Response:
    """About one item, with a reason."""
    word = visit.text("move")
    if word not in ITEM_MOVES:
        raise UsageError("请选择办理的结果")
    move, no, reason = ITEM_MOVES[word], visit.number("no"), visit.text("reason")
    return _changed(visit, lambda desk: (desk.decide(visit.rules, no, move, reason), f"第 {no} 项：{move.value}"))


def defer(visit: Visit) -> Response:
    """Another due moment."""
    due = moment_in(visit.text("due"))
    if due is None:
        raise UsageError("请写明新的期限")
    return _changed(visit, lambda desk: (desk.defer(due, visit.text("reason")), "期限已调整"))


def withdraw(visit: Visit) -> Response:
    """Taken back, with a reason."""
    return _changed(visit, lambda desk: (desk.withdraw(visit.text("reason")), "已撤销"))


def download(visit: Visit) -> Response:
    """The letter or its reply form as they go out."""
    letter = seen_letter(visit.store, visit.view, visit.params["letter"])
    return saved(*paper(visit.store, visit.place.data, letter, visit.params["kind"], visit.now))


def download_reply(visit: Visit) -> Response:
    """A file the unit sent."""
    letter = seen_letter(visit.store, visit.view, visit.params["letter"])
    data, reply = reply_file(visit.store, letter, visit.params["sha"])
    return saved(data, reply.file)


def _post(path: str, action: Action, handler: Callable[[Visit], Response], largest: int = ORDINARY) -> Route:
    return Route("POST", f"/letters/{{letter}}/{path}", Rule(action, Subject.LETTER), handler, largest)


ROUTES = (
    Route("GET", "/letters/{letter}", reads(Subject.LETTER), show),
    Route("GET", "/letters/{letter}/paper/{kind}", reads(Subject.LETTER), download),
    Route("GET", "/letters/{letter}/replies/{sha}", reads(Subject.LETTER), download_reply),
    _post("submit", Action.DRAFT, submit),
    _post("issue", Action.ISSUE, issue),
    _post("sign", Action.REPLY, sign),
    _post("answer", Action.REPLY, answer),
    _post("files", Action.REPLY, take_file, largest=WITH_FILES),
    _post("review", Action.ISSUE, review),
    _post("decide", Action.ISSUE, decide),
    _post("defer", Action.ISSUE, defer),
    _post("withdraw", Action.WITHDRAW, withdraw),
)

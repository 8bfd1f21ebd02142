"""人工核查 for programs: what nobody could judge, and the answers of persons."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field
from starlette.responses import Response
from typing_extensions import TypedDict

from domain.answers import AnswerVerdict
from domain.errors import UsageError
from domain.rights import Action
from inspection.desk.documents.records import AskedDocument, asked_document
from inspection.desk.questions import Filled, asked_of
from inspection.desk.worklist import latest_night
from web.answers import document
from web.changes import answer_questions
from web.moments import day_in
from web.operation import EXACT, Data, Operation, Text, Word
from web.pages.interface.rectification import decoded
from web.pages.interface.routes import post
from web.pages.interface.windows import OfUnit, window
from web.problems import API
from web.sniffing import picture_kind
from web.visit import WITH_FILES, Route, Rule, Subject, Upload, Visit

MOST_PICTURE = 10_000_000


@dataclass(frozen=True, slots=True)
class AskedQuery(OfUnit):
    """Of one target, or of one check."""

    target: Word = ""
    check: Word = ""


class AskedAnswer(TypedDict):
    """A window of targets with their questions, and the run they are of; null before the first night."""

    run: str | None
    targets: list[AskedDocument]
    next: int | None


@dataclass(frozen=True, slots=True)
class OneAnswer:
    """The answer to one question; `until`: the last day it holds; `picture`: a JPG or PNG that proves it."""

    __pydantic_config__ = EXACT
    key: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
    verdict: AnswerVerdict
    until: date | None = None
    note: Text = ""
    picture: Data = ""


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """What somebody saw of a whole account."""

    __pydantic_config__ = EXACT
    result: Literal["正常更新", "未更新", "可以使用", "无法打开", "已注销", "未能核查"]
    updated: date | None = None
    interaction: Literal["", "有", "无"] = ""
    note: Text = ""
    picture: Data = ""


@dataclass(frozen=True, slots=True)
class AnswersBody:
    """The answers about one target: all of them are taken, or none."""

    __pydantic_config__ = EXACT
    answers: Annotated[list[OneAnswer], Field(max_length=200)] | None = None
    account: AccountAnswer | None = None


class AnsweredDocument(TypedDict):
    """How many answers were kept, and how many questions are left after the target was judged again."""

    kept: int
    left: int


def listed(visit: Visit) -> Response:
    """A window of targets."""
    wanted: AskedQuery = visit.wanted
    run = latest_night(visit.store)
    asked = (
        asked_of(visit.store, visit.rules, visit.view, run, check=wanted.check, unit=wanted.unit, target=wanted.target)
        if run
        else []
    )
    rows, behind = window(asked, wanted, asked_document)
    return document(visit, {"run": run.id if run else None, "targets": rows, "next": behind})


def answer(visit: Visit) -> Response:
    """What was answered for one target."""
    body: AnswersBody = visit.given
    filled = [_filled(each) for each in body.answers or ()]
    if body.account:
        filled.append(_account(body.account))
    kept, left = answer_questions(visit, filled)
    return document(visit, {"kept": kept, "left": left})


def _filled(item: OneAnswer) -> Filled:
    cells = {"核查结果": item.verdict.label, "有效期至": _day(item.until), "备注": item.note[:500]}
    return Filled(item.key, cells, _picture(item.picture))


def _account(item: AccountAnswer) -> Filled:
    cells = {
        "核查结果": item.result, "最后更新日期": _day(item.updated), "互动功能": item.interaction, "备注": item.note,
    }  # fmt: skip
    return Filled("", cells, _picture(item.picture))


def _day(day: date | None) -> str:
    found = day_in(day.isoformat()) if day else None
    return found.isoformat() if found else ""


def _picture(data: str) -> bytes:
    if not data:
        return b""
    found = decoded(data)
    picture_kind(Upload("截图.png" if found.startswith(b"\x89PNG") else "截图.jpg", found))
    if len(found) > MOST_PICTURE:
        raise UsageError(f"截图超过 {MOST_PICTURE // 1_000_000} MB；请压缩后再传")
    return found


ROUTES = (
    Route(
        "GET", f"{API}worksheet", Rule(Action.ANSWER, Subject.LISTS), listed,
        operation=Operation("listQuestions", "What a person has to look at", "worksheet", AskedAnswer, AskedQuery),
    ),
    post(
        "targets/{target:path}/answers", Action.ANSWER, Subject.TARGET, answer,
        Operation(
            "answerQuestions", "Answer questions about a target", "worksheet.answer", AnsweredDocument,
            body=AnswersBody,
        ),
        WITH_FILES,
    ),
)  # fmt: skip

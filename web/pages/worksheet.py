"""人工核查 in the browser: what nobody could judge, answered target by target, with a picture as proof."""

from starlette.responses import Response

from domain.answers import AnswerVerdict
from domain.errors import UsageError
from domain.rights import Action
from domain.times import beijing_date
from inspection.desk.questions import Filled, asked_of
from inspection.desk.worklist import latest_night
from inspection.people.question_sheet import HOLDS
from inspection.people.worksheet import RESULTS
from web.changes import answer_questions
from web.downloads import go
from web.rendering import page, query
from web.sniffing import picture_kind
from web.visit import WITH_FILES, Route, Rule, Subject, Visit

TARGETS = 12  # of a page
QUESTIONS = 20  # of a target
MOST_PICTURE = 10_000_000


def listed(visit: Visit) -> Response:
    """A page of targets with their questions."""
    run, view = latest_night(visit.store), visit.view
    check, unit, target = visit.asked("check"), visit.asked("unit"), visit.asked("target")
    asked = asked_of(visit.store, visit.rules, view, run, check=check, unit=unit, target=target) if run else []
    total = sum(len(each.questions) + bool(each.account) for each in asked)
    begin = next((at for at, each in enumerate(asked) if each.target.id == visit.asked("from")), 0)
    behind = asked[begin + TARGETS].target.id if len(asked) > begin + TARGETS else ""
    return page(
        visit, "worksheet.html", run=run, asked=asked[begin : begin + TARGETS], total=total, targets=len(asked),
        most=QUESTIONS, verdicts=list(AnswerVerdict), results=RESULTS, check=check, unit=unit, target=target,
        checks=[(rule.id, rule.title) for rule in visit.rules.checks.values()], behind=behind, begin=begin,
        until=beijing_date(visit.now + HOLDS), today=beijing_date(visit.now), told=visit.told,
    )  # fmt: skip


def answer(visit: Visit) -> Response:
    """What was filled in for one target: all of it or nothing."""
    filled = [_filled(visit, key) for key in visit.texts("key") if visit.text(f"verdict-{key}")]
    if visit.text("result"):
        cells = {
            "核查结果": visit.text("result"), "最后更新日期": visit.text("updated"),
            "互动功能": visit.text("interaction"), "备注": visit.text("note"),
        }  # fmt: skip
        filled.append(Filled("", cells, _picture(visit, "proof")))
    kept, left = answer_questions(visit, filled)
    told = f"已登记 {kept} 条，重新判定后还有 {left} 条待核" if left else f"已登记 {kept} 条，该对象没有待核的了"
    return go(f"/worksheet{query(check=visit.text('check'), unit=visit.text('unit'), told=told)}")


def _filled(visit: Visit, key: str) -> Filled:
    cells = {
        "核查结果": visit.text(f"verdict-{key}"),
        "有效期至": visit.text(f"until-{key}"),
        "备注": visit.text(f"note-{key}")[:500],
    }
    return Filled(key, cells, _picture(visit, f"proof-{key}"))


def _picture(visit: Visit, name: str) -> bytes:
    upload = visit.file(name)
    if upload is None:
        return b""
    picture_kind(upload)
    if len(upload.data) > MOST_PICTURE:
        raise UsageError(f"截图超过 {MOST_PICTURE // 1_000_000} MB；请压缩后再传")
    return upload.data


ROUTES = (
    Route("GET", "/worksheet", Rule(Action.ANSWER, Subject.LISTS), listed),
    Route("POST", "/targets/{target:path}/answers", Rule(Action.ANSWER, Subject.TARGET), answer, WITH_FILES),
)

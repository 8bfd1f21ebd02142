"""整改: letters and slips in a list, and drafting them."""

from starlette.responses import Response

from domain.errors import UsageError
from domain.letter_moves import PaperKind
from domain.rights import Action
from inspection.desk.scope import seen_letters
from inspection.desk.worklist import LETTERS, Task
from inspection.letters.drafting import draft
from web.downloads import go
from web.rendering import page, query
from web.visit import Route, Rule, Subject, Visit, reads

SHOWN = 100


def listed(visit: Visit) -> Response:
    """The letters a person may see, the newest first; those of one task where it is asked."""
    view, now = visit.view, visit.now
    letters = list(reversed(seen_letters(visit.store, view)))
    word, kind, unit = visit.asked("task"), visit.asked("kind"), visit.asked("unit")
    task = Task(word) if word in {*Task} else None
    if task is not None and task in LETTERS:
        letters = [letter for letter in letters if LETTERS[task](letter, now)]
    elif word != "all":
        letters = [letter for letter in letters if not letter.state.is_over]
    if kind in {*PaperKind}:
        letters = [letter for letter in letters if letter.kind is PaperKind(kind)]
    if unit:
        letters = [letter for letter in letters if letter.unit_id == unit]
    tasks = [each for each in LETTERS if view.is_whole or each not in {Task.DRAFTS, Task.TO_ISSUE}]
    return page(
        visit, "letters.html", letters=letters[:SHOWN], total=len(letters), word=word, kind=kind, unit=unit, tasks=tasks,
        kinds=list(PaperKind), may_draft=view.may_at_all(Action.DRAFT), told=visit.told,
        periods=[each for each in visit.store.periods() if each.version] if view.may_at_all(Action.DRAFT) else [],
    )  # fmt: skip


def make_drafts(visit: Visit) -> Response:
    """One draft for each unit that has something to mend and is not asked for it yet."""
    word = visit.text("kind")
    if word not in {*PaperKind}:
        raise UsageError("请选择整改通知单或提示单")
    units = [visit.text("unit")] if visit.text("unit") else []
    with visit.place.changing:
        made = draft(
            visit.store, visit.rules, PaperKind(word), visit.actor, visit.now, units=units, period=visit.text("period")
        )
    if len(made) == 1:
        return go(f"/letters/{made[0].id}")
    told = f"已起草 {len(made)} 份{PaperKind(word).label}"
    return go(f"/letters{query(task=Task.DRAFTS.value, told=told)}")


ROUTES = (
    Route("GET", "/letters", reads(), listed),
    Route("POST", "/letters/draft", Rule(Action.DRAFT, Subject.OFFICE), make_drafts),
)

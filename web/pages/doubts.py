"""Doubts about texts, group by group; nothing of them counts until a person says so."""

from starlette.responses import Response

from domain.errors import UsageError
from domain.rights import Action
from inspection.desk.doubt_groups import doubt_groups, settle_group
from inspection.people.doubts import ERROR, FINE
from inspection.texts.teaching import Rehearsal
from web.rendering import page
from web.visit import Route, Rule, Subject, Visit

SHOWN = 20
MOST_SENTENCES = 12  # of a group


def listed(visit: Visit) -> Response:
    """A page of groups."""
    try:
        run, groups = doubt_groups(visit.store, visit.place.data)
    except UsageError as error:
        return page(visit, "doubts.html", run=None, groups=[], why=str(error), number=1, pages=1, total=0)
    word = visit.asked("page", "1")
    pages = max(1, -(-len(groups) // SHOWN))
    number = min(int(word), pages) if word.isascii() and word.isdigit() and 0 < len(word) < 6 else 1
    shown = groups[max(0, number - 1) * SHOWN :][:SHOWN]
    return page(
        visit, "doubts.html", run=run, groups=shown, why="", number=number, pages=pages, total=len(groups),
        error=ERROR, fine=FINE, most=MOST_SENTENCES,
    )  # fmt: skip


def settle(visit: Visit) -> Response:
    """First what the decision would do to the word lists, then doing it."""
    run_id, verdict, keys, context = visit.text("run"), visit.text("verdict"), visit.texts("key"), visit.text("context")
    preview = Rehearsal(visit.store, visit.place.data, visit.now)
    looked = settle_group(
        visit.store, visit.place.data, run_id, keys, verdict, context, visit.actor, visit.now, preview, apply=False
    )
    done = visit.text("step") == "apply"
    if done:
        with visit.place.changing:
            looked = settle_group(
                visit.store, visit.place.data, run_id, keys, verdict, context, visit.actor, visit.now, preview,
                apply=True,
            )  # fmt: skip
    return page(
        visit, "doubts_settle.html", settled=looked, done=done, run_id=run_id, verdict=verdict, keys=keys,
        context=context,
    )  # fmt: skip


ROUTES = (
    Route("GET", "/doubts", Rule(Action.REVIEW, Subject.OFFICE), listed),
    Route("POST", "/doubts/settle", Rule(Action.REVIEW, Subject.OFFICE), settle),
)

"""One finding: what it says, what it rests on, and what may be done with it."""

from datetime import timedelta

from starlette.responses import Response

from domain.errors import NotThere
from domain.findings import FindingRecord
from domain.rights import Action
from domain.times import beijing_date
from inspection.desk.decisions import Choice, Said, choices
from inspection.desk.finding_lists import lines_of, neighbours
from inspection.desk.finding_pages import finding_page, picture, stored_page
from inspection.desk.scope import GONE, seen_finding
from inspection.desk.versions import version_of
from inspection.people.lessons import STATEMENT, TYPO
from web.changes import decide_finding
from web.downloads import go, shown_picture
from web.filters import asked_filters, filter_of
from web.headers import STORED
from web.rendering import page, query
from web.visit import Route, Rule, Subject, Visit, reads

WAIVED_FOR = timedelta(days=30)


def show(visit: Visit) -> Response:
    """The page."""
    view = visit.view
    found = finding_page(visit.store, visit.rules, view, visit.params["finding"])
    before, behind = neighbours(visit.store, view, filter_of(visit), found.record)
    legal = choices(view, found.record, found.requests)
    return page(
        visit,
        "finding.html",
        found=found,
        record=found.record,
        version=version_of(found.record),
        legal=legal,
        Choice=Choice,
        before=before,
        behind=behind,
        suffix=query(**asked_filters(visit)),
        teaches=found.record.finding.check in {TYPO, STATEMENT},
        open_requests=[item for item in found.requests if not item.decided_by],
        until=beijing_date(visit.now) + WAIVED_FOR,
        told=visit.told,
        may_recheck=visit.place.errands is not None
        and view.may(Action.INSPECT, view.unit_of(found.record.target_id))
        and found.record.state.is_open,
    )


def stored(visit: Visit) -> Response:
    """The stored page as it was, where it can do nothing."""
    found = stored_page(visit.store, seen_finding(visit.store, visit.view, visit.params["finding"]))
    if found is None:
        raise NotThere(GONE)
    body, charset = found
    safe = charset if charset.replace("-", "").replace("_", "").isalnum() else "utf-8"
    headers = {"content-security-policy": STORED, "content-type": f"text/html; charset={safe}"}
    return Response(body, headers=headers)


def shown(visit: Visit) -> Response:
    """The picture with the place marked."""
    return shown_picture(picture(visit.store, visit.view, visit.params["finding"]))


def review(visit: Visit) -> Response:
    """Confirmed, rejected, or taken back."""
    word = visit.text("choice")
    choice = Choice(word) if word in {Choice.CONFIRM, Choice.REJECT, Choice.UNDO} else Choice.CONFIRM
    return _do(visit, choice)


def ask_waiver(visit: Visit) -> Response:
    """A waiver, for another person to grant."""
    return _do(visit, Choice.ASK_WAIVER)


def ask_confirmation(visit: Visit) -> Response:
    """The confirmation of a severe misstatement, for another person to grant."""
    return _do(visit, Choice.ASK_CONFIRM)


def decide(visit: Visit) -> Response:
    """What somebody else asked is granted or refused."""
    return _do(visit, Choice.GRANT if visit.text("choice") == Choice.GRANT else Choice.REFUSE)


def _do(visit: Visit, choice: Choice) -> Response:
    said = Said(
        choice, visit.text("version"), visit.text("reason"), visit.text("until"), visit.text("context"),
        visit.text("only") == "1",
    )  # fmt: skip
    told = decide_finding(visit, said)
    onward = visit.text("onward")
    place = onward if onward.isalnum() else visit.params["finding"]
    return go(f"/findings/{place}{query(told=told[:300], **_carried(visit))}")


def _carried(visit: Visit) -> dict[str, str]:
    return {name: visit.text(f"filter-{name}") for name in ("stage", "severity", "check", "unit", "target")}


def requested(visit: Visit) -> Response:
    """Everything that waits for a second person."""
    view, records = visit.view, {}
    asked = [item for item in visit.store.requests() if not item.decided_by]
    for item in asked:
        record = visit.store.finding(item.fingerprint)
        if record is not None and view.reads(view.unit_of(record.target_id)):
            records[item.fingerprint] = record
    found: list[FindingRecord] = list(records.values())
    lines = {line.record.fingerprint: line for line in lines_of(visit.store, visit.rules, view, found)}
    rows = [(item, lines[item.fingerprint]) for item in asked if item.fingerprint in lines]
    return page(visit, "requests.html", rows=rows)


ROUTES = (
    Route("GET", "/requests", reads(), requested),
    Route("GET", "/findings/{finding}", reads(Subject.FINDING), show),
    Route("GET", "/findings/{finding}/page", reads(Subject.FINDING), stored),
    Route("GET", "/findings/{finding}/picture", reads(Subject.FINDING), shown),
    Route("POST", "/findings/{finding}/review", Rule(Action.REVIEW, Subject.FINDING), review),
    Route("POST", "/findings/{finding}/ask-confirmation", Rule(Action.REVIEW, Subject.FINDING), ask_confirmation),
    Route("POST", "/findings/{finding}/ask-waiver", Rule(Action.REQUEST_WAIVER, Subject.FINDING), ask_waiver),
    Route("POST", "/findings/{finding}/waiver", Rule(Action.GRANT_WAIVER, Subject.FINDING), decide),
    Route("POST", "/findings/{finding}/confirmation", Rule(Action.SECOND_VOICE, Subject.FINDING), decide),
)

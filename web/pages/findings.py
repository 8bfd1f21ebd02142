"""Findings: the list with its filters, what is saved of them, and the same decision for many."""

from dataclasses import replace

from starlette.responses import Response

from domain.errors import UsageError
from domain.finding_search import Stage
from domain.findings import Severity
from domain.log_in import SavedFilter
from domain.rights import Action
from inspection.desk.decisions import REVIEWS, Choice, Said, carry_out_many, chosen
from inspection.desk.finding_lists import lines_of, listing
from inspection.desk.versions import demand_version
from inspection.people.bulk_review import MOST
from web.downloads import go
from web.filters import NAMES, asked_filters, filter_of, mark_in, mark_words
from web.rendering import page, query
from web.visit import OWN, Route, Rule, Subject, Visit, reads

SHOWN = 50
LONGEST_NAME = 30


def listed(visit: Visit) -> Response:
    """A window of the list."""
    wanted, view = filter_of(visit), visit.view
    found = listing(
        visit.store, visit.rules, view, wanted, after=mark_in(visit.asked("at")), back=visit.asked("back") == "1",
        limit=SHOWN,
    )  # fmt: skip
    person = visit.person
    return page(
        visit,
        "findings.html",
        listing=found,
        asked=asked_filters(visit),
        suffix=query(**asked_filters(visit)),
        before=mark_words(found.before),
        behind=mark_words(found.behind),
        stages=[("", "待确认和存在"), *((stage.value, stage.label) for stage in Stage), ("all", "全部")],
        severities=list(Severity),
        checks=[(rule.id, rule.title) for rule in visit.rules.checks.values()],
        saved=visit.store.saved_filters(person.id) if person else [],
        most=MOST,
        may_review=view.may_at_all(Action.REVIEW),
    )


def keep_filter(visit: Visit) -> Response:
    """Save the filters of a list under a name, or drop a saved one."""
    name = visit.text("name")[:LONGEST_NAME]
    if not name:
        raise UsageError("请给这组筛选条件起个名字")
    values = {each: visit.text(each) for each in NAMES if visit.text(each)}
    kept = query(**values).lstrip("?") or "stage="
    if visit.person:
        dropped = visit.text("drop") == "1"
        visit.store.save_filter(SavedFilter(visit.person.id, name, "" if dropped else kept))
    return go(f"/findings{query(**values)}")


def bulk(visit: Visit) -> Response:
    """First what would be done with each, then doing it."""
    choice = visit.text("choice")
    keys = _all_of_query(visit) if visit.text("all") == "1" and visit.text("step") != "apply" else visit.texts("key")
    if choice not in REVIEWS:
        raise UsageError("请选择要办理的操作")
    if not keys:
        raise UsageError("没有选中任何问题；请先勾选，再选择操作")
    if len(keys) > MOST:
        raise UsageError(f"一次最多处理 {MOST} 个问题，选中了 {len(keys)} 个")
    said = Said(Choice(choice), "", visit.text("reason"))
    if visit.text("step") == "apply":
        at = [record.target_id for record, _ in chosen(visit.store, visit.view, keys)]
        with visit.place.turns.at(at), visit.place.changing:
            after = carry_out_many(visit.store, visit.rules, visit.view, visit.actor, keys, said, visit.now)
        lines = lines_of(visit.store, visit.rules, visit.view, after)
        return page(
            visit, "bulk_done.html", lines=lines, said=said, undo=Choice.UNDO, back=visit.text("back", "/findings")
        )
    records = chosen(visit.store, visit.view, keys)
    for record, version in records:
        demand_version(record, version)
    lines = lines_of(visit.store, visit.rules, visit.view, [record for record, _ in records])
    return page(
        visit, "bulk.html", lines=lines, said=said, needs_reason=said.choice is Choice.REJECT, back=visit.came_from
    )


def _all_of_query(visit: Visit) -> list[str]:
    """Every finding of the filters as it is now: the preview shows them, and just these are decided about."""
    values = {name: [visit.text(f"filter-{name}")] for name in NAMES}
    wanted = filter_of(replace(visit, query=values))
    found = listing(visit.store, visit.rules, visit.view, wanted, limit=MOST)
    return [f"{line.record.fingerprint}.{line.version}" for line in found.lines]


ROUTES = (
    Route("GET", "/findings", reads(), listed),
    Route("POST", "/findings/filters", OWN, keep_filter),
    Route("POST", "/findings/bulk", Rule(Action.REVIEW, Subject.OFFICE), bulk),
)

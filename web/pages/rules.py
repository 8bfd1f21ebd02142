"""规则: what is checked and by which official row; the city's own layer changed after a look at its effect."""

from collections.abc import Mapping

from starlette.responses import Response

from domain.errors import NotThere, RulesError, UsageError
from domain.rights import Action
from domain.trail import Act
from inspection.desk.finding_lists import lines_of
from inspection.desk.rules_desk import (
    OwnRules,
    deadline_rows,
    matching,
    own_rules,
    told_changes,
    values_of,
    with_check,
    with_deadlines,
)
from inspection.desk.rules_keeping import confirm, save_rules, version_text, versions
from inspection.desk.rules_preview import Effect, effect, read_book
from inspection.desk.scope import GONE
from inspection.desk.trail_desk import trail_page
from inspection.desk.worklist import latest_night
from web.downloads import go
from web.rendering import page, query
from web.visit import Route, Rule, Subject, Visit, reads

SHOWN = 40


def listed(visit: Visit) -> Response:
    """The checks and the official rows, searched."""
    word, may_edit = visit.asked("q")[:60], visit.view.may_at_all(Action.RULES)
    rules = [visit.rules.checks[id] for id in matching(visit.rules, word)]
    rows = [row for row in visit.rules.indicators if word in f"{row.id} {row.title} {row.source}"]
    return page(
        visit, "rules.html", rules=rules, rows=rows, word=word, hash=visit.rules.hash, may_edit=may_edit,
        told=visit.told, versions=versions(visit.place.data)[:SHOWN] if may_edit else [],
        history=trail_page(visit.store, 0, "", Act.RULES.label).rows[:SHOWN] if may_edit else [],
        own=_own(visit).version if may_edit else "",
    )  # fmt: skip


def _own(visit: Visit) -> OwnRules:
    return own_rules(visit.place.data, visit.place.rules)


def show(visit: Visit) -> Response:
    """One check."""
    return _check(visit, visit.params["check"])


def _check(visit: Visit, check: str, problems: tuple[str, ...] = ()) -> Response:
    rule = visit.rules.checks.get(check)
    if rule is None:
        raise NotThere(GONE)
    own, filled = _own(visit), {name: visit.text(name) for name in visit.form}
    return page(
        visit, "rule.html", 400 if problems else 200, rule=rule, values=values_of(own, check), version=own.version,
        rows=[row for row in visit.rules.indicators if any(count.check == check for count in row.counts)],
        may_edit=visit.view.may_at_all(Action.RULES), problems=problems, filled=filled if problems else {},
        is_layer=own.is_layer,
    )  # fmt: skip


def change(visit: Visit) -> Response:
    """A check as it was filled in: first its effect, then keeping it."""
    check = visit.params["check"]
    if check not in visit.rules.checks:
        raise NotThere(GONE)
    own = _own(visit)
    try:
        text = with_check(own, check, {name: visit.text(name) for name in visit.form})
    except RulesError as error:
        return _check(visit, check, tuple(error.problems))
    return _kept_or_shown(visit, own, text, f"/rules/{check}")


def ask_deadlines(visit: Visit) -> Response:
    """The deadlines of columns."""
    return _deadlines(visit, ())


def _deadlines(visit: Visit, problems: tuple[str, ...]) -> Response:
    own = _own(visit)
    return page(
        visit, "rule_deadlines.html", 400 if problems else 200, rows=deadline_rows(own), version=own.version, problems=problems,
        may_edit=visit.view.may_at_all(Action.RULES),
    )  # fmt: skip


def change_deadlines(visit: Visit) -> Response:
    """The same for the deadlines of columns."""
    own = _own(visit)
    filled: Mapping[int, str] = {
        int(name.removeprefix("row-")): visit.text(name)
        for name in visit.form
        if name.startswith("row-") and name[4:].isdigit() and name[4:].isascii() and len(name) < 9
    }
    try:
        text = with_deadlines(own, filled)
    except RulesError as error:
        return _deadlines(visit, tuple(error.problems))
    return _kept_or_shown(visit, own, text, "/rules/deadlines")


def back(visit: Visit) -> Response:
    """A version from before."""
    own = _own(visit)
    return _kept_or_shown(visit, own, version_text(visit.place.data, visit.text("to")), "/rules/back")


def _kept_or_shown(visit: Visit, own: OwnRules, text: str, action: str) -> Response:
    if visit.text("step") == "apply":
        with visit.place.changing:
            told = save_rules(
                visit.store, visit.place.data, _own(visit), text, visit.text("version"), visit.actor, visit.now
            )
        return go(f"/rules{query(told='已保存，从下一次巡检起按新规则判定' if told else '没有改动')}")
    changes, run = told_changes(own, text), latest_night(visit.store)
    found = effect(visit.store, run, visit.rules, read_book(text)) if run and changes else Effect()
    records = [*found.appear[:SHOWN], *found.go[:SHOWN]]
    lines = {line.record.fingerprint: line for line in lines_of(visit.store, visit.rules, visit.view, records)}
    fields = [(name, value) for name, values in visit.form.items() for value in values]
    return page(
        visit, "rule_effect.html", changes=changes, found=found, run=run, action=action, version=own.version,
        appear=[lines[each.fingerprint] for each in found.appear[:SHOWN]],
        go=[lines[each.fingerprint] for each in found.go[:SHOWN]],
        fields=[(name, value) for name, value in fields if name not in {"step", "token", "version"}],
    )  # fmt: skip


def confirm_one(visit: Visit) -> Response:
    """A row that waits for somebody who has read the official sentence."""
    row = visit.text("row")
    if not row:
        raise UsageError("请选择要确认的指标")
    with visit.place.changing:
        told = confirm(visit.store, visit.place.data, _own(visit), row, visit.actor, visit.now)
    return go(f"/rules{query(told=told)}")


_EDIT = Rule(Action.RULES, Subject.CITY)
ROUTES = (
    Route("GET", "/rules", reads(Subject.CITY), listed),
    Route("POST", "/rules/confirm", _EDIT, confirm_one),
    Route("POST", "/rules/back", _EDIT, back),
    Route("GET", "/rules/deadlines", reads(Subject.CITY), ask_deadlines),
    Route("POST", "/rules/deadlines", _EDIT, change_deadlines),
    Route("GET", "/rules/{check}", reads(Subject.CITY), show),
    Route("POST", "/rules/{check}", _EDIT, change),
)

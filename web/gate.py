"""Whether a visit may go on: who is logged in, whose thing it is, and what the role may do with it.

The use cases ask again with the actor; here nobody gets as far as seeing a button that is not his.
"""

from domain.errors import NotThere
from domain.rights import Action
from inspection.desk.scope import GONE, seen_finding, seen_letter
from web.visit import Route, Subject, Visit


class LoggedOut(Exception):
    """Nobody is logged in, or not any more."""


class Forbidden(Exception):
    """The role may not do it."""


def demand_right(visit: Visit, route: Route) -> None:
    """LoggedOut, Forbidden, or NotThere for what is none of the person's business."""
    rule = route.rule
    if rule.subject is Subject.ANYBODY:
        return
    if visit.person is None:
        raise LoggedOut
    if rule.subject is Subject.ONESELF:
        return
    if route.operation and not (visit.program and visit.program.allows(route.operation.scope)):
        raise Forbidden(f"这个令牌没有范围 {route.operation.scope}")
    unit = _unit(visit, rule.subject)
    if rule.action is Action.READ:
        return
    allowed = visit.view.may_at_all(rule.action) if unit is None else visit.view.may(rule.action, unit)
    if not allowed:
        raise Forbidden(f"{visit.person.words}无权{rule.action.label}")


def _unit(visit: Visit, subject: Subject) -> str | None:
    """The unit a thing belongs to; None where a route speaks of no single thing."""
    view, params = visit.view, visit.params
    if subject is Subject.CITY:
        view.demand_city()
    if subject is Subject.FINDING:
        return view.unit_of(seen_finding(visit.store, view, params["finding"]).target_id)
    if subject is Subject.TARGET:
        return view.target(params["target"]).unit_id
    if subject is Subject.PERSON:
        return _unit_of_person(visit)
    if subject is Subject.LETTER:
        return seen_letter(visit.store, view, params["letter"]).unit_id
    return None


def _unit_of_person(visit: Visit) -> str:
    found = next((each for each in visit.store.persons() if each.id == visit.params["person"]), None)
    if found is None:
        raise NotThere(GONE)
    if visit.view.may_at_all(Action.PERSONS) and not visit.view.may(Action.PERSONS, found.unit_id):
        raise NotThere(GONE)
    return found.unit_id

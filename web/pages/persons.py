"""人员: who may act, registered, invited by a one-time link, disabled."""

from starlette.responses import Response

from domain.persons import Person, Role
from domain.rights import Action
from inspection.entrance.invitations import invite
from inspection.entrance.passwords import has_password
from inspection.people.registering import add_person, disable_person
from web.downloads import go
from web.rendering import page, query
from web.visit import Route, Rule, Subject, Visit


def listed(visit: Visit) -> Response:
    """Those a person may register and disable."""
    return _page(visit)


def _page(visit: Visit, link: str = "", person: Person | None = None) -> Response:
    view, store = visit.view, visit.store
    mine = [each for each in store.persons() if view.may(Action.PERSONS, each.unit_id)]
    whole = view.may(Action.PERSONS)
    roles = list(Role) if whole else [Role.LIAISON]
    units = {unit.id: unit.label for unit in view.registry.units}
    return page(
        visit, "persons.html", persons=mine, roles=roles, units=units, link=link, linked=person, whole=whole,
        told=visit.told, has_password={each.id: has_password(store, each.id) for each in mine},
        choosable=[unit for unit in view.registry.units if view.may(Action.PERSONS, unit.id)],
    )  # fmt: skip


def add(visit: Visit) -> Response:
    """Register one."""
    below = [each for each in visit.texts("below") if each]
    with visit.place.changing:
        made = add_person(
            visit.store, visit.actor, visit.text("name"), visit.text("role"), visit.now, unit=visit.text("unit"),
            below=below,
        )  # fmt: skip
    return go(f"/persons{query(told=f'已登记 {made.id} {made.words}')}")


def disable(visit: Visit) -> Response:
    """He acts no more; his sessions end."""
    with visit.place.changing:
        gone = disable_person(visit.store, visit.actor, visit.params["person"], visit.now)
    return go(f"/persons{query(told=f'已停用 {gone.id} {gone.words}')}")


def link(visit: Visit) -> Response:
    """A one-time link, shown this once."""
    reset = has_password(visit.store, visit.params["person"])
    with visit.place.changing:
        person, secret = invite(visit.store, visit.actor, visit.params["person"], visit.now, reset=reset)
    return _page(visit, secret, person)


_OFFICE, _ONE = Rule(Action.PERSONS, Subject.OFFICE), Rule(Action.PERSONS, Subject.PERSON)
ROUTES = (
    Route("GET", "/persons", _OFFICE, listed),
    Route("POST", "/persons", _OFFICE, add),
    Route("POST", "/persons/{person}/disable", _ONE, disable),
    Route("POST", "/persons/{person}/link", _ONE, link),
)

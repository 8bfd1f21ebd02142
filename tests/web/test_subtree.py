"""A 主管 reaches what lies below his unit in the registry, at any depth, on the command line as in the console."""

from dataclasses import replace

import pytest
from desk import Desk
from staff import PERSONS

from domain.errors import UsageError
from domain.persons import Actor, Role
from domain.rights import Action
from domain.targets import Registry
from inspection.acting import demand
from inspection.desk.scope import View


def hung(registry: Registry, **parents: str) -> Registry:
    units = tuple(replace(unit, parent_id=parents.get(unit.id, "")) for unit in registry.units)
    return replace(registry, units=units)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.LIAISON])
def test_the_tree_gives_a_supervisor_his_units_and_a_liaison_none(desk: Desk, role: Role) -> None:
    person = replace(PERSONS[role], below=())
    store = desk.store
    store.save_persons([person])
    last = store.load_registry().units[-1].id
    with pytest.raises(UsageError, match="无权"):
        demand(store, Actor(person.name, person, ""), Action.REPLY, last)
    registry = hung(store.load_registry(), U2="U1", **{last: "U2"})
    store.save_registry(registry)
    reached = role is Role.SUPERVISOR
    view = View(person, registry)
    assert view.below == {"U2", last}
    assert [view.may(Action.REPLY, unit) for unit in ("U1", "U2", last)] == [True, reached, reached]
    assert {unit.id for unit in view.units} == ({"U1", "U2", last} if reached else {"U1"})
    if reached:
        demand(store, Actor(person.name, person, ""), Action.REPLY, last)
    else:
        with pytest.raises(UsageError, match="无权"):
            demand(store, Actor(person.name, person, ""), Action.REPLY, last)


def test_whoever_is_given_a_unit_has_what_lies_below_it(desk: Desk) -> None:
    last = desk.store.load_registry().units[-1].id
    person = replace(PERSONS[Role.SUPERVISOR], below=("U2",))
    assert person.reach(hung(desk.store.load_registry(), **{last: "U2"})) == {"U2", last}

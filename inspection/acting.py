"""Who acts and whether he may: every use case that changes something asks here first.

An office that has registered nobody goes on with the name somebody gives; from the first person on, only enabled persons
act, each within the rights of his role.
"""

from datetime import datetime

from checks.shared.masking import masked_text
from domain.errors import UsageError
from domain.persons import Actor, Person
from domain.ports import Store
from domain.rights import Action, may
from domain.targets import Account, Site
from domain.trail import Act, Deed


def actor_of(store: Store, by: str, account: str = "") -> Actor:
    """The actor a name or number stands for; UsageError when persons are registered and it is none of them, or several."""
    persons, word = store.persons(), by.strip()
    if by and not word:
        raise UsageError("--by 只有空格；请写明经办人的姓名或编号")
    if not persons:
        return Actor(word, None, account)
    found = [person for person in persons if word == person.id] or [person for person in persons if word == person.name]
    if not word or not found:
        who = f"没有登记过“{word}”" if word else "须写明经办人（--by 姓名或编号）"
        raise UsageError(f"{who}；用 xunjian user list 查看已登记的人员")
    working = [person for person in found if person.enabled]
    if not working:
        raise UsageError(f"{found[0].name}（{found[0].id}）已停用，不能经办")
    if len(working) > 1:
        raise UsageError(f"有 {len(working)} 人叫“{word}”；请写编号：{'、'.join(person.id for person in working)}")
    return Actor(working[0].name, working[0], account)


def demand(store: Store, actor: Actor, action: Action, unit_id: str = "") -> None:
    """UsageError unless the actor may do this to a thing of a unit (empty: a thing of the office)."""
    persons = store.persons()
    if not persons:
        if not actor.name.strip():
            raise UsageError("须写明经办人（--by 姓名）")
        return
    person = _registered(persons, actor)
    own = bool(unit_id) and unit_id == person.unit_id
    if may(person.role, action, own=own):
        return
    registry = store.load_registry()
    if not may(person.role, action, below=bool(unit_id) and unit_id in person.reach(registry)):
        unit = next((unit.label for unit in registry.units if unit.id == unit_id), "")
        whose = f"（{unit}）" if unit and may(person.role, action, own=True) else ""
        raise UsageError(f"{person.words}无权{action.label}{whose}")


def _registered(persons: list[Person], actor: Actor) -> Person:
    known = {person.id: person for person in persons}
    person = known.get(actor.person.id) if actor.person else None
    if person is None:
        raise UsageError(f"没有登记过“{actor.name}”；用 xunjian user list 查看已登记的人员")
    if not person.enabled:
        raise UsageError(f"{person.name}（{person.id}）已停用，不能经办")
    return person


def unit_of_target(store: Store, target_id: str) -> str:
    """The id of the unit that owns a target; empty for what is not registered any more."""
    registry = store.load_registry()
    targets: tuple[Site | Account, ...] = (*registry.sites, *registry.accounts)
    return next((target.unit_id for target in targets if target.id == target_id), "")


def note(store: Store, actor: Actor, act: Act, subject: str, at: datetime, was: str = "", now: str = "") -> None:
    """Add an act to the trail, right before it takes effect; numbers of persons are masked before they are hashed."""
    subject, by, account, was, now = map(masked_text, (subject, actor.name, actor.account, was, now))
    store.append_trail(Deed(act, subject, by, account, at, was, now))

"""Persons registered and disabled. The first one is a 系统管理员, and one always remains."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.errors import UsageError
from domain.persons import Actor, Person, Role, role_named
from domain.ports import Store
from domain.rights import Action
from domain.targets import Registry, Unit
from domain.trail import Act
from inspection.acting import demand, note


def add_person(
    store: Store, actor: Actor, name: str, role: str, at: datetime, *, unit: str = "", below: Sequence[str] = (),
    id: str = "",
) -> Person:  # fmt: skip
    """Register a person; UsageError says what is missing or already there."""
    made = _described(store, name, role, at, unit, below, id)
    persons = store.persons()
    if not persons and made.role is not Role.ADMIN:
        raise UsageError(f"第一个登记的人员须为{Role.ADMIN.label}；请先登记系统管理员")
    if any(person.id == made.id for person in persons):
        raise UsageError(f"编号 {made.id} 已有人使用；请换一个（--id）")
    if any(made.name == person.id or made.id == person.name for person in persons):
        raise UsageError(f"“{made.name}”是别人的编号，或编号是别人的姓名，会认错人；请换一个")
    if persons:
        _demand_over(store, actor, made)
    note(store, actor, Act.PERSON, f"{made.id} {made.name}", at, now=_words(made))
    store.save_persons([made])
    return made


def disable_person(store: Store, actor: Actor, word: str, at: datetime) -> Person:
    """Let a person act no more; nothing he did changes."""
    found = [person for person in store.persons() if word in {person.id, person.name} and person.enabled]
    if len(found) != 1:
        what = "没有在用的人员" if not found else f"有 {len(found)} 人叫"
        raise UsageError(f"{what}“{word}”；用 xunjian user list 查看编号")
    _demand_over(store, actor, found[0])
    others = [person for person in store.persons() if person.enabled and person.id != found[0].id]
    if not any(person.role is Role.ADMIN for person in others):
        raise UsageError(f"{found[0].name}是最后一个{Role.ADMIN.label}，不能停用；请先登记另一个")
    gone = replace(found[0], enabled=False)
    note(store, actor, Act.PERSON, f"{gone.id} {gone.name}", at, "在用", "已停用")
    store.save_persons([gone])
    store.end_sessions(person_id=gone.id)
    return gone


def _words(person: Person) -> str:
    return "，".join(filter(None, (person.role.label, person.unit_id, "、".join(person.below))))


def register_targets(
    store: Store, actor: Actor, registry: Registry, at: datetime, source: str = "", told: str = ""
) -> None:
    """Replace the registered targets; `told`: what has changed, where that is a few words."""
    demand(store, actor, Action.REGISTER)
    counts = [
        f"{len(each.units)} 个单位、{len(each.sites)} 个网站、{len(each.accounts)} 个账号"
        for each in (store.load_registry(), registry)
    ]
    note(store, actor, Act.REGISTER, source, at, *(("", told[:2000]) if told else counts))
    store.save_registry(registry)


def _demand_over(store: Store, actor: Actor, person: Person) -> None:
    demand(store, actor, Action.PERSONS, person.unit_id)
    acting = actor.person.role if actor.person else Role.ADMIN
    if acting is not Role.ADMIN and person.role is not Role.LIAISON:
        raise UsageError(f"{acting.label}只能登记和停用本单位的{Role.LIAISON.label}")


def _described(store: Store, name: str, role: str, at: datetime, unit: str, below: Sequence[str], id: str) -> Person:
    if not name.strip():
        raise UsageError("须写明姓名")
    try:
        wanted = role_named(role)
    except ValueError as error:
        raise UsageError(str(error)) from error
    if wanted.has_unit and not unit:
        raise UsageError(f"{wanted.label}须写明所在单位（--unit）")
    if below and wanted is not Role.SUPERVISOR:
        raise UsageError(f"只有{Role.SUPERVISOR.label}有所属单位（--below）")
    registry = store.load_registry()
    own = unit_named(registry, unit).id if unit else ""
    under = tuple(dict.fromkeys(unit_named(registry, each).id for each in below))
    return Person(id.strip() or _next_id(store), name.strip(), wanted, own, under, since=at)


def _next_id(store: Store) -> str:
    taken = {person.id for person in store.persons()}
    return next(f"P{number:03d}" for number in range(1, len(taken) + 2) if f"P{number:03d}" not in taken)


def unit_named(registry: Registry, name: str) -> Unit:
    """A registered unit by id, name or short name; UsageError when there is none."""
    found = next((unit for unit in registry.units if name in {unit.id, unit.name, unit.short_name}), None)
    if found is None:
        raise UsageError(f"没有登记过单位“{name}”；用 xunjian registry export 查看")
    return found


def person_lines(store: Store) -> list[str]:
    """Everybody registered, one a line."""
    units = {unit.id: unit.label for unit in store.load_registry().units}
    lines = []
    for person in store.persons():
        below = f"，所属 {'、'.join(units.get(each, each) for each in person.below)}" if person.below else ""
        unit = units.get(person.unit_id, person.unit_id) or "办公室"
        lines.append(
            f"{person.id}  {person.name}  {person.role.label}  {unit}{below}  {'在用' if person.enabled else '已停用'}"
        )
    return lines or ["还没有登记人员；现在 --by 写谁就是谁。用 xunjian user add 姓名 --role 系统管理员 登记第一个。"]

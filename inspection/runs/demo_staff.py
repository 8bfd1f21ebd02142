"""One person of every role for the demo city, so that the console can be tried as each of them."""

from datetime import datetime

from domain.persons import Actor, Person, Role
from domain.ports import Store
from domain.targets import UnitKind
from inspection.entrance.passwords import set_password
from inspection.people.registering import add_person

PASSWORD = "demo-of-yunchuan"  # noqa: S105 - of invented persons, printed for whoever tries it
NAMES = (
    ("钱进", Role.ADMIN),
    ("王敏", Role.INSPECTOR),
    ("李敏", Role.INSPECTOR),
    ("陈静", Role.LEADER),
    ("赵云", Role.SUPERVISOR),
    ("周强", Role.LIAISON),
    ("孙丽", Role.VERIFIER),
    ("吴刚", Role.AUDITOR),
)


def staff_demo(store: Store, at: datetime) -> list[str]:
    """Register them once, with the same password; returns one line for each."""
    if not store.persons():
        _register(store, at)
    units = {unit.id: unit.label for unit in store.load_registry().units}
    lines = []
    for person in store.persons():
        unit = units.get(person.unit_id, "")
        lines.append(f"  {person.name}  {person.role.label}{f'（{unit}）' if unit else ''}")
    return [*lines, f"密码都是 {PASSWORD}"]


def _register(store: Store, at: datetime) -> None:
    registry = store.load_registry()
    district = next((unit for unit in registry.units if unit.kind is UnitKind.DISTRICT), registry.units[0])
    busy = dict.fromkeys(_units_with_findings(store))
    liaison = next((unit for unit in registry.units if unit.id in busy), registry.units[-1])
    boss: Person | None = None
    for name, role in NAMES:
        unit = {Role.SUPERVISOR: district, Role.LIAISON: liaison}.get(role)
        actor = Actor(boss.name, boss) if boss else Actor("演示")
        below = [liaison.name] if role is Role.SUPERVISOR and liaison != district else []
        made = add_person(store, actor, name, role.label, at, unit=unit.name if unit else "", below=below)
        boss = boss or made
        set_password(store, made, PASSWORD, at)


def _units_with_findings(store: Store) -> list[str]:
    owners = {site.id: site.unit_id for site in store.load_registry().sites}
    records = [record for record in store.findings() if record.counts and record.target_id in owners]
    records.sort(key=lambda record: (-record.severity.rank, record.target_id))
    return [owners[record.target_id] for record in records]

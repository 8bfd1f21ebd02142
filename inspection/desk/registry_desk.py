"""登记表 as the console shows and changes it: records by kind, one edited at a time, checked like an import."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import Conflict, NotThere, RegistryError
from domain.persons import Actor
from domain.ports import Store
from domain.targets import Account, Registry, Site, Unit
from domain.times import beijing_date
from inspection.desk.scope import GONE, View
from inspection.people.registering import register_targets
from registry import Import, Row, Sheets, build, fields, records
from registry.headers import TITLE, official
from registry.words import COLUMN_KINDS, PLATFORMS, SITE_KINDS, STATES, UNIT_KINDS

NAMES: Mapping[str, str] = TITLE  # of units, sites, accounts, columns
KINDS = tuple(NAMES)
_YES = ("是", "否")
_CHOICES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "units": {"kind": [words[0] for words in UNIT_KINDS.values()]},
    "sites": {
        "kind": [words[0] for words in SITE_KINDS.values()], "service": _YES, "robots": ("遵守", "经授权不遵守"),
        "state": [words[0] for words in STATES.values()],
    },
    "accounts": {
        "platform": [words[0] for words in PLATFORMS.values()], "state": [words[0] for words in STATES.values()],
    },
    "columns": {
        "kind": ["", *(words[0] for words in COLUMN_KINDS.values())], "archived": _YES, "ignored": _YES,
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: its key, its name for people, and its cells by field."""

    key: str
    name: str
    cells: Mapping[str, str]

    @property
    def version(self) -> str:
        """Of what it says."""
        return hashlib.sha256(repr(sorted(self.cells.items())).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a form."""

    name: str
    label: str
    choices: Sequence[str] = ()
    long: bool = False


def entries(registry: Registry, kind: str) -> list[Entry]:
    """All records of a kind in official order."""
    rows = records(registry)[kind]
    if kind == "columns":
        return [Entry(f"{row['site']}|{row['url']}", row["name"] or row["url"], row) for row in rows]
    every: Mapping[str, Sequence[Unit | Site | Account]] = {
        "units": registry.units,
        "sites": registry.sites,
        "accounts": registry.accounts,
    }
    return [Entry(each.id, each.name, row) for each, row in zip(every[kind], rows, strict=True)]


def found(registry: Registry, kind: str, word: str = "", unit: str = "", state: str = "") -> list[Entry]:
    """The records that hold a word, of a unit, in a state."""
    name = next((each.name for each in registry.units if each.id == unit), unit)
    return [
        each
        for each in entries(registry, kind)
        if (not word or any(word in cell for cell in (each.key, *each.cells.values())))
        and (not unit or name in {each.cells.get("unit"), each.cells.get("name") if kind == "units" else None})
        and (not state or each.cells.get("state") == state)
    ]


def entry_of(registry: Registry, kind: str, key: str) -> Entry:
    """One record; NotThere when there is none."""
    for each in entries(registry, kind) if kind in KINDS else ():
        if each.key == key:
            return each
    raise NotThere(GONE)


def fields_of(registry: Registry, kind: str) -> list[Field]:
    """The cells of a form, with what may be chosen."""
    choices = {**_CHOICES[kind], "unit": [unit.name for unit in registry.units]}
    choices |= {"site": [site.id for site in registry.sites]} if kind == "columns" else {}
    names = [name for name in fields(kind) if not (kind == "units" and name == "id")]
    return [
        Field(name, official(kind, name), choices.get(name, ()), name in {"sources", "maintenance"}) for name in names
    ]


def edited(
    store: Store, view: View, kind: str, key: str, version: str, cells: Mapping[str, str], actor: Actor, now: datetime
) -> Import:  # fmt: skip
    """Change a record, or add one where no key is given; RegistryError with everything that is wrong with it.

    What it did stands in the trail, field by field.
    """
    registry = store.load_registry()
    before = entry_of(registry, kind, key) if key else None
    if before is not None and before.version != version:
        raise Conflict(f"“{before.name}”刚才已被他人修改；您的修改没有生效，请看过之后再决定")
    result = build(_sheets(registry, kind, before, cells), registry, as_of=beijing_date(now))
    if result.problems:
        raise RegistryError("没有保存", tuple(_plain(each) for each in result.problems))
    if result.changes:
        told = [f"{each.name}：{'；'.join(each.details) or '新增'}" for each in result.changes]
        register_targets(store, actor, result.registry, now, f"{TITLE[kind]} {key or '新增'}", "；".join(told))
    return result


def _sheets(registry: Registry, kind: str, before: Entry | None, cells: Mapping[str, str]) -> Sheets:
    rows = []
    for each in entries(registry, kind):
        own = {**each.cells, **cells} if before and each.key == before.key else each.cells
        rows.append({**own, "id": each.key} if kind == "units" else own)
    if before is None:
        rows.append(dict(cells))
    return Sheets({kind: tuple(Row(TITLE[kind], kind, number, row) for number, row in enumerate(rows, 2))})


def _plain(problem: str) -> str:
    """A fault without the row of a sheet that nobody sees."""
    place, mark, rest = problem.partition("行")
    return rest.lstrip("，：") if mark and place.startswith("“") else problem


def warned(result: Import) -> list[str]:
    """What was taken and should be looked at."""
    return [_plain(each) for each in result.warnings]

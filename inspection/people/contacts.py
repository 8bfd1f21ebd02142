"""Contacts of the units: read from the sheet 联系人, shown as a difference, kept when told so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from domain.errors import UsageError
from domain.persons import Actor, Contact
from domain.ports import Store
from domain.rights import Action
from domain.targets import Registry
from domain.times import beijing_date
from domain.trail import Act
from inspection.acting import demand, note
from inspection.people.registering import unit_named
from inspection.people.sheet_changes import SheetChanges
from registry.plain_sheets import PlainRow, read_plain
from registry.text import CellError, day

HEADS: Mapping[str, tuple[str, ...]] = {
    "unit": ("单位", "单位名称", "主办单位"),
    "name": ("姓名", "联系人"),
    "title": ("职务",),
    "phone": ("电话", "联系电话", "手机"),
    "mail": ("邮箱", "电子邮箱"),
    "address": ("消息地址",),
    "role": ("角色",),
    "since": ("起", "起始日期"),
    "until": ("止", "截止日期"),
}


def enter_contacts(store: Store, path: Path, actor: Actor, at: datetime, *, apply: bool) -> SheetChanges:
    """Read a sheet of contacts; with `apply` keep it, unless a row is faulty."""
    demand(store, actor, Action.REGISTER)
    registry, known = store.load_registry(), {item.key: item for item in store.contacts()}
    found: dict[tuple[str, str], Contact] = {}
    problems: list[str] = []
    for row in read_plain(path, "联系人", HEADS, ("unit", "name")):
        read = _contact(row, registry)
        if isinstance(read, str):
            problems.append(f"第 {row.number} 行：{read}")
        elif read.key in found:
            problems.append(f"第 {row.number} 行：{row.cells['unit']}的“{read.name}”与前面的行重复，请删去其中一行")
        else:
            found[read.key] = read
    if problems:
        return SheetChanges(problems=tuple(problems))
    changed = [item for key, item in found.items() if known.get(key) != item]
    if apply and changed:
        note(
            store, actor, Act.CONTACTS, path.name, at, now="、".join(f"{item.unit_id} {item.name}" for item in changed)
        )
        store.save_contacts(changed)
    units = {unit.id: unit.label for unit in registry.units}
    return SheetChanges(tuple(f"{'~' if item.key in known else '+'} {_line(item, units)}" for item in changed))


def _contact(row: PlainRow, registry: Registry) -> Contact | str:
    cells = row.cells
    if not cells["unit"] or not cells["name"]:
        return "缺少单位或姓名"
    try:
        unit = unit_named(registry, cells["unit"])
        since, until = _day(cells["since"]), _day(cells["until"])
    except (UsageError, CellError) as error:
        return str(error)
    if since and until and until < since:
        return "“止”早于“起”"
    mail = cells["mail"]
    if mail and ("@" not in mail or " " in mail):
        return f"“{mail}”不是邮箱地址"
    made = Contact(unit.id, cells["name"], cells["title"], cells["phone"], mail, cells["address"], cells["role"])
    return replace(made, since=since, until=until)


def _day(text: str) -> date | None:
    return day(text) if text else None


def contact_lines(store: Store, unit: str, at: datetime) -> list[str]:
    """Who may be reached, of all units or of one."""
    registry = store.load_registry()
    wanted = unit_named(registry, unit).id if unit else ""
    units = {item.id: item.label for item in registry.units}
    lines = [
        _line(item, units) + ("" if item.serves(beijing_date(at)) else "（不在任期内）")
        for item in store.contacts()
        if wanted in {"", item.unit_id}
    ]
    return lines or ["还没有联系人；用 xunjian contacts import 文件 导入。"]


def serving(contacts: Sequence[Contact], unit_id: str, at: datetime) -> Iterator[Contact]:
    """The contacts of a unit on a day."""
    return (item for item in contacts if item.unit_id == unit_id and item.serves(beijing_date(at)))


def _line(item: Contact, units: dict[str, str]) -> str:
    term = f"{item.since or ''} 至 {item.until or ''}" if item.since or item.until else ""
    parts = (units.get(item.unit_id, item.unit_id), item.name, item.title, item.phone, item.mail, item.role, term)
    return "  ".join(part for part in parts if part)

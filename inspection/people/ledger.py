"""The work ledger: read from a sheet, shown as a difference, kept when told so, written out again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from domain.errors import UsageError, unwritable
from domain.ledger import LedgerRow, Matter, month_named
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.targets import Registry
from domain.trail import Act
from inspection.acting import demand, note
from inspection.people.fill_in_sheets import KEY, Filling, write_fillings
from inspection.people.registering import unit_named
from inspection.people.sheet_changes import SheetChanges
from registry.plain_sheets import PlainRow, read_plain

TITLE = "工作台账"
HEADS: Mapping[str, tuple[str, ...]] = {
    "month": ("月份",),
    "unit": ("单位", "单位名称"),
    "matter": ("事项",),
    "count": ("数量",),
    "used": ("采用数",),
    "true": ("属实",),
    "category": ("类别",),
    "note": ("说明",),
    "attachment": ("附件",),
    "key": (KEY,),
}
WIDTHS = dict(zip((names[0] for names in HEADS.values()), (10, 24, 12, 8, 8, 8, 14, 50, 24, 16), strict=True))
MOST = 10_000_000


def enter_ledger(store: Store, path: Path, actor: Actor, at: datetime, *, apply: bool) -> SheetChanges:
    """Read a ledger; with `apply` keep it, unless a row is faulty."""
    demand(store, actor, Action.LEDGER)
    return _entered(
        store, read_plain(path, TITLE, HEADS, ("month", "unit", "matter")), path.name, actor, at, apply=apply
    )


def enter_rows(
    store: Store, rows: Sequence[Mapping[str, str]], source: str, actor: Actor, at: datetime, *, apply: bool
) -> SheetChanges:
    """The same of rows without a sheet: cells by the names of `HEADS`."""
    demand(store, actor, Action.LEDGER)
    lines = [PlainRow(number, dict.fromkeys(HEADS, "") | {**row}) for number, row in enumerate(rows, 1)]
    return _entered(store, lines, source, actor, at, apply=apply)


def _entered(
    store: Store, lines: Iterable[PlainRow], source: str, actor: Actor, at: datetime, *, apply: bool
) -> SheetChanges:
    registry, known = store.load_registry(), {row.key: row for row in store.ledger()}
    found: dict[str, LedgerRow] = {}
    problems: list[str] = []
    for line in lines:
        read = _row(line, registry, known)
        if isinstance(read, str):
            problems.append(f"第 {line.number} 行：{read}")
        elif read.key in found:
            problems.append(f"第 {line.number} 行：与前面的行是同一项，请合并或在“类别”“说明”中区分")
        else:
            found[read.key] = read
    if problems:
        return SheetChanges(problems=tuple(problems))
    changed = [replace(row, by=actor.name, at=at) for key, row in found.items() if known.get(key) != row]
    if apply and changed:
        told = f"{len(changed)} 行：{'、'.join(sorted({row.month for row in changed}))}"
        note(store, actor, Act.LEDGER, source, at, now=told)
        store.save_ledger(changed)
    units = {unit.id: unit.label for unit in registry.units}
    return SheetChanges(tuple(f"{'~' if row.key in known else '+'} {_line(row, units)}" for row in changed))


def _row(line: PlainRow, registry: Registry, known: Mapping[str, LedgerRow]) -> LedgerRow | str:
    cells = line.cells
    if cells["matter"] not in {*Matter}:
        return f"事项“{cells['matter']}”不在可选范围内，请填：{'、'.join(Matter)}"
    if cells["key"] and cells["key"] not in known:
        return f"“{KEY}”不是台账中的行，请从导出的台账复制，新增的行不要填写"
    try:
        count, used, true = (_number(cells[name], HEADS[name][0]) for name in ("count", "used", "true"))
        row = LedgerRow(
            month_named(cells["month"]), unit_named(registry, cells["unit"]).id, Matter(cells["matter"]), count, used, true,
            cells["category"], cells["note"], cells["attachment"],
        )  # fmt: skip
    except (ValueError, UsageError) as error:
        return str(error)
    for part, word in ((row.used, "采用数"), (row.true, "属实")):
        if part is not None and part > (row.count or 0):
            return f"{word} {part} 多于数量 {row.count or 0}"
    return replace(row, key=cells["key"] or row.identity)


def _number(text: str, head: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) > MOST:
        raise ValueError(f"{head}“{text[:20]}”不是个数")
    return int(text)


def write_ledger(store: Store, path: Path, month: str = "") -> int:
    """Write the ledger as .xlsx, to be changed and read back; returns how many rows."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"不能写成 {path.suffix or '没有扩展名的文件'}；请用 .xlsx")
    units = {unit.id: unit.name for unit in store.load_registry().units}
    rows = [row for row in store.ledger() if month in {"", row.month}]
    cells = [
        ["" if value is None else value for value in
         (row.month, units.get(row.unit_id, row.unit_id), row.matter.value, row.count, row.used, row.true, row.category, row.note, row.attachment, row.key)]
        for row in rows
    ]  # fmt: skip
    widths = {head: width for head, width in WIDTHS.items() if head != KEY}
    fill: dict[str, Sequence[str]] = dict.fromkeys(widths, ()) | {"事项": tuple(Matter)}
    try:
        write_fillings(path, (Filling(TITLE, widths, cells, fill),))
    except OSError as error:
        raise unwritable(path, error) from error
    return len(rows)


def _line(row: LedgerRow, units: Mapping[str, str]) -> str:
    numbers = (("数量", row.count), ("采用", row.used), ("属实", row.true))
    told = "，".join(f"{word} {number}" for word, number in numbers if number is not None)
    return "  ".join(filter(None, (row.month, units[row.unit_id], row.matter.value, row.category, told, row.note[:40])))

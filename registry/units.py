"""Rows of the unit sheet, and finding the unit a site or account names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from domain.targets import Unit
from registry.notes import Notes
from registry.sheets import Row
from registry.text import CellError, clean, identifier, key
from registry.words import UNIT_KINDS, guess_unit_kind, word_of, words_of


class UnitBook:
    """The units of the new registry: those of the sheet, the registered ones it leaves out, and those only named."""

    def __init__(self, rows: Sequence[Row], current: Sequence[Unit], notes: Notes) -> None:
        self._notes = notes
        self._registered = {unit.id: unit for unit in current}
        self._registered_names = {key(unit.name): unit.id for unit in current}
        self._units: dict[str, Unit] = {}
        self._seen: dict[str, Row] = {}
        for position, row in enumerate(rows, 1):
            self._add(row, position)
        left_out = [unit for unit in current if unit.id not in self._units]
        if rows and left_out:
            notes.warnings.append(f"单位表里没有已登记的{words_of(unit.label for unit in left_out)}，仍予保留")
        self._units |= {unit.id: unit for unit in left_out}
        self._full = {key(unit.name): unit for unit in self._units.values()}
        shorts = Counter(key(unit.short_name) for unit in self._units.values() if unit.short_name)
        self._short = {key(unit.short_name): unit for unit in self._units.values() if shorts[key(unit.short_name)] == 1}
        self._set_parents()

    def all(self) -> tuple[Unit, ...]:
        """The units in official order."""
        return tuple(sorted(self._units.values(), key=lambda unit: unit.order))

    def get(self, unit_id: str) -> Unit | None:
        """A unit by id."""
        return self._units.get(unit_id)

    def named(self, row: Row) -> str:
        """The id of the unit a row names by full or short name; unknown names found a unit, with a warning."""
        name = row.text("unit")
        if not name:
            self._notes.warn(row, "unit", "是空的，该对象不归入任何单位，请补填")
            return ""
        if found := self._find(name):
            return found.id
        order = max((unit.order for unit in self._units.values()), default=0) + 1
        unit = Unit(name, name, kind=guess_unit_kind(name), order=order)
        self._units[name] = self._full[key(name)] = unit
        self._notes.warn(row, "unit", f"单位表里没有“{name}”，已新建该单位，类别暂定为“{unit.kind}”，请核对")
        return name

    def _find(self, name: str) -> Unit | None:
        # A short name that two units share names neither.
        return self._full.get(key(name)) or self._short.get(key(name)) or self._units.get(name)

    def _set_parents(self) -> None:
        """上级单位 once all units are known; an unknown one and a circle are refused."""
        rows = [(self._full[name].id, row) for name, row in self._seen.items() if name in self._full]
        for unit_id, row in rows:
            if row.has("parent"):
                name = row.text("parent")
                found = self._find(name) if name else None
                if name and found is None:
                    self._notes.refuse(row, "parent", f"没有“{name}”这个单位；请写单位表里的单位名称，或留空")
                    continue
                self._units[unit_id] = replace(self._units[unit_id], parent_id=found.id if found else "")
        for unit_id, row in rows:
            if row.has("parent") and self._is_above_itself(unit_id):
                self._notes.refuse(
                    row, "parent", f"“{row.text('parent')}”又归“{row.text('name')}”管，成了一个圈；请改正"
                )

    def _is_above_itself(self, unit_id: str) -> bool:
        seen: set[str] = set()
        above = self._units[unit_id].parent_id
        while above and above != unit_id and above not in seen:
            seen.add(above)
            above = self._units[above].parent_id if above in self._units else ""
        return above == unit_id

    def _add(self, row: Row, position: int) -> None:
        name = row.text("name")
        if not name:
            self._notes.refuse(row, "name", "是空的；请填写单位全称，或删去这一行")
            return
        if first := self._seen.get(key(name)):
            self._notes.refuse(row, "name", f"“{name}”与{first.at()}重复；请删去一行")
            return
        self._seen[key(name)] = row
        unit_id = self._notes.read(row, "id", identifier, "") or self._registered_names.get(key(name), name)
        if unit_id in self._units:
            self._notes.refuse(row, "id", f"“{unit_id}”重复；请给每个单位不同的编号")
            return
        old = self._registered.get(unit_id)
        base = old or Unit(unit_id, name, kind=guess_unit_kind(name), order=position)
        unit = replace(
            base,
            name=name,
            short_name=self._notes.read(row, "short_name", clean, base.short_name),
            order=self._notes.read(row, "order", lambda text: _order(text, position), base.order),
        )
        if row.text("kind"):
            kind = self._notes.read(row, "kind", lambda text: word_of(UNIT_KINDS, text, "单位类别"), base.kind)
            unit = replace(unit, kind=kind)
        self._units[unit_id] = unit


def _order(text: str, position: int) -> int:
    word = key(text)
    if not word:
        return position
    try:
        return int(word)
    except ValueError:
        raise CellError(f"“{clean(text)}”不是整数；请填写通报中的顺序号") from None

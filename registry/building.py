"""Rows and the registry there is -> the registry there will be; all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TypeVar

from domain.targets import Account, Registry, RegistryChange, Site, TargetState
from registry.accounts import AccountReader
from registry.closing import gone
from registry.columns import read_columns
from registry.diff import changes_between
from registry.notes import Notes
from registry.sheets import Row, Sheets
from registry.sites import SiteReader
from registry.units import UnitBook

T = TypeVar("T", Site, Account)


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would do. With `problems`, `registry` is the current one and there are no changes."""

    registry: Registry
    changes: tuple[RegistryChange, ...] = ()
    warnings: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def build(sheets: Sheets, current: Registry, *, as_of: date) -> Import:
    """Merge the rows into the registry. Kinds without a sheet stay as they are; missing rows become 待确认关停."""
    notes = Notes(list(sheets.warnings), list(sheets.problems))
    units = UnitBook(sheets.rows.get("units", ()), current.units, notes)
    sites = current.sites
    replaced: dict[str, str] = {}
    if rows := sheets.rows.get("sites"):
        site_reader = SiteReader(current.sites, units, as_of, notes)
        sites = _merged(site_reader.read(rows), current.sites, site_reader.replaced, as_of, notes)
        replaced |= site_reader.replaced
    if column_rows := sheets.rows.get("columns"):
        sites = _with_columns(sites, column_rows, notes)
    accounts = current.accounts
    if rows := sheets.rows.get("accounts"):
        reader = AccountReader(current.accounts, units, as_of, notes)
        accounts = _merged(reader.read(rows), current.accounts, reader.replaced, as_of, notes)
        replaced |= reader.replaced
    if notes.problems:
        return Import(current, (), tuple(notes.warnings), tuple(notes.problems))
    registry = Registry(units.all(), sites, accounts)
    return Import(registry, changes_between(current, registry, replaced), tuple(notes.warnings))


def _merged(
    listed: Sequence[T], current: Sequence[T], replaced: Mapping[str, str], as_of: date, notes: Notes
) -> tuple[T, ...]:
    known = {target.id for target in listed} | set(replaced.values())
    left_out = [target for target in current if target.id not in known]
    missing = [target for target in left_out if gone(target, as_of)]
    if len(missing) > 5 and len(missing) > len(current) / 2:
        notes.warnings.append(
            f"新表只有 {len(listed)} 行，已登记的 {len(current)} 个中有 {len(missing)} 个将标为“待确认关停”；"
            "如果这只是部分名单，请先合成全表再导入"
        )
    marked = {target.id for target in missing}
    kept: list[T] = [replace(one, state=TargetState.MISSING) if one.id in marked else one for one in left_out]
    return tuple(chain(listed, kept))


def _with_columns(sites: Sequence[Site], rows: Sequence[Row], notes: Notes) -> tuple[Site, ...]:
    columns = read_columns(rows, sites, notes)
    return tuple(replace(site, columns=columns.get(site.id, site.columns)) for site in sites)

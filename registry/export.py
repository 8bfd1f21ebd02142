"""The registry as XLSX, CSV or YAML with the official headers, in the official order; importing it back changes nothing."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import yaml
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from domain.errors import RegistryError, cause
from domain.targets import Account, ColumnSpec, Registry, Site
from registry.addresses import host_of
from registry.diff import period
from registry.headers import HEADERS, TITLE
from registry.plain_cells import plain_cell
from registry.sources import source_line
from registry.words import COLUMN_KINDS, PLATFORMS, SITE_KINDS, STATES, UNIT_KINDS, exported

Record = dict[str, str]

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "units": ("name", "short_name", "kind", "order", "id", "parent"),
    "sites": (
        *("code", "name", "unit", "home_url", "kind", "service", "robots", "maintenance"),
        *("state", "valid_from", "valid_to", "proof"),
    ),
    "accounts": (
        *("name", "platform", "platform_id", "url", "unit", "sources", "verified_body"),
        *("state", "valid_from", "valid_to", "proof"),
    ),
    "columns": ("site", "name", "url", "kind", "deadline", "archived", "ignored"),
}


def export(registry: Registry, path: Path, *, columns: Mapping[str, Sequence[ColumnSpec]] | None = None) -> list[Path]:
    """Write the registry and return the files written.

    `.xlsx` and `.yaml` hold a sheet per kind; `city.csv` becomes `city-units.csv`, `city-sites.csv`, ...; a folder
    gets `units.csv`, ... `columns` (found in a run, by site id) are added to the declared ones. Raises RegistryError.
    """
    every = records(registry, columns)
    # An empty registry gives the four headers: a form to fill in.
    tables = {kind: records for kind, records in every.items() if records} or every
    suffix = path.suffix.lower()
    try:
        if suffix == ".xlsx":
            return [_write_xlsx(tables, path)]
        if suffix in {".yaml", ".yml"}:
            return [_write_yaml(tables, path)]
        if suffix == ".csv" or path.is_dir() or not suffix:
            return [_write_csv(kind, records, _csv_path(path, kind)) for kind, records in tables.items()]
    except OSError as error:
        raise RegistryError(f"写不了 {path}（{cause(error)}）；请检查路径、权限，或关闭正打开它的程序") from error
    raise RegistryError(f"不会写 {suffix} 文件；请用 .xlsx、.csv 或 .yaml")


def fields(kind: str) -> tuple[str, ...]:
    """The fields of a kind of record, in the order of its sheet."""
    return _FIELDS[kind]


def records(registry: Registry, found: Mapping[str, Sequence[ColumnSpec]] | None = None) -> dict[str, list[Record]]:
    """Everything registered as rows of cells by kind; building them again changes nothing."""
    names = {unit.id: unit.name for unit in registry.units}
    units = [
        {
            "name": unit.name,
            "short_name": unit.short_name,
            "kind": exported(UNIT_KINDS, unit.kind),
            "order": str(unit.order),
            "id": unit.id if unit.id != unit.name else "",
            "parent": names.get(unit.parent_id, unit.parent_id),
        }
        for unit in registry.units
    ]
    sites = [_site(site, names) for site in registry.sites]
    accounts = [_account(account, names) for account in registry.accounts]
    columns = [record for site in registry.sites for record in _columns(site, (found or {}).get(site.id, ()))]
    return {"units": units, "sites": sites, "accounts": accounts, "columns": columns}


def _site(site: Site, names: Mapping[str, str]) -> Record:
    return {
        "code": "" if site.id == host_of(site.home_url) else site.id,
        "name": site.name,
        "unit": names.get(site.unit_id, site.unit_id),
        "home_url": site.home_url,
        "kind": exported(SITE_KINDS, site.kind),
        "service": _yes(site.service_function),
        "robots": "遵守" if site.obeys_robots else "经授权不遵守",
        "maintenance": "\n".join(map(period, site.maintenance)),
        **_life(site),
    }


def _account(account: Account, names: Mapping[str, str]) -> Record:
    return {
        "name": account.name,
        "platform": account.platform_label or exported(PLATFORMS, account.platform),
        "platform_id": account.platform_id,
        "url": account.url,
        "unit": names.get(account.unit_id, account.unit_id),
        "sources": "\n".join(map(source_line, account.sources)),
        "verified_body": account.verified_body,
        **_life(account),
    }


def _life(target: Site | Account) -> Record:
    return {
        "state": exported(STATES, target.state),
        "valid_from": target.valid_from.isoformat() if target.valid_from else "",
        "valid_to": target.valid_to.isoformat() if target.valid_to else "",
        "proof": target.proof_file,
    }


def _columns(site: Site, found: Sequence[ColumnSpec]) -> Iterable[Record]:
    declared = {spec.url for spec in site.columns}
    for spec in (*site.columns, *(spec for spec in found if spec.url not in declared)):
        yield {
            "site": site.id,
            "name": spec.name,
            "url": spec.url,
            "kind": exported(COLUMN_KINDS, spec.kind) if spec.kind else "",
            "deadline": spec.deadline,
            "archived": _yes(spec.archived),
            "ignored": _yes(spec.ignored),
        }


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _written(kind: str, rows: Sequence[Record]) -> list[str]:
    # 单位编号 is ours alone: written only where a unit's id is not its name; 上级单位 where there is one.
    return [name for name in _FIELDS[kind] if name not in {"id", "parent"} or any(row[name] for row in rows)]


def _grid(kind: str, rows: Sequence[Record]) -> list[list[str]]:
    names = _written(kind, rows)
    return [[HEADERS[kind][name][0] for name in names], *([row[name] for name in names] for row in rows)]


def _write_csv(kind: str, records: Sequence[Record], path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # Excel needs the BOM to read Chinese
        csv.writer(file).writerows([[plain_cell(cell) for cell in row] for row in _grid(kind, records)])
    return path


def _csv_path(path: Path, kind: str) -> Path:
    return path.with_name(f"{path.stem}-{kind}.csv") if path.suffix else path / f"{kind}.csv"


def _write_yaml(tables: Mapping[str, Sequence[Record]], path: Path) -> Path:
    data: dict[str, list[dict[str, str | list[str]]]] = {}
    for kind, records in tables.items():
        header, *rows = _grid(kind, records)
        data[TITLE[kind]] = [
            {name: cell.split("\n") if "\n" in cell else cell for name, cell in zip(header, row, strict=True) if cell}
            for row in rows
        ]
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
    return path


def _write_xlsx(tables: Mapping[str, Sequence[Record]], path: Path) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for kind, records in tables.items():
        _fill(book.create_sheet(TITLE[kind]), _grid(kind, records))
    content = BytesIO()  # openpyxl leaves a half-written archive open when the disk is full
    book.save(content)
    path.write_bytes(content.getvalue())
    return path


def _fill(sheet: Worksheet, grid: Sequence[Sequence[str]]) -> None:
    for row, cells in enumerate(grid, 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            if isinstance(cell, Cell):
                _set_text(cell, text, header=row == 1)
    sheet.freeze_panes = "A2"
    for column in range(1, len(grid[0]) + 1):
        longest = max(len(line) for cells in grid for line in (cells[column - 1].split("\n") or [""]))
        sheet.column_dimensions[get_column_letter(column)].width = min(60, max(10, longest * 1.6))


def _set_text(cell: Cell, text: str, *, header: bool) -> None:
    cell.value = text
    cell.data_type = "s"  # also for names that begin with "=": text, never a formula
    cell.number_format = "@"  # Excel keeps ids typed later as text
    cell.alignment = Alignment(wrap_text="\n" in text, vertical="top")
    if header:
        cell.font = Font(bold=True)

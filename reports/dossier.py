"""HTML that is read offline: the dossier of a unit or site, and the overview of the city.

Every page is one self-contained file without scripts and outside assets; captures lie beside it in `captures/`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from domain.numerals import numeral
from domain.targets import Account, Site, Unit
from reports import words
from reports.explained import PendingRow, pending_rows
from reports.glance import glance
from reports.model import Report
from reports.sheets import Sheet, UnitLine, build_sheet, fault_lines, unit_lines
from reports.trend import trend_svg

# A capture is foreign HTML: opened from the disk it may neither run scripts nor call home.
_GUARD = (
    b'<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    b"style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'\">"
)
_PNG = b"\x89PNG"
_DOCUMENTS = (b"PK\x03\x04", b"%PDF")
_HASH = re.compile(r"[0-9a-f]{16,128}")


def write_dossier(report: Report, targets: Sequence[Site | Account], path: Path, *, heading: str = "") -> Path:
    """Write the dossier of some targets (one site, or all of a unit) to `path`, captures beside it."""
    kept = write_captures(report, targets, path.parent)
    name = heading or name_of(report, targets)
    sheets = [build_sheet(report, target) for target in targets]
    path.write_text(render_dossier(report, sheets, name, kept), encoding="utf-8")
    return path


def name_of(report: Report, targets: Sequence[Site | Account]) -> str:
    """The unit all targets belong to, else the one target, else the city."""
    owners = {target.unit_id for target in targets}
    units = [unit.name for unit in report.registry.units if {unit.id} == owners]
    if len(targets) == 1:
        return targets[0].name
    return units[0] if units else report.city_name or "全部检查对象"


def write_unit_dossier(report: Report, unit: Unit, path: Path) -> Path:
    """The dossier of everything a unit runs."""
    return write_dossier(report, report.targets_of(unit), path, heading=unit.name)


def write_city(report: Report, directory: Path, downloads: Mapping[str, str] = MappingProxyType({})) -> Path:
    """Write `index.html`, one dossier a unit and the captures they show; returns the index.

    `downloads` names files beside the index: title -> file name.
    """
    directory.mkdir(parents=True, exist_ok=True)
    kept = write_captures(report, report.targets, directory)
    units = unit_lines(report)
    for line in units:
        page = render_dossier(report, line.sheets, line.unit.name, kept, back="index.html")
        (directory / line.file).write_text(page, encoding="utf-8")
    index = directory / "index.html"
    index.write_text(render_city(report, units, downloads), encoding="utf-8")
    return index


def render_dossier(
    report: Report, sheets: Sequence[Sheet], heading: str, captures: Collection[str] = (), *, back: str = "",
    inline: Mapping[str, str] = MappingProxyType({}),
) -> str:  # fmt: skip
    """The page of one unit or site. `captures` names the hashes that lie in `captures/`, `inline` holds pictures."""
    template = environment().get_template("dossier.html")
    return template.render(
        report=report, sheets=sheets, heading=heading, captures=set(captures), back=back, inline=inline,
        pending=_pending(report, sheets),
    )  # fmt: skip


def render_city(report: Report, units: Sequence[UnitLine], downloads: Mapping[str, str] = MappingProxyType({})) -> str:
    """The overview page."""
    sheets = [sheet for line in units for sheet in line.sheets]
    files = {sheet.target.id: f"{line.file}#{sheet.anchor}" for line in units for sheet in line.sheets}
    kinds = [
        (kind, [line for line in units if line.unit.kind.value == kind])
        for kind in dict.fromkeys(line.unit.kind.value for line in units)
    ]
    template = environment().get_template("city.html")
    return template.render(
        report=report, units=units, kinds=kinds, faults=fault_lines(report, sheets), sheets=sheets, files=files,
        downloads=downloads, pending=_pending(report, sheets), glance=glance, picture=trend_svg(report.trend),
    )  # fmt: skip


def _pending(report: Report, sheets: Sequence[Sheet]) -> tuple[PendingRow, ...]:
    return pending_rows(report, [sheet.card for sheet in sheets if sheet.card])


def write_captures(report: Report, targets: Iterable[Site | Account], directory: Path) -> set[str]:
    """Write a guarded copy of every capture that open findings show; returns the hashes written."""
    directory.mkdir(parents=True, exist_ok=True)
    if report.capture is None:
        return set()
    targets = tuple(targets)
    wanted = {
        record.finding.ref.capture
        for target in targets
        for record in (*report.open_records(target.id), *report.candidates(target.id))
    }
    kept = set()
    for key in sorted(wanted):
        body = report.capture(key) if _HASH.fullmatch(key) else None
        page = guarded(body) if body is not None else None
        if page is not None:
            folder = directory / "captures"
            folder.mkdir(exist_ok=True)
            (folder / f"{key}.html").write_bytes(page)
            kept.add(key)
    return kept | _write_pictures(report, targets, directory / "captures")


def guarded(body: bytes) -> bytes | None:
    """A stored page that may be opened from the disk; None for attachments, which may hold what must be masked."""
    return None if body.startswith(_DOCUMENTS) else _GUARD + body


def _write_pictures(report: Report, targets: Iterable[Site | Account], folder: Path) -> set[str]:
    """Write the screenshots of open findings; returns their hashes."""
    kept = set()
    for key, body in pictures_of(report, targets):
        folder.mkdir(exist_ok=True)
        (folder / f"{key}.png").write_bytes(body)
        kept.add(key)
    return kept


def pictures_of(report: Report, targets: Iterable[Site | Account]) -> Iterator[tuple[str, bytes]]:
    """(hash, PNG) of the screenshots of open findings, each once."""
    seen = set()
    for target in targets:
        for record in (*report.open_records(target.id), *report.candidates(target.id)):
            key = report.pictures.get(record.fingerprint, "")
            body = report.capture(key) if report.capture and _HASH.fullmatch(key) and key not in seen else None
            if body is not None and body.startswith(_PNG):
                seen.add(key)
                yield key, body


@cache
def environment() -> Environment:
    """Jinja with our templates and filters; a template is compiled once."""
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=words.day,
        moment=words.moment,
        long_moment=words.long_moment,
        points=words.points,
        numeral=numeral,
        linkable=linkable,
        path=quote,
    )
    environment.globals.update(words=words)
    return environment


def linkable(url: str) -> bool:
    """Whether an address may become a link: only web addresses, never `javascript:` and the like."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)

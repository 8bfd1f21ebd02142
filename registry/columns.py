"""Rows of the column sheet: 栏目 the office declares, corrects or leaves out."""

from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import urljoin

from domain.targets import ColumnKind, ColumnSpec, Site
from registry.addresses import host_of, same_place, web_address
from registry.notes import Notes
from registry.sheets import Row
from registry.text import CellError, clean, identifier, key, yes_no
from registry.words import COLUMN_KINDS, deadline_of, word_of


def read_columns(rows: Sequence[Row], sites: Sequence[Site], notes: Notes) -> Mapping[str, tuple[ColumnSpec, ...]]:
    """Site id -> its columns, for the sites the sheet names; faults go to the notes."""
    finder = _SiteFinder(sites)
    seen: dict[tuple[str, str], Row] = {}
    columns: dict[str, list[ColumnSpec]] = {}
    for row in rows:
        site = notes.read(row, "site", finder.find, None)
        spec = _column(row, site, notes) if site else None
        if site is None or spec is None:
            continue
        if first := seen.get((site.id, spec.url)):
            notes.refuse(row, "url", f"与{first.at()}重复；请删去一行")
            continue
        seen[site.id, spec.url] = row
        columns.setdefault(site.id, []).append(spec)
    return {site_id: tuple(specs) for site_id, specs in columns.items()}


def _column(row: Row, site: Site, notes: Notes) -> ColumnSpec | None:
    def address(text: str) -> str:
        if not clean(text):
            raise CellError("是空的；请填写栏目列表页的网址")
        relative = clean(text).startswith(("/", "./", "?"))
        full = urljoin(site.home_url, clean(text)) if relative else clean(text)
        return web_address(full, notes.warner(row, "url"))

    url = notes.read(row, "url", address, "")
    spec = ColumnSpec(
        url,
        row.text("name"),
        notes.read(row, "kind", _kind, None),
        notes.read(row, "deadline", deadline_of, ""),
        notes.read(row, "archived", partial(yes_no, default=False), False),
        notes.read(row, "ignored", partial(yes_no, default=False), False),
    )
    return spec if url else None


def _kind(text: str) -> ColumnKind | None:
    return word_of(COLUMN_KINDS, text, "栏目类别") if key(text) else None


class _SiteFinder:
    """Finds a site by id, home page address, host or name."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._words: dict[str, Site] = {}
        for name in (lambda s: s.name, lambda s: host_of(s.home_url), lambda s: s.id):
            self._words |= {key(name(site)): site for site in sites}
        self._places = {same_place(site.home_url): site for site in sites}

    def find(self, text: str) -> Site | None:
        word = key(identifier(text))
        if not word:
            raise CellError("是空的；请填写网站标识码")
        found = self._words.get(word) or self._places.get(same_place(clean(text)))
        if found is None:
            raise CellError(f"没有登记“{clean(text)}”这个网站；请先在网站表中登记，或改正标识码")
        return found

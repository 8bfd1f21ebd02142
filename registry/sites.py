"""Rows of the site sheet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from domain.targets import Site, SiteKind
from registry.addresses import host_of, maintenance_of, same_place, site_code, web_address
from registry.closing import life_of
from registry.notes import Notes
from registry.sheets import Row
from registry.text import CellError, clean, key, yes_no
from registry.units import UnitBook
from registry.words import PORTAL_WORDS, SITE_KINDS, portal_kind, word_of


class SiteReader:
    """Turns rows into sites; `replaced` maps the new id of a known site to the one it had."""

    def __init__(self, current: Sequence[Site], units: UnitBook, as_of: date, notes: Notes) -> None:
        self._by_id = {site.id: site for site in current}
        self._by_place = {same_place(site.home_url): site for site in current}
        self._units = units
        self._as_of = as_of
        self._notes = notes
        self._seen: dict[str, Row] = {}
        self._places: dict[str, Row] = {}
        self._untyped = 0
        self.replaced: dict[str, str] = {}

    def read(self, rows: Sequence[Row]) -> tuple[Site, ...]:
        """The sites of all rows, in sheet order; faults go to the notes."""
        named = {key(row.cells.get("code", "")) for row in rows}
        sites = [self._site(row, named) for row in rows]
        if self._untyped:
            self._notes.warnings.append(f"有 {self._untyped} 个新网站没有写网站类型，按“部门”登记；门户网站请补写")
        return tuple(site for site in sites if site)

    def _site(self, row: Row, named: set[str]) -> Site | None:
        notes = self._notes
        url = notes.read(row, "home_url", partial(web_address, warn=notes.warner(row, "home_url")), "")
        code = notes.read(row, "code", partial(site_code, warn=notes.warner(row, "code")), "")
        if url and self._is_duplicate(row, code or host_of(url), url):
            return None
        old = self._by_id.get(code) or self._same_place(url, named)
        site_id = code or (old.id if old else host_of(url))
        self._note_new_id(row, site_id, old)
        base = old or Site(site_id, row.text("name"), url)
        unit_id = self._units.named(row) if row.has("unit") or not old else old.unit_id
        self._untyped += not old and not row.text("kind")
        life = life_of(row, old, self._as_of, notes)
        name = row.text("name") or base.name or host_of(url)
        if not base.name and not row.text("name"):
            notes.warn(row, "name", f"是空的，暂以 {name} 登记")
        site = replace(
            base,
            id=site_id,
            name=name,
            home_url=url,
            unit_id=unit_id,
            kind=self._kind(row, unit_id, base),
            obeys_robots=notes.read(row, "robots", _robots, base.obeys_robots),
            service_function=notes.read(row, "service", partial(yes_no, default=True), base.service_function),
            maintenance=notes.read(row, "maintenance", maintenance_of, base.maintenance),
            state=life.state,
            valid_from=life.valid_from,
            valid_to=life.valid_to,
            proof_file=life.proof_file,
        )
        return site if url else None

    def _note_new_id(self, row: Row, site_id: str, old: Site | None) -> None:
        if old and old.id != site_id:
            self.replaced[site_id] = old.id
            told = f"同一网站原以 {old.id} 登记，改为 {site_id}；此前的巡检记录仍在旧编号下"
            self._notes.warn(row, "code", told)

    def _same_place(self, url: str, named: set[str]) -> Site | None:
        found = self._by_place.get(same_place(url))
        return None if found is None or key(found.id) in named else found

    def _is_duplicate(self, row: Row, site_id: str, url: str) -> bool:
        place = same_place(url)
        for seen, word, name in ((self._seen, site_id, "code"), (self._places, place, "home_url")):
            if first := seen.get(word):
                what = "home_url" if word == host_of(url) else name
                self._notes.refuse(
                    row, what, f"与{first.at()}重复（{word.rstrip('?')}）；请删去一行，或写明不同的网站标识码"
                )
                return True
        self._seen[site_id] = self._places[place] = row
        return False

    def _kind(self, row: Row, unit_id: str, base: Site) -> SiteKind:
        text = row.text("kind")
        if not text:
            return base.kind

        def parse(_: str) -> SiteKind:
            if key(text) in PORTAL_WORDS:
                return portal_kind(self._units.get(unit_id), row.text("name"))
            return word_of(SITE_KINDS, text, "网站类型")

        return self._notes.read(row, "kind", parse, base.kind)


def _robots(text: str) -> bool:
    word = key(text)
    if word in {"", "遵守", "是"}:
        return True
    if word in {"经授权不遵守", "已授权不遵守", "授权不遵守"}:
        return False
    raise CellError(f"“{clean(text)}”看不懂；请写“遵守”，主办单位书面同意后可写“经授权不遵守”")

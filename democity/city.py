"""The city: 56 sites as a function of a date, its registry, its resolver map and its answer sheet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from democity.answers import answer_sheet
from democity.calendar import ANCHOR, moment_of
from democity.names import BODIES, DEPARTMENTS, DISTRICTS, OFFICE, PORTAL, Body
from democity.plan import Size, plan_columns
from democity.site import CitySite
from democity.story import Fault, tell
from democity.templates import FAMILIES, family_of
from domain.targets import Registry, Site, SiteKind, Unit, UnitKind

_KINDS = {
    "portal": (UnitKind.CITY, SiteKind.CITY_PORTAL),
    "district": (UnitKind.DISTRICT, SiteKind.DISTRICT_PORTAL),
    "department": (UnitKind.DEPARTMENT, SiteKind.DEPARTMENT),
}
# Real services that every footer points to; the city plays them, so that no request leaves the machine.
SERVICES = ("bszs.conac.cn", "zfwzgl.www.gov.cn", "beian.miit.gov.cn", "www.beian.gov.cn")


@dataclass(frozen=True)
class City:
    """An invented city; `sites` in official order."""

    size: Size
    sites: tuple[CitySite, ...]
    faults: tuple[Fault, ...] = ()

    def registry(self) -> Registry:
        """Units and sites as they would be imported."""
        units, sites = [], []
        for order, site in enumerate(self.sites, 1):
            unit_kind, site_kind = _KINDS[site.body.kind]
            name = OFFICE if site.body.kind == "portal" else site.full_name
            unit_id = f"U{order:03d}"
            units.append(Unit(unit_id, name, site.body.short, unit_kind, order))
            sites.append(Site(site.code, site.name, site.home_url, unit_id, site_kind))
        return Registry(tuple(units), tuple(sites))

    def resolver_map(self, port: int) -> dict[str, str]:
        """Host -> ip:port for a crawler's resolver, the played national services included."""
        return dict.fromkeys((*(site.host for site in self.sites), *SERVICES), f"127.0.0.1:{port}")

    def answer_sheet(self, as_of: datetime | None = None) -> dict[str, Any]:
        """What a perfect inspection at `as_of` (naive or aware Beijing time) finds. Only tests may read it."""
        moment = (as_of or moment_of(ANCHOR)).replace(tzinfo=None)
        return answer_sheet(self.sites, moment)

    @contextmanager
    def serve(self, port: int = 0, day: date = ANCHOR) -> Iterator[int]:
        """Serve from a thread; yields the port."""
        from democity.server import serve_in_thread

        with serve_in_thread(self, port, day) as real:
            yield real


def build_city(size: Size = "demo", seed: int = 0, sites: int = 0, faults: tuple[Fault, ...] = ()) -> City:
    """The city. `sites` keeps that many (the portal, the story's departments first, then the others in turn)."""
    chosen = set(_first(sites) if sites else BODIES)
    built = []
    for order, body in enumerate(BODIES):
        if body in chosen:
            columns = tell(body, plan_columns(body, size, order), faults)
            family = family_of(order + seed, body)
            own = tuple(fault for fault in faults if fault.site == body.label)
            built.append(CitySite(body, order, family, columns, 20 if size == "demo" else 3, own))
    return City(size, tuple(built), faults)


def _first(count: int) -> list[Body]:
    story = [body for body in DEPARTMENTS if body.label in ("mzj", "tjj")]
    others = [body for pair in zip(DISTRICTS, DEPARTMENTS, strict=False) for body in pair if body not in story]
    rest = [body for body in DEPARTMENTS if body not in story and body not in others]
    return [PORTAL, *story, *others, *rest][:count]


__all__ = ["FAMILIES", "City", "build_city", "replace"]

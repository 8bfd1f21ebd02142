"""The city: 56 sites as a function of a date, its registry, its resolver map and its answer sheet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from democity.accounts.roster import AccountPlan, hosts, owners, plan_accounts
from democity.accounts.story import account_answers, account_of, manual_answers
from democity.answers import answer_sheet
from democity.calendar import ANCHOR, moment_of
from democity.names import BODIES, CITY, DEPARTMENTS, DISTRICTS, PORTAL, Body
from democity.plan import Size, plan_columns
from democity.site import CitySite
from democity.story import Fault, tell
from democity.templates import family_of
from domain.targets import Registry, Site, SiteKind, Unit
from domain.times import BEIJING

_KINDS = {
    "portal": SiteKind.CITY_PORTAL,
    "district": SiteKind.DISTRICT_PORTAL,
    "department": SiteKind.DEPARTMENT,
}
# Real services that every footer points to; the city plays them, so that no request leaves the machine.
SERVICES = ("bszs.conac.cn", "zfwzgl.www.gov.cn", "beian.miit.gov.cn", "www.beian.gov.cn")


@dataclass(frozen=True)
class City:
    """An invented city; `sites` in official order."""

    size: Size
    sites: tuple[CitySite, ...]
    faults: tuple[Fault, ...] = ()
    accounts: tuple[AccountPlan, ...] = ()

    @property
    def name(self) -> str:
        """云川市."""
        return CITY

    def registry(self) -> Registry:
        """Units, sites and accounts as they would be imported."""
        units, ids = [], {}
        for order, owner in enumerate(owners([site.body for site in self.sites]), 1):
            ids[owner.key] = f"U{order:03d}"
            units.append(Unit(f"U{order:03d}", owner.name, owner.short, owner.kind, order))
        sites = tuple(
            Site(site.code, site.name, site.home_url, ids[site.body.label], _KINDS[site.body.kind])
            for site in self.sites
        )
        accounts = tuple(account_of(plan, ids[plan.owner.key]) for plan in self.accounts)
        return Registry(tuple(units), sites, accounts)

    def resolver_map(self, port: int) -> dict[str, str]:
        """Host -> ip:port for a crawler's resolver: sites, played national services, collection services."""
        moved = (new for site in self.sites for new in site.faults_of("moved"))
        return dict.fromkeys((*(site.host for site in self.sites), *moved, *SERVICES, *hosts()), f"127.0.0.1:{port}")

    def ipv6_map(self) -> dict[str, str]:
        """Host -> IPv6 address, as a name service would tell: the city has finished its IPv6 work."""
        return {site.host: f"2001:db8::{site.order + 1:x}" for site in self.sites}

    def answer_sheet(self, as_of: datetime | None = None) -> dict[str, Any]:
        """What a perfect inspection at `as_of` (Beijing time) finds. Only tests may read it."""
        moment = _moment(as_of)
        return answer_sheet(self.sites, moment) | {"accounts": account_answers(self.accounts, moment)}

    def manual_answers(self, as_of: datetime | None = None, checked_at: datetime | None = None) -> list[dict[str, str]]:
        """The worksheet of the accounts that cannot be collected, as a person fills it (by default the same afternoon)."""
        moment = _moment(as_of)
        checked = _moment(checked_at) if checked_at else moment + timedelta(hours=6, minutes=30)
        return manual_answers(self.accounts, moment, checked)


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
    return City(size, tuple(built), faults, plan_accounts([site.body for site in built]))


def _moment(as_of: datetime | None) -> datetime:
    moment = as_of or moment_of(ANCHOR)
    return moment.astimezone(BEIJING).replace(tzinfo=None) if moment.tzinfo else moment


def _first(count: int) -> list[Body]:
    story = [body for body in DEPARTMENTS if body.label in ("mzj", "tjj")]
    others = [body for pair in zip(DISTRICTS, DEPARTMENTS, strict=False) for body in pair if body not in story]
    rest = [body for body in DEPARTMENTS if body not in story and body not in others]
    return [PORTAL, *story, *others, *rest][:count]

"""site.unregistered (本市域名下的网站未登记)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar
from urllib.parse import urlsplit

from domain.findings import Fact, Finding, Place, Ref, Result, Unjudged, Why
from domain.targets import Registry, SiteKind
from domain.views import LinkTarget, SiteView


@dataclass(frozen=True, slots=True)
class UnregisteredSites:
    """Put up for review a host under the domain of the city portal that the site links to and the registry does not know."""

    id: ClassVar[str] = "site.unregistered"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.SOURCE
    sources_named: int = 5

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Compare the hosts of outside links with the registry; it needs a city portal that names the domain."""
        if view.registry is None or view.outside is None:
            return
        roots = _roots(view.registry)
        known = {_host(site.home_url) for site in view.registry.sites} | {_host(view.site.home_url)}
        seen: dict[str, LinkTarget] = {}
        for target in view.outside() if roots else ():
            host = _host(target.url)
            if host and host not in known and any(host == root or host.endswith("." + root) for root in roots):
                seen.setdefault(host, target)
        if roots and not seen and not view.complete:
            where = Ref(view.site.home_url, view.site.name)
            yield Unjudged(self.id, where, "本次没有采集完整个网站，可能还链接到未登记的网站", Why.PARTIAL)
        for host, target in sorted(seen.items()):
            facts: dict[str, Fact] = {"host": host, "text": target.text or None}
            pages = tuple(islice(target.sources(), self.sources_named))
            yield Finding(self.id, Ref(target.url, target.text or host), host, facts, candidate=True, found_on=pages)


def _roots(registry: Registry) -> tuple[str, ...]:
    hosts = (_host(site.home_url) for site in registry.sites if site.kind is SiteKind.CITY_PORTAL)
    return tuple(host for host in hosts if host.count(".") >= 2 and not re.fullmatch(r"[\d.]+", host))


def _host(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    return host.removeprefix("www.")

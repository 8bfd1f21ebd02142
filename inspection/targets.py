"""Names of the command line to registered targets."""

from pathlib import Path

from crawler.parsing.addresses import scope_of
from domain.errors import UsageError
from domain.targets import Registry, Site
from storage import open_store


def find_sites(registry: Registry, names: list[str]) -> tuple[Site, ...]:
    """The sites of the named units and sites, by id, name, short name or host; UsageError names what is unknown."""
    found: dict[str, Site] = {}
    for name in names:
        matches = [site for site in registry.sites if name in _names(registry, site)]
        if not matches:
            raise UsageError(f"没有登记过“{name}”{_similar(registry, name)}")
        found.update((site.id, site) for site in matches)
    return tuple(found.values())


def registered_site(data: Path, db: str, name: str) -> Site | None:
    """A registered site by id, name or address, when there is a database that knows it."""
    if db.startswith("sqlite:///") and not Path(db.removeprefix("sqlite:///")).exists():
        return None
    store = open_store(db, data)
    try:
        registry = store.load_registry()
    finally:
        store.close()
    return next((site for site in registry.sites if name in {site.id, site.name, site.home_url}), None)


def _names(registry: Registry, site: Site) -> set[str]:
    unit = registry.unit_of(site)
    own = {site.id, site.name, site.home_url, scope_of(site.home_url)}
    return own | ({unit.id, unit.name, unit.short_name} - {""} if unit else set())


def _similar(registry: Registry, name: str) -> str:
    close = [site.name for site in registry.sites if name in site.name or site.name in name][:3]
    return f"；是否指：{'、'.join(close)}" if close else "；用 xunjian registry export 查看已登记的目标"

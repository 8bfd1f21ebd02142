"""Names of the command line to registered targets."""

from pathlib import Path

from crawler.parsing.html.addresses import scope_of
from domain.errors import UsageError
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.targets import Account, Registry, Site
from storage import open_store


def find_targets(registry: Registry, names: list[str]) -> tuple[tuple[Site, ...], tuple[Account, ...]]:
    """The sites and accounts of the named units, sites and accounts, by id, name, short name, host or platform id.

    UsageError names what is unknown.
    """
    sites: dict[str, Site] = {}
    accounts: dict[str, Account] = {}
    for name in names:
        here = [site for site in registry.sites if name in _names(registry, site)]
        there = [account for account in registry.accounts if name in _account_names(registry, account)]
        if not here and not there:
            raise UsageError(f"没有登记过“{name}”{_similar(registry, name)}")
        sites.update((site.id, site) for site in here)
        accounts.update((account.id, account) for account in there)
    return tuple(sites.values()), tuple(accounts.values())


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
    return {site.id, site.name, site.home_url, scope_of(site.home_url)} | _unit_names(registry, site)


def _account_names(registry: Registry, account: Account) -> set[str]:
    return {account.id, account.name, account.platform_id, account.url} - {""} | _unit_names(registry, account)


def _unit_names(registry: Registry, target: Site | Account) -> set[str]:
    unit = registry.unit_of(target)
    return {unit.id, unit.name, unit.short_name} - {""} if unit else set()


def _similar(registry: Registry, name: str) -> str:
    known = dict.fromkeys([site.name for site in registry.sites] + [account.name for account in registry.accounts])
    close = [other for other in known if name in other or other in name][:3]
    return f"；是否指：{'、'.join(close)}" if close else "；用 xunjian registry export 查看已登记的对象"


def chosen_run(store: Store, run_id: str) -> Run:
    """A run by id, or the latest nightly that came to its end; UsageError when there is none."""
    if run_id:
        run = store.run(run_id)
        if run is None:
            raise UsageError(f"没有批次 {run_id}；用 xunjian status 查看已有的批次")
        return run
    ended = [run for run in store.runs() if run.kind is RunKind.NIGHTLY and run.state is not RunState.RUNNING]
    if not ended:
        raise UsageError("还没有完成的例行巡检；请先运行 xunjian nightly")
    return ended[-1]

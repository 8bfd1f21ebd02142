"""A registry file in the browser: read, shown as a difference, and taken as it was shown."""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.errors import Conflict, RegistryError, UsageError
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.targets import Account, Registry, Site, TargetState
from domain.times import beijing_date
from inspection.acting import demand
from inspection.people.office_packages import demand_harmless
from inspection.people.registering import register_targets
from registry import Import, build, export, read_file

ENDINGS = (".xlsx", ".csv", ".yaml", ".yml")
MOST = 10_000_000


def registry_version(registry: Registry) -> str:
    """Of everything that is registered."""
    return hashlib.sha256(repr(registry).encode()).hexdigest()[:12]


def read_import(store: Store, name: str, data: bytes, actor: Actor, now: datetime, *, whole: bool) -> Import:
    """What a file would change. `whole`: what it does not name is asked about (待确认关停), else it stays."""
    demand(store, actor, Action.REGISTER)
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS or len(data) > MOST:
        raise UsageError(f"请上传 {'、'.join(ENDINGS)} 文件，不超过 {MOST // 1_000_000} MB")
    current = store.load_registry()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"登记表{ending}"
        path.write_bytes(data)
        if ending == ".xlsx":
            demand_harmless(path, data, "请重新保存后再导入")
        result = build(read_file(path), current, as_of=beijing_date(now))
    if whole or result.problems:
        return result
    return replace(
        result,
        registry=_merged(result.registry, current),
        changes=tuple(each for each in result.changes if each.action != "missing"),
    )


def _merged(new: Registry, current: Registry) -> Registry:
    """The new one, where nothing became missing."""
    sites = {site.id: site for site in current.sites}
    accounts = {account.id: account for account in current.accounts}
    return replace(
        new,
        sites=tuple(_site(site, sites) for site in new.sites),
        accounts=tuple(_account(account, accounts) for account in new.accounts),
    )


def _site(site: Site, known: dict[str, Site]) -> Site:
    return known.get(site.id, site) if site.state is TargetState.MISSING else site


def _account(account: Account, known: dict[str, Account]) -> Account:
    return known.get(account.id, account) if account.state is TargetState.MISSING else account


def take_import(
    store: Store, name: str, data: bytes, version: str, actor: Actor, now: datetime, *, whole: bool
) -> Import:
    """Take it as it was shown; Conflict when the registry was changed meanwhile."""
    if registry_version(store.load_registry()) != version:
        raise Conflict("登记表刚才已被他人修改，没有导入；请重新上传，看过差异再决定")
    result = read_import(store, name, data, actor, now, whole=whole)
    if result.problems:
        raise RegistryError(f"{name} 有 {len(result.problems)} 处问题，没有写入", result.problems)
    if result.changes:
        register_targets(store, actor, result.registry, now, name)
    return result


def exported(registry: Registry) -> bytes:
    """The registry as a workbook that can be changed and read back."""
    with TemporaryDirectory() as folder:
        (path,) = export(registry, Path(folder) / "registry.xlsx")
        return path.read_bytes()

"""What an import changes: fields from -> to, and the preview an inspector reads before applying it."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from domain.targets import Account, ColumnSpec, Registry, RegistryChange, Site, Source, TargetState, Unit
from registry.sources import source_line
from registry.words import COLUMN_KINDS, exported

Target = Unit | Site | Account

FIELDS: Mapping[str, Mapping[str, str]] = {
    "unit": {"name": "单位名称", "short_name": "简称", "kind": "类别", "order": "排序", "parent_id": "上级单位"},
    "site": {
        "id": "编号",
        "name": "网站名称",
        "unit_id": "主办单位",
        "home_url": "首页网址",
        "kind": "网站类型",
        "service_function": "办事服务",
        "obeys_robots": "遵守 robots",
        "maintenance": "维护时段",
        "state": "状态",
        "valid_from": "有效期起",
        "valid_to": "有效期止",
        "proof_file": "关停证明",
    },
    "account": {
        "id": "编号",
        "name": "账号名称",
        "platform": "平台",
        "platform_label": "平台名称",
        "platform_id": "账号ID",
        "url": "主页链接",
        "unit_id": "主办单位",
        "sources": "采集来源",
        "verified_body": "认证主体",
        "state": "状态",
        "valid_from": "有效期起",
        "valid_to": "有效期止",
        "proof_file": "关停证明",
    },
    "column": {
        "name": "栏目名称",
        "kind": "栏目类别",
        "deadline": "更新期限",
        "archived": "历史专题",
        "ignored": "忽略",
    },
}


def changes_between(old: Registry, new: Registry, replaced: Mapping[str, str]) -> tuple[RegistryChange, ...]:
    """Every difference, kind by kind in the new order; `replaced` maps new ids of known targets to old ones."""
    names = {unit.id: unit.name for unit in (*old.units, *new.units)}
    changes = [
        *_targets("unit", old.units, new.units, {}, names),
        *_targets("site", old.sites, new.sites, replaced, names),
        *_targets("account", old.accounts, new.accounts, replaced, names),
    ]
    sites = {site.id: site for site in old.sites}
    for site in new.sites:
        before = sites.get(replaced.get(site.id, site.id))
        changes += _columns(site, before.columns if before else ())
    return tuple(changes)


def _targets(
    kind: str, old: Sequence[Target], new: Sequence[Target], replaced: Mapping[str, str], names: Mapping[str, str]
) -> list[RegistryChange]:
    known = {target.id: target for target in old}
    changes = []
    for target in new:
        before = known.get(replaced.get(target.id, target.id))
        if before is None:
            changes.append(RegistryChange("added", kind, target.id, target.name))
        elif details := _details(kind, before, target, names):
            missing = getattr(target, "state", None) is TargetState.MISSING and len(details) == 1
            changes.append(RegistryChange("missing" if missing else "changed", kind, target.id, target.name, details))
    return changes


def _columns(site: Site, before: Sequence[ColumnSpec]) -> list[RegistryChange]:
    known = {spec.url: spec for spec in before}
    now = {spec.url: spec for spec in site.columns}
    changes = []
    for url, spec in now.items():
        name = f"{site.name} {spec.name or url}"
        if url not in known:
            changes.append(RegistryChange("added", "column", f"{site.id} {url}", name))
        elif details := _details("column", known[url], spec, {}):
            changes.append(RegistryChange("changed", "column", f"{site.id} {url}", name, details))
    gone = [spec for url, spec in known.items() if url not in now]
    told = ("新表中没有，不再单独指定",)
    return changes + [
        RegistryChange("missing", "column", f"{site.id} {spec.url}", f"{site.name} {spec.name or spec.url}", told)
        for spec in gone
    ]


def _details(kind: str, before: object, after: object, names: Mapping[str, str]) -> tuple[str, ...]:
    details = []
    for field, title in FIELDS[kind].items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            if field in {"unit_id", "parent_id"}:
                old, new = names.get(old, old), names.get(new, new)
            details.append(f"{title}：{_shown(old)} → {_shown(new)}")
    return tuple(details)


def _shown(value: object) -> str:
    if value is None or value in ("", ()):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "；".join(map(_shown_item, value))
    if value in COLUMN_KINDS and isinstance(value, StrEnum):
        return next(exported(COLUMN_KINDS, kind) for kind in COLUMN_KINDS if kind is value)
    return str(value)


def _shown_item(item: object) -> str:
    if isinstance(item, Source):
        return source_line(item)
    return period(item) if isinstance(item, tuple) else str(item)


def period(days: tuple[date, date]) -> str:
    """A maintenance period as written in a cell."""
    return f"{days[0]}至{days[1]}"

"""Where messages go: addresses as apprise knows them, from a file that only its owner reads, or from the environment.

office: [wecombot://…]
units:
云川市教育局: [mailto://…]
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from domain.errors import ConfigError, cause
from domain.targets import Registry

FILE, VARIABLE = "addresses.yaml", "XUNJIAN_ADDRESSES"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses of the office and of units by id. They are secrets: never shown, logged or kept in the store."""

    office: tuple[str, ...] = ()
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Addresses({len(self.office)}, {len(self.units)})"

    def of(self, target: str) -> tuple[str, ...]:
        """Those of a unit; empty: the office."""
        return self.units.get(target, ()) if target else self.office


def load_addresses(data: Path, named: str, registry: Registry) -> Addresses:
    """The addresses of the file of the settings, of the data folder, or of the environment."""
    path = Path(named) if named else data / FILE
    if named or path.exists():
        return _read(_private_text(path), str(path), registry)
    return _read(os.environ.get(VARIABLE, ""), f"环境变量 {VARIABLE}", registry)


def _private_text(path: Path) -> str:
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ConfigError(f"{path} 含有收件地址的口令，其他用户也能读取；请运行 chmod 600 {path}")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = cause(error) if isinstance(error, OSError) else "不是 UTF-8 文字"
        raise ConfigError(f"不能读取收件地址 {path}（{why}）；请检查路径和权限") from error


def _read(text: str, place: str, registry: Registry) -> Addresses:
    try:
        document = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:  # its own words would quote the secret
        raise ConfigError(f"{place}不是正确的 YAML；请按说明写 office 和 units 两项") from error
    if not isinstance(document, dict) or document.keys() - {"office", "units"}:
        raise ConfigError(f"{place}只能写 office（办公室）和 units（单位）两项")
    units = document.get("units") or {}
    known = {name: unit.id for unit in registry.units for name in (unit.id, unit.name, unit.short_name) if name}
    unknown = [str(name) for name in units if str(name) not in known] if isinstance(units, dict) else ["units"]
    if unknown:
        raise ConfigError(f"{place}中有没有登记的单位", tuple(f"units.{name}：没有登记过这个单位" for name in unknown))
    return Addresses(
        _listed(document.get("office")), {known[str(name)]: _listed(value) for name, value in units.items()}
    )


def _listed(value: object) -> tuple[str, ...]:
    rows = value if isinstance(value, list) else [value] if value else []
    return tuple(str(each).strip() for each in rows if str(each).strip())

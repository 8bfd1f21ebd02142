"""`settings.yaml` of the data folder: how long things are kept, where backups go, who is told, when. All faults at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from domain.errors import ConfigError
from domain.quiet import QuietHours

OWN = "settings.yaml"
_LENGTH = re.compile(r"(\d{1,4})\s*(s|m|h|d|秒|分|小时|天)")
_UNITS = {"s": 1, "秒": 1, "m": 60, "分": 60, "h": 3600, "小时": 3600, "d": 86400, "天": 86400}


@dataclass(frozen=True, slots=True)
class Retention:
    """Days. Paper (letters, periods, notices, ledger, trail) is kept for ever and has no setting."""

    bodies: int = 92
    visits: int = 400
    logs: int = 400
    evidence: int = 3 * 366
    private: int = 30  # after a finding of private data was closed, its captures go


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Where the job puts its files, how many stay, and the file that holds the key."""

    folder: str = ""
    keep: int = 14
    key_file: str = ""


@dataclass(frozen=True, slots=True)
class MessagePlan:
    """Who is told when. The addresses themselves stand in a file of mode 600 or in the environment."""

    addresses: str = ""  # a file; empty: addresses.yaml of the data folder, or XUNJIAN_ADDRESSES
    hours: tuple[str, ...] = ("08:30-11:30", "13:30-17:30")  # of working days
    daily: bool = True  # the line for the office, also when nothing happened
    flapping: int = 3  # nights a finding that came and went before has to stand until it is told


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything together."""

    retention: Retention = field(default_factory=Retention)
    backup: BackupPlan = field(default_factory=BackupPlan)
    messages: MessagePlan = field(default_factory=MessagePlan)
    heartbeat: str = ""  # an address that is asked after every job and every ten minutes
    metrics_file: str = ""  # where the textfile collector of node_exporter looks


_SECTIONS: Mapping[str, type] = {"retention": Retention, "backup": BackupPlan, "messages": MessagePlan}
_PLAIN = ("heartbeat", "metrics_file")


def load_settings(data: Path) -> Settings:
    """The settings of a data folder; what is not written there is as it ships."""
    return settings_of(settings_document(data), data / OWN)


def settings_document(data: Path) -> dict[str, Any]:
    """What is written in the file of a data folder; empty where there is none."""
    path = data / OWN
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {} if path.exists() else {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"{path} 无法读取（{' '.join(str(error).split())}）；请改正") from error
    if not isinstance(document, dict):
        raise ConfigError(f"{path} 应由若干节组成：{'、'.join((*_SECTIONS, *_PLAIN))}")
    return document


def settings_of(document: Mapping[Any, Any], path: Path) -> Settings:
    """What is written, as settings; ConfigError lists every fault."""
    problems: list[str] = []
    values: dict[str, Any] = {}
    for name, value in document.items():
        if name in _SECTIONS:
            values[name] = _section(str(name), _SECTIONS[name], value, problems)
        elif name in _PLAIN and isinstance(value, str):
            values[name] = value.strip()
        else:
            known = "、".join((*_SECTIONS, *_PLAIN))
            problems.append(f"{name}：{'应为文字' if name in _PLAIN else f'没有这一节；可用 {known}'}")
    if problems:
        raise ConfigError(f"{path} 有 {len(problems)} 处错误", tuple(problems))
    return Settings(**values)


def _section(name: str, kind: type, value: object, problems: list[str]) -> Any:
    if not isinstance(value, dict):
        problems.append(f"{name}：应由若干项组成")
        return kind()
    known = {each.name: getattr(kind(), each.name) for each in fields(kind)}
    found = {}
    for key, given in value.items():
        if key not in known:
            problems.append(f"{name}.{key}：没有这一项；可用 {'、'.join(known)}")
        elif why := _CHECKS[type(known[key])](given):
            problems.append(f"{name}.{key}：“{given}”{why}")
        else:
            found[key] = tuple(given) if isinstance(given, list) else given
    return kind(**found)


def _days(value: object) -> str:
    return "" if type(value) is int and 0 < value < 100_000 else "应为正整数"


def _yes(value: object) -> str:
    return "" if isinstance(value, bool) else "应为 true 或 false"


def _text(value: object) -> str:
    return "" if isinstance(value, str) else "应为文字"


def _hours(value: object) -> str:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return '应为时段的列表，如 ["08:30-11:30"]'
    try:
        QuietHours.parse(value)
    except ValueError as error:
        return f"：{error}"
    return ""


_CHECKS: Mapping[type, Callable[[object], str]] = {int: _days, bool: _yes, str: _text, tuple: _hours}


def length(text: str) -> timedelta:
    """`20h`, `30m`, `2d`, `20小时`; ValueError for anything else."""
    match = _LENGTH.fullmatch(text.strip())
    if not match or not int(match[1]):
        raise ValueError(f"“{text}”不是时长；请写成 30m、20h 或 2d")
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])

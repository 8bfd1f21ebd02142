"""The city's own layer of rules written: by whom, against the version he saw, with the one before kept."""

import re
from datetime import datetime
from pathlib import Path

from checks.rules.rulebook import build_rules
from domain.errors import Conflict, UsageError
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.trail import Act
from inspection.acting import demand, note
from inspection.desk.rules_desk import OwnRules, told_changes
from inspection.results.rule_texts import confirm_row

HISTORY = "rules-history"
_VERSION = re.compile(r"\d{8}-\d{6}-[0-9a-f]{12}")


def save_rules(
    store: Store, data: Path, rules: OwnRules, text: str, version: str, actor: Actor, now: datetime
) -> list[str]:
    """Write the office's file, keeping the one before; what has changed, for people."""
    demand(store, actor, Action.RULES)
    if rules.version != version:
        raise Conflict("规则刚才已被他人修改；您的修改没有生效，请看过之后再决定")
    build_rules(text, rules.path.name)
    told = told_changes(rules, text)
    if not told:
        return []
    folder = data / HISTORY
    folder.mkdir(exist_ok=True)
    if rules.path.exists():
        kept = folder / f"{now:%Y%m%d-%H%M%S}-{rules.version}.yaml"
        kept.write_text(rules.text, encoding="utf-8")
    note(store, actor, Act.RULES, rules.path.name, now, now="；".join(told)[:2000])
    _write(rules.path, text)
    return told


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def versions(data: Path) -> list[str]:
    """The kept versions, the newest first."""
    folder = data / HISTORY
    return sorted((path.stem for path in folder.glob("*.yaml")), reverse=True) if folder.is_dir() else []


def version_text(data: Path, version: str) -> str:
    """The text of a kept version; UsageError for none."""
    path = data / HISTORY / f"{version}.yaml"
    if not _VERSION.fullmatch(version) or not path.is_file():
        raise UsageError("没有保存过这一版；请从列表中选择")
    return path.read_text(encoding="utf-8")


def confirm(store: Store, data: Path, rules: OwnRules, row: str, actor: Actor, now: datetime) -> str:
    """A row that rests on memory only is confirmed by somebody who has read the official sentence."""
    demand(store, actor, Action.RULES)
    found = next((each for each in build_rules(rules.text, rules.path.name).indicators if each.id == row), None)
    if found is None or not found.pending:
        raise UsageError(f"指标 {row} 不在待核之列")
    if not rules.path.exists():
        _write(rules.path, rules.text)
    note(store, actor, Act.RULES, rules.path.name, now, now=f"确认指标 {row}")
    confirm_row(rules.path, row, actor.name)
    return f"指标 {row} 已由 {actor.name} 确认"

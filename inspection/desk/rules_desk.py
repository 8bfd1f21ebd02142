"""The city's own layer of rules: read, changed within what an office may change, checked as at load."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checks.rules.layers import changes, difference, merged
from checks.rules.rulebook import SHIPPED, build_rules
from checks.rules.strict_yaml import parse
from domain.errors import NotThere, UsageError
from domain.rules import RuleBook
from domain.targets import ColumnKind
from inspection.desk.scope import GONE
from inspection.results.rule_layers import layered_text
from registry.words import COLUMN_KINDS, exported

WORDS = ("title", "message", "fix")
_LABELS: Mapping[str, str] = {
    "title": "名称", "message": "说明", "fix": "整改建议", "enabled": "启用", "severity": "程度", "deadline": "更新期限",
    "window": "期限", "home_window": "首页期限", "visits_window": "访问统计的时段", "near_due_ratio": "临期比例",
    "period": "统计时段", "margin": "余量（天）", "samples": "最少访问次数", "share": "失败比例", "veto_share": "否决比例",
    "seconds": "超时（秒）", "allowed": "允许的写法", "confirmed": "认定的错词", "protected": "特定称谓和表述",
    "wording": "规范表述", "probable": "把握度", "columns": "栏目规则",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The office's file as it lies there; an empty one says nothing otherwise than the program's."""

    path: Path
    text: str
    whole: Mapping[str, Any]  # with everything it leaves out
    is_layer: bool

    @property
    def version(self) -> str:
        """Of the file."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Value:
    """One setting of a check: as it is written, and whether it may be changed here."""

    name: str
    text: str
    raw: Any

    @property
    def label(self) -> str:
        """For people."""
        return f"{_LABELS[self.name]}（{self.name}）" if self.name in _LABELS else self.name

    @property
    def is_plain(self) -> bool:
        """One value, or a list of them."""
        return isinstance(self.raw, str | int | float) or self.is_list

    @property
    def is_list(self) -> bool:
        """A list of plain values, one a line."""
        return isinstance(self.raw, list) and all(isinstance(each, str | int | float) for each in self.raw)


def own_rules(data: Path, path: Path | None) -> OwnRules:
    """The file of an office, or the one there would be."""
    path = path or data / "rules.yaml"
    text = path.read_text(encoding="utf-8-sig") if path.exists() else layered_text({})
    raw = parse(text, path.name).data
    is_layer = isinstance(raw, dict) and "extends" in raw
    whole = merged(_builtin(), {key: value for key, value in raw.items() if key != "extends"}) if is_layer else raw
    return OwnRules(path, text, whole, is_layer)


def _builtin() -> Mapping[str, Any]:
    return dict(parse(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name).data)


def values_of(rules: OwnRules, check: str) -> list[Value]:
    """The settings of a check; NotThere for one nobody knows."""
    found = rules.whole.get("checks", {}).get(check)
    if not isinstance(found, Mapping):
        raise NotThere(GONE)
    return [Value(name, shown(value), value) for name, value in (found.get("params") or {}).items()]


def shown(value: Any) -> str:
    """As a form shows it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "\n".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def read_value(text: str, raw: Any) -> Any:
    """What a form says, of the kind it was; what cannot be read stays text, and the check of the whole file says why."""
    text = text.replace("\r\n", "\n").strip()
    if isinstance(raw, bool):
        return {"是": True, "否": False}.get(text, text)
    if isinstance(raw, list):
        kind = raw[0] if raw else ""
        return [read_value(line, kind) for line in text.split("\n") if line.strip()]
    if isinstance(raw, int) and re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        return int(text)
    if isinstance(raw, int | float) and re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", text, re.ASCII):
        return float(text)
    return text


def with_check(rules: OwnRules, check: str, filled: Mapping[str, str]) -> str:
    """The text of the file with a check as it was filled in; RulesError for what would not load."""
    row = dict(rules.whole["checks"][check])
    row |= {name: filled[name] for name in WORDS if filled.get(name)}
    row["enabled"] = filled.get("enabled") == "1"
    given = {each.name: each for each in values_of(rules, check) if each.is_plain and f"param-{each.name}" in filled}
    read = {name: read_value(filled[f"param-{name}"], each.raw) for name, each in given.items()}
    row["params"] = {**(row.get("params") or {}), **read}
    if row["enabled"] and "enabled" not in rules.whole["checks"][check]:
        del row["enabled"]
    return _text(rules, {**rules.whole, "checks": {**rules.whole["checks"], check: row}})


def with_deadlines(rules: OwnRules, filled: Mapping[int, str]) -> str:
    """The text of the file with other deadlines of columns."""
    rows = [
        {**row, "deadline": filled[at]} if at in filled and row.get("deadline") else row
        for at, row in enumerate(rules.whole.get("columns") or [])
    ]
    return _text(rules, {**rules.whole, "columns": rows})


def _text(rules: OwnRules, whole: Mapping[str, Any]) -> str:
    if not rules.is_layer:
        raise UsageError(
            "本单位的规则文件是整份的旧格式；请系统管理员先运行 xunjian rules migrate --apply 转换，再在这里修改"
        )
    text = layered_text(difference(_builtin(), whole))
    build_rules(text, rules.path.name)
    return text


def told_changes(rules: OwnRules, text: str) -> list[str]:
    """What another text says otherwise, line by line."""
    after = merged(
        _builtin(), {key: value for key, value in parse(text, "rules.yaml").data.items() if key != "extends"}
    )
    return [f"{_key(key, rules.whole)}：{_short(was)} → {_short(now)}" for key, was, now in changes(rules.whole, after)]


def _key(key: str, whole: Mapping[str, Any]) -> str:
    """Where something is said, for people."""
    for check, row in whole.get("checks", {}).items():
        if key.startswith(f"checks.{check}."):
            name = key.removeprefix(f"checks.{check}.").removeprefix("params.")
            return f"“{row.get('title', check)}”的{_LABELS.get(name, name)}"
    return _LABELS.get(key, key)


def deadline_rows(rules: OwnRules) -> list[tuple[int, str, str, str]]:
    """(place, kind, how it is known, deadline) of the columns that have one."""
    found = []
    for at, row in enumerate(rules.whole.get("columns") or []):
        if row.get("deadline"):
            kind = ColumnKind(row["kind"]) if row.get("kind") in {*ColumnKind} else None
            known = "；".join(map(str, (*(row.get("names") or ()), *(row.get("addresses") or ()))))
            found.append(
                (at, exported(COLUMN_KINDS, kind) if kind else str(row.get("kind")), known, str(row["deadline"]))
            )
    return found


def _short(value: Any) -> str:
    text = shown(value).replace("\n", "、")
    return (text[:120] + "…") if len(text) > 120 else text or "（无）"


def matching(rulebook: RuleBook, word: str) -> list[str]:
    """Ids of the checks that speak of a word."""
    return [rule.id for rule in rulebook.checks.values() if word in f"{rule.id} {rule.title} {rule.message} {rule.fix}"]

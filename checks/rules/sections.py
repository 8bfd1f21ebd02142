"""The sections of rules.yaml, each read into its domain values; faults are collected, not raised."""

import hashlib
import json
import re
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any

from checks.fact_names import FACT_NAMES
from checks.rules.near import meant
from checks.rules.strict_yaml import Path, RuleFile
from checks.rules.typed_values import NEEDED, Refused, convert
from checks.rules.yaml_faults import NO_BLANK, WIDE_COLON
from domain.findings import Severity
from domain.rules import CheckRule, ColumnRule, Count, Indicator
from domain.targets import ColumnKind
from domain.times import Window

Fields = Mapping[str, tuple[Any, Any]]  # key -> (type, default or NEEDED)

CHECK: Fields = {
    "title": (str, NEEDED),
    "message": (str, NEEDED),
    "fix": (str, NEEDED),
    "severity": (Severity, NEEDED),
    "severity_in_accounts": (Severity | None, None),
    "enabled": (bool, True),
    "params": (dict[str, Any], {}),
}
COLUMN: Fields = {
    "kind": (ColumnKind, NEEDED),
    "names": (tuple[str, ...], ()),
    "addresses": (tuple[str, ...], ()),
    "deadline": (Window | None, None),
    "archived": (bool, False),
}
INDICATOR: Fields = {
    "title": (str, NEEDED),
    "counts": (tuple[Any, ...], NEEDED),
    "section": (str, ""),
    "veto_at": (int | None, None),
    "warn_at": (int | None, None),
    "points": (float, 0.0),
    "once": (bool, False),
    "cap": (float | None, None),
    "applies_to": (tuple[str, ...], ("portal", "department")),
    "needs_service": (bool, False),
    "window": (str, ""),
    "source": (str, ""),
    "confidence": (str, "M"),
    "confirmed_by": (str, ""),
    "when_unjudged": (str, "note"),
    "precedence": (int, 0),
    "shares_cap": (str, ""),
}
COUNT: Fields = {"check": (str, NEEDED), "where": (dict[str, Any], {})}
CHOICES = {
    "confidence": ("V", "W", "S", "G", "M"),
    "when_unjudged": ("note", "block"),
    "two_person": ("declared", "console_only"),
    "applies_to": ("portal", "department", "account"),
}
_WHERE = ("kind", "level", "home")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Section:
    """One mapping of the file with its place."""

    parsed: RuleFile
    path: Path
    data: Any

    def fields(self, schema: Fields) -> dict[str, Any] | None:
        """All keys of the schema, typed; unknown, missing and wrong ones are noted. None when it is no mapping."""
        if not isinstance(self.data, dict):
            self.parsed.fault(self.path, f"应为“键: 值”的形式{_slip(self.data)}")
            return None
        for key in self.data.keys() - schema.keys():
            near = _slip(key) or meant(key, schema)
            self.parsed.fault((*self.path, key), f"不认识的键{near}；可用：{'、'.join(schema)}")
        return {key: self._field(key, wanted, default) for key, (wanted, default) in schema.items()}

    def _field(self, key: str, wanted: Any, default: Any) -> Any:
        if key not in self.data:
            if default is NEEDED:
                self.parsed.fault(self.path, f"缺少“{key}”")
                return None
            return default
        try:
            value = convert(self.data[key], wanted)
        except Refused as error:
            self.parsed.fault((*self.path, key, *error.path), str(error))
            return None if default is NEEDED else default
        self._choices(key, value)
        return value

    def _choices(self, key: str, value: Any) -> None:
        allowed = CHOICES.get(key, ())
        for item in value if isinstance(value, tuple) else (value,):
            if allowed and item not in allowed:
                self.parsed.fault(
                    (*self.path, key), f"“{item}”不在可选值之内{meant(item, allowed)}；可选：{'、'.join(allowed)}"
                )


def read_checks(
    parsed: RuleFile, data: Any, shared: Mapping[str, Any], classes: Mapping[str, type[Any]]
) -> dict[str, CheckRule]:
    """`checks:`; the parameters of a check are the typed constructor fields of its class."""
    rules: dict[str, CheckRule] = {}
    for check, row in (data or {}).items():
        path: Path = ("checks", check)
        cls = classes.get(check)
        values = Section(parsed, path, row).fields(CHECK)
        if cls is None:
            near = meant(check, classes)
            parsed.fault(path, f"没有这个检查项{near}，请核对名称或安装提供它的软件包")
        if cls is None or values is None:
            continue
        _check_sentences(parsed, path, values, cls)
        params = read_params(parsed, (*path, "params"), values["params"], cls, shared)
        version = rule_version(cls, values["params"], params, parsed.data)
        values["severity_in_accounts"] = values["severity_in_accounts"] or getattr(cls, "severity_in_accounts", None)
        rules[check] = CheckRule(check, **{**values, "params": params}, version=version)
    return rules


def read_params(
    parsed: RuleFile, path: Path, data: Any, cls: type[Any], shared: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Constructor arguments of a check; `shared` fills fields of those names that the file leaves out."""
    hints = typing.get_type_hints(cls)
    schema: dict[str, tuple[Any, Any]] = {}
    for item in fields(cls) if is_dataclass(cls) else ():
        default = item.default if item.default is not MISSING else NEEDED
        if item.default_factory is not MISSING:
            default = item.default_factory()
        schema[item.name] = (hints[item.name], (shared or {}).get(item.name, default))
    values = Section(parsed, path, data or {}).fields(schema) or {}
    for name, allowed in getattr(cls, "choices", {}).items():
        for place, item in enumerate(values.get(name) or ()):
            if item not in allowed:
                parsed.fault(
                    (*path, name, place), f"“{item}”不在可选值之内{meant(item, allowed)}；可选：{'、'.join(allowed)}"
                )
    return values


def _check_sentences(parsed: RuleFile, path: Path, values: Mapping[str, Any], cls: type[Any]) -> None:
    """Every `{...}` of message and fix is a fact; a foreign check names its own in `facts`, or none is known of it."""
    own = getattr(cls, "facts", None)
    if own is None and not cls.__module__.startswith("checks."):
        return
    known = FACT_NAMES | set(own or ())
    for key in ("message", "fix"):
        for name in _PLACEHOLDER.findall(values[key] or ""):
            if name not in known:
                parsed.fault((*path, key), f"没有名为“{name}”的事实，{{{name}}} 无法填写{meant(name, known)}")


def _slip(written: Any) -> str:
    """A colon that YAML took for a part of the word."""
    if not isinstance(written, str):
        return ""
    if "：" in written:
        return f"（{WIDE_COLON}）"
    return f"（{NO_BLANK}）" if re.search(r"^[\w.]+:\S", written) else ""


def rule_version(cls: type[Any], written: Any, params: Mapping[str, Any], whole: Any) -> str:
    """Version of the check, and a hash of its parameters and of the other sections that shape its result."""
    others = {name: whole.get(name) for name in getattr(cls, "reads", ())}
    content = [written, sorted((name, str(value)) for name, value in params.items()), others]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return f"{cls.version}+{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def read_columns(parsed: RuleFile, data: Any) -> tuple[ColumnRule, ...]:
    """`columns:`; the order is the precedence."""
    rules: list[ColumnRule] = []
    for index, row in enumerate(data or ()):
        path: Path = ("columns", index)
        values = Section(parsed, path, row).fields(COLUMN)
        if values is None:
            continue
        if not values["names"] and not values["addresses"]:
            parsed.fault(path, "应至少写出 names 或 addresses 之一")
        for key in ("names", "addresses"):
            for place, pattern in enumerate(values[key]):
                _check_pattern(parsed, (*path, key, place), pattern)
        rules.append(ColumnRule(**values))
    return tuple(rules)


def _check_pattern(parsed: RuleFile, path: Path, pattern: str) -> None:
    try:
        re.compile(f"(?:{pattern})", re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        parsed.fault(path, f"“{pattern}”不是合法的正则表达式：{error}")


def read_indicators(parsed: RuleFile, data: Any, classes: Mapping[str, type[Any]]) -> tuple[Indicator, ...]:
    """`indicators:`; a row may count a check by its bare id, or by `{check, where}`."""
    rows: list[Indicator] = []
    for row_id, row in (data or {}).items():
        path: Path = ("indicators", row_id)
        values = Section(parsed, path, row).fields(INDICATOR)
        if values is None:
            continue
        if values["veto_at"] is None and not values["points"]:
            parsed.fault(path, "应写出 veto_at 或 points，否则该指标不起作用")
        if values["shares_cap"] and values["shares_cap"] not in data:
            parsed.fault(
                (*path, "shares_cap"), f"没有“{values['shares_cap']}”这个指标{meant(values['shares_cap'], data)}"
            )
        if values["veto_at"] is not None and values["veto_at"] < 1:
            parsed.fault((*path, "veto_at"), "应为不小于 1 的整数")
        if values["warn_at"] is not None and not 1 <= values["warn_at"] < (values["veto_at"] or 0):
            parsed.fault((*path, "warn_at"), "应为不小于 1、且小于 veto_at 的整数（从几个起提示临近单项否决）")
        counts = [
            _count(parsed, (*path, "counts", place), item, classes) for place, item in enumerate(values["counts"] or ())
        ]
        rows.append(Indicator(row_id, **{**values, "counts": tuple(count for count in counts if count)}))
    return tuple(rows)


def _count(parsed: RuleFile, path: Path, item: Any, classes: Mapping[str, type[Any]]) -> Count | None:
    values = Section(parsed, path, {"check": item} if isinstance(item, str) else item).fields(COUNT)
    if values is None or values["check"] is None:
        return None
    check = values["check"]
    if check not in classes or check not in (parsed.data.get("checks") or {}):
        parsed.fault(path, f"统计了不存在的检查项“{check}”{meant(check, parsed.data.get('checks') or {})}")
    kinds = getattr(classes.get(check), "kinds", ())
    where: dict[str, tuple[str, ...]] = {}
    for key, accepted in values["where"].items():
        if key not in _WHERE:
            parsed.fault((*path, "where", key), f"不认识的筛选条件{meant(key, _WHERE)}；可用：kind、level、home")
        where[key] = tuple(_word(value) for value in (accepted if isinstance(accepted, list) else [accepted]))
        if key == "home" and (strange := set(where[key]) - {"true", "false"}):
            parsed.fault((*path, "where", key), f"“{'、'.join(sorted(strange))}”不在可选值之内；可选：true、false")
        if key == "kind" and kinds and (strange := set(where[key]) - set(kinds)):
            parsed.fault(
                (*path, "where", key), f"“{check}”没有类别 {'、'.join(sorted(strange))}，可用：{'、'.join(kinds)}"
            )
    return Count(check, where)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

"""rules.yaml to a `RuleBook`: everything typed, all faults at once with file, line and key."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from checks import discovery
from checks.rules.layers import BUILTIN, merged
from checks.rules.sections import Section, read_checks, read_columns, read_indicators
from checks.rules.strict_yaml import RuleFile, parse
from checks.rules.typed_values import NEEDED
from domain.crawl_policy import CrawlPolicy
from domain.errors import RulesError, cause
from domain.quiet import QuietHours
from domain.rules import RuleBook, Totals

SHIPPED = Path(__file__).resolve().parents[2] / "rules.yaml"

TOTALS = {
    "full": (float, 100.0),
    "pass_line": (float, 60.0),
    "bonus_line": (float, 80.0),
    "bonus_cap": (float, 30.0),
    "no_service_factor": (tuple[int, int], (4, 3)),
    "no_service_full": (float, 75.0),
    "deduction_applies_to": (tuple[str, ...], ("portal", "department")),
}
CRAWL: dict[str, tuple[Any, Any]] = {name: (kind, None) for name, kind in CrawlPolicy.schema().items()}
TOP = {
    "version": (int, NEEDED),
    "near_due": (dict[str, float], {"ratio": 0.7}),
    "checks": (dict[str, Any], NEEDED),
    "columns": (tuple[Any, ...], []),
    "indicators": (dict[str, Any], {}),
    "totals": (dict[str, Any], {}),
    "crawl": (dict[str, Any], {}),
    "two_person": (str, "declared"),
}


def load_rules(path: Path | None = None) -> RuleBook:
    """Read and check a rule file; None reads the shipped one. RulesError lists every fault with its line."""
    path = path or SHIPPED
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RulesError(f"规则文件 {path} 无法读取（{cause(error)}），请检查路径") from error
    except UnicodeDecodeError as error:
        raise RulesError(f"规则文件 {path} 不是 UTF-8 文本，请另存为 UTF-8 编码") from error
    return build_rules(text, path.name, str(path))


def build_rules(text: str, name: str = "rules.yaml", source: str = "") -> RuleBook:
    """The rule book written in `text`; `name` stands before every fault."""
    parsed = laid_on_builtin(parse(text, name))
    book = _read(parsed) if not parsed.problems or isinstance(parsed.data, dict) else None
    if parsed.problems or book is None:
        problems = tuple(sorted(set(parsed.problems), key=_line))
        raise RulesError(f"规则文件 {source or name} 有 {len(problems)} 处错误，请改正后再运行", problems)
    return replace(book, hash=_digest(parsed.data, book), source=source or name)


def laid_on_builtin(parsed: RuleFile) -> RuleFile:
    """A file that `extends: builtin` with everything it leaves out; any other file as it is."""
    if not isinstance(parsed.data, dict) or "extends" not in parsed.data:
        return parsed
    extends = parsed.data.pop("extends")
    if extends != BUILTIN:
        parsed.fault(("extends",), f"只能写 {BUILTIN}（随程序提供的规则），现为“{extends}”")
        return parsed
    builtin = parse(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)
    parsed.data = merged(builtin.data, parsed.data)
    return parsed


def _read(parsed: RuleFile) -> RuleBook | None:
    top = Section(parsed, (), parsed.data).fields(TOP)
    if top is None:
        return None
    if top["version"] not in (1, None):
        parsed.fault(("version",), "只认识版本 1，请按新版说明升级规则文件")
    near_due = Section(parsed, ("near_due",), top["near_due"]).fields({"ratio": (float, 0.7)})
    ratio = near_due["ratio"] if near_due else 0.7
    if not 0 < ratio <= 1:
        parsed.fault(("near_due", "ratio"), "应大于 0、不超过 1")
    totals = Section(parsed, ("totals",), top["totals"]).fields(TOTALS)
    crawl = Section(parsed, ("crawl",), top["crawl"]).fields(CRAWL)
    for key, value in (crawl or {}).items():
        if isinstance(value, int | float) and value < 0:
            parsed.fault(("crawl", key), "不能为负数")
    _check_quiet_hours(parsed, crawl or {})
    classes = discovery.all_classes()
    checks = read_checks(parsed, top["checks"], {"near_due_ratio": ratio}, classes)
    columns = read_columns(parsed, top["columns"])
    indicators = read_indicators(parsed, top["indicators"], classes)
    if parsed.problems or totals is None or crawl is None:
        return None
    written = {key: value for key, value in crawl.items() if value is not None}
    return RuleBook(checks, indicators, columns, Totals(**totals), written, ratio, two_person=top["two_person"])


def _check_quiet_hours(parsed: RuleFile, crawl: Mapping[str, Any]) -> None:
    try:
        QuietHours.parse(crawl.get("quiet_hours") or ())
    except ValueError as error:
        parsed.fault(("crawl", "quiet_hours"), str(error))


def _digest(data: Any, book: RuleBook) -> str:
    """Hash of what decides a judgement: the rules without what is no rule of judging, and the versions of the checks."""
    judged = {key: value for key, value in data.items() if key not in {"crawl", "two_person"}}
    versions = {check: rule.version for check, rule in book.checks.items()}
    text = json.dumps([judged, versions], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _line(problem: str) -> tuple[int, str]:
    number = problem.split(":", 2)[1]
    return (int(number) if number.isdigit() else 0, problem)

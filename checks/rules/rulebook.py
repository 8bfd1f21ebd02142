"""rules.yaml to a `RuleBook`: everything typed, all faults at once with file, line and key."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_address
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
LAYERS = SHIPPED.parent / "rules"  # layers that come with the program, by their names

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
    return build_rules(read_rules(path), path.name, str(path))


def read_rules(path: Path) -> str:
    """The text of a rule file; RulesError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RulesError(f"规则文件 {path} 无法读取（{cause(error)}），请检查路径") from error
    except UnicodeDecodeError as error:
        raise RulesError(f"规则文件 {path} 不是 UTF-8 文本，请另存为 UTF-8 编码") from error


def build_rules(text: str, name: str = "rules.yaml", source: str = "") -> RuleBook:
    """The rule book written in `text`; `name` stands before every fault, `source` is the file it was read from."""
    return _built(text, name, source, ())


def _built(text: str, name: str, source: str, above: tuple[Path, ...]) -> RuleBook:
    parsed = completed(parse(text, name), source, above)
    book = _read(parsed) if not parsed.problems or isinstance(parsed.data, dict) else None
    if parsed.problems or book is None:
        problems = tuple(sorted(set(parsed.problems), key=_line))
        raise RulesError(f"规则文件 {source or name} 有 {len(problems)} 处错误，请改正后再运行", problems)
    return replace(book, hash=_digest(parsed.data, book), source=source or name)


def completed(parsed: RuleFile, source: str = "", above: tuple[Path, ...] = ()) -> RuleFile:
    """A file that `extends` a layer below it, with everything it leaves out; any other file as it is.

    `extends: builtin` means the rules of the program; `liaoning` a layer that comes with it; `province.yaml` a file in the
    same folder. The layer below is checked as a whole file first, so that its faults are told as its own.
    """
    if not isinstance(parsed.data, dict) or "extends" not in parsed.data:
        return parsed
    extends = parsed.data.pop("extends")
    if extends == BUILTIN:
        below = parse(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)
    else:
        path = _layer(extends, source)
        if path is None or path in above:
            why = "绕回了自己" if path else f"不认识“{extends}”"
            known = "、".join(shipped_layers())
            parsed.fault(("extends",), f"{why}；可写 {BUILTIN}、{known}，或同一文件夹中的规则文件名（.yaml）")
            parsed.data = None  # without the layer below, everything else would be a fault too
            return parsed
        text = read_rules(path)
        _built(text, path.name, str(path), (*above, path))
        below = completed(parse(text, path.name), str(path), (*above, path))
    parsed.data = merged(below.data, parsed.data)
    return parsed


def shipped_layers() -> tuple[str, ...]:
    """Names of the layers that come with the program."""
    return tuple(sorted(path.stem for path in LAYERS.glob("*.yaml")))


def _layer(extends: object, source: str) -> Path | None:
    """The file of a layer; None when there is none of that name."""
    name = str(extends)
    if name in shipped_layers():
        return LAYERS / f"{name}.yaml"
    beside = Path(source).resolve().parent / name if source and Path(name).name == name else None
    return beside if beside is not None and beside.suffix == ".yaml" and beside.is_file() else None


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
    _check_addresses(parsed, crawl or {})
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


def _check_addresses(parsed: RuleFile, crawl: Mapping[str, Any]) -> None:
    """What was agreed for an address names it as a number, because names lead to others tomorrow."""
    for key in ("address_rates", "address_at_once"):
        for address, value in (crawl.get(key) or {}).items():
            try:
                ip_address(address)
            except ValueError:
                parsed.fault(("crawl", key, address), "应为 IP 地址，如 203.0.113.8")
            if value <= 0:
                parsed.fault(("crawl", key, address), "应大于 0")


def _digest(data: Any, book: RuleBook) -> str:
    """Hash of what decides a judgement: the rules without what is no rule of judging, and the versions of the checks."""
    judged = {key: value for key, value in data.items() if key not in {"crawl", "two_person"}}
    versions = {check: rule.version for check, rule in book.checks.items()}
    text = json.dumps([judged, versions], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _line(problem: str) -> tuple[int, str]:
    number = problem.split(":", 2)[1]
    return (int(number) if number.isdigit() else 0, problem)

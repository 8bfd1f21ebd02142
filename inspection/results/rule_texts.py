"""The rules as an inspector reads them, and confirming a row that rests on memory only."""

import re
from pathlib import Path

from checks.rules.rulebook import build_rules
from domain.errors import UsageError
from domain.rules import CheckRule, Indicator, RuleBook


def rule_lines(rulebook: RuleBook, check: str = "") -> str:
    """One check with its parameters and the rows that count it, or all checks and rows."""
    if not check:
        checks = [f"{rule.id:<22}{rule.severity.label}  {rule.title}" for rule in rulebook.checks.values()]
        rows = [_row_line(row) for row in rulebook.indicators]
        return "\n".join(
            ["检查项：", *checks, "", "指标：", *rows, "", f"规则文件：{rulebook.source}，版本 {rulebook.hash}"]
        )
    rule = rulebook.checks.get(check)
    row = next((row for row in rulebook.indicators if row.id == check), None)
    if rule is None and row is None:
        raise UsageError(f"没有检查项或指标 {check}；用 xunjian rules 查看全部")
    return "\n".join(_check_lines(rule, rulebook) if rule else _row_lines(row))  # type: ignore[arg-type]


def confirm_row(path: Path, row: str, by: str) -> str:
    """Write `confirmed_by` into a row of the office's own rules.yaml; nothing else in the file changes."""
    if not path.exists():
        raise UsageError(f"没有可修改的规则文件 {path}；先运行 xunjian init，或用 --rules 指明")
    if not re.fullmatch(r"[\w·\- ]{1,40}", by):
        raise UsageError(f"姓名“{by}”含有不能写入规则文件的字符")
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(
        rf"(?m)^(  {re.escape(row)}:\n)(?:    confirmed_by:.*\n)?", rf'\g<1>    confirmed_by: "{by}"\n', text
    )
    if count != 1:
        if not any(item.id == row for item in build_rules(text, str(path)).indicators):
            raise UsageError(f"{path} 中没有指标 {row}；用 xunjian rules 查看全部指标")
        changed = _with_row(text, row, by)
    build_rules(changed, str(path))
    path.write_text(changed, encoding="utf-8")
    return f"指标 {row} 已由 {by} 确认，写入 {path}"


def _with_row(text: str, row: str, by: str) -> str:
    """A file of differences that says nothing of a row yet, with the confirmation added."""
    lines = f'  {row}:\n    confirmed_by: "{by}"\n'
    if re.search(r"(?m)^indicators:\n", text):
        return re.sub(r"(?m)^indicators:\n", lambda match: match[0] + lines, text, count=1)
    return f"{text.rstrip()}\n\nindicators:\n{lines}"


def _row_line(row: Indicator) -> str:
    cost = (
        f"达到 {row.veto_at} 项即否决"
        if row.veto_at is not None
        else f"每项 {row.points:g} 分" + (f"，最多 {row.cap:g} 分" if row.cap else "")
    )
    return f"{row.id:<10}{row.title}：{cost}（{row.source}{'，待核' if row.pending else ''}）"


def _row_lines(row: Indicator) -> list[str]:
    return [_row_line(row), *(f"  计入：{count.check} {dict(count.where) or ''}" for count in row.counts)]


def _check_lines(rule: CheckRule, rulebook: RuleBook) -> list[str]:
    counting = [row for row in rulebook.indicators if any(count.check == rule.id for count in row.counts)]
    return [
        f"{rule.id}  {rule.title}（{rule.severity.label}，版本 {rule.version}{'' if rule.enabled else '，已停用'}）",
        f"  说明：{rule.message}",
        f"  建议：{rule.fix}",
        *(f"  参数 {name}：{value}" for name, value in rule.params.items()),
        *(f"  指标 {_row_line(row)}" for row in counting),
    ]

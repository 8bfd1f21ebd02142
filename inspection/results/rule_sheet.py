"""核对表: the rows of the rules on a sheet that is printed, compared with the official table, filled in and read back."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.rules import Indicator, RuleBook
from inspection.people.fill_in_sheets import KEY, read_filled, text_of, write_fillable
from inspection.results.rule_texts import confirm_row
from reports.words import points

TITLE = "指标核对"
RESULT, WRITTEN, BY, REMARK = "核对结果", "原文数值", "核对人", "备注"
SAME, OTHER, ABSENT = "一致", "不一致", "原文没有"
COLUMNS: Mapping[str, int] = {
    "指标": 9, "名称": 36, "部分": 12, "程序中的数值": 30, "期限": 14, "出处": 24, "是否待核": 10, RESULT: 12, WRITTEN: 16, BY: 10,
    REMARK: 24,
}  # fmt: skip
FILL: Mapping[str, tuple[str, ...]] = {RESULT: (SAME, OTHER, ABSENT), WRITTEN: (), BY: (), REMARK: ()}
_NAME = re.compile(r"[\w·\- ]{1,40}")


@dataclass(frozen=True, slots=True)
class Compared:
    """What came back: rows that agree, each with who compared it; what differs; what could not be read."""

    confirmed: Mapping[str, str]
    differing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def write_rule_sheet(rulebook: RuleBook, path: Path) -> int:
    """Write the sheet, rows nobody has confirmed first; returns how many of them there are."""
    rows = sorted(rulebook.indicators, key=lambda row: not row.pending)
    cells = [
        [row.id, row.title, row.section, value_of(row), row.window, row.source, "待核" if row.pending else "", *[""] * len(FILL), _key(row)]
        for row in rows
    ]  # fmt: skip
    write_fillable(path, TITLE, COLUMNS, cells, FILL)
    return sum(row.pending for row in rows)


def value_of(row: Indicator) -> str:
    """What the program goes by, as a person compares it."""
    if row.veto_at is not None:
        return f"达到 {row.veto_at} 个即单项否决"
    each = f"{'有即扣' if row.once else '每个扣'} {points(row.points)} 分"
    return each + (f"，满分 {points(row.cap)} 分" if row.cap is not None else "")


def read_rule_sheet(rulebook: RuleBook, path: Path) -> Compared:
    """Read a filled sheet. A row whose number the program has changed since is not confirmed."""
    known = {row.id: row for row in rulebook.indicators}
    confirmed: dict[str, str] = {}
    differing: list[str] = []
    problems: list[str] = []
    for number, cells in read_filled(path, TITLE, RESULT, "xunjian rules verify"):
        if not any(text_of(cells.get(name, "")) for name in FILL):
            continue
        row_id, _, sign = text_of(cells.get(KEY, "")).partition(":")
        row = known.get(row_id)
        if row is None or _key(row) != f"{row_id}:{sign}":
            problems.append(f"第 {number} 行：指标或其数值已与写出核对表时不同，请重新写出后核对")
            continue
        problem = _fault(cells)
        if problem:
            problems.append(f"第 {number} 行“{row.id} {row.title}”：{problem}")
        elif text_of(cells.get(RESULT, "")) == SAME:
            confirmed[row.id] = text_of(cells.get(BY, ""))
        else:
            differing.append(_difference(row, cells))
    return Compared(confirmed, tuple(differing), tuple(problems))


def keep_comparison(path: Path, compared: Compared) -> int:
    """Write the confirmations into the office's rule file; returns how many."""
    for row, by in compared.confirmed.items():
        confirm_row(path, row, by)
    return len(compared.confirmed)


def comparison_lines(compared: Compared, *, applied: bool) -> list[str]:
    """What came of a sheet, in Chinese."""
    lines = [f"未读入：{problem}" for problem in compared.problems]
    lines += [f"与原文不同：{line}" for line in compared.differing]
    if compared.differing:
        lines.append("与原文不同的，请在规则文件 indicators 一节改正数值后再核对确认；程序不自动改分值。")
    done = "已确认" if applied else "可确认"
    lines.append(
        f"{done} {len(compared.confirmed)} 行，与原文不同 {len(compared.differing)} 行，未读入 {len(compared.problems)} 行。"
    )
    return lines


def _fault(cells: Mapping[str, Any]) -> str:
    result, by = text_of(cells.get(RESULT, "")), text_of(cells.get(BY, ""))
    if result not in FILL[RESULT]:
        return f"{RESULT}“{result}”不在可选范围内，请填：{'、'.join(FILL[RESULT])}"
    if not by:
        return f"没有填写{BY}"
    if not _NAME.fullmatch(by):
        return f"{BY}“{by[:20]}”含有不能写入规则文件的字符"
    if result == OTHER and not text_of(cells.get(WRITTEN, "")):
        return f"填“{OTHER}”的须写明{WRITTEN}"
    return ""


def _difference(row: Indicator, cells: Mapping[str, Any]) -> str:
    told = "原文没有这一行" if text_of(cells.get(RESULT, "")) == ABSENT else f"原文为 {text_of(cells.get(WRITTEN, ''))}"
    remark = text_of(cells.get(REMARK, ""))
    return f"{row.id} {row.title}：程序为 {value_of(row)}，{told}（{text_of(cells.get(BY, ''))}{f'，{remark}' if remark else ''}）"


def _key(row: Indicator) -> str:
    """The row and its number: a sheet that was written for other numbers confirms nothing."""
    sign = hashlib.sha256(value_of(row).encode()).hexdigest()[:8]
    return f"{row.id}:{sign}"

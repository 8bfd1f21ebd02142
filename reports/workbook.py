"""The XLSX attachments of the notice: 汇总, 问题清单, 网站扣分明细, 新媒体问题清单, 未能判定清单."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from domain.findings import FindingRecord
from domain.scores import Rollup, Scorecard
from domain.targets import Account, Site, Unit
from reports import words
from reports.model import Report
from reports.problems import Problem, Totals, problems, totals
from reports.spreadsheets import Cell, Row, fill_sheet, save_book

KEY = "编号（勿改）"  # the last column of every sheet that a person fills in
PROBLEMS_TITLE = "问题清单"
ANSWERS = ("属实", "误报", "豁免")
SUMMARY = (
    "范围", "网站总数", "网站合格", "网站不合格", "网站未能判定", "网站合格率", "无扣分点网站", "无扣分点占比",
    "新媒体总数", "新媒体合格", "新媒体不合格", "新媒体未能判定", "新媒体合格率",
    "问题总数", "单项否决", "扣分", "一般问题", "提示", "未能判定检查项", "最低得分",
)  # fmt: skip
PROBLEMS = (
    "序号", "主办单位", "检查对象", "类型", "级别", "问题类别", "指标", "问题描述", "页面地址", "见于", "项数", "首次发现", "最近确认",
    "状态", "计入问题总数", "问题编号", "结论", "理由", "经办人", "豁免至", KEY,
)  # fmt: skip
SITES = (
    "序号",
    "网站名称",
    "标识码",
    "主办单位",
    "指标",
    "问题描述",
    "页面地址",
    "最后更新",
    "应不晚于",
    "扣分",
    "得分",
)
ACCOUNTS = ("序号", "账号名称", "平台", "主办单位", "问题类别", "检查时更新日期", "结果")
OPEN = ("序号", "名称", "类别", "主办单位", "检查项", "页面地址", "未能判定的原因")
_CENTRED = {"序号", "扣分", "得分", "项数", "级别", "计入问题总数", "首次发现", "最近确认", *SUMMARY[1:]}
_FILLED = {"结论", "理由", "经办人", "豁免至"}
_SHADE = PatternFill("solid", fgColor="FFF5D6")


def write_workbook(report: Report, path: Path) -> Path:
    """Write the workbook; returns `path`."""
    book = Workbook()
    first = book.active
    if isinstance(first, Worksheet):
        first.title = "汇总"
        _fill(first, report, SUMMARY, summary_rows(report), (16, *[9] * 19))
    for title, head, rows, widths in (
        (
            PROBLEMS_TITLE,
            PROBLEMS,
            problem_rows(report),
            (6, 20, 22, 12, 9, 16, 24, 46, 40, 11, 6, 12, 12, 22, 8, 10, 10, 20, 10, 12, 18),
        ),
        ("网站扣分明细", SITES, site_rows(report), (6, 26, 13, 22, 22, 44, 44, 12, 12, 8, 8)),
        ("新媒体问题清单", ACCOUNTS, account_rows(report), (6, 26, 12, 24, 44, 16, 10)),
        ("未能判定清单", OPEN, open_rows(report), (6, 26, 16, 22, 20, 50, 44)),
    ):
        _fill(book.create_sheet(title), report, head, rows, widths)
    return save_book(book, path, f"{report.city_name or '全市'}政府网站与政务新媒体检查情况")


def summary_rows(report: Report) -> Iterator[Row]:
    """The city, then its kinds of units, then every unit."""
    lines = tuple(problems(report))
    units = {unit.id: unit for unit in report.registry.units}
    for item in (*((report.city,) if report.city else ()), *report.kinds, *report.units):
        own = (line for line in lines if item is report.city or _belongs(line, item, units))
        yield _summary(item, totals(own))


def _belongs(line: Problem, item: Rollup, units: Mapping[str, Unit]) -> bool:
    """Whether a line is of a unit, or of a kind of units."""
    unit = units.get(line.target.unit_id)
    return item.id in ({unit.id, unit.kind.value} if unit else {""})


def problem_rows(report: Report) -> Iterator[Row]:
    """One row for every sentence about a target, whatever its state; `项数` of those that count add up to 问题总数."""
    for number, line in enumerate(problems(report), 1):
        kind = words.site_kind(line.target) if isinstance(line.target, Site) else words.platform(line.target)
        yield (
            number, line.unit, line.target.name, kind, line.severity.label, line.title, "\n".join(line.indicators),
            line.message, line.first.finding.ref.url, line.seen_on, len(line.records), line.first_seen, line.last_seen,
            line.state, "是" if line.counts else "否", line.numbers, "", "", "", "",
            " ".join(record.fingerprint for record in line.records),
        )  # fmt: skip


def _summary(item: Rollup, found: Totals) -> Row:
    sites, accounts = item.sites, item.accounts
    return (
        item.name, sites.total, sites.passed, sites.failed, sites.unknown, _percent(sites.pass_rate),
        sites.without_deduction, _percent(sites.without_deduction_share),
        accounts.total, accounts.passed, accounts.failed, accounts.unknown, _percent(accounts.pass_rate),
        found.total, found.veto, found.deduct, found.problem, found.notice, item.unjudged, item.lowest_score,
    )  # fmt: skip


def _percent(text: str) -> Cell:
    """A share as a number that Excel shows in percent."""
    return float(text) / 100 if text else "—"


def site_rows(report: Report) -> Iterator[Row]:
    """One row for every finding that fails a site or costs it points.

    The points of a capped row stand once, in the line of its first finding, so that the column adds up.
    """
    number = 0
    for site in report.registry.sites:
        card = report.cards.get(site.id)
        for indicator, record, points in charged(report, card) if card else ():
            number += 1
            facts = record.finding.facts if record else {}
            yield (
                number, site.name, site.id, _unit(report, site), indicator,
                report.wording.message(record.finding) if record else "",
                record.finding.ref.url if record else site.home_url,
                _day(facts.get("newest")), _day(facts.get("deadline")), points,
                "单项否决" if card and card.vetoes else card.score if card else None,
            )  # fmt: skip


def charged(report: Report, card: Scorecard) -> Iterator[tuple[str, FindingRecord | None, Cell]]:
    """(indicator, finding, points) of what a card was marked down for."""
    records = {record.fingerprint: record for record in report.records.get(card.target_id, ())}
    for veto in card.vetoes:
        for print_ in veto.fingerprints or ("",):
            yield f"{veto.indicator} {veto.title}", records.get(print_), "否决"
    for item in card.deductions:
        name = f"{item.indicator} {item.title}" + ("（待核）" if item.pending else "")
        for place, print_ in enumerate(item.fingerprints or ("",)):
            yield name, records.get(print_), item.points if place == 0 else 0


def account_rows(report: Report) -> Iterator[Row]:
    """One row for every open finding of an account."""
    number = 0
    for account in report.registry.accounts:
        card = report.cards.get(account.id)
        for record in report.open_records(account.id):
            number += 1
            yield (
                number, account.name, words.platform(account), _unit(report, account),
                f"{report.wording.title(record.finding.check)}：{report.wording.message(record.finding)}",
                _day(record.finding.facts.get("newest")), card.verdict.label if card else "未能判定",
            )  # fmt: skip


def open_rows(report: Report) -> Iterator[Row]:
    """One row for everything that waits for a person: what could not be judged, candidates, targets without a card."""
    number = 0
    for target in report.targets:
        kind = words.site_kind(target) if isinstance(target, Site) else words.platform(target)
        items = [(item.check, item.ref.url, item.reason) for item in report.unjudged.get(target.id, ())]
        items += [
            (
                record.finding.check,
                record.finding.ref.url,
                f"疑似问题，待人工确认：{report.wording.message(record.finding)}",
            )
            for record in report.candidates(target.id)
        ]
        if target.id not in report.cards:
            reason = words.ended(report.site_runs.get(target.id))
            items.append(("", words.address(target), reason or "本次未检查到"))
        for check, url, reason in items:
            number += 1
            title = report.wording.title(check) if check else "—"
            yield number, target.name, kind, _unit(report, target), title, url, reason


def _unit(report: Report, target: Site | Account) -> str:
    unit = report.registry.unit_of(target)
    return unit.name if unit else "未登记"


def _day(value: object) -> Cell:
    """A date that Excel can sort."""
    try:
        return date.fromisoformat(str(value)) if value else ""
    except ValueError:
        return str(value)


def _fill(sheet: Worksheet, report: Report, head: Sequence[str], rows: Iterable[Row], widths: Sequence[int]) -> None:
    footer = f"监测时间点 {words.moment(report.run.as_of)}"
    fill_sheet(sheet, head, rows, widths, footer, _CENTRED, "B2" if head is SUMMARY else "C2")
    _offer_answers(sheet, head)


def _offer_answers(sheet: Worksheet, head: Sequence[str]) -> None:
    """Shade what a person fills in, and offer the answers."""
    for place, name in enumerate(head, 1):
        if name not in _FILLED:
            continue
        letter = get_column_letter(place)
        for line in range(1, sheet.max_row + 1):
            sheet.cell(line, place).fill = _SHADE
        if name == "结论" and sheet.max_row > 1:
            choice = DataValidation("list", formula1=f'"{",".join(ANSWERS)}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{sheet.max_row}")
            sheet.add_data_validation(choice)

"""The workbook of a period: its figures, every target, what it was charged, what was found, and the ranks."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from domain.cutoffs import Cutoff
from domain.figure_kinds import kind_of
from domain.figures import Figure, Measure
from domain.findings import Severity
from domain.periods import Period
from domain.standings import Item, Standing
from reports import words
from reports.spreadsheets import Cell, Row, fill_sheet, save_book

FIGURES = ("序号", "范围", "数字", "数值", "总数", "占比", "变化", "出处", "统计截止")
TARGETS = (
    "序号", "类别", "检查对象", "平台", "主办单位", "状态", "结论", "得分", "扣分", "本期判定次数", "判定时间", "尚未判定的否决指标", "未能判定的检查项",
)  # fmt: skip
CHARGES = ("序号", "检查对象", "主办单位", "指标", "扣分", "个数", "数值是否待核", "问题编号")
ITEMS = (
    "序号", "主办单位", "检查对象", "平台", "级别", "问题类别", "问题描述", "页面地址", "最后更新", "应不晚于", "情况", "计入通报", "问题编号",
)  # fmt: skip
RANKS = ("序号", "单位类别", "名次", "得分", "网站")
_CENTRED = ("序号", "级别", "得分", "扣分", "结论", "名次", "个数", "判定时间", "最后更新", "应不晚于", "计入通报")
Titled = Callable[[str], str]


def write_period_workbook(
    period: Period,
    figures: Sequence[Figure],
    standings: Sequence[Standing],
    ranks: Sequence[tuple[str, str, str, str]],
    title_of: Titled,
    path: Path,
) -> Path:
    """Write the workbook; `ranks`: (kind of unit, rank, score, names), `title_of`: a check's Chinese name."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    version = f"第 {period.version} 版" if period.version else "未关闭，数字可能变动"
    own = "".join(f"，{Cutoff(name).label}统计到 {words.moment(each)}" for name, each in period.cutoffs.items())
    footer = f"{period.label} {version} 监测时间点 {words.moment(period.cutoff)}{own}"
    for title, head, rows, widths in (
        ("数字", FIGURES, figure_rows(figures, title_of), (6, 20, 30, 9, 9, 9, 10, 60, 18)),
        ("检查对象", TARGETS, target_rows(standings, title_of), (6, 10, 30, 10, 22, 10, 10, 8, 8, 10, 17, 36, 36)),
        ("扣分和否决", CHARGES, charge_rows(standings), (6, 30, 22, 34, 10, 7, 10, 40)),
        ("问题", ITEMS, item_rows(standings), (6, 22, 28, 10, 9, 18, 56, 44, 12, 12, 16, 9, 18)),
        ("排名", RANKS, ((n, *row) for n, row in enumerate(ranks, 1)), (6, 14, 10, 10, 80)),
    ):
        fill_sheet(book.create_sheet(title), head, rows, widths, footer, _CENTRED)
    return save_book(book, path, f"{period.label}检查情况")


def figure_rows(figures: Sequence[Figure], title_of: Titled) -> Iterator[Row]:
    """Every figure; a change stands in its own column, so that the counts may be added up."""
    for number, item in enumerate(figures, 1):
        is_count = item.measure is Measure.COUNT
        share: Cell = item.n / item.of if is_count and item.of else ""
        value: Cell = item.n if is_count else float(item.printed or 0) if item.measure is Measure.SCORE else ""
        change = "" if is_count or item.measure is Measure.SCORE else item.printed
        unit = "个百分点" if item.measure is Measure.POINTS else "%"
        yield (
            number, item.scope, figure_label(item.kind, title_of), value, item.of if is_count else "", share,
            f"{change}{unit}" if change else "", "；".join(item.source[:40]), words.moment(item.until) if item.until else "",
        )  # fmt: skip


def figure_label(kind: str, title_of: Titled) -> str:
    """A kind of figure in Chinese; checks by their titles."""
    found, check = kind_of(kind), kind.partition(".")[2]
    if found is None:
        return kind
    return found.label.replace(check, f"“{title_of(check)}”") if check and check in found.label else found.label


def target_rows(standings: Sequence[Standing], title_of: Titled) -> Iterator[Row]:
    """Every target that counts on the day of the cut-off, in official order."""
    for number, item in enumerate(standings, 1):
        lost = round(sum(row.points for row in item.charges), 2)
        verdict = item.verdict.label if item.inspected else "本期未检查"
        yield (
            number, item.group, item.name, item.platform or "网站", item.unit, item.state, verdict, item.score,
            "单项否决" if item.vetoes else lost, item.nights, words.moment(item.as_of) if item.as_of else "",
            "、".join(item.open_vetoes), "、".join(title_of(check) for check in item.unjudged),
        )  # fmt: skip


def charge_rows(standings: Sequence[Standing]) -> Iterator[Row]:
    """One row for every veto and every row of points lost."""
    rows = ((item, row, row in item.vetoes) for item in standings for row in (*item.vetoes, *item.charges))
    for number, (item, row, is_veto) in enumerate(rows, 1):
        cost: Cell = "单项否决" if is_veto else row.points
        prints = "、".join(mark[:8] for mark in row.fingerprints)
        yield (
            number, item.name, item.unit, f"{row.indicator} {row.title}", cost, row.count,
            "待核" if row.pending else "", prints,
        )  # fmt: skip


def item_rows(standings: Sequence[Standing]) -> Iterator[Row]:
    """One row for every finding, mended and doubtful ones marked."""
    rows = ((standing, item) for standing in standings for item in standing.items)
    for number, (standing, item) in enumerate(rows, 1):
        counts = not item.mended and not item.candidate and item.severity is not Severity.NOTICE
        yield (
            number, standing.unit, standing.name, standing.platform or "网站", item.severity.label, item.title, item.what,
            item.url, _day(item.newest), _day(item.deadline), _stands(item), "是" if counts else "否", item.fingerprint,
        )  # fmt: skip


def _stands(item: Item) -> str:
    if item.candidate:
        return "疑似，待人工确认"
    return "已整改" if item.mended else "未整改（本次未复核）" if item.unread else "未整改"


def _day(text: str) -> Cell:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text

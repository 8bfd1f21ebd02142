"""The compact report on a terminal: what is wrong first, then what could not be judged, then where the reports lie."""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from domain.captured import NEXT_NIGHTS
from domain.findings import FindingState, Severity
from domain.runs import RunKind
from domain.scores import Rollup, Tally, Verdict
from reports import words
from reports.model import Report
from reports.sheets import Sheet, build_sheet

_STYLE = {Verdict.PASS: "green", Verdict.FAIL: "bold red", Verdict.UNKNOWN: "yellow"}
_SIGN = {Verdict.PASS: "✓", Verdict.FAIL: "✗", Verdict.UNKNOWN: "?"}
_HEAD = ("类别", "网站", "合格", "不合格", "未能判定", "无扣分点", "新媒体", "合格", "不合格", "未能判定")
MOST_FINDINGS, MOST_OF_ONE = 5, 50
MOST_TARGETS = 20
MOST_MENDED = 10
_CHANGES = (FindingState.NEW, FindingState.PERSISTING, FindingState.REOPENED, FindingState.FIXED)


def print_report(report: Report, stream: TextIO, files: Mapping[str, Path] | None = None) -> None:
    """Print to `stream`; coloured and tabulated on a terminal, plain lines elsewhere. `files`: what -> where."""
    tty = stream.isatty()
    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
    sheets = [build_sheet(report, target) for target in report.targets]
    console.print(
        clean(f"{report.run.kind.label}  监测时间点 {words.long_moment(report.run.as_of)}  批次 {report.run.id}"),
        style="bold",
    )
    if report.run.state.value != "complete":
        console.print(clean(f"本批次未完整结束：{report.run.reason or '检查被中断或本方网络中断'}"), style="yellow")
    if report.city and len(sheets) > 1:
        rollups = (*report.kinds, report.city)
        for block in [_table(rollups)] if tty else _plain(rollups):
            console.print(block)
    told = (
        *conclusion_lines(report),
        *spread_lines(report),
        *change_lines(report),
        *wrong_lines(report, sheets),
        *open_lines(report, sheets),
    )
    for line in told:
        console.print(line)
    for what, where in (files or {}).items():
        console.print(clean(f"{what}：{where}"))


def clean(text: str) -> str:
    """One line without control characters: a page title may not steer the terminal or forge a line."""
    return "".join(" " if char.isspace() else char if unicodedata.category(char)[0] != "C" else "�" for char in text)


def spread_lines(report: Report) -> Iterator[Text]:
    """How far a night came that did not fit, and how many more it needs by tonight's pace."""
    runs = report.site_runs.values()
    spread = [(item.pages, left) for item in runs if (left := item.skipped.get(NEXT_NIGHTS, 0))]
    if spread:
        seen, left = (sum(column) for column in zip(*spread, strict=True))
        nights = max(math.ceil(rest / max(pages, 1)) for pages, rest in spread)
        yield Text(
            f"分夜采集：{len(spread)} 个网站与其他网站共用地址，按约定的频率一夜看不完：本次看了 {seen} 个网址，"
            f"已发现的还有 {left} 个（已看 {100 * seen // (seen + left)}%），从下一夜起续采，按本次进度约需 {nights} 夜",
            style="yellow",
        )


def conclusion_lines(report: Report) -> Iterator[Text]:
    """How many passed; 全部合格 only where none failed and none is open."""
    if report.city is None or len(report.targets) < 2:
        return
    for name, each, tally in (
        ("政府网站 {} 家", "家", report.city.sites), ("政务新媒体 {} 个", "个", report.city.accounts),
    ):  # fmt: skip
        if tally.total:
            yield Text(
                clean(f"{name.format(tally.total)}：{_conclusion(tally)}{words.still_open(tally, each)}"),
                "bold green" if tally.passed == tally.total else "bold",
            )
    if report.manual:
        people = "、".join(dict.fromkeys(report.manual.values()))
        yield Text(clean(f"其中人工核查 {len(report.manual)} 个（{people}）"))


def _conclusion(tally: Tally) -> str:
    if tally.passed == tally.total:
        return "全部合格"
    parts = ((tally.passed, "合格"), (tally.failed, "不合格"), (tally.unknown, "未能判定"))
    return "，".join(f"{count} {word}" for count, word in parts if count)


def change_lines(report: Report) -> Iterator[Text]:
    """How many findings came, stayed, came back and were mended in this run; a gate has no night before."""
    if report.run.kind is RunKind.GATE:
        return
    records = [record for target in report.targets for record in report.records.get(target.id, ())]
    counts = Counter(record.state for record in records)
    parts = [f"{state.label} {counts[state]}" for state in _CHANGES if counts[state]]
    if parts:
        yield Text(f"问题变化：{'，'.join(parts)}")
    mended = [record for record in records if record.state is FindingState.FIXED]
    for record in mended[:MOST_MENDED]:
        how = f"（{record.closed_label}）" if record.closed_label else ""
        yield Text(clean(f"    [已整改] {report.wording.message(record.finding)}{how}"), "green")
    if len(mended) > MOST_MENDED:
        yield Text(f"    另有 {len(mended) - MOST_MENDED} 项已整改，见报告（--html 文件夹）")


def wrong_lines(report: Report, sheets: list[Sheet]) -> Iterator[Text]:
    """Every target that needs somebody, worst first, with its gravest findings."""
    urgent = sorted((sheet for sheet in sheets if sheet.attention or len(sheets) == 1), key=lambda sheet: sheet.urgency)
    if sheets and not any(sheet.attention for sheet in sheets):
        yield Text("没有需要处理的问题。", "green")
    for sheet in urgent[:MOST_TARGETS]:
        counted = sheet.card is not None and sheet.card.complete and sheet.card.score is not None
        score = (
            f"  {words.points(sheet.card.score)} 分" if counted and sheet.card else ""
        )  # no points for what was not seen
        yield Text.assemble(
            "考核评定：" if report.run.kind is RunKind.GATE else "",  # whether the gate passes is said at the end
            (f"{_SIGN[sheet.verdict]} {sheet.verdict.label}", _STYLE[sheet.verdict]),
            clean(f"  {sheet.target.name}（{sheet.kind}）{score}"),
        )
        for veto in sheet.card.vetoes if sheet.card else ():
            yield Text(clean(f"    单项否决 {veto.indicator} {veto.title}（{veto.count} 个）"), "red")
        for item in sheet.card.blocked if sheet.card else ():
            yield Text(clean(f"    未能判定 {item.indicator} {item.title}：{item.reason}"), "yellow")
        if not sheet.card or not sheet.card.complete:
            yield Text(
                clean(f"    检查未完整：{words.ended(sheet.site_run) or '本次未完整检查该对象'}"),
                "yellow",
            )
        yield from _finding_lines(report, sheet)
    if len(urgent) > MOST_TARGETS:
        yield Text(f"另有 {len(urgent) - MOST_TARGETS} 个对象需要处理，见报告（--html 文件夹）", "yellow")


def _finding_lines(report: Report, sheet: Sheet) -> Iterator[Text]:
    most = MOST_FINDINGS if len(report.targets) > 1 else MOST_OF_ONE
    for record in sheet.records[:most]:
        place = report.files.get(record.fingerprint)
        style = "red" if record.severity.rank >= Severity.DEDUCT.rank else ""
        yield Text.assemble(
            "    ",
            (f"[{record.severity.label}]", style),
            clean(f" {report.wording.message(record.finding)}  {place or record.finding.ref.url}"),
            "（基线中的已知问题）" if record.fingerprint in report.accepted else "",
            f"（{words.not_looked_at(record)}）" if record.unread is not None else "",
        )
    if len(sheet.records) > most:
        yield Text(f"    另有 {len(sheet.records) - most} 项，见报告（--html 文件夹）")
    if sheet.candidates:
        yield Text(f"    疑似问题 {len(sheet.candidates)} 项，须经人工确认", "yellow")


def open_lines(report: Report, sheets: list[Sheet]) -> Iterator[Text]:
    """How many places could not be judged, by check."""
    counts: Counter[str] = Counter()
    for sheet in sheets:
        for question in sheet.questions:
            counts[question.title] += len(question.places)
    if counts:
        parts = "，".join(f"{title} {count} 处" for title, count in counts.most_common())
        yield Text(clean(f"未能判定（待人工核查，不扣分）：{parts}"), "yellow")
    if report.doubts:
        is_kept = report.run.kind is not RunKind.GATE  # a gate keeps nothing that could be listed later
        how = f"：xunjian findings doubts --run {report.run.id}" if is_kept else "，见报告（--html 文件夹）"
        yield Text(f"另有 {len(report.doubts)} 处文字疑点，不计分，供人工判断{how}", "yellow")


def _cells(item: Rollup) -> tuple[str, ...]:
    sites, accounts = item.sites, item.accounts
    share = f"（{sites.without_deduction_share}%）" if sites.without_deduction_share and item.id == "city" else ""
    return (
        "合计" if item.id == "city" else item.name,
        str(sites.total), str(sites.passed), str(sites.failed), str(sites.unknown), f"{sites.without_deduction}{share}",
        str(accounts.total), str(accounts.passed), str(accounts.failed), str(accounts.unknown),
    )  # fmt: skip


def _table(rollups: tuple[Rollup, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for place, name in enumerate(_HEAD):
        table.add_column(name, justify="right" if place else "left", no_wrap=True)
    for item in rollups:
        table.add_row(*_cells(item), style="bold" if item.id == "city" else "")
    return table


def _plain(rollups: tuple[Rollup, ...]) -> Iterator[str]:
    for item in rollups:
        name, *cells = _cells(item)
        sites = "网站 {} 家：合格 {}，不合格 {}，未能判定 {}，无扣分点 {}".format(*cells[:5])
        accounts = "；新媒体 {} 个：合格 {}，不合格 {}，未能判定 {}".format(*cells[5:]) if cells[5] != "0" else ""
        yield clean(f"{name}：{sites}{accounts}")

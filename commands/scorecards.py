"""scorecard, report, score."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import (
    DATA,
    Data,
    Database,
    Rules,
    RunId,
    TextOrJson,
    check_format,
    figure_rules,
    opened,
    require_folder,
    rulebook,
)
from commands.printing import say
from domain.errors import UsageError
from reports.formats import WRITTEN

if TYPE_CHECKING:
    from reports.model import Report


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(scorecard)
    app.command()(report)
    app.command()(score)


def scorecard(
    unit: Annotated[str, typer.Argument(metavar="[单位]", help="单位或网站；默认全市")] = "",
    run: RunId = "",
    out: Annotated[Path | None, typer.Option("-o", help=f"写成 {'、'.join(WRITTEN)} 文件")] = None,
    period: Annotated[
        str, typer.Option("--period", help="考核期，如 2023-04：以其监测时间点为准；-o 写成 .xlsx 工作簿")
    ] = "",
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """评分表：在终端显示，或写成文件。"""
    if period:
        if run or (out and (unit or out.suffix != ".xlsx")):
            raise UsageError("--period 不能与 --run 同用；-o 写全部对象的 .xlsx 工作簿")
        _period_scores(period, unit, out, data, db, rules)
        return
    from inspection.results.stored_report import stored_report
    from reports.terminal import print_report

    with opened(data, db) as store:
        made = stored_report(store, rulebook(rules, data), run, unit)
        if out is None:
            print_report(made, sys.stdout)
            return
        _write(made, out)
    say(f"已写入：{out}")


def _period_scores(period: str, unit: str, out: Path | None, data: Path, db: str, rules: Path | None) -> None:
    from inspection.periods.closing import sums_of
    from inspection.periods.lines import age_lines, score_lines, write_sums

    book = rulebook(rules, data)
    with opened(data, db) as store:
        sums = sums_of(store, book, figure_rules(data), period)
    if out is not None:
        say(f"已写入：{write_sums(sums, book, out)}")
        return
    for line in (*age_lines(sums), *score_lines(sums, unit)):
        say(line)


def _write(made: "Report", out: Path) -> None:
    from reports.formats import FORMATS

    form = FORMATS.get(out.suffix.removeprefix("."))
    if form is None or form.write is None:
        known = "、".join(f".{name}" for name in WRITTEN)
        raise UsageError(f"不能写成 {out.suffix or '没有扩展名的文件'}；请用 {known}")
    form.write(made, out)


def report(
    html: Annotated[Path | None, typer.Option("--html", help="全市及各单位的网页报告写到这个文件夹")] = None,
    unit: Annotated[str, typer.Option("--unit", help="只写一个单位、网站或账号，与 -o 同用")] = "",
    out: Annotated[Path | None, typer.Option("-o", help="写成一个便于发送的文件：.html（截图在内）或 .zip")] = None,
    run: RunId = "",
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """静态网页报告，可离线阅读：--html 写全市，--unit 加 -o 写一个单位的一个文件。"""
    if (html is None) == (out is None) or (out is None) != (not unit):
        raise UsageError("用法：xunjian report --html 文件夹，或 xunjian report --unit 单位 -o 文件.html")
    if out is not None and out.suffix not in {".html", ".zip"}:
        raise UsageError(f"不能写成 {out.suffix or '没有扩展名的文件'}；请用 .html 或 .zip")
    from inspection.results.report_files import write_reports
    from inspection.results.stored_report import stored_report
    from reports.sending import write_one_file

    require_folder(html)
    with opened(data, db) as store:
        made = stored_report(store, rulebook(rules, data), run, unit)
        if out is not None:
            written = {"检查档案": write_one_file(made, made.targets, out)}
        else:
            written = write_reports(made, html or Path())
    for title, path in written.items():
        say(f"{title}：{path}")


def score(
    file: Annotated[Path, typer.Argument(metavar="文件", help="手工填写的问题清单（YAML 或 JSON）")],
    rules: Rules = None,
    output: TextOrJson = "text",
) -> None:
    """按手工填写的问题清单评分。"""
    check_format(output, ("text", "json"))
    from scorecards.score_file import score_file, score_text

    book = rulebook(rules)
    answer = score_file(file, book)
    say(json.dumps(answer, ensure_ascii=False) if output == "json" else score_text(answer, book))

"""findings, scorecard, report, rules, score."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import DATA, Data, Database, Format, Rules, RunId, check_format, opened, require_folder, rulebook
from commands.printing import say
from domain.errors import UsageError
from reports.formats import WRITTEN

if TYPE_CHECKING:
    from reports.model import Report

if TYPE_CHECKING:
    from inspection.unread_rows import UnreadRow

findings_app = typer.Typer(help="问题清单与人工确认", no_args_is_help=True)
By = Annotated[str, typer.Option("--by", help="经办人姓名")]
Reason = Annotated[str, typer.Option("--reason", help="理由")]
Key = Annotated[str, typer.Argument(metavar="问题编号", help="findings list 中的编号，可只写开头几位")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(scorecard)
    app.command()(report)
    app.command()(score)
    app.add_typer(findings_app, name="findings")
    app.command("rules")(show_rules)


@findings_app.command("list")
def list_findings(
    target: Annotated[str, typer.Argument(metavar="[目标]", help="网站标识码或名称；默认全部")] = "",
    show_all: Annotated[bool, typer.Option("--all", help="包括已整改、豁免和误报")] = False,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    output: Format = "text",
) -> None:
    """列出问题。"""
    check_format(output, ("text", "json"))
    from inspection.people.findings import finding_lines

    with opened(data, db) as store:
        say(finding_lines(store, rulebook(rules, data), target, show_all=show_all, as_json=output == "json"))


@findings_app.command("show")
def show_finding(key: Key, data: Data = DATA, db: Database = "", rules: Rules = None) -> None:
    """一个问题的全部事实与经过。"""
    from inspection.finding_details import finding_details

    with opened(data, db) as store:
        say(finding_details(store, rulebook(rules, data), key))


@findings_app.command("confirm")
def confirm_finding(
    key: Key, by: By, reason: Reason = "", data: Data = DATA, db: Database = "", rules: Rules = None
) -> None:
    """确认一个问题属实：待核的从此计入评分，错别字记入自有错词。"""
    _review(key, "confirmed", by, reason, data, db, rules)


@findings_app.command("reject")
def reject_finding(key: Key, by: By, reason: Reason, data: Data = DATA, db: Database = "", rules: Rules = None) -> None:
    """标记为误报；以后再出现也不计入，错别字记入允许写法。"""
    _review(key, "rejected", by, reason, data, db, rules)


@findings_app.command("waive")
def waive_finding(
    key: Key,
    by: By,
    reason: Reason,
    until: Annotated[str, typer.Option("--until", help="豁免到哪一天，如 2023-06-30")] = "",
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """豁免一个问题，写明理由和期限；评分立即更新。"""
    from inspection import clock
    from inspection.judging.rescoring import rescoring
    from inspection.people.findings import waive

    with opened(data, db) as store, rescoring(store, rulebook(rules, data)):
        say(waive(store, key, by, reason, until, clock.now()))


@findings_app.command("reopen")
def reopen_finding(
    key: Key, by: By, reason: Reason = "", data: Data = DATA, db: Database = "", rules: Rules = None
) -> None:
    """撤销确认、误报标记或豁免。"""
    _review(key, "unreviewed", by, reason, data, db, rules)


@findings_app.command("doubts")
def list_doubts(
    target: Annotated[str, typer.Argument(metavar="[目标]", help="单位、网站或账号；默认全部")] = "",
    run: RunId = "",
    out: Annotated[Path | None, typer.Option("-o", help="写成 .xlsx，供人工填写结论")] = None,
    data: Data = DATA,
    db: Database = "",
) -> None:
    """文字疑点：把握不够、不计入问题的疑似错误，由人工判断。"""
    from inspection.people.doubt_sheet import write_doubts
    from inspection.people.doubts import kept_suspicions, suspicion_lines

    with opened(data, db) as store:
        chosen, rows = kept_suspicions(store, run, target)
    if out is None or not rows:
        say(suspicion_lines(chosen, rows))
        return
    write_doubts(out, rows)
    say(f"已写出 {len(rows)} 个疑点：{out}\n填写“结论”后运行 xunjian findings settle {out} --by 姓名 --apply")


@findings_app.command("settle")
def settle_doubts(
    file: Annotated[Path, typer.Argument(metavar="文件", help="填写好的明细表（问题清单）或疑点表")],
    by: By,
    apply: Annotated[bool, typer.Option("--apply", help="写入；不加时只预览")] = False,
    run: RunId = "",
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """读入填写好的问题清单（属实、误报、豁免）或疑点表（是错误的记入自有错词，不是的记入允许写法）。"""
    from inspection import clock
    from inspection.people.doubt_sheet import read_doubts
    from inspection.people.doubts import settle
    from inspection.people.problem_sheet import is_problem_sheet

    if is_problem_sheet(file):
        _settle_problems(file, by, data, db, rules, apply=apply)
        return
    decisions, problems = read_doubts(file)
    with opened(data, db) as store:
        lines = settle(store, data, run, decisions, by, clock.now(), apply=apply)
    last = "已写入词表；下次巡检或 xunjian recheck 起生效。" if apply else "以上为预览，加 --apply 写入词表。"
    _say_settled((*lines, *problems), f"共 {len(decisions)} 条结论；{last}", apply=apply)


def _settle_problems(file: Path, by: str, data: Path, db: str, rules: Path | None, *, apply: bool) -> None:
    from inspection import clock
    from inspection.judging.rescoring import rescoring
    from inspection.people.problem_sheet import read_problem_decisions, settle_problems

    decisions, problems = read_problem_decisions(file)
    with opened(data, db) as store, rescoring(store, rulebook(rules, data)):
        lines = list(settle_problems(store, data, decisions, by, clock.now(), apply=apply))
    last = "已写入，评分已更新。" if apply else "以上为预览，加 --apply 写入。"
    _say_settled((*lines, *problems), f"共 {len(decisions)} 行结论；{last}", apply=apply)


def _say_settled(lines: "Sequence[str | UnreadRow]", last: str, *, apply: bool) -> None:
    """What was done, line by line; rows that were not taken end the command with 3."""
    from inspection.unread_rows import UnreadRow, unread_words

    for line in lines:
        say(str(line))
    say(last)
    unread = [line for line in lines if isinstance(line, UnreadRow)]
    if apply and unread:
        say(unread_words(unread), err=True)
        raise typer.Exit(3)


def _review(key: str, verdict: str, by: str, reason: str, data: Path, db: str, rules: Path | None) -> None:
    from inspection import clock
    from inspection.judging.rescoring import rescoring
    from inspection.people.findings import review_and_learn

    with opened(data, db) as store, rescoring(store, rulebook(rules, data)):
        say(review_and_learn(store, data, key, verdict, by, reason, clock.now()))


def scorecard(
    unit: Annotated[str, typer.Argument(metavar="[单位]", help="单位或网站；默认全市")] = "",
    run: RunId = "",
    out: Annotated[Path | None, typer.Option("-o", help=f"写成 {'、'.join(WRITTEN)} 文件")] = None,
    period: Annotated[str, typer.Option("--period", help="考核期，如 2023-04：以其监测时间点为准，只在终端显示")] = "",
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """评分表：在终端显示，或写成文件。"""
    if period:
        if run or out:
            raise UsageError("--period 不能与 --run 或 -o 同用")
        _period_scores(period, unit, data, db, rules)
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


def _period_scores(period: str, unit: str, data: Path, db: str, rules: Path | None) -> None:
    from commands.periods import figure_rules
    from inspection.period_lines import age_lines, score_lines
    from inspection.periods import sums_of

    with opened(data, db) as store:
        sums = sums_of(store, rulebook(rules, data), figure_rules(data), period)
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
    output: Format = "text",
) -> None:
    """按手工填写的问题清单评分。"""
    check_format(output, ("text", "json"))
    from scorecards.score_file import score_file, score_text

    book = rulebook(rules)
    answer = score_file(file, book)
    say(json.dumps(answer, ensure_ascii=False) if output == "json" else score_text(answer, book))


def show_rules(
    check: Annotated[
        str,
        typer.Argument(
            metavar="[检查项|confirm|diff|migrate]",
            help="检查项编号；confirm 行号 确认一行指标；diff 甲 乙 比较两份规则（builtin 为自带规则）；migrate 转为只写不同之处",
        ),
    ] = "",
    row: Annotated[str, typer.Argument(metavar="[行号|甲]")] = "",
    other: Annotated[str, typer.Argument(metavar="[乙]")] = "",
    by: Annotated[str, typer.Option("--by", help="确认人（用于 confirm）")] = "",
    apply: Annotated[bool, typer.Option("--apply", help="写入（用于 migrate）；不加时只显示")] = False,
    data: Data = DATA,
    rules: Rules = None,
) -> None:
    """检查什么、依据哪一条、数值是多少；rules confirm 行号 --by 姓名 确认待核的指标。"""
    from inspection.results.rule_texts import confirm_row, rule_lines

    own = rules or data / "rules.yaml"
    if check == "confirm":
        if not row or not by:
            raise UsageError("用法：xunjian rules confirm 行号 --by 姓名")
        say(confirm_row(own, row, by))
    elif check == "diff":
        from inspection.results.rule_layers import rules_diff

        say(rules_diff(row or "builtin", other or str(own)))
    elif check == "migrate":
        _migrate(Path(row) if row else own, apply=apply)
    else:
        say(rule_lines(rulebook(rules, data), check))


def _migrate(path: Path, *, apply: bool) -> None:
    """An old full copy of the rules becomes a file of differences; the old one stays beside it."""
    from inspection.results.rule_layers import migrated

    text = migrated(path)
    if not apply:
        say(text)
        say("以上为预览，加 --apply 写入（原文件另存为 .old）。")
        return
    path.with_name(f"{path.name}.old").write_bytes(path.read_bytes())
    path.write_text(text, encoding="utf-8")
    say(f"已写入 {path}，原文件另存为 {path.name}.old")

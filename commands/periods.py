"""period open, close, reopen, list, show: 考核期."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from commands.options import (
    DATA,
    By,
    Data,
    Database,
    Rules,
    TextOrJson,
    acting,
    check_format,
    day_of,
    figure_rules,
    moment,
    opened,
    rulebook,
)
from commands.printing import say
from domain.errors import UsageError

period_app = typer.Typer(
    help="考核期：月、季度、半年、年、一段时间、第几次检查；关闭后数字不再变动", no_args_is_help=True
)
archive_app = typer.Typer(help="考核期的归档", no_args_is_help=True)
Name = Annotated[
    str, typer.Argument(metavar="考核期", help="2023-04、2023-Q2、2023-H1、2023、2023-04-08..2023-04-20、2023-第5次")
]
Version = Annotated[int, typer.Option("--version", min=0, help="第几版，默认最新")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(period_app, name="period")
    app.add_typer(archive_app, name="archive")


@period_app.command("open")
def open_(
    name: Name,
    by: By,
    start: Annotated[str, typer.Option("--from", help="起始日期（用于“第几次检查”）")] = "",
    end: Annotated[str, typer.Option("--to", help="截止日期（用于“第几次检查”）")] = "",
    cutoff: Annotated[str, typer.Option("--cutoff", help="监测时间点，默认为最后一天结束时")] = "",
    until: Annotated[
        list[str] | None,
        typer.Option("--until", help="某一项另定统计截止（可写多次），如 家次=2023-04-30；可写 网站、账号、家次、文书"),
    ] = None,
    ordinal: Annotated[int, typer.Option("--nth", min=0, max=999, help="本年第几次检查，写入通报")] = 0,
    scoring: Annotated[
        str, typer.Option("--scoring", help="last 以最近一次完整判定为准，worst 以最差一次为准")
    ] = "last",
    data: Data = DATA,
    db: Database = "",
) -> None:
    """建立一个考核期。"""
    from inspection import clock
    from inspection.periods.closing import cutoff_words, open_period

    at = moment(cutoff, clock.now()) if cutoff else None
    cutoffs = dict(_own_cutoff(each, clock.now()) for each in until or ())
    with opened(data, db) as store:
        made = open_period(
            store, name, acting(store, by), clock.now(),
            start=day_of(start, "2023-04-08"), end=day_of(end, "2023-04-08"), cutoff=at, ordinal=ordinal, scoring=scoring,
            cutoffs=cutoffs,
        )  # fmt: skip
    say(f"已建立{made.label}（{made.start} 至 {made.end}，{'，'.join(cutoff_words(made))}，{made.scoring.label}）")


def _own_cutoff(text: str, now: datetime) -> tuple[str, datetime]:
    """家次=2023-04-30 as it was written."""
    word, sign, day = (part.strip() for part in text.partition("="))
    if not sign or not day:
        raise UsageError(f"“{text}”没有写明统计到哪一天；请写成 家次=2023-04-30")
    return word, moment(day, now)


@period_app.command("close")
def close(name: Name, by: By, data: Data = DATA, db: Database = "", rules: Rules = None) -> None:
    """关闭一个考核期：固定全部数字，存为新的一版。"""
    from inspection import clock
    from inspection.periods.closing import close_period
    from inspection.periods.lines import age_lines, titled
    from reports.period_workbook import figure_label

    book = rulebook(rules, data)
    with opened(data, db) as store:
        done = close_period(store, book, figure_rules(data), name, acting(store, by), clock.now())
    period = done.sums.period
    for line in age_lines(done.sums):
        say(line)
    say(f"已关闭{period.label}，第 {period.version} 版，{len(done.sums.figures)} 个数字（{period.scoring.label}）")
    for item in done.verdicts_changed:
        say(f"  与上一版不同：{item.what}：{item.was} → {item.now}")
    for kind, scope, was, now in done.figures_changed:
        if not scope.startswith("unit/"):
            say(f"  与上一版不同：{figure_label(kind, titled(book))}（{scope}）：{was} → {now}")


@period_app.command("reopen")
def reopen(
    name: Name,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="理由")] = "",
    data: Data = DATA,
    db: Database = "",
) -> None:
    """重新打开一个考核期；已固定的各版保留，再关闭时存为新的一版并列出不同之处。"""
    from inspection import clock
    from inspection.periods.closing import reopen_period

    with opened(data, db) as store:
        period = reopen_period(store, name, acting(store, by), reason, clock.now())
    say(f"已重新打开{period.label}（{period.opened_by}：{period.note}）；第 {period.version} 版保留")


@period_app.command("list")
def list_(data: Data = DATA, db: Database = "") -> None:
    """列出考核期。"""
    with opened(data, db) as store:
        periods = store.periods()
        issued = {item.period: item for item in store.issued_notices()}
    for item in periods:
        version = f"第 {item.version} 版" if item.version else "未关闭过"
        say(
            f"{item.id}  {item.label}  {item.start} 至 {item.end}  {item.state.label}  {version}  {item.scoring.label}"
            + (f"  已出具{issued[item.id].label}" if item.id in issued else "")
        )
    if not periods:
        say("还没有考核期；用 xunjian period open 2023-04 --by 姓名 建立。")


@period_app.command("show")
def show(
    name: Name,
    version: Version = 0,
    show_all: Annotated[bool, typer.Option("--all", help="包括分层级、分平台、分单位的数字")] = False,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    output: TextOrJson = "text",
) -> None:
    """一个考核期的数字，每个数字有出处；未关闭的显示现在关闭时的数字。"""
    check_format(output, ("text", "json"))
    from inspection.periods.closing import cutoff_words, sums_of
    from inspection.periods.lines import age_lines, rank_lines, titled
    from reports.period_workbook import figure_label

    book = rulebook(rules, data)
    with opened(data, db) as store:
        sums = sums_of(store, book, figure_rules(data), name, version)
    if output == "json":
        from reports.period_json import period_document

        say(json.dumps(period_document(sums.period, sums.figures, sums.standings), ensure_ascii=False))
        return
    period = sums.period
    say("  ".join((period.label, period.state.label, *cutoff_words(period), period.scoring.label)))
    for line in age_lines(sums):
        say(line)
    for figure in sums.figures:
        if show_all or figure.scope == "全市":
            rate = f"（{figure.n}/{figure.of}，{figure.rate}%）" if figure.rate else ""
            until = f"（统计到 {figure.until:%Y-%m-%d %H:%M}）" if figure.until else ""
            say(f"{figure.scope}  {figure_label(figure.kind, titled(book))}  {figure.printed}{rate}{until}")
    for line in rank_lines(sums) if show_all else ():
        say(line)


@period_app.command("archive")
def archive(
    name: Name,
    out: Annotated[Path, typer.Option("-o", help="归档文件夹，须不存在或为空")],
    by: By,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """归档一个已关闭的考核期：通报、通知单和反馈、数字、证据、留痕，不用本程序也能打开和核对。"""
    from inspection import clock
    from inspection.archives.writing import archive_period

    book = rulebook(rules, data)
    with opened(data, db) as store:
        number = archive_period(store, book, data, name, out, acting(store, by), clock.now())
    say(f"已归档 {number} 个文件：{out / 'index.html'}（核对：xunjian archive verify {out}）")


@archive_app.command("verify")
def verify_archive(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="period archive 写的文件夹")],
) -> None:
    """核对归档：每个文件是否被改动，有无缺少或多出，留痕是否逐条相接。"""
    from inspection.archives.checking import archive_faults, manifest_of

    manifest = manifest_of(folder)
    faults = list(archive_faults(folder))
    if faults:
        say("\n".join((*faults, f"归档有 {len(faults)} 处与写入时不同")), err=True)
        raise typer.Exit(1)
    say(f"{manifest['period']} 的归档完好，{len(manifest['files'])} 个文件")

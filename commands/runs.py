"""nightly, audit, gate, recheck."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import (
    DATA,
    AllowPrivate,
    AsOf,
    Data,
    Database,
    Format,
    Rules,
    check_format,
    database_url,
    moment,
    opened,
    require_folder,
    rulebook,
)
from commands.printing import say
from domain.errors import NotJudged, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import Store
    from domain.runs import RunKind
    from domain.targets import Account, Site
    from inspection.judging.run import Outcome
    from inspection.runs.crew import Bell
    from inspection.runs.run import Order

Html = Annotated[Path | None, typer.Option("--html", help="把报告写到这个文件夹")]
Evidence = Annotated[bool, typer.Option("--evidence", help="检查后立即为新发现的问题截图（最多用 2 分钟）")]


def _number_of_processes(text: str) -> str:
    if text == "auto" or (text.isdecimal() and 1 <= int(text) <= 32):
        return text
    raise typer.BadParameter(f"“{text}”应为 1 到 32 的整数，或 auto（按处理器核数、网站数和可用内存决定）")


Shards = Annotated[
    str,
    typer.Option(
        "--processes", metavar="数目", callback=_number_of_processes,
        help="采集进程数；auto 按处理器核数、网站数和可用内存决定",
    ),
]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (nightly, audit, gate, recheck):
        app.command()(command)


def nightly(
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    as_of: AsOf = "",
    resume: Annotated[str, typer.Option("--resume", metavar="批次", help="续跑一个中断的批次")] = "",
    output: Format = "text",
    html: Html = None,
    processes: Shards = "auto",
    workers: Annotated[
        bool,
        typer.Option(
            "--workers",
            envvar="XUNJIAN_WORKERS",
            help="由各台机器上的工作进程（xunjian worker）采集和判定；需要 PostgreSQL",
        ),
    ] = False,
    allow_private: AllowPrivate = False,
    scheduled: Annotated[bool, typer.Option("--scheduled", help="由定时程序启动：遵守静默时段", hidden=True)] = False,
) -> None:
    """例行巡检：全部有效的网站和账号。"""
    check_format(output)
    html = html or (data / "reports" / "nightly" if scheduled else None)
    from domain.runs import RunKind
    from domain.times import beijing_date
    from inspection import clock
    from inspection.locks import only_job
    from inspection.runs.shares import AUTO, available_memory, shares, usable_cores

    when = moment(as_of, clock.now())
    crew = _crew(database_url(data, db)) if workers else None
    with opened(data, db) as store:
        valid = store.load_registry().on(beijing_date(when))
        if not valid.sites and not valid.accounts and not resume:
            raise UsageError("还没有登记网站和账号；请先运行 xunjian registry import 文件 --apply")
        targets = (valid.sites, valid.accounts)
        require_folder(html)
        order = _order(RunKind.NIGHTLY, targets, when, data, db, rules, allow_private)
        number = shares(len(valid.sites), usable_cores(), available_memory()) if processes == AUTO else int(processes)
        order = replace(order, shards=number, scheduled=scheduled, crew=crew)
        with only_job(data, "nightly"):
            outcome = _inspect(store, order, output, html, resume)
    _exit_by_completeness(outcome)


def audit(
    targets: Annotated[
        list[str], typer.Argument(help="单位、网站、账号：标识码或名称；--findings 时为问题编号", metavar="对象")
    ],
    everything: Annotated[bool, typer.Option("--all", help="不限时间，看完全部范围")] = False,
    findings: Annotated[bool, typer.Option("--findings", help="只复核所列编号的问题，不报告新问题")] = False,
    moved_to: Annotated[
        list[str] | None, typer.Option("--at", help="单位整改后的新网址（与 --findings 同用，可多次）", metavar="网址")
    ] = None,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    as_of: AsOf = "",
    output: Format = "text",
    html: Html = None,
    evidence: Evidence = False,
    allow_private: AllowPrivate = False,
) -> None:
    """专项检查：一个单位、网站或账号，立即执行，最后生成检查档案。

    首页、栏目、近期文章和已有问题的位置必看，其余在规则文件 audit_minutes 的时限内能看多少看多少。
    """
    check_format(output)
    if moved_to and not findings:
        raise UsageError("--at 要与 --findings 一起用：xunjian audit --findings 编号 --at 网址")
    if findings:
        _audit_findings(targets, moved_to or [], data, db, rules, as_of, output, allow_private)
        return
    folder = html or data / "reports" / "audit"
    from domain.runs import RunKind
    from domain.times import beijing_date
    from inspection import clock
    from inspection.locks import only_job
    from inspection.targets import find_targets

    when = moment(as_of, clock.now())
    with opened(data, db) as store:
        found = find_targets(store.load_registry().on(beijing_date(when)), targets)
        order = _order(RunKind.AUDIT, found, when, data, db, rules, allow_private)
        settings = {"second_look_seconds": 5.0, "everything": True, **({"audit_minutes": 0.0} if everything else {})}
        order = replace(order, settings=settings)
        require_folder(folder)
        with only_job(data, "audit"):
            outcome = _inspect(store, order, output, folder, evidence=evidence)
    _exit_by_completeness(outcome)


def _audit_findings(
    keys: list[str],
    moved_to: list[str],
    data: Path,
    db: str,
    rules: Path | None,
    as_of: str,
    output: str,
    allow_private: bool,
) -> None:
    """Re-check some findings; exit 3 when one of them could not be looked at."""
    check_format(output, ("text", "json"))
    from domain.runs import RunKind
    from inspection import clock
    from inspection.runs.recheck_findings import named, recheck_findings, recheck_lines

    when = moment(as_of, clock.now())
    with opened(data, db) as store:
        records = named(store, keys)
        order = _order(RunKind.AUDIT, ((), ()), when, data, db, rules, allow_private)
        order = replace(order, settings={"second_look_seconds": 5.0})
        _, found = recheck_findings(store, order, records, moved_to)
        say(recheck_lines(found, order.rulebook, as_json=output == "json"))
    left = [item.record.fingerprint[:8] for item in found if not item.examined]
    if left:
        raise NotJudged(f"{len(left)} 个问题本次未能复核：{'、'.join(left)}")


def _order(
    kind: "RunKind",
    targets: "tuple[tuple[Site, ...], tuple[Account, ...]]",
    when: "datetime",
    data: Path,
    db: str,
    rules: Path | None,
    allow_private: bool,
) -> "Order":
    """What to inspect; UsageError for a private address without leave."""
    from crawler.guard import require_allowed
    from inspection.runs.run import Order

    sites, accounts = targets
    for site in sites:
        require_allowed(site.home_url, allow_private)
    place = (rulebook(rules, data), database_url(data, db), str(data))
    return Order(kind, sites, when, *place, allow_private=allow_private, accounts=accounts)


def _crew(url: str) -> "Bell":
    from wakeups import QueueBell, prepare

    prepare(url)
    return QueueBell(url)


def _inspect(
    store: "Store", order: "Order", output: str, html: Path | None, resume: str = "", *, evidence: bool = False
) -> "Outcome":
    from commands.display import Display, show_run
    from inspection.results.report import build_report
    from inspection.runs.memory import rest_collector
    from inspection.runs.run import run_inspection

    rest_collector()
    with Display(quiet=output != "text") as display:
        outcome = run_inspection(order, store, progress=display.progress, resume=resume, judging=display.judging)
    if evidence:
        from inspection.results.screenshots import collect_at_once

        if missing := collect_at_once(store, outcome.run.id):
            say(missing, err=True)
    show_run(build_report(outcome, store, order.rulebook), output, html)
    return outcome


def _exit_by_completeness(outcome: "Outcome") -> None:
    from domain.runs import RunState

    if outcome.run.state is not RunState.COMPLETE:
        raise NotJudged(
            f"批次 {outcome.run.id} 未完成：{outcome.run.reason}；可用 xunjian nightly --resume {outcome.run.id} 续跑"
        )


def gate(
    target: Annotated[str, typer.Argument(help="网址、已登记的网站，或装有网页的文件夹", metavar="对象")],
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    as_of: AsOf = "",
    known_as: Annotated[str, typer.Option("--as", help="按此标识码比对问题（预览地址与正式地址一致）")] = "",
    max_pages: Annotated[int | None, typer.Option("--max-pages", min=1, help="最多读取页面数")] = None,
    fail_on: Annotated[str, typer.Option("--fail-on", help="达到此级别即不通过：veto、deduct、problem")] = "deduct",
    min_score: Annotated[float | None, typer.Option("--min-score", help="低于此分不通过")] = None,
    min_pages: Annotated[int, typer.Option("--min-pages", min=1, help="读取页面少于此数则未能判定")] = 1,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="已知问题（以前的 gate JSON 结果）")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有未能判定的项目时退出码为 3")] = False,
    no_outside: Annotated[bool, typer.Option("--no-outside", help="不核对指向其他网站的链接")] = False,
    default_page: Annotated[
        list[str] | None,
        typer.Option("--default-page", help="文件夹的默认页文件名（可重复），如 main.html；index、default 不必写"),
    ] = None,
    output: Format = "text",
    html: Html = None,
    evidence: Evidence = False,
    allow_private: AllowPrivate = False,
) -> None:
    """上线前检查：一个网站或网页文件夹，通过、不通过或未能判定。"""
    check_format(output)
    require_folder(html)
    if evidence and not html:
        raise UsageError("--evidence 的截图放在报告中；请同时用 --html 指定写报告的文件夹")
    from commands.display import Display, show_gate
    from domain.findings import Severity
    from inspection import clock
    from inspection.runs.baseline import read_baseline
    from inspection.runs.gate import GateOptions, run_gate
    from inspection.targets import registered_site

    if fail_on not in ("veto", "deduct", "problem"):
        raise UsageError(f"--fail-on 不能是 {fail_on}；可选：veto、deduct、problem")
    options = GateOptions(
        moment(as_of, clock.now()),
        known_as,
        max_pages,
        Severity(fail_on),
        min_score,
        min_pages,
        read_baseline(baseline),
        strict,
        allow_private,
        outside=not no_outside,
        evidence=evidence,
        default_pages=tuple(default_page or ()),
    )
    if not target.strip() or Path(target).is_file():
        raise UsageError(f"“{target}”不是网址、已登记网站，也不是文件夹")
    site = registered_site(data, database_url(data, db), target) if not Path(target).is_dir() else None
    with Display(quiet=output != "text") as display:
        result = run_gate(site or target, options, rulebook(rules, data), display.progress)
    if result.no_pictures:
        say(result.no_pictures, err=True)
    show_gate(result, output, html, options.fail_on)


def recheck(
    run: Annotated[str, typer.Argument(help="批次编号", metavar="批次")],
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    reparse: Annotated[bool, typer.Option("--reparse", help="用当前解析程序重读保存的页面")] = False,
    as_then: Annotated[
        bool, typer.Option("--as-then", help="按这个批次当时的规则、词表和语言统计判定；缺什么会说明")
    ] = False,
    output: Format = "text",
    html: Html = None,
) -> None:
    """不联网，用保存的页面快照重新判定一个批次。"""
    if as_then and rules is not None:
        raise UsageError("--as-then 用批次当时的规则，不能与 --rules 同用")
    check_format(output)
    require_folder(html)
    from commands.display import show_run
    from inspection.locks import only_job
    from inspection.results.report import build_report
    from inspection.runs.as_then import rules_then
    from inspection.runs.recheck import found_run, recheck_run

    with ExitStack() as stack:
        store = stack.enter_context(opened(data, db))
        stack.enter_context(only_job(data, "recheck"))
        if as_then:
            book, missing = stack.enter_context(rules_then(store, found_run(store, run), data))
            for line in missing:
                say(line, err=True)
        else:
            book = rulebook(rules, data)
        outcome = recheck_run(store, run, book, reparse=reparse)
        show_run(build_report(outcome, store, book), output, html)

"""findings: listed, shown, decided, settled from sheets."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from commands.options import DATA, By, Data, Database, Rules, RunId, TextOrJson, acting, check_format, opened, rulebook
from commands.printing import say
from domain.errors import UsageError

if TYPE_CHECKING:
    from inspection.people.unread_rows import UnreadRow

findings_app = typer.Typer(help="问题清单与人工确认", no_args_is_help=True)
Reason = Annotated[str, typer.Option("--reason", help="理由")]
Context = Annotated[str, typer.Option("--context", metavar="文字", help="记入词表的写法：原句中含该错误、更长的一段")]
Only = Annotated[bool, typer.Option("--only", help="只对这一个问题下结论，不记入词表")]
Key = Annotated[str, typer.Argument(metavar="问题编号", help="findings list 中的编号，可只写开头几位")]


class Said(NamedTuple):
    """What the command line said of a finding."""

    verdict: str
    by: str
    reason: str
    context: str = ""
    only: bool = False


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(findings_app, name="findings")


@findings_app.command("list")
def list_findings(
    target: Annotated[str, typer.Argument(metavar="[对象]", help="网站标识码或名称；默认全部")] = "",
    show_all: Annotated[bool, typer.Option("--all", help="包括已整改、豁免和误报")] = False,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    output: TextOrJson = "text",
) -> None:
    """列出问题。"""
    check_format(output, ("text", "json"))
    from inspection.people.findings import finding_lines

    with opened(data, db) as store:
        say(finding_lines(store, rulebook(rules, data), target, show_all=show_all, as_json=output == "json"))


@findings_app.command("show")
def show_finding(key: Key, data: Data = DATA, db: Database = "", rules: Rules = None) -> None:
    """一个问题的全部事实与经过。"""
    from inspection.people.finding_details import finding_details

    with opened(data, db) as store:
        say(finding_details(store, rulebook(rules, data), key))


@findings_app.command("confirm")
def confirm_finding(
    key: Key,
    by: By,
    reason: Reason = "",
    context: Context = "",
    only: Only = False,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """确认一个问题属实：待核的从此计入评分，错别字记入自有错词；别处也这样写的不记入，并列出原句。"""
    _review(key, Said("confirmed", by, reason, context, only), data, db, rules)


@findings_app.command("reject")
def reject_finding(
    key: Key,
    by: By,
    reason: Reason,
    context: Context = "",
    only: Only = False,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """标记为误报；以后再出现也不计入，错别字记入允许写法。"""
    _review(key, Said("rejected", by, reason, context, only), data, db, rules)


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

    with opened(data, db) as kept, rescoring(kept, rulebook(rules, data)) as store:
        say(waive(store, key, acting(store, by), reason, until, clock.now()))


@findings_app.command("request")
def request_second(
    key: Key,
    by: By,
    reason: Reason,
    until: Annotated[str, typer.Option("--until", help="申请豁免到哪一天")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="申请确认严重表述错误，而不是豁免")] = False,
    data: Data = DATA,
    db: Database = "",
) -> None:
    """申请豁免，或申请确认严重表述错误；由另一人批准后生效。"""
    from domain.persons import RequestKind
    from inspection import clock
    from inspection.people.second_voices import request

    kind = RequestKind.CONFIRM if confirm else RequestKind.WAIVE
    with opened(data, db) as store:
        say(request(store, key, kind, acting(store, by), reason, until, clock.now()))


@findings_app.command("grant")
def grant(
    key: Annotated[str, typer.Argument(metavar="[问题编号]", help="不写时列出待批准的申请")] = "",
    by: By = "",
    refuse: Annotated[bool, typer.Option("--refuse", help="不批准")] = False,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """批准另一人的申请；评分立即更新。"""
    from inspection import clock
    from inspection.judging.rescoring import rescoring
    from inspection.people.second_voices import decide, request_lines
    from inspection.texts.teaching import Rehearsal
    from inspection.wording import RuleWording

    book = rulebook(rules, data)
    with opened(data, db) as store:
        if not key:
            say("\n".join(request_lines(store, RuleWording(book))))
            return
        if book.two_person == "console_only":
            raise UsageError("规则中 two_person 为 console_only，命令行不能批准；请在控制台由本人登录后批准")
        with rescoring(store, book) as watched:
            now = clock.now()
            say(decide(watched, data, key, acting(store, by), now, Rehearsal(store, data, now), granted=not refuse))


@findings_app.command("reopen")
def reopen_finding(
    key: Key, by: By, reason: Reason = "", data: Data = DATA, db: Database = "", rules: Rules = None
) -> None:
    """撤销确认、误报标记或豁免。"""
    _review(key, Said("unreviewed", by, reason), data, db, rules)


@findings_app.command("doubts")
def list_doubts(
    target: Annotated[str, typer.Argument(metavar="[对象]", help="单位、网站或账号；默认全部")] = "",
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
    from inspection.texts.teaching import Rehearsal

    if is_problem_sheet(file):
        _settle_problems(file, by, data, db, rules, apply=apply)
        return
    decisions, problems = read_doubts(file)
    with opened(data, db) as store:
        now = clock.now()
        look = Rehearsal(store, data, now)
        lines = settle(store, data, run, decisions, acting(store, by), now, look, apply=apply)
    last = "已写入词表；下次巡检或 xunjian recheck 起生效。" if apply else "以上为预览，加 --apply 写入词表。"
    _say_settled((*lines, *problems), f"共 {len(decisions)} 条结论；{last}", apply=apply)


def _settle_problems(file: Path, by: str, data: Path, db: str, rules: Path | None, *, apply: bool) -> None:
    from inspection import clock
    from inspection.judging.rescoring import rescoring
    from inspection.people.problem_sheet import read_problem_decisions, settle_problems
    from inspection.texts.teaching import Rehearsal

    decisions, problems = read_problem_decisions(file)
    with opened(data, db) as kept, rescoring(kept, rulebook(rules, data)) as store:
        now = clock.now()
        look = Rehearsal(store, data, now)
        lines = list(settle_problems(store, data, decisions, acting(store, by), now, look, apply=apply))
    last = "已写入，评分已更新。" if apply else "以上为预览，加 --apply 写入。"
    _say_settled((*lines, *problems), f"共 {len(decisions)} 行结论；{last}", apply=apply)


def _say_settled(lines: "Sequence[str | UnreadRow]", last: str, *, apply: bool) -> None:
    """What was done, line by line; rows that were not taken end the command with 3."""
    from inspection.people.unread_rows import UnreadRow, unread_words

    for line in lines:
        say(str(line))
    say(last)
    unread = [line for line in lines if isinstance(line, UnreadRow)]
    if apply and unread:
        say(unread_words(unread), err=True)
        raise typer.Exit(3)


def _review(key: str, said: "Said", data: Path, db: str, rules: Path | None) -> None:
    from inspection import clock
    from inspection.judging.rescoring import rescoring
    from inspection.people.findings import Verdict, review_and_learn
    from inspection.people.lessons import UnsafeLesson
    from inspection.texts.teaching import Rehearsal

    with opened(data, db) as kept, rescoring(kept, rulebook(rules, data)) as store:
        now = clock.now()
        verdict = Verdict(said.verdict, acting(store, said.by), said.reason, now, said.context, said.only)
        try:
            say(review_and_learn(store, data, key, verdict, Rehearsal(store, data, now)))
        except UnsafeLesson as refusal:
            *found, why = str(refusal).split("\n")
            say("\n".join(found), err=True)
            raise UsageError(why) from refusal

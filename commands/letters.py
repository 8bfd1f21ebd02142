"""letters and slips: 整改通知单 and 提示单, the same commands for both."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import DATA, By, Data, Database, Rules, acting, moment, opened, require_folder, rulebook
from commands.printing import say
from domain.errors import UsageError
from domain.letter_moves import PaperKind

if TYPE_CHECKING:
    from domain.letters import Letter

Word = Annotated[str, typer.Argument(metavar="编号", help="list 中的编号（L3、S3），或文号 2023-3")]
Reason = Annotated[str, typer.Option("--reason", help="理由")]
Item = Annotated[int, typer.Option("--item", min=0, help="第几项")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file, once for letters and once for slips."""
    kinds = (("letters", "整改通知单：下发、签收、反馈、复核、销号"), ("slips", "提示单：临期、错别字、错链，不盖章"))
    for name, words in kinds:
        made = typer.Typer(help=words, no_args_is_help=True)
        for command in (draft, submit, issue, sign, answer, close, decide, due, withdraw):
            made.command(command.__name__)(command)
        made.command("list")(list_)
        app.add_typer(made, name=name)


def _kind(ctx: typer.Context) -> PaperKind:
    return PaperKind.SLIP if ctx.parent and ctx.parent.info_name == "slips" else PaperKind.LETTER


def draft(
    ctx: typer.Context,
    by: By,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="只为这个单位（可写多次），默认各单位")] = None,
    period: Annotated[str, typer.Option("--period", help="按已关闭的考核期点名的问题")] = "",
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """起草：每个有问题的单位一份；已在未办结的一份中的问题不重复写入。"""
    from inspection import clock
    from inspection.letters.drafting import draft as drafted

    book, now = rulebook(rules, data), clock.now()
    with opened(data, db) as store:
        actor = acting(store, by)
        made = drafted(store, book, _kind(ctx), actor, now, units=unit or (), period=period)
    for letter in made:
        say(f"{letter.id}  {letter.unit}  {len(letter.items)} 项  {letter.state.label}")


def submit(ctx: typer.Context, word: Word, by: By, data: Data = DATA, db: Database = "") -> None:
    """送签：草稿变为待签发。"""
    from inspection import clock
    from inspection.letters.issuing import found_letter
    from inspection.letters.issuing import submit as submitted

    with opened(data, db) as store:
        _say(submitted(store, found_letter(store, _kind(ctx), word), acting(store, by), clock.now()))


def issue(
    ctx: typer.Context,
    word: Word,
    by: By,
    out: Annotated[Path | None, typer.Option("-o", help="写到这个文件夹：通知单和回执（.docx、.xlsx）")] = None,
    until: Annotated[str, typer.Option("--due", help="反馈期限，如 2023-06-07T17:00")] = "",
    days: Annotated[int, typer.Option("--days", min=0, max=60, help="期限为几个工作日，默认 5（提示单 3）")] = 0,
    hours: Annotated[int, typer.Option("--hours", min=0, help="期限为几小时（只用于提示单）")] = 0,
    template: Annotated[Path | None, typer.Option("--template", help="本单位的 Word 模板")] = None,
    data: Data = DATA,
    db: Database = "",
) -> None:
    """签发并下发：编文号，定期限；已下发的再次写出文件。"""
    from inspection import clock
    from inspection.letters import issuing
    from inspection.letters.working_days import load_working_days

    now = clock.now()
    require_folder(out)
    with opened(data, db) as store:
        actor, letter = acting(store, by), issuing.found_letter(store, _kind(ctx), word)
        sender = issuing.sender_of(store, data, actor, now)
        if not letter.number:
            wanted = moment(until, now) if until else None
            when, warning = issuing.due_moment(
                letter.kind, load_working_days(data), now, due=wanted, days=days, hours=hours
            )
            if out is not None:
                issuing.rehearse(letter, sender, when, template)
            letter = issuing.issue(store, letter, actor, now, when)
            _say(letter)
            if warning:
                say(f"注意：{warning}")
        elif out is None:
            raise UsageError(f"{letter.name}已经下发；再次写出文件请加 -o 文件夹，改期限用 due")
    for path in issuing.write_papers(letter, sender, out, template) if out else ():
        say(f"已写入：{path}")


def sign(ctx: typer.Context, word: Word, by: By, data: Data = DATA, db: Database = "") -> None:
    """签收。"""
    from inspection import clock
    from inspection.letters.issuing import found_letter
    from inspection.letters.issuing import sign as signed

    with opened(data, db) as store:
        _say(signed(store, found_letter(store, _kind(ctx), word), acting(store, by), clock.now()))


def answer(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="填写好的回执（.docx、.xlsx），或签字盖章的扫描件")],
    by: By,
    word: Annotated[str, typer.Option("--letter", help="是哪一份的；扫描件必须写")] = "",
    data: Data = DATA,
    db: Database = "",
) -> None:
    """登记单位的反馈：回执逐项读入，扫描件记校验值；反馈不等于销号。"""
    from inspection import clock
    from inspection.letters.replies import answer as answered

    with opened(data, db) as store:
        letter, lines = answered(store, _kind(ctx), file, acting(store, by), clock.now(), word)
    say("\n".join(lines))
    _say(letter)


def close(
    ctx: typer.Context, word: Word, by: By, item: Item = 0, reason: Reason = "",
    back: Annotated[bool, typer.Option("--return", help="退回这一项")] = False, data: Data = DATA, db: Database = "",
) -> None:  # fmt: skip
    """复核销号：反馈以后用 audit --findings 专门复核过的，已整改的销号，仍存在的退回；--item 由人写明理由办理一项。"""
    from inspection import clock
    from inspection.letters import closing
    from inspection.letters.issuing import found_letter

    with opened(data, db) as store:
        actor, letter = acting(store, by), found_letter(store, _kind(ctx), word)
        if item:
            one = closing.return_item if back else closing.close_item
            _say(one(store, letter, item, actor, clock.now(), reason))
            return
        done = closing.review_letter(store, letter, actor, clock.now())
    for each in done.changed:
        say(f"第 {each.no} 项{each.state.label}")
    if done.waiting:
        say(f"有 {len(done.waiting)} 项反馈后尚未专门复核，请运行：")
        say("\n".join(done.commands))
    _say(done.letter)


def decide(
    ctx: typer.Context, word: Word, by: By, item: Item, reason: Reason,
    upheld: Annotated[bool, typer.Option("--upheld/--dismissed", help="异议成立（按误报处理）或不成立")],
    data: Data = DATA, db: Database = "", rules: Rules = None,
) -> None:  # fmt: skip
    """答复异议；成立的问题标记为误报，评分立即更新。"""
    from inspection import clock
    from inspection.judging.rescoring import rescoring
    from inspection.letters.closing import decide_objection
    from inspection.letters.issuing import found_letter

    with opened(data, db) as kept, rescoring(kept, rulebook(rules, data)) as store:
        actor, letter = acting(store, by), found_letter(store, _kind(ctx), word)
        _say(decide_objection(store, data, letter, item, actor, clock.now(), reason, upheld=upheld))


def due(
    ctx: typer.Context, word: Word, by: By, reason: Reason,
    until: Annotated[str, typer.Argument(metavar="期限", help="如 2023-06-09T17:00")], data: Data = DATA, db: Database = "",
) -> None:  # fmt: skip
    """调整反馈期限，写明理由。"""
    from inspection import clock
    from inspection.letters.issuing import defer, found_letter

    now = clock.now()
    with opened(data, db) as store:
        letter = found_letter(store, _kind(ctx), word)
        _say(defer(store, letter, acting(store, by), now, moment(until, now), reason))


def withdraw(ctx: typer.Context, word: Word, by: By, reason: Reason = "", data: Data = DATA, db: Database = "") -> None:
    """撤销，写明理由；文号不再使用。"""
    from inspection import clock
    from inspection.letters.issuing import found_letter
    from inspection.letters.issuing import withdraw as withdrawn

    with opened(data, db) as store:
        _say(withdrawn(store, found_letter(store, _kind(ctx), word), acting(store, by), clock.now(), reason))


def list_(
    ctx: typer.Context,
    word: Annotated[str, typer.Argument(metavar="[编号]", help="只看这一份，列出各项")] = "",
    unit: Annotated[str, typer.Option("--unit", help="只看这个单位的")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="只看逾期的")] = False,
    data: Data = DATA,
    db: Database = "",
) -> None:
    """列出各份和办理情况。"""
    from inspection import clock
    from inspection.letters.issuing import found_letter
    from inspection.letters.lines import detail_lines, list_lines

    kind, now = _kind(ctx), clock.now()
    with opened(data, db) as store:
        if word:
            say("\n".join(detail_lines(store, found_letter(store, kind, word), now)))
            return
        wanted = [
            item
            for item in store.letters(kind)
            if unit in {"", item.unit, item.unit_id} and (item.is_overdue(now) or not overdue)
        ]
        say("\n".join(list_lines(store, wanted, now)) or f"没有{kind.label}。")


def _say(letter: "Letter") -> None:
    from reports.letters.docx import moment as shown

    due = f"，期限 {shown(letter.due)}" if letter.due and not letter.state.is_over else ""
    say(f"{letter.id}  {letter.name}  {letter.unit}  {letter.state.label}{due}")

"""rules: shown, confirmed, compared, migrated."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import DATA, Data, Database, Rules, acting, opened, rulebook
from commands.printing import say
from domain.errors import UsageError

if TYPE_CHECKING:
    from domain.persons import Actor
    from domain.rules import RuleBook


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("rules")(show_rules)


def show_rules(
    check: Annotated[
        str,
        typer.Argument(
            metavar="[检查项|confirm|verify|diff|migrate|kept]",
            help="检查项编号；confirm 行号 确认一行指标；verify 核对表.xlsx 写出或读回核对表；diff 甲 乙 比较两份规则（builtin 为自带规则）；migrate 转为只写不同之处；kept 批次 [文件夹] 列出一个批次当时的规则、词表和语言统计，写了文件夹则导出",
        ),
    ] = "",
    row: Annotated[str, typer.Argument(metavar="[行号|甲|批次]")] = "",
    other: Annotated[str, typer.Argument(metavar="[乙|文件夹]")] = "",
    by: Annotated[str, typer.Option("--by", help="经办人姓名或编号（用于 confirm、verify、migrate）")] = "",
    apply: Annotated[bool, typer.Option("--apply", help="写入（用于 verify、migrate）；不加时只显示")] = False,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
) -> None:
    """检查什么、依据哪一条、数值是多少；rules confirm 行号 --by 姓名 确认待核的指标。"""
    from inspection.results.rule_texts import confirm_row, rule_lines

    own = rules or data / "rules.yaml"
    if check == "confirm":
        if not row or not by.strip():
            raise UsageError("用法：xunjian rules confirm 行号 --by 姓名")
        with _allowed(data, db, by, f"确认指标 {row}") as actor:
            say(confirm_row(own, row, actor.name))
    elif check == "verify":
        _verify(Path(row or "指标核对表.xlsx"), own, data, db, by, rulebook(rules, data), apply=apply)
    elif check == "diff":
        from inspection.results.rule_layers import rules_diff

        say(rules_diff(row or "builtin", other or str(own)))
    elif check == "migrate":
        _migrate(Path(row) if row else own, data, db, by, apply=apply)
    elif check == "kept":
        _kept(row, other, data, db)
    else:
        say(rule_lines(rulebook(rules, data), check))


@contextmanager
def _allowed(data: Path, db: str, by: str, what: str) -> "Iterator[Actor]":
    """Who acts, if he may; rules may lie beside no database, and then nobody is registered."""
    from domain.persons import Actor
    from domain.rights import Action
    from domain.trail import Act
    from inspection import clock
    from inspection.acting import demand, note

    if not db and not (data / "xunjian.db").exists():
        yield Actor(by.strip())
        return
    with opened(data, db) as store:
        actor = acting(store, by, named=False)
        demand(store, actor, Action.RULES)
        yield actor
        note(store, actor, Act.RULES, what, clock.now())


def _verify(sheet: Path, own: Path, data: Path, db: str, by: str, book: "RuleBook", *, apply: bool) -> None:
    """Write the sheet where there is none yet, else read it back."""
    from inspection.results.rule_sheet import comparison_lines, keep_comparison, read_rule_sheet, write_rule_sheet

    if not sheet.exists():
        pending = write_rule_sheet(book, sheet)
        say(
            f"已写出核对表：{sheet}（{pending} 行待核，列在前面）\n对照官方原文填写后再次运行 xunjian rules verify {sheet}"
        )
        return
    compared = read_rule_sheet(book, sheet)
    if apply and compared.confirmed:
        with _allowed(data, db, by, f"按核对表 {sheet.name} 确认 {len(compared.confirmed)} 行指标"):
            keep_comparison(own, compared)
    say("\n".join(comparison_lines(compared, applied=apply)))
    if not apply and compared.confirmed:
        say("以上为预览，加 --apply 写入规则文件。")


def _migrate(path: Path, data: Path, db: str, by: str, *, apply: bool) -> None:
    """An old full copy of the rules becomes a file of differences; the old one stays beside it."""
    from inspection.results.rule_layers import migrated

    text = migrated(path)
    if not apply:
        say(text)
        say("以上为预览，加 --apply 写入（原文件另存为 .old）。")
        return
    with _allowed(data, db, by, f"{path.name} 转为只写不同之处"):
        path.with_name(f"{path.name}.old").write_bytes(path.read_bytes())
        path.write_text(text, encoding="utf-8")
    say(f"已写入 {path}，原文件另存为 {path.name}.old")


def _kept(run: str, folder: str, data: Path, db: str) -> None:
    """What a run was judged by, listed or written out."""
    from inspection.runs.as_then import export_then, kept_lines
    from inspection.runs.recheck import found_run

    if not run:
        raise UsageError("用法：xunjian rules kept 批次 [文件夹]")
    with opened(data, db) as store:
        found = found_run(store, run)
        lines = export_then(store, found, Path(folder)) if folder else kept_lines(found)
    say("\n".join(lines) or f"批次 {run} 没有自己的词表和语言统计，用的是自带的")

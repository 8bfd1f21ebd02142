"""notice: the draft of the 通报."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import DATA, By, Data, Database, Rules, TextOrJson, acting, check_format, day_of, opened, rulebook
from commands.printing import say
from domain.errors import UsageError

if TYPE_CHECKING:
    from inspection.periods.notices import Made


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(notice)


def notice(
    period: Annotated[str, typer.Option("--period", help="考核期，如 2023-04；未关闭的用现在的数字")] = "",
    version: Annotated[int, typer.Option("--version", min=0, help="考核期的第几版，默认最新")] = 0,
    facts: Annotated[
        Path | None, typer.Option("--facts", help="手工填写的事实（YAML 或 JSON）；与 --period 同用时为补充")
    ] = None,
    out: Annotated[Path | None, typer.Option("-o", help="写成 .docx，旁边另写出处 .sources.json")] = None,
    family: Annotated[
        str, typer.Option("--family", help="通报的样式：monthly（长）、short（短）或 notice.yaml 中的")
    ] = "",
    template: Annotated[Path | None, typer.Option("--template", help="本单位的 Word 模板")] = None,
    issued: Annotated[str, typer.Option("--issued", help="成文日期")] = "",
    due: Annotated[str, typer.Option("--due", help="整改情况报送期限")] = "",
    issue: Annotated[
        Path | None, typer.Option("--issue", help="登记已签发的终稿（.docx 或 .pdf），编版次，原件存入数据库")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="更正的理由，或终稿中多出的数字的来源")] = "",
    by: By = "",
    despite: Annotated[str, typer.Option("--despite", help="数字自相矛盾时仍要生成的理由，记入出处文件")] = "",
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    output: TextOrJson = "text",
) -> None:
    """通报草稿：由考核期或手工填写的事实生成；每个数字都有出处，没有数据的部分不写，须人工填写的标明【待补充】。"""
    check_format(output, ("text", "json"))
    if not period and facts is None:
        raise UsageError("请用 --period 指明考核期，或用 --facts 给出手工填写的事实")
    if issue is not None and (not period or out is not None):
        raise UsageError("--issue 登记一个考核期的终稿：须写 --period，不能与 -o 同用")
    made = _made(period, version, facts, family, data, db, rules)
    if issued or due:
        from inspection.periods.notices import with_dates

        made = with_dates(made, day_of(issued, "2023-05-04"), day_of(due, "2023-05-04"))
    if issue is not None:
        _register(made, issue, reason, by, data, db)
        return
    written = _written(made, out, template, despite, by, data, db) if out else []
    if output == "json":
        say(json.dumps(made.document, ensure_ascii=False))
    else:
        _show(made, written)
    if made.notice.faults and not despite.strip():
        raise UsageError(f"通报的数字自相矛盾（{len(made.notice.faults)} 处），须改正后才能生成 .docx")


def _made(
    period: str, version: int, facts: Path | None, family: str, data: Path, db: str, rules: Path | None
) -> "Made":
    from inspection.periods.notices import load_settings_of, notice_of_file, notice_of_period

    settings, book = load_settings_of(data), rulebook(rules, data)
    if facts is not None and not period:
        return notice_of_file(facts, book, settings, family=family)
    with opened(data, db) as store:
        return notice_of_period(store, book, settings, period, version=version, added=facts, family=family)


def _written(made: "Made", out: Path, template: Path | None, despite: str, by: str, data: Path, db: str) -> list[Path]:
    from inspection import clock
    from inspection.periods.notices import issue_notice, write_notice

    if made.is_by_hand:
        return write_notice(made, out, template, despite)
    with opened(data, db) as store:
        return issue_notice(store, acting(store, by, named=False), clock.now(), made, out, template, despite)


def _register(made: "Made", issue: Path, reason: str, by: str, data: Path, db: str) -> None:
    from inspection import clock
    from inspection.periods.issued import register_issued

    with opened(data, db) as store:
        item = register_issued(store, made, issue, acting(store, by), clock.now(), reason)
    say(f"已登记{made.facts.period.label}{item.label}：{item.file}（校验值 {item.sha256[:16]}）")
    if item.added:
        say(f"注意：终稿中有 {len(item.added)} 个底稿没有的数字：{'、'.join(item.added)}（{item.reason}）")


def _show(made: "Made", written: list[Path]) -> None:
    notice = made.notice
    if not written:
        say("\n".join(_lines(made)))
    gaps = [gap for _, sentence in notice.sentences() for gap in sentence.gaps]
    for fault in notice.faults:
        say(f"矛盾：{fault}")
    for warning in notice.warnings:
        say(f"注意：{warning}")
    if gaps:
        say(f"有 {len(gaps)} 处待补充：{'；'.join(dict.fromkeys(gaps))}")
    for path in written:
        say(f"已写入：{path}")


def _lines(made: "Made") -> list[str]:
    notice = made.notice
    lines = [notice.title.text, "", f"{notice.addressees}：", *(sentence.text for sentence in notice.opening)]
    for section in notice.sections:
        for part in section.walk():
            text = "".join(sentence.text for sentence in part.sentences)
            lines.append(f"{part.number}{part.title}{'。' if part.level > 1 else ''}{text if part.level > 1 else ''}")
            lines += [text] if part.level == 1 and text else []
    lines += [sentence.text for sentence in notice.closing]
    lines += [f"附件{number}：{table.title}（{len(table.rows)} 行）" for number, table in enumerate(notice.tables, 1)]
    return [*lines, notice.signature.text, notice.dated.text]

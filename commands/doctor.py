"""doctor."""

from typing import Annotated

import typer

from commands.options import (
    DATA,
    AllowPrivate,
    By,
    Data,
    Database,
    Rules,
    TextOrJson,
    acting,
    check_format,
    database_url,
    rulebook,
)
from commands.printing import say
from domain.errors import NotDone


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(doctor)


def doctor(
    repair: Annotated[
        bool, typer.Option("--repair", help="修复可以安全修复的（权限、密钥、数据库升级、任务占用）")
    ] = False,
    no_network: Annotated[bool, typer.Option("--no-network", help="不试连任何网址")] = False,
    every_body: Annotated[bool, typer.Option("--all-bodies", help="核对全部页面快照，默认只抽查")] = False,
    by: By = "",
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    output: TextOrJson = "text",
    allow_private: AllowPrivate = False,
) -> None:
    """体检：数据库、磁盘、浏览器、字体、网络、时钟、规则、登记表、日历、计划、备份，每项说明情况和处理办法。"""
    check_format(output, ("text", "json"))
    from inspection import clock
    from inspection.operations.doctor import doctor_document, doctor_lines, examine, is_ill
    from inspection.operations.health.symptoms import Patient

    patient = Patient(data, database_url(data, db), clock.now(), allow_private, not no_network, every_body)
    found = examine(
        patient, lambda: rulebook(rules, data), (lambda store: acting(store, by, named=False)) if repair else None
    )
    say(doctor_document(found) if output == "json" else "\n".join(doctor_lines(found)))
    if is_ill(found):
        ill = [item.name for item in found if item.level.value == "bad"]
        raise NotDone(f"有 {len(ill)} 项需要处理：{'、'.join(ill)}")

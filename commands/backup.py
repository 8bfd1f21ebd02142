"""backup, restore."""

import os
from pathlib import Path
from typing import Annotated

import typer

from commands.options import DATA, By, Data, Database, acting, database_url, opened
from commands.printing import say
from domain.persons import BY_CLOCK

Key = Annotated[Path | None, typer.Option("--key", help="密钥文件（权限 600）；也可用环境变量 XUNJIAN_BACKUP_KEY")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[
        Path | None, typer.Argument(metavar="文件", help="写到这个文件；不写时按 settings.yaml 的 backup 一节")
    ] = None,
    key: Key = None,
    by: By = "",
    data: Data = DATA,
    db: Database = "",
    scheduled: Annotated[bool, typer.Option("--scheduled", help="由定时程序启动", hidden=True)] = False,
) -> None:
    """备份数据库、页面快照、截图、密钥、规则、设置和词表到一个文件；巡检进行中也可以。"""
    from inspection import clock
    from inspection.operations.backup import Place, drop_oldest, make_backup, planned_file
    from inspection.operations.sealing import read_key
    from inspection.operations.settings import load_settings

    now, plan = clock.now(), load_settings(data).backup
    secret = read_key(key or (Path(plan.key_file) if plan.key_file else None), os.environ)
    target = file or planned_file(plan, now)
    with opened(data, db) as store:
        actor = BY_CLOCK if scheduled else acting(store, by, named=False)
        place = Place(data, database_url(data, db))
        made = make_backup(store, place, target, secret, actor, now, by_clock=scheduled)
    gone = drop_oldest(plan) if file is None else []
    sealed = "已加密" if made.sealed else "未加密，内含隐私密钥，请妥善保管（加密请用 --key）"
    say(f"已备份 {made.files} 个文件，{made.size / 2**20:.1f} MB，{sealed}：{made.path}")
    if gone:
        say(f"按保留 {plan.keep} 份的设置，删除了 {len(gone)} 份较早的备份")


def restore(
    file: Annotated[Path, typer.Argument(metavar="文件", help="由 xunjian backup 生成的文件")],
    data: Annotated[Path | None, typer.Option("--data", help="恢复到这个新的或空的文件夹")] = None,
    key: Key = None,
    by: By = "",
    db: Annotated[
        str, typer.Option("--db", help="备份中是 PostgreSQL 数据库时：一个空数据库的地址", envvar="XUNJIAN_DB")
    ] = "",
    verify: Annotated[bool, typer.Option("--verify", help="只核对备份是否完好，不恢复")] = False,
) -> None:
    """把备份恢复到一个空文件夹；先核对全部内容，有一处不符就不恢复。"""
    from domain.errors import UsageError
    from inspection import clock
    from inspection.operations.restoring import restore_backup, verify_backup
    from inspection.operations.sealing import read_key

    secret = read_key(key, os.environ)
    if verify:
        found = verify_backup(file, secret)
        say(
            f"备份完好：{found.files} 个文件，{found.size / 2**20:.1f} MB，生成于 {found.header.created[:16].replace('T', ' ')}（北京时间）"
        )
        return
    if data is None:
        raise UsageError("没有写明恢复到哪里；请用 --data 指定一个新的或空的文件夹")
    done = restore_backup(file, secret, data, db, lambda store: acting(store, by, named=False), clock.now())
    say(f"已恢复 {done.files} 个文件，{done.size / 2**20:.1f} MB 到 {data}；可用 xunjian doctor --data {data} 检查")

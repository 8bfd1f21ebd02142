"""user add, disable, invite, reset, list; contacts import, list."""

from pathlib import Path
from typing import Annotated

import typer

from commands.display import show_changes
from commands.options import DATA, By, Data, Database, acting, opened
from commands.printing import say

user_app = typer.Typer(help="人员和角色：谁可以做什么", no_args_is_help=True)
contacts_app = typer.Typer(help="联系人：各单位找谁", no_args_is_help=True)
Unit = Annotated[str, typer.Option("--unit", help="所在单位；办公室自己的人不写")]

Url = Annotated[str, typer.Option("--url", help="控制台的地址，写在链接前面")]
URL = "http://127.0.0.1:8080"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(user_app, name="user")
    app.add_typer(contacts_app, name="contacts")


@user_app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="姓名")],
    role: Annotated[
        str,
        typer.Option("--role", help="系统管理员、监管员、领导、区县/部门主管、单位联络员、第三方核查员、只读/审计"),
    ],
    by: By = "",
    unit: Unit = "",
    below: Annotated[list[str] | None, typer.Option("--below", help="所属单位（用于主管，可写多次）")] = None,
    number: Annotated[str, typer.Option("--id", help="编号，默认顺序编号")] = "",
    data: Data = DATA,
    db: Database = "",
) -> None:
    """登记一个人；第一个须为系统管理员。从此 --by 只接受已登记、在用、有权的人员。"""
    from inspection import clock
    from inspection.people.registering import add_person

    with opened(data, db) as store:
        actor = acting(store, by, named=False)
        made = add_person(store, actor, name, role, clock.now(), unit=unit, below=below or (), id=number)
    say(f"已登记 {made.id} {made.words}")


@user_app.command("disable")
def disable(
    who: Annotated[str, typer.Argument(metavar="姓名或编号")], by: By, data: Data = DATA, db: Database = ""
) -> None:
    """停用一个人；此人以前的记录不变。"""
    from inspection import clock
    from inspection.people.registering import disable_person

    with opened(data, db) as store:
        gone = disable_person(store, acting(store, by), who, clock.now())
    say(f"已停用 {gone.id} {gone.words}")


@user_app.command("invite")
def invite(
    who: Annotated[str, typer.Argument(metavar="姓名或编号")],
    by: By,
    url: Url = URL,
    data: Data = DATA,
    db: Database = "",
) -> None:
    """给还没有密码的人一个一次性链接，用来设置控制台的密码。"""
    _link(who, by, url, data, db, reset=False)


@user_app.command("reset")
def reset(
    who: Annotated[str, typer.Argument(metavar="姓名或编号")],
    by: By,
    url: Url = URL,
    data: Data = DATA,
    db: Database = "",
) -> None:
    """给忘记密码的人一个一次性链接；原密码立即失效，已登录的全部退出。"""
    _link(who, by, url, data, db, reset=True)


def _link(who: str, by: str, url: str, data: Path, db: str, *, reset: bool) -> None:
    from domain.log_in import INVITED
    from inspection import clock
    from inspection.entrance.invitations import invite as invited

    with opened(data, db) as store:
        person, secret = invited(store, acting(store, by), who, clock.now(), reset=reset)
    say(f"{person.words}的一次性链接（{INVITED.days} 天内有效，请当面或用可靠的方式交给本人）：")
    say(f"{url.rstrip('/')}/link/{secret}")


@user_app.command("list")
def list_(data: Data = DATA, db: Database = "") -> None:
    """列出人员。"""
    from inspection.people.registering import person_lines

    with opened(data, db) as store:
        say("\n".join(person_lines(store)))


@contacts_app.command("import")
def import_contacts(
    file: Annotated[Path, typer.Argument(metavar="文件", help="联系人表：XLSX、XLS 或 CSV")],
    apply: Annotated[bool, typer.Option("--apply", help="写入；不加时只预览")] = False,
    by: By = "",
    data: Data = DATA,
    db: Database = "",
) -> None:
    """导入联系人（单位、姓名、职务、电话、邮箱、消息地址、角色、起、止）：先预览，加 --apply 才写入。"""
    from inspection import clock
    from inspection.people.contacts import enter_contacts

    with opened(data, db) as store:
        actor = acting(store, by, named=False)
        entered = enter_contacts(store, file, actor, clock.now(), apply=apply)
    show_changes(file, entered, "与已登记的内容一致，没有改动", applied=apply)


@contacts_app.command("list")
def list_contacts(
    unit: Annotated[str, typer.Argument(metavar="[单位]", help="默认全部")] = "", data: Data = DATA, db: Database = ""
) -> None:
    """列出联系人。"""
    from inspection import clock
    from inspection.people.contacts import contact_lines

    with opened(data, db) as store:
        say("\n".join(contact_lines(store, unit, clock.now())))

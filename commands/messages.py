"""messages: send, list, on, off, test, alarm."""

from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import DATA, AllowPrivate, By, Data, Database, Rules, acting, opened, rulebook
from commands.printing import say
from domain.errors import NotDone, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.operations import Message
    from domain.ports import Store
    from inspection.operations.messages.sending import Sent

messages_app = typer.Typer(help="消息：各单位的变化、催办，办公室的每日一行；发送记录", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(messages_app, name="messages")


@messages_app.command("send")
def send(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示将发送什么，不发送")] = False,
    anytime: Annotated[bool, typer.Option("--anytime", help="不在工作时间也发送")] = False,
    data: Data = DATA,
    db: Database = "",
    rules: Rules = None,
    allow_private: AllowPrivate = False,
    scheduled: Annotated[bool, typer.Option("--scheduled", help="由定时程序启动", hidden=True)] = False,
) -> None:
    """发送此刻该发的消息：同一消息只发一次；工作时间以外不发。"""
    from inspection import clock
    from inspection.letters.working_days import load_working_days
    from inspection.operations.addresses import load_addresses
    from inspection.operations.messages.rounds import is_working_time, round_now
    from inspection.operations.messages.sending import by_apprise, send_all
    from inspection.operations.settings import load_settings

    now, plan, days = clock.now(), load_settings(data).messages, load_working_days(data)
    with opened(data, db) as store:
        found = round_now(store, rulebook(rules, data), plan, days, now)
        if dry_run:
            _show(store, found)
            return
        if not anytime and not is_working_time(plan, days, now):
            say("现在不是工作时间，没有发送；工作时间见 settings.yaml 的 messages.hours")
            return
        addresses = load_addresses(data, plan.addresses, store.load_registry())
        if not scheduled and not addresses.office and not addresses.units:
            raise UsageError("没有收件地址；请在数据文件夹的 addresses.yaml（权限 600）中写明")
        done = send_all(store, found, addresses, by_apprise(allow_private=allow_private), now)
    _tell(done)


def _show(store: "Store", found: "Iterable[Message]") -> None:
    units = {unit.id: unit.label for unit in store.load_registry().units}
    told = [f"→ {units.get(item.target, '') or '办公室'}：{item.title}\n{item.text}" for item in found]
    say("\n\n".join(told) or "此刻没有要发送的消息。")


def _tell(done: "Sent") -> None:
    say(f"已发送 {done.sent} 条" + (f"，{done.homeless} 条因单位没有收件地址未发送" if done.homeless else ""))
    if done.failed:
        raise NotDone(f"{len(done.failed)} 条未能发送，下次再试：{done.failed[0].title}（{done.failed[0].note}）")


@messages_app.command("list")
def list_(
    last: Annotated[int, typer.Option("--last", min=1, help="最近多少条")] = 50, data: Data = DATA, db: Database = ""
) -> None:
    """列出已发送的消息：时间、对象、内容、结果。"""
    from inspection.operations.messages.rounds import message_lines, switched_on

    with opened(data, db) as store:
        units = {unit.id: unit.label for unit in store.load_registry().units}
        say(f"向单位发送：{'已开启' if switched_on(store) else '未开启（xunjian messages on）'}")
        say("\n".join(message_lines(store.messages()[-last:], units)) or "还没有发送过消息。")


@messages_app.command("on")
def on(by: By = "", data: Data = DATA, db: Database = "") -> None:
    """开启向单位发送；从此刻起的变化和催办才会发送。"""
    _switch(by, data, db, on=True)


@messages_app.command("off")
def off(by: By = "", data: Data = DATA, db: Database = "") -> None:
    """关闭向单位发送；办公室的消息照常。"""
    _switch(by, data, db, on=False)


def _switch(by: str, data: Data, db: str, *, on: bool) -> None:
    from inspection import clock
    from inspection.operations.messages.rounds import switch_units

    with opened(data, db) as store:
        switch_units(store, acting(store, by, named=False), clock.now(), on=on)
    say(f"向单位发送消息：已{'开启' if on else '关闭'}")


@messages_app.command("test")
def try_out(
    unit: Annotated[str, typer.Argument(metavar="单位", help="单位名称；不写则发给办公室")] = "",
    by: By = "",
    data: Data = DATA,
    db: Database = "",
    allow_private: AllowPrivate = False,
) -> None:
    """发一条测试消息，核对收件地址是否可用。"""
    from domain.operations import Message
    from domain.rights import Action
    from inspection import clock
    from inspection.acting import demand
    from inspection.operations.addresses import load_addresses
    from inspection.operations.messages.sending import by_apprise, send_all
    from inspection.operations.settings import load_settings
    from inspection.people.registering import unit_named

    now = clock.now()
    with opened(data, db) as store:
        actor = acting(store, by, named=False)
        demand(store, actor, Action.OPERATE)
        target = unit_named(store.load_registry(), unit).id if unit else ""
        addresses = load_addresses(data, load_settings(data).messages.addresses, store.load_registry())
        if not addresses.of(target):
            raise UsageError(f"{unit or '办公室'}没有收件地址；请在数据文件夹的 addresses.yaml（权限 600）中写明")
        message = Message(
            f"test/{target}/{now.isoformat()}", "test", target, "巡检测试消息", "收到本消息说明收件地址可用。"
        )
        done = send_all(store, [message], addresses, by_apprise(allow_private=allow_private), now)
    _tell(done)


@messages_app.command("alarm")
def alarm(
    name: Annotated[str, typer.Argument(metavar="名称", help="出错的服务，如 xunjian")],
    data: Data = DATA,
    db: Database = "",
    allow_private: AllowPrivate = False,
) -> None:
    """告诉办公室某个服务异常停止；由 systemd 的 OnFailure 调用，随时发送。"""
    from domain.operations import Message
    from inspection import clock
    from inspection.operations.addresses import load_addresses
    from inspection.operations.messages.sending import by_apprise, send_all
    from inspection.operations.settings import load_settings

    now = clock.now()
    with opened(data, db) as store:
        addresses = load_addresses(data, load_settings(data).messages.addresses, store.load_registry())
        if not addresses.office:
            raise UsageError("办公室没有收件地址；请在数据文件夹的 addresses.yaml（权限 600）中写明")
        text = f"服务 {name} 异常停止或检查未通过；请在服务器上运行 xunjian status 和 xunjian doctor。"
        message = Message(f"alarm/{name}/{now:%Y-%m-%dT%H}", "alarm", "", f"巡检服务异常：{name}", text)
        done = send_all(store, [message], addresses, by_apprise(allow_private=allow_private), now)
    if done.failed:
        raise NotDone(f"未能发送：{done.failed[0].note}")
    say(f"已发送 {done.sent} 条")

"""webhook: add, list, remove, test, send."""

from typing import Annotated

import typer

from commands.options import DATA, AllowPrivate, By, Data, Database, acting, opened
from commands.printing import say
from domain.errors import NotDone

webhook_app = typer.Typer(help="事件推送：有新发现的问题、单位有反馈时告知其他程序", no_args_is_help=True)
Id = Annotated[str, typer.Argument(metavar="编号")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(webhook_app, name="webhook")


@webhook_app.command("add")
def add(
    url: Annotated[str, typer.Argument(metavar="网址")],
    person: Annotated[str, typer.Option("--person", help="以谁可以查看的为限：姓名或编号")],
    by: By,
    event: Annotated[
        list[str] | None, typer.Option("--event", help="事件（可写多次）：finding.new、letter.answered；默认全部")
    ] = None,
    data: Data = DATA,
    db: Database = "",
    allow_private: AllowPrivate = False,
) -> None:
    """登记一个推送地址；核对签名的密钥只显示这一次。"""
    from domain.webhooks import secret_words
    from inspection import clock
    from inspection.operations.webhooks.registering import add_webhook

    with opened(data, db) as store:
        hook, secret = add_webhook(
            store, data, url, person, event or (), acting(store, by), clock.now(), allow_private=allow_private
        )
    say(f"已登记 {hook.id}，定时程序每 10 分钟推送一次；密钥只显示这一次：")
    say(secret_words(secret))


@webhook_app.command("list")
def list_(data: Data = DATA, db: Database = "") -> None:
    """列出推送地址：事件、以谁为限、送达情况；不显示完整网址。"""
    from inspection.operations.webhooks.registering import webhook_lines

    with opened(data, db) as store:
        say("\n".join(webhook_lines(store)))


@webhook_app.command("remove")
def remove(number: Id, by: By, data: Data = DATA, db: Database = "") -> None:
    """取消一个推送地址；还没有送达的不再尝试。"""
    from inspection import clock
    from inspection.operations.webhooks.registering import remove_webhook

    with opened(data, db) as store:
        gone = remove_webhook(store, data, number, acting(store, by), clock.now())
    say(f"已取消 {gone.id}")


@webhook_app.command("test")
def try_out(number: Id, data: Data = DATA, db: Database = "", allow_private: AllowPrivate = False) -> None:
    """向一个推送地址发一条测试事件，看能否送达。"""
    from inspection import clock
    from inspection.operations.webhooks.registering import active_hook
    from inspection.operations.webhooks.telling import by_network, headers_of, trial

    now = clock.now()
    with opened(data, db) as store:
        hook = active_hook(store, number)
        item = trial(hook, now)
        posted = by_network(allow_private=allow_private)(hook.url, item.body, headers_of(data, hook, item, now))
    if not posted.is_taken:
        raise NotDone(f"{hook.id} 没有送达：{posted.why}")
    say(f"{hook.id} 已送达，对方回答 {posted.status}")


@webhook_app.command("send")
def send(data: Data = DATA, db: Database = "", allow_private: AllowPrivate = False) -> None:
    """推送此刻到期的事件；没有送达的隔一段时间再试，共 8 次。"""
    from inspection import clock
    from inspection.operations.webhooks.news import note_news
    from inspection.operations.webhooks.telling import by_network, tell_all

    with opened(data, db) as store:
        note_news(store, clock.now())
        done = tell_all(store, data, by_network(allow_private=allow_private), clock.now())
    say(f"已送达 {done.told} 条，稍后再试 {done.failed} 条，不再尝试 {done.ended} 条")
    if done.ended:
        raise NotDone(f"{done.ended} 条事件未能送达，不再尝试；用 xunjian webhook list 查看原因")

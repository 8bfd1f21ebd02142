"""One round of telling: all that is to be said now, to whom it may be said."""

from collections.abc import Iterator
from datetime import datetime

from domain.errors import UsageError
from domain.operations import Message
from domain.persons import Actor
from domain.ports import Store
from domain.quiet import QuietHours
from domain.rights import Action
from domain.rules import RuleBook
from domain.times import BEIJING, beijing_date
from domain.trail import Act
from inspection.acting import demand, note
from inspection.letters.working_days import WorkingDays
from inspection.operations.messages.daily import daily
from inspection.operations.messages.digests import LATELY, digests
from inspection.operations.messages.reminders import letter_reminders, office_reminders
from inspection.operations.settings import MessagePlan
from inspection.wording import RuleWording

UNITS = "messages.units"  # the switch: empty, or since when


def round_now(
    store: Store, rulebook: RuleBook, plan: MessagePlan, days: WorkingDays, now: datetime
) -> Iterator[Message]:
    """All there is to say; to units only what came after the office switched them on."""
    registry, since = store.load_registry(), switched_on(store)
    if since is not None:
        yield from digests(store, registry, RuleWording(rulebook), max(since, now - LATELY), plan.flapping)
    for message in letter_reminders(store, days, now):
        if since is not None or not message.target:
            yield message
    yield from office_reminders(store, days, now)
    if plan.daily:
        yield from daily(store, registry, now)


def is_working_time(plan: MessagePlan, days: WorkingDays, now: datetime) -> bool:
    """Whether anybody may be told anything now."""
    return days.is_worked(beijing_date(now)) and bool(QuietHours.parse(plan.hours).left(now))


def switched_on(store: Store) -> datetime | None:
    """Since when units are told; None while they are not."""
    value = store.switches().get(UNITS, "")
    return datetime.fromisoformat(value) if value else None


def switch_units(store: Store, actor: Actor, at: datetime, *, on: bool) -> None:
    """Let units be told from now on, or no more."""
    demand(store, actor, Action.OPERATE)
    if on == (switched_on(store) is not None):
        raise UsageError(f"向单位发送消息已经是{'开启' if on else '关闭'}状态，没有改动")
    note(store, actor, Act.OPERATE, "向单位发送消息", at, now="开启" if on else "关闭")
    store.save_switch(UNITS, at.isoformat() if on else "")


def message_lines(messages: list[Message], units: dict[str, str]) -> Iterator[str]:
    """What was sent to whom, newest last; never to which address."""
    for item in messages:
        when = f"{item.at.astimezone(BEIJING):%Y-%m-%d %H:%M}" if item.at else ""
        why = f"：{item.note}" if item.note else ""
        yield f"{when}  {units.get(item.target, item.target) or '办公室'}  {item.title}  {item.state.label}{why}"

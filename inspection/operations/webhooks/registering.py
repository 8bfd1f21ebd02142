"""Addresses to tell, added and removed. The secret of one is made of the key of this installation and shown once."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler.guard import require_allowed
from domain.errors import UsageError, cause
from domain.persons import Actor
from domain.ports import Store
from domain.rights import Action
from domain.times import beijing_date
from domain.trail import Act
from domain.webhooks import EVENTS, Delivery, DeliveryState, Event, Webhook
from inspection.acting import demand, note
from inspection.entrance.invitations import person_named
from inspection.operations.plan import HOOKS
from inspection.texts.installation import KEY, create_key

LONGEST = 2000


def add_webhook(
    store: Store, data: Path, url: str, who: str, events: Sequence[str], actor: Actor, at: datetime, *,
    allow_private: bool,
) -> tuple[Webhook, bytes]:  # fmt: skip
    """An address and its secret, which is told this once."""
    demand(store, actor, Action.OPERATE)
    person, wanted = person_named(store, who), tuple(dict.fromkeys(events)) or tuple(EVENTS)
    unknown = [each for each in wanted if each not in EVENTS]
    if unknown:
        raise UsageError(f"没有事件 {unknown[0]}；可选：{'、'.join(EVENTS)}")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(url) > LONGEST or not url.isprintable():
        raise UsageError("推送地址须为 http:// 或 https:// 开头的网址")
    if parts.username or parts.password:
        raise UsageError("推送地址不能含用户名和口令；对方以签名核对来源")
    require_allowed(url, allow_private)
    hook = Webhook(f"W{secrets.token_hex(4)}", url, tuple(map(Event, wanted)), person.id, actor.name, at)
    told = f"推送到 {parts.hostname}（{'、'.join(wanted)}），以{person.words}可以查看的为限"
    note(store, actor, Act.OPERATE, f"事件推送 {hook.id}", at, now=told)
    store.save_webhook(hook)
    (data / HOOKS).touch()
    return hook, secret_of(data, hook.id)


def remove_webhook(store: Store, data: Path, id: str, actor: Actor, at: datetime) -> Webhook:
    """It is told nothing any more; what still waits is ended."""
    demand(store, actor, Action.OPERATE)
    gone = replace(active_hook(store, id), removed=at)
    note(store, actor, Act.OPERATE, f"事件推送 {id}", at, "在用", "已取消")
    store.save_webhook(gone)
    for item in store.deliveries():
        if item.hook_id == id and item.state is DeliveryState.WAITING:
            store.save_delivery(replace(item, state=DeliveryState.ENDED, note="推送已取消"))
    if not any(hook.removed is None for hook in store.webhooks()):
        (data / HOOKS).unlink(missing_ok=True)
    return gone


def active_hook(store: Store, id: str) -> Webhook:
    """One that is told things; UsageError when there is none."""
    found = next((hook for hook in store.webhooks() if hook.id == id and hook.removed is None), None)
    if found is None:
        raise UsageError(f"没有在用的事件推送 {id}；用 xunjian webhook list 查看")
    return found


def secret_of(data: Path, id: str) -> bytes:
    """32 bytes, of the key of this installation and the id; nothing of it stands in the store."""
    try:
        create_key(data)
        key = (data / KEY).read_bytes()
    except OSError as error:
        raise UsageError(f"不能读取密钥文件 {data / KEY}（{cause(error)}）；请检查权限") from error
    return hmac.new(key, f"webhook|{id}".encode(), hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class HookRow:
    """One address as it is shown: by its host only, since the rest may be known to the receiver alone."""

    hook: Webhook
    host: str
    person: str
    state: str
    counts: str


def hook_rows(store: Store) -> list[HookRow]:
    """All of them, and how their tellings went."""
    names, told = {person.id: person.name for person in store.persons()}, store.deliveries()
    return [
        HookRow(
            hook, urlsplit(hook.url).hostname or "", names.get(hook.person_id, hook.person_id),
            "在用" if hook.removed is None else f"{beijing_date(hook.removed)} 已取消", _counts(hook.id, told),
        )
        for hook in store.webhooks()
    ]  # fmt: skip


def webhook_lines(store: Store) -> list[str]:
    """One line an address."""
    lines = [
        f"{row.hook.id}  {row.host}  {'、'.join(row.hook.events)}  {row.person}  {row.state}  {row.counts}"
        for row in hook_rows(store)
    ]
    return lines or ["还没有事件推送；用 xunjian webhook add 网址 --person 姓名 建立。"]


def _counts(id: str, told: Iterable[Delivery]) -> str:
    mine = [item for item in told if item.hook_id == id]
    counts = {state: sum(item.state is state for item in mine) for state in DeliveryState}
    last = next((f"，最近一次未成：{item.note}" for item in reversed(mine) if item.note), "")
    return "，".join(f"{state.label} {number}" for state, number in counts.items() if number) + last

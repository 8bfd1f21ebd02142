"""Telling: each try is written down before it is made, so that a killed one is made again after a pause and not at once."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler.fetch.posting import Posted, post
from domain.ports import Store
from domain.webhooks import Delivery, DeliveryState, Event, Webhook, pause_after, signature
from inspection.operations.webhooks.registering import secret_of

AGENT = "xunjian-webhook"
GONE = "推送已取消，或登记的人员已停用"
Send = Callable[[str, str, dict[str, str]], Posted]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a round."""

    told: int = 0
    failed: int = 0  # and tried again later
    ended: int = 0  # and not tried again


def tell_all(store: Store, data: Path, send: Send, now: datetime) -> Told:
    """Tell what is due."""
    hooks = {hook.id: hook for hook in store.webhooks() if hook.removed is None}
    working = {person.id for person in store.persons() if person.enabled}
    counts = dict.fromkeys(DeliveryState, 0)
    for item in _due(store, now):
        hook = hooks.get(item.hook_id)
        if hook is None or hook.person_id not in working:
            ended = replace(item, state=DeliveryState.ENDED, note=GONE)
            store.save_delivery(ended)
        else:
            ended = tell(store, data, hook, item, send, now)
        counts[ended.state] += 1
    return Told(counts[DeliveryState.TOLD], counts[DeliveryState.WAITING], counts[DeliveryState.ENDED])


def _due(store: Store, now: datetime) -> Iterator[Delivery]:
    for item in store.deliveries():
        if item.state is DeliveryState.WAITING and (item.not_before is None or item.not_before <= now):
            yield item


def tell(store: Store, data: Path, hook: Webhook, item: Delivery, send: Send, now: datetime) -> Delivery:
    """One try."""
    tries = item.tries + 1
    pause = pause_after(tries)
    begun = replace(item, tries=tries, not_before=now + pause if pause else now)
    store.save_delivery(begun)
    posted = send(hook.url, item.body, headers_of(data, hook, item, now))
    if posted.is_taken:
        ended = replace(begun, state=DeliveryState.TOLD, note="")
    else:
        state = DeliveryState.WAITING if pause else DeliveryState.ENDED
        ended = replace(begun, state=state, note=posted.why)
    store.save_delivery(ended)
    return ended


def headers_of(data: Path, hook: Webhook, item: Delivery, now: datetime) -> dict[str, str]:
    """What a receiver checks: id, moment and signature."""
    moment = int(now.timestamp())
    signed = signature(secret_of(data, hook.id), item.id, moment, item.body)
    return {
        "content-type": "application/json", "user-agent": AGENT, "webhook-id": item.id,
        "webhook-timestamp": str(moment), "webhook-signature": signed,
    }  # fmt: skip


def trial(hook: Webhook, now: datetime) -> Delivery:
    """Something that says nothing, to see whether it arrives."""
    body = json.dumps({"type": Event.TEST.value, "timestamp": now.isoformat(), "data": {"webhook": hook.id}})
    return Delivery(f"msg_test_{hook.id}_{int(now.timestamp())}", hook.id, Event.TEST, body, now)


def by_network(*, allow_private: bool) -> Send:
    """Telling over the network."""
    return lambda url, body, headers: asyncio.run(post(url, body.encode(), headers, allow_private=allow_private))

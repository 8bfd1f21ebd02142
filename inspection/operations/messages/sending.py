"""Sending one message to the addresses of its target: noted before it goes and after it went, never twice."""

import hashlib
import logging
import socket
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from crawler.guard import is_public
from domain.errors import ConfigError
from domain.operations import Message, MessageState
from domain.ports import Store
from inspection.operations.addresses import Addresses

MOST_TRIES = 5
REFUSED = "收件地址在内网，默认拒绝访问；确需使用请加 --allow-private"
NOT_TAKEN = "对方没有接受，或无法连接；请检查收件地址和网络"
Send = Callable[[str, Message], str]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a round of messages."""

    sent: int = 0
    failed: tuple[Message, ...] = ()
    homeless: int = 0  # of units without an address


def send_all(store: Store, messages: Iterable[Message], addresses: Addresses, send: Send, at: datetime) -> Sent:
    """Send what was not sent yet."""
    sent, homeless, failed = 0, 0, []
    for message in messages:
        places = addresses.of(message.target)
        homeless += not places
        for place in places:
            mine = replace(message, key=f"{message.key}#{mark(message.key, place)}", at=at)
            if not store.claim_message(mine, MOST_TRIES):
                continue
            why = send(place, mine)
            state = MessageState.FAILED if why else MessageState.SENT
            ended = replace(mine, state=state, note=why)
            store.end_message(ended)
            sent += not why
            failed += [ended] if why else []
    return Sent(sent, tuple(failed), homeless)


def mark(key: str, place: str) -> str:
    """Tells the addresses of a message apart and says nothing of them: 32 bits of a hash."""
    return hashlib.sha256(f"{key}|{place}".encode()).hexdigest()[:8]


def by_apprise(*, allow_private: bool) -> Send:
    """Sending by apprise: 企业微信, 钉钉, 飞书, mail and whatever else it knows."""
    with warnings.catch_warnings(action="ignore"):  # of the Python of its plugins, which are loaded with the first
        import apprise

        apprise.Apprise.instantiate("json://localhost")
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its warnings quote addresses

    def send(place: str, message: Message) -> str:
        service = apprise.Apprise.instantiate(place, suppress_exceptions=True)
        if service is None:
            raise ConfigError("有一个收件地址 apprise 不认识；请按 apprise 的写法改正（地址是口令，这里不显示）")
        if not allow_private and _is_inside(service):
            return REFUSED
        return "" if service.notify(body=message.text, title=message.title) else NOT_TAKEN

    return send


def _is_inside(service: Any) -> bool:
    """Whether a service would be reached inside the office's network. A token is no host name and leads nowhere."""
    host = str(getattr(service, "host", "") or "")
    try:
        found = {str(item[4][0]).partition("%")[0] for item in socket.getaddrinfo(host, None)} if host else set()
    except OSError:
        return False
    return not all(is_public(address) for address in found)

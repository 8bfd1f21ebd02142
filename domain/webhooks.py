"""Telling other programs by themselves: whom, of what, and what became of each try. Pure."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PAUSES = tuple(
    timedelta(minutes=each) for each in (1, 5, 30, 120, 360, 720, 1440)
)  # after the first try, the second ...
MOST_TRIES = len(PAUSES) + 1
KEPT = timedelta(days=30)  # for so long it is known what was told
LATELY = timedelta(days=7)  # what is older is no news


class Event(StrEnum):
    """What is told."""

    FINDING_NEW = "finding.new"
    LETTER_ANSWERED = "letter.answered"
    TEST = "test"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {"finding.new": "新发现的问题", "letter.answered": "单位的反馈", "test": "测试"}[self.value]


EVENTS = (Event.FINDING_NEW, Event.LETTER_ANSWERED)


@dataclass(frozen=True, slots=True)
class Webhook:
    """One address. Of a person's things only: what that person may not see is not told there either."""

    id: str
    url: str
    events: tuple[Event, ...]
    person_id: str
    by: str
    at: datetime
    removed: datetime | None = None


class DeliveryState(StrEnum):
    """How far something to tell got."""

    WAITING = "waiting"  # for its first try, or the next one
    TOLD = "told"
    ENDED = "ended"  # tried to the end, or there is nobody any more to tell

    @property
    def label(self) -> str:
        """In Chinese."""
        return {"waiting": "待推送", "told": "已送达", "ended": "未能送达，不再尝试"}[self.value]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something to tell. `id` is the same in every try, so that a receiver knows what it has heard."""

    id: str
    hook_id: str
    event: Event
    body: str
    at: datetime
    subjects: tuple[str, ...] = ()  # what it tells of: fingerprints, or replies
    state: DeliveryState = DeliveryState.WAITING
    tries: int = 0
    not_before: datetime | None = None
    note: str = ""  # why the last try failed, without the address


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries; None when it was the last one."""
    return PAUSES[tries - 1] if tries < MOST_TRIES else None


def secret_words(secret: bytes) -> str:
    """A secret as receivers are given it."""
    return f"whsec_{base64.b64encode(secret).decode()}"


def signature(secret: bytes, id: str, moment: int, body: str) -> str:
    """HMAC-SHA256 over id, moment (seconds since 1970) and body, as standardwebhooks.com writes it."""
    signed = hmac.new(secret, f"{id}.{moment}.{body}".encode(), hashlib.sha256)
    return f"v1,{base64.b64encode(signed.digest()).decode()}"

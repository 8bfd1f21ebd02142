"""From an answer to what is kept of it: one Attempt with its signals. Judges nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from crawler import clock
from crawler.fetch.asker import Answer
from crawler.fetch.captures import HTML_TYPES, KEPT_HEADERS
from crawler.fetch.file_types import file_signals, is_attachment
from crawler.fetch.own_network import SILENCE, cannot_exist, is_local
from crawler.fetch.walls import wall_of
from crawler.links.soft_404 import Doubt, doubt_of, is_home, is_sent_home
from crawler.parsing import read_page
from crawler.parsing.html.addresses import scope_of
from crawler.platforms.wechat_article import is_withdrawn
from domain.captured import Attempt
from domain.links import Fault, fault_of

Estranged = Callable[[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Examined:
    """An attempt, what makes its page doubtful, and the body when it is evidence."""

    attempt: Attempt
    doubt: Doubt | None = None
    body: bytes = b""

    @property
    def fault(self) -> Fault:
        """What the attempt met."""
        return fault_of(self.attempt)


def examine(answer: Answer, run_id: str, look: int, as_of: datetime, estranged: Estranged) -> Examined:
    """The attempt of one answer; `site_id` is still open."""
    signals: tuple[str, ...] = ()
    doubt = None
    if wall := "" if answer.error else wall_of(answer.status, answer.headers, answer.body):
        signals = (f"botwall:{wall}",)
    elif not answer.error and 200 <= answer.status < 300:
        signals, doubt = _of_content(answer, as_of, estranged)
    strange = any(signal.startswith(("parked", "hijack")) for signal in signals)
    kept = {name: answer.headers[name.lower()] for name in KEPT_HEADERS if name.lower() in answer.headers}
    head = answer.body if strange else answer.body[:4096]
    attempt = Attempt(
        run_id=run_id,
        site_id="",
        url=answer.url,
        at=clock.now(),
        status=answer.status,
        error=answer.error,
        look=look,
        seconds=answer.seconds,
        chain=answer.chain,
        headers=kept,
        head_hash=hashlib.sha256(head).hexdigest() if head else "",
        signals=signals,
    )
    return Examined(attempt, doubt, answer.body if strange else b"")


def _of_content(answer: Answer, as_of: datetime, estranged: Estranged) -> tuple[tuple[str, ...], Doubt | None]:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    moved = ("to_home",) if is_sent_home(answer.url, answer.final) else ()
    sent_on = bool(answer.chain) and kind in HTML_TYPES and not is_attachment(answer.final)  # to log in, to an excuse
    if is_attachment(answer.url) and not moved and not sent_on:
        return file_signals(answer.url, answer.body, answer.size), None
    if kind not in HTML_TYPES or not answer.body:
        return moved, None
    if is_withdrawn(answer.body):  # a deleted 公众号 article answers 200
        return ("phrase", "thin"), None
    home = is_home(answer.final)
    reading = read_page(answer.body, answer.final, as_of, answer.headers.get("content-type", ""), home=home)
    if strange := estranged(reading.title, f"{reading.meta.get('Description', '')}\n{reading.text}"):
        return strange, None
    if reading.needs_render:
        return moved, None
    doubt = (
        None
        if answer.stopped
        else doubt_of(reading, answer.final, answer.body, kind and answer.headers["content-type"])
    )
    return combined(doubt, moved), doubt


def combined(doubt: Doubt | None, moved: tuple[str, ...] = (), *, random_match: bool = False) -> tuple[str, ...]:
    """The signals that may stand: a thin page alone says nothing."""
    signals = (*moved, *(doubt.signals if doubt else ()), *(("random_match",) if random_match else ()))
    return () if set(signals) <= {"thin"} else tuple(dict.fromkeys(signals))


def disclaimed(item: Examined) -> Examined:
    """The same without an accusation, where our own line may be to blame."""
    host = scope_of(item.attempt.chain[-1][1] if item.attempt.chain else item.attempt.url)
    if item.attempt.error not in SILENCE or is_local(host) or cannot_exist(host):
        return item
    return replace(item, attempt=replace(item.attempt, error="own_network"))

"""The version of what somebody looks at: a change carries it, and is refused when another one was quicker."""

import hashlib
from datetime import datetime

from domain.errors import Conflict
from domain.findings import FindingRecord
from domain.letters import Letter
from inspection.desk.words import moment
from inspection.people.findings import REVIEWS, state_words

LENGTH = 12


def version_of(record: FindingRecord) -> str:
    """Of a finding: what persons decided about it; another night changes nothing of that."""
    state = "open" if record.state.is_open else record.state.value
    review, waiver = record.review, record.waiver
    decided = (review.verdict, review.by, review.reason, _number(review.at))
    waived = (waiver.by, waiver.reason, str(waiver.expires), _number(waiver.at)) if waiver else ()
    return _digest(repr((state, decided, waived)))


def _number(moment_of: datetime | None) -> float:
    """The same moment is the same in every time zone."""
    return moment_of.timestamp() if moment_of else 0.0


def version_of_letter(letter: Letter) -> str:
    """Of a letter: everything."""
    return _digest(repr(letter))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def demand_version(record: FindingRecord, version: str) -> None:
    """Conflict tells what somebody else did in the meantime."""
    if version_of(record) == version:
        return
    review, waiver = record.review, record.waiver
    if waiver and (review.at is None or waiver.at > review.at):
        told = f"{waiver.by} {moment(waiver.at)} 已豁免"
    elif review.by:
        told = f"{review.by} {moment(review.at)} 标为“{REVIEWS[review.verdict]}”{f'（{review.reason}）' if review.reason else ''}"
    else:
        told = f"现在的状态是“{state_words(record)}”"
    raise Conflict(f"这个问题刚才已有变化：{told}。您的操作没有生效，请看过之后再决定。")


def demand_letter_version(letter: Letter, version: str) -> None:
    """The same of a letter."""
    if version_of_letter(letter) != version:
        raise Conflict(
            f"{letter.name}刚才已有变化{_latest(letter)}，现在是“{letter.state.label}”。您的操作没有生效，请看过之后再决定。"
        )


def _latest(letter: Letter) -> str:
    """Who did what last."""
    acts = [(letter.issued_at, letter.issued_by, "下发"), (letter.signed_at, letter.signed_by, "签收")]
    acts += [(reply.at, reply.by, "反馈") for reply in letter.replies]
    acts += [(each.at, each.by, "调整期限") for each in letter.deferrals]
    acts += [(item.decided_at, item.decided_by, f"办理第 {item.no} 项") for item in letter.items]
    told = [(at, by, what) for at, by, what in acts if at is not None]
    if not told:
        return ""
    at, by, what = max(told, key=lambda act: act[0])
    return f"（最近：{by} {moment(at)} {what}）"

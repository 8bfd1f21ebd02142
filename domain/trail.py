"""The audit trail: what persons did and what they changed, in one chain of hashes. Pure.

An entry is hashed with its number and the hash before it, so that none can be changed, taken out or put in between
without breaking the chain from there on. What is cut off at the end is seen by a head that was written down elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

START = "0" * 64


class Act(StrEnum):
    """What was done."""

    REVIEW = "review"
    REQUEST = "request"
    GRANT = "grant"
    WAIVE = "waive"
    SETTLE = "settle"
    ANSWER = "answer"
    REGISTER = "register"
    CONTACTS = "contacts"
    RULES = "rules"
    PERSON = "person"
    PERIOD = "period"
    NOTICE = "notice"
    LETTER = "letter"
    LEDGER = "ledger"
    INSPECT = "inspect"
    OPERATE = "operate"

    @property
    def label(self) -> str:
        """In Chinese."""
        return _LABELS[self]


_LABELS = {
    Act.REVIEW: "人工确认",
    Act.REQUEST: "申请",
    Act.GRANT: "批准",
    Act.WAIVE: "豁免",
    Act.SETTLE: "处理疑点",
    Act.ANSWER: "导入核查表",
    Act.REGISTER: "导入登记表",
    Act.CONTACTS: "导入联系人",
    Act.RULES: "修改规则",
    Act.PERSON: "登记人员",
    Act.PERIOD: "考核期",
    Act.NOTICE: "出具通报",
    Act.LEDGER: "导入台账",
    Act.LETTER: "整改通知单和提示单",
    Act.INSPECT: "发起检查",
    Act.OPERATE: "系统维护",
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One act, masked: who, by which account, when, what, and from what to what."""

    act: Act
    subject: str
    by: str
    account: str
    at: datetime
    was: str = ""
    now: str = ""

    @property
    def text(self) -> str:
        """What is hashed and kept: plain ASCII, the same on every database."""
        return json.dumps({**asdict(self), "at": self.at.isoformat()}, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> "Deed":
        """The inverse of `text`; ValueError when somebody spoiled it."""
        try:
            data = json.loads(text)
            return cls(**{**data, "act": Act(data["act"]), "at": datetime.fromisoformat(data["at"])})
        except (TypeError, KeyError) as error:
            raise ValueError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the chain; numbers count from 1."""

    number: int
    previous: str
    text: str
    hash: str


def sealed(deed: Deed, last: Entry | None) -> Entry:
    """The entry that follows the last one."""
    number, previous = (last.number + 1, last.hash) if last else (1, START)
    return Entry(number, previous, deed.text, digest(number, previous, deed.text))


def digest(number: int, previous: str, text: str) -> str:
    """sha256 in hex of what an entry says and where it stands."""
    return hashlib.sha256(f"{number}\n{previous}\n{text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verified:
    """How far the chain holds: up to `count`; `broken` says in Chinese what is wrong with the entry after that."""

    count: int
    head: str
    broken: str = ""


def verified(entries: Iterable[Entry], head: str = "") -> Verified:
    """Follow the chain to its end or to the first entry that does not fit; `head`: a hash that must stand in it."""
    count, last, met = 0, START, not head
    for entry in entries:
        why = _fault(entry, count + 1, last)
        if why:
            return Verified(count, last, f"第 {count + 1} 条{why}")
        count, last, met = entry.number, entry.hash, met or entry.hash.startswith(head)
    return Verified(count, last, "" if met else f"记录中没有 {head[:16]}，其后的记录已被删去或全部改写")


def _fault(entry: Entry, number: int, previous: str) -> str:
    if entry.number != number:
        return f"缺失（现有的下一条是第 {entry.number} 条）"
    if entry.previous != previous:
        return "与前一条不相接"
    return "" if entry.hash == digest(number, previous, entry.text) else "的内容被改动"

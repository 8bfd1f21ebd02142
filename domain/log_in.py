"""Log-in: passwords, one-time links, sessions and failed tries, as values. What a person knows is kept as a hash only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
TRIES_IN = timedelta(minutes=15)
MOST_OF_ACCOUNT = 10  # failed tries within that time, before it is locked for as long
MOST_OF_ADDRESS = 30
SHORTEST = 10
LONGEST = 200
INVITED = timedelta(days=3)
COMMONEST = frozenset(
    {"1234567890", "0123456789", "password12", "password123", "qwertyuiop", "admin12345", "a123456789"}
)


@dataclass(frozen=True, slots=True)
class Password:
    """The hash of a person's password (argon2), and when it was set."""

    person_id: str
    hash: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link to set a password; only the hash of its secret is kept."""

    hash: str
    person_id: str
    by: str
    at: datetime
    expires: datetime
    used_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it may still be used."""
        return self.used_at is None and now <= self.expires


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is logged in; `hash` is that of the secret in the cookie."""

    hash: str
    person_id: str
    created: datetime
    last_seen: datetime
    address: str = ""
    agent: str = ""

    def holds(self, now: datetime) -> bool:
        """Whether it is neither idle too long nor too old."""
        return now - self.last_seen <= IDLE and now - self.created <= ABSOLUTE


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A list somebody comes back to: its name and the filters of its address."""

    person_id: str
    name: str
    query: str


SCOPES: Mapping[str, str] = {
    "findings": "问题",
    "targets": "登记的对象",
    "scorecards": "评分",
    "periods": "考核期",
    "letters": "整改通知单和提示单",
    "runs": "批次和任务",
    "worksheet": "待核事项",
    "doubts": "文字疑点",
    "ledger": "工作台账",
    "trail": "操作留痕",
}
ACTS: Mapping[str, str] = {  # each is given by name, never as part of all
    "findings.decide": "办理：问题的确认、误报、豁免和复核",
    "letters.act": "办理：整改通知单和提示单的起草、下发、签收、反馈和核销",
    "worksheet.answer": "办理：填报人工核查结果",
    "doubts.settle": "办理：处理文字疑点",
    "runs.start": "办理：发起专项检查和复核",
    "ledger.enter": "办理：登记工作台账",
}
EVERY_SCOPE: Mapping[str, str] = {**SCOPES, **ACTS}


@dataclass(frozen=True, slots=True)
class Token:
    """What a program shows at the interface; only the hash of its secret is kept."""

    hash: str
    person_id: str  # whose rights it carries
    name: str  # of the program
    scopes: tuple[str, ...]
    by: str
    at: datetime
    expires: datetime
    revoked: datetime | None = None
    used: datetime | None = None

    @property
    def id(self) -> str:
        """What it is called by; the secret cannot be told from it."""
        return self.hash[:8]

    def holds(self, now: datetime) -> bool:
        """Whether it may still be used."""
        return self.revoked is None and now <= self.expires

    def allows(self, scope: str) -> bool:
        """Whether it may be shown for something of a scope; what its person may not it never may."""
        return scope in self.scopes

    def state(self, now: datetime) -> str:
        """In Chinese."""
        return "已撤销" if self.revoked else "在用" if self.holds(now) else "已过期"


def why_unusable(word: str, *known: str) -> str:
    """Why a password may not be used, in Chinese; empty when it may. `known`: what anybody would try."""
    if len(word) < SHORTEST:
        return f"密码至少 {SHORTEST} 位"
    if len(word) > LONGEST:
        return f"密码不超过 {LONGEST} 位"
    if len(set(word)) < 4 or word.lower() in COMMONEST:
        return "密码过于简单，容易被猜到"
    if any(len(each) > 1 and each.lower() in word.lower() for each in known):
        return "密码不能包含姓名或编号"
    return ""

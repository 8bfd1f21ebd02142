"""Log-in: passwords, one-time links, sessions and failed tries, as values. What a person knows is kept as a hash only."""

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

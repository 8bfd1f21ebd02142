"""Logging in and out. A session is a row: idle for half an hour or twelve hours old, it is over."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.errors import UsageError
from domain.log_in import ABSOLUTE, MOST_OF_ACCOUNT, MOST_OF_ADDRESS, TRIES_IN, Session
from domain.persons import Person
from domain.ports import Store
from inspection.entrance.passwords import is_password
from inspection.entrance.secrets_of import hash_of, new_secret

REFUSED = "姓名（编号）或密码不对"
LOCKED = "登录失败次数过多，请 15 分钟后再试，或请系统管理员重置密码"
SHOWN = timedelta(minutes=1)  # how often use of a session is written down
LONGEST_AGENT = 200


def log_in(store: Store, word: str, password: str, address: str, agent: str, now: datetime) -> tuple[Person, str]:
    """The person and the secret of a new session; UsageError, the same for whatever is wrong."""
    persons = [each for each in store.persons() if each.enabled]
    found = [each for each in persons if each.id == word.strip()] or [
        each for each in persons if each.name == word.strip()
    ]
    person = found[0] if len(found) == 1 else None
    account = f"account|{person.id if person else hash_of(word.strip())}"
    keys, since = (account, f"address|{address}"), now - TRIES_IN
    if store.failures(keys[0], since) >= MOST_OF_ACCOUNT or store.failures(keys[1], since) >= MOST_OF_ADDRESS:
        raise UsageError(LOCKED)
    if not is_password(store, person, password) or person is None:
        store.note_failure(keys, now, since)
        raise UsageError(REFUSED)
    store.forget_failures(account)
    return person, admitted(store, person, address, agent, now)


def admitted(store: Store, person: Person, address: str, agent: str, now: datetime) -> str:
    """A new session for somebody who has shown who he is, in whatever way; returns its secret."""
    secret = new_secret()
    store.end_sessions(before=now - ABSOLUTE)
    store.save_session(Session(hash_of(secret), person.id, now, now, address, agent[:LONGEST_AGENT]))
    return secret


def person_of(store: Store, secret: str, now: datetime, *, at_work: bool = True) -> Person | None:
    """Who is logged in with a secret; None when the session is over or the person may act no more.

    A page that asks by itself (`at_work` false) does not keep the session going.
    """
    session = store.session(hash_of(secret)) if secret else None
    if session is None:
        return None
    person = next((each for each in store.persons() if each.id == session.person_id), None)
    if person is None or not person.enabled or not session.holds(now):
        store.end_sessions(hash=session.hash)
        return None
    if at_work and now - session.last_seen > SHOWN:
        store.save_session(replace(session, last_seen=now))
    return person


def log_out(store: Store, secret: str) -> None:
    """End a session."""
    store.end_sessions(hash=hash_of(secret))

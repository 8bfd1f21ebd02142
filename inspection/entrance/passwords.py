"""Passwords of persons, hashed with argon2. Setting one ends every session of the person."""

import secrets
from datetime import datetime
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError

from domain.errors import UsageError
from domain.log_in import LONGEST, Password, why_unusable
from domain.persons import Actor, Person
from domain.ports import Store
from domain.trail import Act
from inspection.acting import note

ENDED = ""  # no hash: nothing compares with it
_AT_ONCE = BoundedSemaphore(2)  # a hash takes 64 MB; more wait


@cache
def hasher() -> PasswordHash:
    """argon2id with the parameters the package recommends."""
    return PasswordHash.recommended()


@cache
def _nobody() -> str:
    """A hash to compare with when there is no such person, so that this takes as long."""
    return hasher().hash(secrets.token_urlsafe())


def set_password(store: Store, person: Person, word: str, at: datetime) -> None:
    """Keep a new password; UsageError says why it may not be used."""
    demand_usable(person, word)
    hashed = hasher().hash(word)
    note(store, Actor(person.name, person, "控制台"), Act.PERSON, f"{person.id} {person.name}", at, now="设置密码")
    store.save_password(Password(person.id, hashed, at))
    store.end_sessions(person_id=person.id)


def end_password(store: Store, person: Person, at: datetime) -> None:
    """What the person knew holds no longer, and every session ends: somebody else may know it too."""
    store.save_password(Password(person.id, ENDED, at))
    store.end_sessions(person_id=person.id)


def has_password(store: Store, person_id: str) -> bool:
    """Whether a person can log in by a password."""
    kept = store.password(person_id)
    return kept is not None and kept.hash != ENDED


def demand_usable(person: Person, word: str) -> None:
    """UsageError says why a password may not be used."""
    why = why_unusable(word, person.name, person.id)
    if why:
        raise UsageError(f"{why}；请换一个")


def change_password(store: Store, person: Person, old: str, new: str, at: datetime) -> None:
    """A person's own change; the old one is asked."""
    if not is_password(store, person, old):
        raise UsageError("现在的密码不对；请重新输入")
    set_password(store, person, new, at)


def is_password(store: Store, person: Person | None, word: str) -> bool:
    """Whether this is the password of a person; takes as long where there is none."""
    kept = store.password(person.id) if person else None
    try:
        with _AT_ONCE:
            right = hasher().verify(word[: LONGEST + 1], kept.hash if kept else _nobody())
    except PwdlibError:
        return False
    return right and kept is not None

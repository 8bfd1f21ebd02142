"""One-time links: an administrator makes one, the person sets a password by it."""

from datetime import datetime

from domain.errors import UsageError
from domain.log_in import INVITED, Invitation
from domain.persons import Actor, Person, Role
from domain.ports import Store
from domain.rights import Action
from domain.times import BEIJING
from domain.trail import Act
from inspection.acting import demand, note
from inspection.entrance.passwords import demand_usable, end_password, has_password, set_password
from inspection.entrance.secrets_of import hash_of, new_secret
from inspection.people.registering import add_person

FIRST = "系统管理员"
PROGRAM = Actor("xunjian serve")
GONE = "链接无效、已用过或已过期；请向系统管理员索取新的链接"


def person_named(store: Store, word: str) -> Person:
    """An enabled person by number or name; UsageError when there is none, or several."""
    found = [person for person in store.persons() if word.strip() in {person.id, person.name} and person.enabled]
    if len(found) != 1:
        what = "没有在用的人员" if not found else f"有 {len(found)} 人叫"
        raise UsageError(f"{what}“{word}”；用 xunjian user list 查看编号")
    return found[0]


def invite(store: Store, actor: Actor, word: str, at: datetime, *, reset: bool = False) -> tuple[Person, str]:
    """A link for a person to set a password; `reset` ends what he had. Returns the person and the secret."""
    person = person_named(store, word)
    demand(store, actor, Action.PERSONS, person.unit_id)
    acting = actor.person.role if actor.person else Role.ADMIN
    if acting is not Role.ADMIN and person.role is not Role.LIAISON:
        raise UsageError(f"{acting.label}只能邀请本单位的{Role.LIAISON.label}")
    if not reset and has_password(store, person.id):
        raise UsageError(f"{person.name}已设置过密码；忘记密码的请用 xunjian user reset")
    if reset:
        end_password(store, person, at)
    return person, _linked(store, actor, person, at, "重置密码" if reset else "邀请登录")


def first_administrator(store: Store, at: datetime) -> tuple[Person, str] | None:
    """The first run: an administrator with a link, where nobody could administer by logging in; None otherwise."""
    able = [person for person in store.persons() if person.enabled and person.role is Role.ADMIN]
    if any(has_password(store, person.id) for person in able):
        return None
    person = able[0] if able else add_person(store, PROGRAM, FIRST, Role.ADMIN.label, at)
    return person, _linked(store, PROGRAM, person, at, "首次登录")


def _linked(store: Store, actor: Actor, person: Person, at: datetime, why: str) -> str:
    secret, expires = new_secret(), at + INVITED
    now = f"{why}，链接有效至 {expires.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    note(store, actor, Act.PERSON, f"{person.id} {person.name}", at, now=now)
    store.save_invitation(Invitation(hash_of(secret), person.id, actor.name, at, expires))
    return secret


def invited(store: Store, secret: str, now: datetime) -> Person:
    """Whom a link is for; UsageError when it does not hold."""
    found = store.invitation(hash_of(secret))
    person = next((each for each in store.persons() if found and each.id == found.person_id), None)
    kept = store.password(person.id) if person else None
    if found is None or person is None or not person.enabled or not found.holds(now):
        raise UsageError(GONE)
    if kept is not None and kept.set_at > found.at:  # who has chosen a password since needs no older link
        raise UsageError(GONE)
    return person


def accept(store: Store, secret: str, word: str, now: datetime) -> Person:
    """Set the password by a link, once."""
    person = invited(store, secret, now)
    demand_usable(person, word)
    if not store.use_invitation(hash_of(secret), now):
        raise UsageError(GONE)
    set_password(store, person, word, now)
    return person

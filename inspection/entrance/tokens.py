"""Tokens for programs: made by an administrator, with the rights of one person, within scopes, until a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.errors import UsageError
from domain.log_in import EVERY_SCOPE, SCOPES, Token
from domain.persons import Actor, Person
from domain.ports import Store
from domain.rights import Action
from domain.times import beijing_date
from domain.trail import Act
from inspection.acting import demand, note
from inspection.entrance.invitations import person_named
from inspection.entrance.secrets_of import hash_of, new_secret

MARK = "xj_"  # so that a token is known where somebody has pasted it
LONGEST = 366
READ = "read"  # all scopes of reading
SHOWN = timedelta(hours=1)  # how often use of a token is written down


def add_token(
    store: Store, actor: Actor, name: str, who: str, scopes: Sequence[str], days: int, at: datetime
) -> tuple[Token, str]:
    """A token and its secret, which is told this once."""
    demand(store, actor, Action.PERSONS)
    person, wanted = person_named(store, who), _scopes(scopes)
    if not name.strip():
        raise UsageError("请写明令牌给哪个程序使用")
    if not 1 <= days <= LONGEST:
        raise UsageError(f"有效期须为 1 至 {LONGEST} 天")
    secret = f"{MARK}{new_secret()}"
    item = Token(hash_of(secret), person.id, name.strip()[:60], wanted, actor.name, at, at + timedelta(days=days))
    told = f"给“{item.name}”的令牌 {item.id}（{'、'.join(wanted)}），至 {beijing_date(item.expires)}"
    note(store, actor, Act.PERSON, f"{person.id} {person.name}", at, now=told)
    store.save_token(item)
    return item, secret


def _scopes(scopes: Sequence[str]) -> tuple[str, ...]:
    """`read`, and nothing, stand for reading everything."""
    wanted = [each for scope in scopes or (READ,) for each in (SCOPES if scope == READ else (scope,))]
    unknown = [each for each in wanted if each not in EVERY_SCOPE]
    if unknown:
        raise UsageError(f"没有范围 {unknown[0]}；可选：{READ}、{'、'.join(EVERY_SCOPE)}")
    return tuple(dict.fromkeys(wanted))


def revoke_token(store: Store, actor: Actor, id: str, at: datetime) -> Token:
    """It holds no more."""
    demand(store, actor, Action.PERSONS)
    found = [item for item in store.tokens() if item.id == id and item.revoked is None]
    if len(found) != 1:
        raise UsageError(f"没有在用的令牌 {id}；用 xunjian token list 查看")
    gone = replace(found[0], revoked=at)
    note(store, actor, Act.PERSON, gone.person_id, at, f"令牌 {id}", "已撤销")
    store.save_token(gone)
    return gone


def person_by_token(store: Store, secret: str, now: datetime) -> tuple[Person, Token] | None:
    """Whose rights a token carries; None when it does not hold, or the person may act no more."""
    item = store.token(hash_of(secret)) if secret.startswith(MARK) and len(secret) < 200 else None
    if item is None or not item.holds(now):
        return None
    person = next((each for each in store.persons() if each.id == item.person_id and each.enabled), None)
    if person is None:
        return None
    if item.used is None or now - item.used > SHOWN:
        store.save_token(replace(item, used=now))
    return person, item


def token_lines(store: Store, now: datetime) -> list[str]:
    """One line a token."""
    names = {person.id: person.name for person in store.persons()}
    lines = [
        f"{item.id}  {item.name}  {names.get(item.person_id, item.person_id)}  {'、'.join(item.scopes)}  {item.state(now)}，"
        f"至 {beijing_date(item.expires)}，{f'最近使用 {beijing_date(item.used)}' if item.used else '没有用过'}"
        for item in store.tokens()
    ]
    return lines or ["还没有令牌；用 xunjian token add 程序名称 --person 姓名 建立。"]

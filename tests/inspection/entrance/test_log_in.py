"""Log-in: links once, passwords, sessions that end, tries that are counted."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from staff import AT, PERSONS, actor, office

from domain.errors import UsageError
from domain.log_in import ABSOLUTE, IDLE, INVITED, MOST_OF_ACCOUNT, MOST_OF_ADDRESS, why_unusable
from domain.persons import Role
from domain.ports import Store
from inspection.entrance.invitations import accept, first_administrator, invite, invited
from inspection.entrance.passwords import change_password, is_password, set_password
from inspection.entrance.sessions import log_in, log_out, person_of
from inspection.people.registering import disable_person

WORD = "correct horse battery"
INSPECTOR = PERSONS[Role.INSPECTOR]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = office(tmp_path)
    set_password(made, INSPECTOR, WORD, AT)
    return made


def enter(store: Store, word: str = WORD, at=AT, who: str = INSPECTOR.id, address: str = "10.0.0.7") -> str:
    return log_in(store, who, word, address, "Firefox", at)[1]


def test_a_person_comes_in_by_number_or_name_and_goes_out(store: Store) -> None:
    secret = enter(store)
    assert person_of(store, enter(store, who=INSPECTOR.name), AT) == INSPECTOR
    assert person_of(store, secret, AT) == INSPECTOR
    log_out(store, secret)
    assert person_of(store, secret, AT) is None
    assert person_of(store, "", AT) is None


@pytest.mark.parametrize("who", [INSPECTOR.id, "没有此人", "P2"])
def test_whatever_is_wrong_is_told_with_one_sentence(store: Store, who: str) -> None:
    with pytest.raises(UsageError, match=r"姓名（编号）或密码不对"):
        enter(store, "wrong password", who=who)


def test_a_session_ends_when_idle_and_when_old(store: Store) -> None:
    secret = enter(store)
    now = AT
    while now - AT < ABSOLUTE:
        assert person_of(store, secret, now) == INSPECTOR
        now += IDLE - MINUTE
    assert person_of(store, secret, AT + ABSOLUTE + MINUTE) is None
    idle = enter(store)
    assert person_of(store, idle, AT + IDLE + MINUTE) is None
    assert person_of(store, idle, AT) is None  # it is gone, not only refused


def test_a_new_password_and_disabling_end_every_session(store: Store) -> None:
    secret = enter(store)
    with pytest.raises(UsageError, match="现在的密码不对"):
        change_password(store, INSPECTOR, "something else", "another long word", AT)
    change_password(store, INSPECTOR, WORD, "another long word", AT)
    assert person_of(store, secret, AT) is None
    secret = enter(store, "another long word")
    disable_person(store, actor(Role.ADMIN), INSPECTOR.id, AT)
    assert person_of(store, secret, AT) is None
    with pytest.raises(UsageError, match="不对"):
        enter(store, "another long word")


def test_too_many_tries_lock_an_account_and_an_address_for_a_while(store: Store) -> None:
    for _ in range(MOST_OF_ACCOUNT):
        with pytest.raises(UsageError, match="不对"):
            enter(store, "wrong password")
    with pytest.raises(UsageError, match="次数过多"):
        enter(store)
    assert enter(store, at=AT + 16 * MINUTE)
    for number in range(MOST_OF_ADDRESS):
        with pytest.raises(UsageError, match="不对"):
            enter(store, who=f"无此人{number}", at=AT + 40 * MINUTE, address="10.0.0.9")
    with pytest.raises(UsageError, match="次数过多"):
        enter(store, at=AT + 40 * MINUTE, address="10.0.0.9")
    assert enter(store, at=AT + 40 * MINUTE)


def test_a_link_sets_a_password_once_and_for_three_days(store: Store) -> None:
    person, secret = invite(store, actor(Role.ADMIN), PERSONS[Role.LIAISON].id, AT)
    assert invited(store, secret, AT) == person
    with pytest.raises(UsageError, match="无效"):
        invited(store, secret, AT + INVITED + MINUTE)
    with pytest.raises(UsageError, match="至少"):
        accept(store, secret, "short", AT)
    accept(store, secret, WORD, AT)
    with pytest.raises(UsageError, match="无效"):
        accept(store, secret, WORD, AT)
    assert enter(store, who=person.id)
    with pytest.raises(UsageError, match="已设置过密码"):
        invite(store, actor(Role.ADMIN), person.id, AT)
    assert invite(store, actor(Role.ADMIN), person.id, AT, reset=True)[1] != secret


def test_who_may_invite_whom(store: Store) -> None:
    for role in set(Role) - {Role.ADMIN, Role.SUPERVISOR}:
        with pytest.raises(UsageError, match="无权"):
            invite(store, actor(role), PERSONS[Role.LIAISON].id, AT)
    assert invite(store, actor(Role.SUPERVISOR), PERSONS[Role.LIAISON].id, AT)
    with pytest.raises(UsageError, match=r"无权|只能"):
        invite(store, actor(Role.SUPERVISOR), PERSONS[Role.ADMIN].id, AT)


def test_the_first_run_makes_one_administrator(tmp_path: Path) -> None:
    store = office(tmp_path, staffed=False)
    made = first_administrator(store, AT)
    assert made is not None
    person, secret = made
    assert [each.role for each in store.persons()] == [Role.ADMIN]
    again = first_administrator(store, AT)
    assert again is not None
    assert again[0] == person  # nobody has used the first link yet: a new one, no second administrator
    accept(store, again[1], WORD, AT)
    assert first_administrator(store, AT) is None
    with pytest.raises(UsageError, match="无效"):
        invited(store, secret, AT)


def test_nothing_that_was_handed_out_stands_in_the_database(store: Store, tmp_path: Path) -> None:
    _, link = invite(store, actor(Role.ADMIN), PERSONS[Role.LIAISON].id, AT)
    cookie = enter(store)
    text = b"".join(path.read_bytes() for path in tmp_path.glob("xunjian.db*"))
    for secret in (link, cookie, WORD):
        assert secret.encode() not in text


@pytest.mark.parametrize("word", ["", "123456789", "aaaaaaaaaaaa", "Password123", "P1-P1-P1-P1", "x" * 201])
def test_passwords_that_anybody_would_try(word: str) -> None:
    assert why_unusable(word, "P1", "人员监管员")


def test_nobody_has_the_password_of_somebody_without_one(store: Store) -> None:
    assert not is_password(store, PERSONS[Role.LEADER], WORD)
    assert not is_password(store, replace(INSPECTOR, id="P77"), WORD)
    assert is_password(store, INSPECTOR, WORD)

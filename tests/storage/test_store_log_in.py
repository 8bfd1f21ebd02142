"""Passwords, one-time links, sessions, failed tries and saved filters, over the three stores."""

from dataclasses import replace
from datetime import timedelta

from store_values import DAY

from domain.log_in import Invitation, Password, SavedFilter, Session, Token
from domain.ports import Store

MINUTE = timedelta(minutes=1)
OPEN = Session("a" * 64, "P1", DAY, DAY, "10.0.0.7", "Firefox")
LINK = Invitation("c" * 64, "P1", "王敏", DAY, DAY + timedelta(days=3))


def test_a_password_is_replaced(store: Store) -> None:
    assert store.password("P1") is None
    store.save_password(Password("P1", "$argon2id$1", DAY))
    store.save_password(Password("P1", "$argon2id$2", DAY + MINUTE))
    assert store.password("P1") == Password("P1", "$argon2id$2", DAY + MINUTE)


def test_a_link_is_used_once_and_a_new_one_takes_its_place(store: Store) -> None:
    store.save_invitation(LINK)
    other = replace(LINK, hash="d" * 64, person_id="P2")
    store.save_invitation(other)
    assert store.invitation(LINK.hash) == LINK
    assert [store.use_invitation(LINK.hash, DAY + MINUTE) for _ in range(2)] == [True, False]
    assert store.invitation(LINK.hash) == replace(LINK, used_at=DAY + MINUTE)
    store.save_invitation(replace(LINK, hash="e" * 64))
    assert store.invitation(LINK.hash) is None
    assert not store.use_invitation("0" * 64, DAY)
    assert store.invitation(other.hash) == other


def test_sessions_end_one_by_one_by_person_or_by_age(store: Store) -> None:
    second, foreign = replace(OPEN, hash="b" * 64), replace(OPEN, hash="f" * 64, person_id="P2")
    for item in (OPEN, second, foreign):
        store.save_session(item)
    seen = replace(OPEN, last_seen=DAY + MINUTE)
    store.save_session(seen)
    assert store.session(OPEN.hash) == seen
    store.end_sessions(hash=second.hash)
    assert (store.session(second.hash), store.session(OPEN.hash)) == (None, seen)
    store.end_sessions(person_id="P2")
    assert store.session(foreign.hash) is None
    store.end_sessions(before=DAY + MINUTE)
    assert store.session(OPEN.hash) == seen
    store.end_sessions(before=DAY + 2 * MINUTE)
    assert store.session(OPEN.hash) is None


def test_failed_tries_are_counted_for_a_while(store: Store) -> None:
    for number in range(3):
        store.note_failure(("P1", "10.0.0.7"), DAY + number * MINUTE, DAY - MINUTE)
    assert store.failures("P1", DAY) == store.failures("10.0.0.7", DAY) == 3
    assert store.failures("P1", DAY + MINUTE) == 2
    store.forget_failures("P1")
    assert (store.failures("P1", DAY), store.failures("10.0.0.7", DAY)) == (0, 3)
    store.note_failure(("P2",), DAY + 9 * MINUTE, DAY + 2 * MINUTE)
    assert store.failures("10.0.0.7", DAY) == 1


def test_lists_are_saved_under_names(store: Store) -> None:
    mine, other = SavedFilter("P1", "错别字", "check=text.typo"), SavedFilter("P2", "否决", "severity=veto")
    for item in (mine, other, replace(mine, name="“全部”"), replace(mine, query="check=text.format")):
        store.save_filter(item)
    assert store.saved_filters("P1") == sorted(
        [replace(mine, query="check=text.format"), replace(mine, name="“全部”")], key=lambda item: item.name
    )
    store.save_filter(replace(mine, query=""))
    assert store.saved_filters("P1") == [replace(mine, name="“全部”")]


def test_tokens_are_kept_also_when_they_hold_no_more(store: Store) -> None:
    first = Token("1" * 64, "P1", "看板", ("findings", "letters"), "王敏", DAY, DAY + timedelta(days=90))
    second = replace(first, hash="2" * 64, at=DAY + MINUTE)
    for item in (second, first):
        store.save_token(item)
    assert store.tokens() == [first, second]
    gone = replace(first, revoked=DAY + MINUTE, used=DAY)
    store.save_token(gone)
    assert store.token(first.hash) == gone
    assert store.token("3" * 64) is None
    assert (first.holds(DAY), gone.holds(DAY), first.holds(DAY + timedelta(days=91))) == (True, False, False)

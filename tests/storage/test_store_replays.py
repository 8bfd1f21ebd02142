"""Requests that are done once, over the three stores."""

from dataclasses import replace
from datetime import timedelta

from store_values import DAY

from domain.ports import Store
from domain.replays import HELD, Replay

MINUTE = timedelta(minutes=1)
FIRST = Replay("a" * 64, "b" * 64, DAY)


def test_a_key_is_claimed_once_and_then_answers_as_the_first_time(store: Store) -> None:
    assert store.claim_replay(FIRST, DAY - HELD) is None
    second = replace(FIRST, asked="c" * 64, at=DAY + MINUTE)
    assert store.claim_replay(second, DAY + MINUTE - HELD) == FIRST
    answered = replace(FIRST, status=200, body='{"a": "是"}', headers={"etag": '"x"'})
    store.end_replay(answered)
    assert store.claim_replay(second, DAY + MINUTE - HELD) == answered
    late = replace(second, at=DAY + HELD + MINUTE)
    assert store.claim_replay(late, late.at - HELD) is None
    store.free_replay(late.key)
    assert store.claim_replay(late, late.at - HELD) is None


def test_old_ones_are_forgotten(store: Store) -> None:
    for number in range(3):
        store.claim_replay(replace(FIRST, key=str(number), at=DAY + number * MINUTE), DAY - HELD)
    assert store.drop_replays(DAY + 2 * MINUTE, dry_run=True) == 2
    assert store.drop_replays(DAY + 2 * MINUTE) == 2
    assert store.drop_replays(DAY + 2 * MINUTE) == 0
    store.end_replay(replace(FIRST, key="0", status=200))
    assert store.claim_replay(replace(FIRST, key="0"), DAY - HELD) is None

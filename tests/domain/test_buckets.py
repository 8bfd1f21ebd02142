"""Who may ask an address when: the rule alone, with an invented clock."""

import math
import random
from itertools import pairwise

import pytest

from domain.buckets import HOLD, PATIENCE, Bucket, Budget, leave, next_start, share_out

BUDGET = Budget(2, 0.25)


def test_a_seat_in_use_stays_until_its_answer_is_there() -> None:
    bucket = share_out(Bucket("x"), "a", 0, 2, 100.0)
    bucket = share_out(bucket, "b", 0, 2, 100.0)
    bucket = share_out(bucket, "a", 2, 2, 101.0)
    assert bucket.seats_of("a") == (0, 1)
    bucket = share_out(bucket, "a", 1, 2, 102.0)
    assert bucket.seats_of("a") == (0,)


def test_seats_of_the_dead_come_free() -> None:
    bucket = share_out(Bucket("x"), "a", 1, 2, 100.0)
    assert share_out(bucket, "b", 0, 2, 100.0 + PATIENCE - 1).seats_of("b") == ()
    assert share_out(bucket, "b", 0, 2, 100.0 + PATIENCE + 1).seats_of("b") == (0, 1)


def test_more_who_ask_than_seats_take_turns() -> None:
    bucket, had = Bucket("x"), dict.fromkeys("abc", 0)
    for step in range(120):
        for owner in had:
            bucket = share_out(bucket, owner, 0, 2, step * HOLD / 2)
            seats = [seat for share in bucket.shares for seat in share.seats]
            assert len(seats) == len(set(seats)) <= 2
        for owner in had:
            had[owner] += len(bucket.seats_of(owner))
    assert min(had.values()) >= 120 / 4
    assert leave(bucket, "a", 500.0).seats_of("a") == ()


@pytest.mark.parametrize("seats", [(0,), (1,)])
def test_a_part_of_the_seats_starts_at_its_marks(seats: tuple[int, ...]) -> None:
    moment = 1_700_000_000.03
    starts = []
    for _ in range(6):
        starts.append(next_start(moment, seats, BUDGET))
        moment = starts[-1] + 0.05
    gaps = [later - earlier for earlier, later in pairwise(starts[1:])]
    assert all(gap == pytest.approx(2 * BUDGET.spacing) for gap in gaps)


def test_two_processes_never_start_closer_than_the_pause_allows() -> None:
    rng = random.Random(7)
    starts = []
    for seats in ((0,), (1,)):
        moment = 1_700_000_000.0
        for _ in range(400):
            moment = next_start(moment + rng.random() * 0.6, seats, BUDGET)
            starts.append(moment)
            moment += BUDGET.spacing
    starts.sort()
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.7 * BUDGET.pause
    assert max(sum(start <= other < start + 1.0 for other in starts) for start in starts) <= 4


def test_without_a_seat_nothing_starts_and_with_all_of_them_at_once() -> None:
    assert next_start(7.0, (), BUDGET) == math.inf
    assert next_start(7.1, (0, 1), BUDGET) == 7.1

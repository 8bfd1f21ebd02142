"""What holds for every set of findings."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.rules import Totals
from domain.scores import Bonus, Verdict
from scorecards.points import Tallied, score

TENTHS = st.integers(1, 80).map(lambda n: n / 10)


def row(number, points, cap):
    fields = {"veto_at": None, "once": False, "shares_cap": "", "pending": False, "title": "", "id": f"D{number}"}
    return SimpleNamespace(points=points, cap=cap, **fields)


ROWS = st.lists(st.tuples(TENTHS, st.one_of(st.none(), TENTHS), st.integers(0, 60)), max_size=12)


def outcome(rows, *, service=True, bonus=0.0):
    charges = [Tallied(row(n, points, cap), count) for n, (points, cap, count) in enumerate(rows)]
    return score((), charges, [Bonus("x", bonus)], Totals(), kind="portal", service=service)


@settings(max_examples=200, deadline=None)
@given(ROWS, st.booleans(), TENTHS)
def test_scores_stay_in_range_and_agree_with_the_verdict(rows, service, bonus):
    result = outcome(rows, service=service, bonus=bonus)
    assert 0 <= result.score <= 130
    assert (result.verdict is Verdict.PASS) == (result.score >= 60)
    assert bool(result.bonus) == (outcome(rows, service=service).score > 80)
    for item in result.deductions:
        points, cap, count = rows[int(item.indicator[1:])]
        assert item.points == pytest.approx(min(points * count, points * count if cap is None else cap))


@settings(max_examples=200, deadline=None)
@given(ROWS, st.booleans(), st.tuples(TENTHS, st.none(), st.integers(1, 9)))
def test_one_more_fault_never_raises_the_score(rows, service, more):
    assert outcome([*rows, more], service=service).score <= outcome(rows, service=service).score


@settings(max_examples=100, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert outcome(shuffled).score == outcome(rows).score


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_whole_portals_lose_exactly_what_is_listed(rows):
    result = outcome(rows)
    lost = round(sum(round(item.points * 10) for item in result.deductions) / 10, 1)
    assert result.score == pytest.approx(max(0.0, 100 - lost))
    assert len(repr(result.score)) <= 5

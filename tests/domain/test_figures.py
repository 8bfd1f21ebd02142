"""Rates, rounding, ranks and numerals; every rate of real notices that could be recomputed."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures import Figure, Measure, Mode, counts_behind, rate, rounded
from domain.numerals import numeral
from domain.ranks import dense_ranks

# (n, of, digits, printed): half up, as printed by cities and provinces
PRINTED = [
    (54, 56, 0, "96"), (51, 57, 0, "89"), (49, 51, 0, "96"), (301, 328, 1, "91.8"), (669, 728, 1, "91.9"),
    (626, 638, 2, "98.12"), (103, 141, 2, "73.05"), (616, 617, 2, "99.84"), (2414, 2420, 2, "99.75"), (2428, 2432, 2, "99.84"),
    (2430, 2435, 2, "99.79"), (506, 510, 2, "99.22"), (2813, 2821, 2, "99.72"), (1653, 1658, 2, "99.70"), (3851, 3857, 1, "99.8"),
    (653, 659, 1, "99.1"), (912, 919, 2, "99.24"), (812, 815, 2, "99.63"), (191, 197, 2, "96.95"), (799, 804, 2, "99.38"),
    (2710, 2718, 2, "99.71"), (734, 735, 2, "99.86"), (4131, 4133, 2, "99.95"), (558, 561, 1, "99.5"), (5689, 5717, 2, "99.51"),
    (3118, 3120, 2, "99.94"), (85, 88, 1, "96.6"), (48, 51, 0, "94"), (209, 212, 1, "98.6"), (38, 40, 0, "95"), (100, 139, 0, "72"),
    (120, 149, 1, "80.5"), (259, 314, 2, "82.48"), (48, 51, 2, "94.12"), (292, 309, 1, "94.5"), (36, 41, 1, "87.8"),
    (318, 381, 1, "83.5"), (566, 591, 2, "95.77"), (209, 224, 1, "93.3"), (21, 22, 1, "95.5"), (200, 557, 0, "36"), (1, 2, 0, "50"),
]  # fmt: skip
# Liaoning cuts its rates off
CUT = [
    (553, 556, 1, "99.4"),
    (1938, 1940, 1, "99.8"),
    (637, 641, 1, "99.3"),
    (596, 600, 1, "99.3"),
    (158, 165, 1, "95.7"),
]


@pytest.mark.parametrize(("n", "of", "digits", "printed"), PRINTED)
def test_rates_round_half_up(n: int, of: int, digits: int, printed: str) -> None:
    assert rate(n, of, digits, Mode.HALF_UP) == printed


@pytest.mark.parametrize(("n", "of", "digits", "printed"), CUT)
def test_rates_that_are_cut_off(n: int, of: int, digits: int, printed: str) -> None:
    assert rate(n, of, digits, Mode.TRUNCATE) == printed


def test_wrong_rates_of_real_notices_are_not_reproduced() -> None:
    assert rate(437, 461, 1, Mode.HALF_UP) == "94.8"  # printed as 95.0
    assert rate(126, 134, 1, Mode.HALF_UP) == "94.0"  # printed as 94.3


def test_zeros_are_kept_or_dropped_by_choice() -> None:
    assert Figure("a", n=1653, of=1658, strip=False).rate == "99.70"
    assert Figure("a", n=1653, of=1658).rate == "99.7"
    assert Figure("a", n=56, of=56, strip=False, digits=0).rate == "100"


@pytest.mark.parametrize(
    ("printed", "of", "n"),
    [("95.57", 203, 194), ("92.13", 127, 117), ("90.91", 88, 80), ("69.81", 53, 37), ("90.87", 471, 428), ("97.93", 531, 520), ("98.30", 1944, 1911), ("73.05", 141, 103)],
)  # fmt: skip
def test_counts_that_a_rate_forces(printed: str, of: int, n: int) -> None:
    assert list(counts_behind(printed, of)) == [n]


def test_rates_that_force_nothing_or_cannot_be() -> None:
    assert [of for of in range(3000, 4000) if rate(1944, of, 2, Mode.HALF_UP) == "56.28"] == [3454]
    assert len(counts_behind("50", 3316)) == 33, "a whole percent leaves many open"
    assert not counts_behind("33.3", 2)
    assert len(counts_behind("50", 100_000_000)) == 1_000_000


def test_scores_and_changes() -> None:
    assert Figure("scores.mean", n=11580 * 102, of=102, measure=Measure.SCORE, digits=1).printed == "115.8"
    assert Figure("c", n=206, of=10000, measure=Measure.POINTS).printed == "+2.06"
    assert Figure("c", n=-37, of=10000, measure=Measure.POINTS).printed == "-0.37"
    assert Figure("c", n=-824, of=3944, measure=Measure.RELATIVE, digits=1).printed == "-20.9"
    assert Figure("c", n=0, of=1, measure=Measure.POINTS).printed == "0"


@given(st.integers(1, 10**6), st.data(), st.integers(0, 4), st.sampled_from(Mode))
def test_a_rate_is_near_and_never_full_while_one_is_missing(
    of: int, data: st.DataObject, digits: int, mode: Mode
) -> None:
    n = data.draw(st.integers(0, of))
    text = rate(n, of, digits, mode)
    error = Fraction(100 * n, of) - Fraction(text)
    step = Fraction(1, 10**digits)
    assert (text == rate(of, of, digits, mode)) == (n == of)
    assert 0 <= error < step if mode is Mode.TRUNCATE else abs(error) <= step
    assert n in counts_behind(text, of, mode)
    assert len(text.partition(".")[2]) == digits


@given(st.fractions(-1000, 1000), st.integers(0, 3))
def test_rounding_is_symmetric_and_within_half_a_step(value: Fraction, digits: int) -> None:
    text = rounded(value, digits, Mode.HALF_UP)
    assert abs(Fraction(text) - value) <= Fraction(1, 2 * 10**digits)
    assert rounded(-value, digits, Mode.HALF_UP).lstrip("-") == text.lstrip("-")


@pytest.mark.parametrize("wrong", [{"n": 3, "of": 2}, {"n": -1}, {"n": 0, "of": -1}])
def test_a_part_is_no_more_than_its_whole(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="不能"):
        Figure("a", **wrong)


def test_ranks_with_ties_are_dense() -> None:
    ranks = dense_ranks({"甲": 9, "乙": 8, "丙": 7, "丁": 7, "戊": 5, "己": 5, "庚": 1})
    assert [(rank.label, rank.names) for rank in ranks] == [
        ("第一", ("甲",)), ("第二", ("乙",)), ("并列第三", ("丙", "丁")), ("并列第四", ("戊", "己")), ("第五", ("庚",)),
    ]  # fmt: skip


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=12))
def test_ranks_hold_everyone_once_and_leave_no_place_out(values: dict[str, int]) -> None:
    ranks = dense_ranks(values)
    assert sorted(name for rank in ranks for name in rank.names) == sorted(values)
    assert [rank.place for rank in ranks] == list(range(1, len(set(values.values())) + 1))
    assert all(values[rank.names[0]] > values[later.names[0]] for rank, later in pairwise(ranks))


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (4, "四"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (100, "一百"), (105, "一百零五"), (110, "一百一十"), (1001, "一千零一"), (1010, "一千零一十")],
)  # fmt: skip
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text

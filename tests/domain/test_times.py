"""Windows run backwards from as_of and the last day passes."""

import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.times import BEIJING, Freshness, Window, beijing_date, freshness, months_before

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
windows = st.one_of(
    st.integers(1, 800).map(lambda n: Window(days=n)),
    st.integers(1, 36).map(lambda n: Window(months=n)),
)
moments = st.datetimes(datetime(2005, 1, 1), datetime(2090, 1, 1), timezones=st.just(BEIJING))


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("14d", Window(days=14)),
        ("2w", Window(days=14)),
        ("6mo", Window(months=6)),
        ("1y", Window(months=12)),
        (" 3mo ", Window(months=3)),
    ],
)
def test_durations_offices_write(text: str, window: Window) -> None:
    assert Window.parse(text) == window
    assert Window.parse(str(window)) == window


@pytest.mark.parametrize("text", ["", "14", "d", "14 d", "1.5mo", "-3d", "14m", "14D", "1mo2d", "十四天"])
def test_other_durations_are_refused_with_the_accepted_forms(text: str) -> None:
    with pytest.raises(ValueError, match="14d, 2w, 6mo or 1y"):
        Window.parse(text)


def test_nothing_is_no_duration() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        Window.parse("0d")


def test_six_months_are_182_days_in_april_2023() -> None:
    assert Window(months=6).length(AS_OF) == 182
    assert Window(months=6).start(AS_OF) == date(2022, 10, 26)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2023, 4, 12, 0, 0, 0, tzinfo=BEIJING), Freshness.NEAR_DUE),
        (datetime(2023, 4, 11, 23, 59, 59, tzinfo=BEIJING), Freshness.STALE),
        (datetime(2023, 4, 11, 16, 0, 0, tzinfo=UTC), Freshness.NEAR_DUE),
        (datetime(2023, 4, 11, 15, 59, 59, tzinfo=UTC), Freshness.STALE),
    ],
)
def test_fourteen_days_ago_at_midnight_passes_and_the_second_before_does_not(
    moment: datetime, state: Freshness
) -> None:
    assert freshness(beijing_date(moment), Window(days=14), AS_OF)[0] is state


@pytest.mark.parametrize("hour", [0, 9, 23])
def test_the_time_of_day_of_as_of_does_not_matter(hour: int) -> None:
    as_of = AS_OF.replace(hour=hour)
    assert freshness(date(2023, 4, 12), Window(days=14), as_of) == (Freshness.NEAR_DUE, 14, 14)
    assert freshness(date(2023, 4, 11), Window(days=14), as_of) == (Freshness.STALE, 15, 14)


@pytest.mark.parametrize(("window", "near"), [(Window(days=14), 10), (Window(months=6), 128), (Window(months=12), 256)])
def test_near_due_starts_at_seven_tenths_rounded_up(window: Window, near: int) -> None:
    today = beijing_date(AS_OF)
    assert freshness(today - timedelta(days=near - 1), window, AS_OF)[0] is Freshness.FRESH
    assert freshness(today - timedelta(days=near), window, AS_OF)[0] is Freshness.NEAR_DUE


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2023, 8, 31), 6, date(2023, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2023, 1, 15), 1, date(2022, 12, 15)),
        (date(2023, 1, 15), 13, date(2021, 12, 15)),
    ],
)
def test_calendar_months(day: date, months: int, earlier: date) -> None:
    assert months_before(day, months) == earlier


@given(windows, moments)
def test_the_first_day_of_a_window_passes_and_the_day_before_is_over(window: Window, as_of: datetime) -> None:
    start = window.start(as_of)
    assert freshness(start, window, as_of)[0] is not Freshness.STALE
    assert freshness(start - timedelta(days=1), window, as_of)[0] is Freshness.STALE
    assert window.length(as_of) == (as_of.date() - start).days > 0


@given(windows, moments, st.integers(0, 1200), st.floats(0.1, 1.0))
def test_states_only_grow_worse_with_age(window: Window, as_of: datetime, age: int, ratio: float) -> None:
    order = [Freshness.FRESH, Freshness.NEAR_DUE, Freshness.STALE]
    newest = as_of.date() - timedelta(days=age)
    state, told, limit = freshness(newest, window, as_of, ratio)
    assert told == age
    older = freshness(newest - timedelta(days=1), window, as_of, ratio)[0]
    assert order.index(older) >= order.index(state)
    assert (state is Freshness.NEAR_DUE) == (math.ceil(ratio * limit) <= age <= limit)


@given(moments, st.integers(0, 60), st.integers(0, 60))
def test_months_back_never_overtake_each_other(as_of: datetime, one: int, more: int) -> None:
    day = as_of.date()
    assert months_before(day, one + more) <= months_before(day, one) <= day


@given(
    newest=st.dates(date(2016, 1, 1), date(2030, 12, 31)),
    later=st.integers(0, 800),
    window=st.sampled_from([Window(days=14), Window(days=1), Window(months=2), Window(months=6), Window(months=12)]),
)
def test_the_last_day_is_the_same_on_every_night_and_decides(newest: date, later: int, window: Window) -> None:
    night = newest + timedelta(days=later)
    as_of = datetime.combine(night, datetime.min.time(), BEIJING)
    is_fresh = freshness(newest, window, as_of)[0] is not Freshness.STALE
    assert is_fresh == (night <= window.last_day(newest))


@pytest.mark.parametrize(
    ("newest", "window", "last"),
    [
        (date(2023, 2, 28), Window(months=6), date(2023, 8, 31)),
        (date(2022, 8, 26), Window(months=6), date(2023, 2, 26)),
        (date(2022, 8, 31), Window(months=6), date(2023, 2, 28)),
        (date(2023, 4, 12), Window(days=14), date(2023, 4, 26)),
        (date(2024, 2, 29), Window(months=12), date(2025, 2, 28)),
    ],
)
def test_last_days(newest: date, window: Window, last: date) -> None:
    assert window.last_day(newest) == last


def test_windows_are_said_in_the_unit_of_the_rule() -> None:
    assert [Window.parse(text).words for text in ("14d", "2w", "6mo", "1y", "18mo")] == [
        "14 天", "14 天", "6 个月", "1 年", "18 个月",
    ]  # fmt: skip

"""Periods: names, labels, neighbours, legal moves."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.periods import PeriodKind, PeriodState, before, period_named, year_before
from domain.times import BEIJING


@pytest.mark.parametrize(
    ("name", "label", "start", "end", "earlier", "year_ago"),
    [
        ("2023-04", "2023年4月", "2023-04-01", "2023-04-30", "2023-03", "2022-04"),
        ("2024-02", "2024年2月", "2024-02-01", "2024-02-29", "2024-01", "2023-02"),
        ("2023-01", "2023年1月", "2023-01-01", "2023-01-31", "2022-12", "2022-01"),
        ("2023-Q1", "2023年第一季度", "2023-01-01", "2023-03-31", "2022-Q4", "2022-Q1"),
        ("2023-Q4", "2023年第四季度", "2023-10-01", "2023-12-31", "2023-Q3", "2022-Q4"),
        ("2023-H1", "2023年上半年", "2023-01-01", "2023-06-30", "2022-H2", "2022-H1"),
        ("2023", "2023年", "2023-01-01", "2023-12-31", "2022", "2022"),
        ("2025-09-08..2025-09-20", "2025年9月8日至20日", "2025-09-08", "2025-09-20", "", ""),
        ("2025-12-30..2026-01-05", "2025年12月30日至2026年1月5日", "2025-12-30", "2026-01-05", "", ""),
    ],
)  # fmt: skip
def test_names_of_periods(name: str, label: str, start: str, end: str, earlier: str, year_ago: str) -> None:
    period = period_named(name)
    assert (period.label, str(period.start), str(period.end)) == (label, start, end)
    assert (before(period), year_before(period)) == (earlier, year_ago)
    assert period.cutoff == datetime.combine(period.end, datetime.max.time().replace(microsecond=0), BEIJING)


def test_a_round_needs_its_days() -> None:
    with pytest.raises(ValueError, match="起止日期"):
        period_named("2025-第5次")
    fifth = period_named("2025-第5次", date(2025, 5, 8), date(2025, 5, 26))
    assert (fifth.kind, fifth.label, before(fifth)) == (PeriodKind.ROUND, "2025年第五次检查", "2025-第4次")
    assert before(period_named("2025-第1次", date(2025, 1, 8), date(2025, 1, 26))) == ""


@pytest.mark.parametrize(
    "name", ["2023-13", "2023-00", "23-04", "2023-Q5", "2023-4", "四月", "", "2023-02-30..2023-03-01"]
)
def test_what_is_no_period_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(ValueError, match=r"考核期|日历|月") as caught:
        period_named(name)
    assert "\n" not in str(caught.value)


def test_a_window_does_not_end_before_it_begins_and_its_cut_off_lies_inside() -> None:
    with pytest.raises(ValueError, match="早于"):
        period_named("2023-04-20..2023-04-08")
    with pytest.raises(ValueError, match="监测时间点"):
        period_named("2023-04", cutoff=datetime(2023, 3, 31, 9, tzinfo=BEIJING))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_the_period_before_ends_where_this_one_begins(day: date) -> None:
    for name in (
        f"{day:%Y-%m}",
        f"{day.year}-Q{(day.month + 2) // 3}",
        f"{day.year}-H{1 + day.month // 7}",
        f"{day:%Y}",
    ):
        period = period_named(name)
        assert period.start <= day <= period.end
        assert period_named(before(period)).end + timedelta(days=1) == period.start


def test_only_legal_moves_and_each_closing_is_a_version() -> None:
    period = period_named("2023-04")
    with pytest.raises(ValueError, match="进行中"):
        period.moved("reopen")
    closed = period.moved("close")
    assert (closed.state, closed.version) == (PeriodState.CLOSED, 1)
    with pytest.raises(ValueError, match="已关闭"):
        closed.moved("close")
    assert closed.moved("reopen").moved("close").version == 2


def test_free_windows_may_not_overlap_but_months_lie_in_quarters() -> None:
    window = period_named("2023-04-08..2023-04-20")
    assert window.overlaps(period_named("2023-04-20..2023-05-02"))
    assert not window.overlaps(period_named("2023-04-21..2023-05-02"))
    assert not period_named("2023-04").overlaps(period_named("2023-Q2"))

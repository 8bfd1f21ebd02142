"""Quiet hours: which moments of the Beijing day, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.quiet import QuietHours
from domain.times import BEIJING

OFFICE = QuietHours.parse(("08:30-11:30", "14:00-17:00"))


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2023, 4, 26, hour, minute, second, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("moment", "minutes"),
    [(at(8, 29, 59), 0), (at(8, 30), 180), (at(11, 29), 1), (at(11, 30), 0), (at(14), 180), (at(17), 0), (at(23), 0)],
)
def test_the_last_minute_is_free_again(moment: datetime, minutes: int) -> None:
    assert OFFICE.left(moment) == timedelta(minutes=minutes)


def test_seconds_count() -> None:
    assert OFFICE.left(at(11, 29, 45)) == timedelta(seconds=15)


def test_moments_are_read_in_beijing_time() -> None:
    assert OFFICE.left(datetime(2023, 4, 26, 1, 30, tzinfo=UTC)) == timedelta(hours=2)


def test_a_span_may_go_over_midnight_and_touch_another() -> None:
    night = QuietHours.parse(("22:00-06:00", "06:00-07:00", "0:00 - 1:00"))
    assert night.left(at(23)) == timedelta(hours=8)
    assert night.left(at(6, 59)) == timedelta(minutes=1)
    assert night.left(at(7)) == timedelta()


def test_until_midnight() -> None:
    assert QuietHours.parse(("20:00-24:00",)).left(at(23, 59)) == timedelta(minutes=1)


def test_nothing_is_quiet_without_hours() -> None:
    assert QuietHours.parse(()).left(at(9)) == timedelta()


@pytest.mark.parametrize("text", ["", "8-11", "08:30", "25:00-26:00", "08:60-09:00", "09:00-09:00", "08:30-11:30 周一"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="08:30-11:30"):
        QuietHours.parse((text,))


def test_a_day_without_a_free_minute_is_refused() -> None:
    with pytest.raises(ValueError, match="全天"):
        QuietHours.parse(("00:00-12:00", "12:00-24:00"))

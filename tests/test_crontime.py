"""A table of crontab lines against the days on which cron starts them."""

from datetime import datetime, timedelta

import pytest

from crontime import cron_trigger
from domain.times import BEIJING

FIRST = datetime(2023, 4, 2, 0, 0, tzinfo=BEIJING)  # a Sunday
WEEK = "日一二三四五六"
TABLE = [  # line, the days of two weeks from Sunday 2 April on
    ("30 22 * * *", WEEK * 2),
    ("30 22 * * 0", "日日"), ("30 22 * * 7", "日日"), ("30 22 * * sun", "日日"), ("30 22 * * 1", "一一"), ("30 22 * * MON", "一一"),
    ("30 22 * * 6", "六六"), ("30 22 * * 1-5", "一二三四五" * 2), ("30 22 * * mon-fri", "一二三四五" * 2), ("30 22 * * 6,0", "日六日六"),
    ("30 22 * * 5-7", "日五六日五六"), ("30 22 * * fri-mon", "日一五六日一五六"), ("30 22 * * 0-6", WEEK * 2), ("30 22 * * */2", "日二四六" * 2),
    ("30 22 * * 1-5/2", "一三五" * 2), ("30 22 * * 3/2", "三五" * 2), ("30 22 * * 2,thu,7", "日二四" * 2),
    ("30 22 4 * *", "二"), ("30 22 4 * 1", "一二一"), ("30 22 */7 * 0", ""), ("30 22 * 5 1", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "days"), TABLE)
def test_lines_start_on_the_days_of_cron(line: str, days: str) -> None:
    trigger, now, found = cron_trigger(line, "Asia/Shanghai"), FIRST, ""
    while (at := trigger.get_next_fire_time(None, now)) and at < FIRST + timedelta(days=14):
        assert (at.hour, at.minute) == (22, 30)
        found += WEEK[(at.weekday() + 1) % 7]
        now = at + timedelta(minutes=1)
    assert found == days


@pytest.mark.parametrize("line", ["", "30 22 * *", "30 22 * * 8", "30 22 * * 1-9", "30 22 * * day", "30 22 * * 1-x", "61 22 * * 1", "30 22 * * 1,,2"])  # fmt: skip
def test_what_is_no_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        cron_trigger(line, "Asia/Shanghai")

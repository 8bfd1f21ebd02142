"""Time texts as platforms print them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms.payload import number_of
from crawler.platforms.times import read_time
from domain.times import BEIJING

NOW = datetime(2023, 4, 26, 2, 0, tzinfo=BEIJING)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("刚刚", "2023-04-26T01:55", "2023-04-26T02:00"),
        ("3分钟前", "2023-04-26T01:56", "2023-04-26T01:57"),
        ("3小时前", "2023-04-25T22:00", "2023-04-25T23:00"),
        ("3天前", "2023-04-22T02:00", "2023-04-23T02:00"),
        ("2周前", "2023-04-05T02:00", "2023-04-12T02:00"),
        ("昨天 16:00", "2023-04-25T16:00", "2023-04-25T16:00:59"),
        ("发布于 昨天 16:00", "2023-04-25T16:00", "2023-04-25T16:00:59"),
        ("前天", "2023-04-24T00:00", "2023-04-24T23:59:59"),
        ("04月03日", "2023-04-03T00:00", "2023-04-03T23:59:59"),
        ("编辑于 04月03日", "2023-04-03T00:00", "2023-04-03T23:59:59"),
        ("4月25日 下午3:20", "2023-04-25T15:20", "2023-04-25T15:20:59"),
        ("12月31日", "2022-12-31T00:00", "2022-12-31T23:59:59"),
        ("12-31", "2022-12-31T00:00", "2022-12-31T23:59:59"),
        ("2023年04月25日 09时12分", "2023-04-25T09:12", "2023-04-25T09:12:59"),
        ("2023-04-25 09:12:33", "2023-04-25T09:12:33", "2023-04-25T09:12:33"),
        ("2023/4/5 9:05 来自 微博", "2023-04-05T09:05", "2023-04-05T09:05:59"),
        ("20230425", "2023-04-25T00:00", "2023-04-25T23:59:59"),
        ("Tue, 25 Apr 2023 09:30:00 GMT+8", "2023-04-25T09:30", "2023-04-25T09:30"),
        ("Tue Apr 25 2023 09:30:00 GMT+0800 (中国标准时间)", "2023-04-25T09:30", "2023-04-25T09:30"),
        ("Tue, 25 Apr 2023 01:30:00 UTC+00:00", "2023-04-25T09:30", "2023-04-25T09:30"),
        ("Tue, 25 Apr 23 09:30:00 +0800", "2023-04-25T09:30", "2023-04-25T09:30"),
        ("2023-04-25 09:30:00 +08", "2023-04-25T09:30", "2023-04-25T09:30"),
        ("星期二, 25 四月 2023 09:30:00 +0800", "2023-04-25T09:30", "2023-04-25T09:30"),
        ("去年4月3日", "2022-04-03T00:00", "2022-04-03T23:59:59"),
        ("今年4月3日", "2023-04-03T00:00", "2023-04-03T23:59:59"),
        ("二〇二三年四月二十五日", "2023-04-25T00:00", "2023-04-25T23:59:59"),
        ("Tue Apr 25 09:12:33 +0800 2023", "2023-04-25T09:12:33", "2023-04-25T09:12:33"),
        ("Tue, 25 Apr 2023 01:12:33 GMT", "2023-04-25T09:12:33", "2023-04-25T09:12:33"),
        ("Mon, 24 Apr 2023 20:12:33 EST", "2023-04-25T09:12:33", "2023-04-25T09:12:33"),
        ("2023-04-25T01:12:33Z", "2023-04-25T09:12:33", "2023-04-25T09:12:33"),
        ("1682385153", "2023-04-25T09:12:33", "2023-04-25T09:12:33"),
        (1682385153000, "2023-04-25T09:12:33", "2023-04-25T09:12:33"),
    ],
)
def test_texts(text: object, low: str, high: str) -> None:
    when = read_time(text, NOW)
    assert when is not None
    assert (when.low, when.high) == (at(low), at(high))


@pytest.mark.parametrize(
    "text", ["", None, 0, "0", True, "几天前", "不详", "来自 iPhone", "1.2万次播放", "99月99日", 12, "http://x/2"]
)
def test_no_times(text: object) -> None:
    assert read_time(text, NOW) is None


def test_relative_texts_need_a_now() -> None:
    assert read_time("昨天", None) is None
    assert read_time("04-03", None) is None
    assert read_time("2023-04-03", None) is not None


@given(st.text(max_size=40))
def test_any_text_is_an_interval_or_nothing(text: str) -> None:
    when = read_time(text, NOW)
    assert when is None or when.low <= when.high


@given(st.datetimes(datetime(2010, 1, 1), datetime(2035, 1, 1)))
def test_printed_moments_come_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    for text in (moment.isoformat(), moment.strftime("%a, %d %b %Y %H:%M:%S +0000"), str(int(moment.timestamp()))):
        when = read_time(text, NOW)
        assert when is not None
        assert when.low == when.high == moment


@given(st.timedeltas(timedelta(minutes=1), timedelta(days=300)))
def test_what_was_long_ago_in_words_holds_the_true_moment(age: timedelta) -> None:
    words = (
        f"{age.days}天前"
        if age.days
        else f"{age.seconds // 3600}小时前"
        if age.seconds >= 3600
        else f"{age.seconds // 60}分钟前"
    )
    when = read_time(words, NOW)
    assert when is not None
    assert when.low <= NOW - age <= when.high


@pytest.mark.parametrize(
    ("text", "number"),
    [("145.5万", (1_455_000, True)), ("100万+", (1_000_000, True)), ("1,234", (1234, False)), (12, (12, False)), ("2亿", (200_000_000, True)), ("", (None, False)), (None, (None, False))],
)  # fmt: skip
def test_counts(text: object, number: tuple[int | None, bool]) -> None:
    assert number_of(text) == number

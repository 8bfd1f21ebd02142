"""The table of cases for reading time, and properties that must hold for any text."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parsing.dates import reader as dates
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, 0, tzinfo=BEIJING)
D = date(2023, 4, 20)

READ = [
    ("2023-04-20", D),
    ("2023-4-20", D),
    ("2023/04/20", D),
    ("2023.04.20", D),
    ("2023年4月20日", D),
    ("2023年04月20号", D),
    ("２０２３年４月２０日", D),
    ("2023—04—20", D),
    ("二〇二三年四月二十日", D),
    ("二○二二年十二月三十一日", date(2022, 12, 31)),
    ("[2023-04-20]", D),
    ("（2023-04-20）", D),
    ("发布时间：2023-04-20", D),
    ("20230420", D),
    ("2023-04-20 09:15", datetime(2023, 4, 20, 9, 15)),
    ("2023-4-20 09:15:30", datetime(2023, 4, 20, 9, 15, 30)),
    ("2023-04-2009:15", datetime(2023, 4, 20, 9, 15)),
    ("2023年4月20日 星期四 下午3:20", datetime(2023, 4, 20, 15, 20)),
    ("2023-04-20T01:15:00Z", datetime(2023, 4, 20, 9, 15)),
    ("2023-04-20T09:15:00+08:00", datetime(2023, 4, 20, 9, 15)),
    ("20 2023-04", D),
    ("20 2023年04月", D),
    ("04-20 2023", D),
    ("2023 04-20", D),
    ("2023-04 20", D),
    ("04-20", D),
    ("(04/20)", D),
    ("4月20日", D),
    ("12-31", date(2022, 12, 31)),
    ("04-27", date(2023, 4, 27)),
    ("04-28", date(2022, 4, 28)),
    ("23-04-20", D),
    ("04/20/2023", D),
    ("Apr 20, 2023", D),
    ("20 Apr 2023", D),
    ("Thu Apr 20 10:00:00 CST 2023", datetime(2023, 4, 20, 10, 0)),
    ("今天", date(2023, 4, 26)),
    ("昨天", date(2023, 4, 25)),
    ("昨天 10:20", datetime(2023, 4, 25, 10, 20)),
    ("前天", date(2023, 4, 24)),
    ("3天前", date(2023, 4, 23)),
    ("三天前", date(2023, 4, 23)),
    ("2小时前", datetime(2023, 4, 26, 7, 0)),
    ("5分钟前", datetime(2023, 4, 26, 8, 55)),
    ("刚刚", datetime(2023, 4, 26, 9, 0)),
    ("2099-01-01", None),
    ("2023-02-30", None),
    ("2023-13-01", None),
    ("0000-00-00", None),
    ("1970-01-01", None),
    ("NaN-NaN-NaN", None),
    ("{{item.publishDate}}", None),
    ("2023Äê4ÔÂ20ÈÕ", None),
]
NONE = [
    "",
    "2023",
    "2023年",
    "29",
    "1-4月",
    "2021-2025",
    "10:20",
    "[置顶]",
    "关于开展检查的通知",
    "第12-15号",
    "0555-1234567",
    "3.5%",
]


@pytest.mark.parametrize(("text", "wanted"), READ)
def test_reads(text: str, wanted: object) -> None:
    stamp = dates.read(text, AS_OF)
    assert stamp is not None
    assert stamp.value == wanted


@pytest.mark.parametrize("text", NONE)
def test_says_nothing(text: str) -> None:
    assert dates.read(text, AS_OF) is None


def test_future_dates_keep_their_value() -> None:
    stamp = dates.read("2023-12-01", AS_OF)
    assert stamp is not None
    assert stamp.day == date(2023, 12, 1)


def test_search_finds_dates_in_order() -> None:
    text = "2023年4月20日印发，2023-04-21 10:20:00上传，二〇二三年四月二十二日"
    assert [stamp.day for stamp in dates.search(text, AS_OF)] == [D, date(2023, 4, 21), date(2023, 4, 22)]


@pytest.mark.parametrize(
    "text", ["18国联盟今天成立了", "今天是植树节", "3天前往北京的列车", "科技馆前天接待游客", "刚刚过去的一周"]
)
def test_words_of_a_sentence_are_no_dates(text: str) -> None:
    assert not list(dates.search(text, AS_OF))


@pytest.mark.parametrize(
    "text", ["发布于昨天 10:20", "来源：市教育局 昨天", "3天前发布", "更新于2小时前", "昨日来源：新华网"]
)
def test_relative_words_beside_a_label_are_dates(text: str) -> None:
    assert [stamp.shape for stamp in dates.search(text, AS_OF)] == ["relative"]


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("http://a.gov.cn/xx/202304/t20230420_123.html", D),
        ("http://a.gov.cn/art/2023/4/20/art_1_2.html", D),
        ("http://a.gov.cn/2023-04/20/content_9.htm", D),
        ("http://a.gov.cn/2023/0420/c1-2.html", D),
        ("http://a.gov.cn/xx/P020230420123456789.pdf", D),
        ("http://a.gov.cn/xx/202304/9.html", None),
        ("http://a.gov.cn/xx/t20231399_1.html", None),
        ("http://a.gov.cn/xx/t20240420_1.html", None),
        ("http://a.gov.cn/show?id=20230420", None),
        ("http://20230420.gov.cn/", None),
    ],
)
def test_addresses(url: str, wanted: date | None) -> None:
    assert dates.from_address(url, AS_OF) == wanted


@pytest.mark.parametrize(
    ("number", "wanted"),
    [(1681952400, datetime(2023, 4, 20, 9)), (1681952400000, datetime(2023, 4, 20, 9)), (0, None), (9e15, None)],
)
def test_numbers(number: float, wanted: datetime | None) -> None:
    assert dates.from_number(number, AS_OF) == wanted


@given(
    st.dates(date(1950, 1, 1), date(2028, 12, 31)),
    st.sampled_from(
        [
            "{0.year}-{0.month:02d}-{0.day:02d}",
            "{0.year}年{0.month}月{0.day}日",
            "{0.year}/{0.month}/{0.day}",
            "[{0.year}.{0.month:02d}.{0.day:02d}]",
        ]
    ),
)
def test_every_written_day_is_read(day: date, form: str) -> None:
    stamp = dates.read(form.format(day), AS_OF)
    assert stamp is not None
    assert stamp.day == (day if day != date(1970, 1, 1) else None)


@given(st.integers(0, 363))
def test_month_and_day_mean_the_last_twelve_months(back: int) -> None:
    day = AS_OF.date() - timedelta(days=back)
    stamp = dates.read(f"{day.month:02d}-{day.day:02d}", AS_OF)
    assert stamp is not None
    assert stamp.day == day


@given(st.text(max_size=80))
def test_any_text_is_harmless(text: str) -> None:
    stamp = dates.read(text, AS_OF)
    found = list(dates.search(text, AS_OF, short=True))
    for seen in [*found, *([stamp] if stamp else [])]:
        assert seen.day is None or 1949 <= seen.day.year <= AS_OF.year + dates.YEARS_AHEAD


@given(st.text("0123456789-/.年月日 :前天", max_size=40))
def test_date_like_text_is_harmless(text: str) -> None:
    dates.read(text, AS_OF)
    positions = [stamp.start for stamp in dates.search(text, AS_OF, short=True)]
    assert positions == sorted(positions)

"""Days in every spelling, alone and beside their neighbours."""

from datetime import date, datetime

import pytest

from crawler.parsing.dates import reader as dates
from crawler.parsing.dates.orders import settle_list, settled
from crawler.parsing.page import read_page
from domain.captured import DateHow, PageKind
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
D = date(2023, 4, 20)

SPELT = [
    "2023 4 20", "2023　04　20", "2023_4_20", "2023·04·20", "2023，04，20", "2023-04-20 10∶05", "2023-04-20 10﹕05", "2023.4.20.",
    "2 0 2 3 年 4 月 2 0 日", "2023年4月份20号", "2023年4月20號", "2023~04~20", "2023一04一20", "2023─04─20", "２０２３．０４．２０", "②⓪②③-④-②⓪",
    "二零二三年四月二十日", "二○二三年四月二十号", "二O二三年四月二十日", "二０二三年四月二十日", "二◯二三 年 四 月 二 十 日", "贰零贰叁年肆月贰拾日",
    "二〇二三.四.二十", "二〇二三年4月20日", "2023年四月二十日", "四月二十日", "四月廿日", "4月20日 10时", "4月20日上午", "4月20日 下午3点", "04.20 10:05",
    "04月20日10时05分", "2023年04月20日10时", "2023年4月20日晚8：00", "2023年4月20日 夜间11点半", "20.04.2023", "20-4-2023", "4.20.2023", "20/04/2023 10:05",
    "2023-\u200b04-\u200b20", "\ufeff2023-04-20", "2023\u00ad-04-20", "\u200e2023\u200e-04-20", "2023-04-20\u202f10:05", "周四", "（星期四）", "礼拜四",
    "4 月 2 0 號 周四", "4 月 2 0 周四", "发布于4 月 2 0 號", "4月20號 10:05", "4 月 2 0 日 星期四",
]  # fmt: skip


@pytest.mark.parametrize("text", SPELT)
def test_spellings(text: str) -> None:
    stamp = dates.read(text, AS_OF)
    assert stamp is not None
    assert stamp.day == D


@pytest.mark.parametrize(
    "text",
    [
        "四月三十一日",
        "正月初六",
        "二〇二三年十三月一日",
        "2023 13 40",
        "02/04/2023",
        "2023年4月 2 5",
        "9 10 11 12",
        "04 25 10时",
        "更新：04 25 10时",
    ],
)
def test_what_is_no_day_or_several_gets_no_value(text: str) -> None:
    stamp = dates.read(text, AS_OF)
    assert stamp is None or stamp.value is None


@pytest.mark.parametrize("text", ["2023", "2023年", "1-4月", "1.2.3", "三十", "周刊", "2 5"])
def test_figures_of_other_things_are_not_read(text: str) -> None:
    assert dates.read(text, AS_OF) is None


LISTS = [  # texts of one list, the day of its first item or None
    (["11/04/2023", "10/04/2023", "07/04/2023", "06/04/2023"], date(2023, 4, 11)),  # the other order lies ahead
    (["04/11/2022", "04/10/2022", "04/08/2022", "04/07/2022"], date(2022, 4, 11)),  # the narrower span
    (["20/03/2023", "03/02/2023"], date(2023, 3, 20)),  # one has no other meaning
    (["03/02/2023"], None),
    (["03/02/2023", "04/02/2023"], None),
    (["20.04.23", "19.04.23", "12.04.23"], D),
    (["20.04.22", "12.04.22", "11.04.22", "08.04.22", "07.04.22"], date(2022, 4, 20)),
    (["23-04-20", "23-04-19", "23-04-12", "23-04-11"], D),
    (["23.04.22", "22.04.22"], None),
    (["4.20", "4.18", "4.12"], D),
    (["4.8", "4.9", "3.5"], None),  # points of something
    (["4.8"], None),
]


@pytest.mark.parametrize(("texts", "first"), LISTS)
def test_neighbours_settle_the_order(texts: list[str], first: date | None) -> None:
    stamps = [stamp for text in texts if (stamp := dates.read(text, AS_OF))]
    assert len(stamps) == len(texts)
    assert settle_list(stamps, AS_OF)[0].day == first


@pytest.mark.parametrize(
    ("text", "told", "wanted"),
    [
        ("02/04/2023", date(2023, 4, 2), date(2023, 4, 2)),
        ("02/04/2023", date(2023, 2, 4), date(2023, 2, 4)),
        ("02/04/2023", date(2023, 3, 3), None),
        ("23-03-15", None, date(2023, 3, 15)),
        ("23-04-22", None, None),
        ("23.04.22", date(2022, 4, 23), date(2022, 4, 23)),
    ],
)
def test_another_source_settles_one_date(text: str, told: date | None, wanted: date | None) -> None:
    stamp = dates.read(text, AS_OF)
    assert stamp is not None
    assert settled(stamp, [told] if told else [], AS_OF).day == wanted


TEXT = (
    "<div class=c>"
    + "<p>会议要求各乡镇认真落实各项任务，压实责任，确保如期完成，并及时报送进展情况。</p>" * 3
    + "</div>"
)
ARTICLES = [  # (page title, what stands above the text, head, wanted day, wanted origin)
    ("平山县召开春耕工作会议", "<h1>平山县召开春耕工作会议 <small>2023-04-20</small></h1>", "", D, DateHow.PRINTED),
    ("平山县召开春耕工作会议", "<h2>平山县召开春耕工作会议 <i>来源：农业局</i> <i>2023-04-20 09:30</i></h2>", "", D, DateHow.PRINTED),
    ("最新！平山县召开春耕工作会议部署...", "<h1>最新！平山县召开春耕工作会议部署全年任务</h1><div>2023-04-20 来源：农业局</div>", "", D, DateHow.PRINTED),
    ("平山县春耕工作会议召开了", "<h1>平山县春耕工作会议召开</h1><div>2023-04-20 来源：农业局</div>", "", D, DateHow.PRINTED),
    ("平山大桥通车", "<div>2023-04-20 08:00 来源：县报</div><h1>平山大桥通车</h1><p>平山大桥于2023年4月11日10时通车。</p>", "", D, DateHow.PRINTED),
    ("老县长李平山去世", "<div>2023-04-20 08:00</div><h1>老县长李平山去世</h1><p>李平山同志因病医治无效，于2023年4月18日去世。</p>", "", D, DateHow.PRINTED),
    ("平山大桥通车", "<h1>平山大桥通车</h1><p>该桥由县交通局承建，于2022年4月11日开工。</p>", "", None, DateHow.UNREADABLE),
    ("Pingshan opens a hall", "<h1>Pingshan opens a hall</h1><div>04/02/2023, 09:00</div>", "<meta name=PubDate content=2023-02-04>", date(2023, 2, 4), DateHow.META),
    ("Pingshan opens a hall", "<h1>Pingshan opens a hall</h1><div>04/02/2023, 09:00</div>", "", None, DateHow.UNREADABLE),
    ("平山县召开春耕工作会议", "<h1>平山县召开春耕工作会议</h1><p>发布时间：4月20日 10时</p>", "", D, DateHow.NO_YEAR),
    ("平山县召开春耕工作会议", "<h1>平山县召开春耕工作会议</h1><p>公元贰零贰叁 四月</p>", "", None, DateHow.UNREADABLE),
    ("平山县召开春耕工作会议", "<h1>平山县召开春耕工作会议</h1><p>来源：办公室　浏览：320次</p>", "", None, DateHow.ABSENT),
    ("平山县召开春耕工作会议", "<h1>平山县召开春耕工作会议</h1><p>会议时间：2023-05-01</p>", "", None, DateHow.ABSENT),
    ("平山县召开春耕工作会议", "<h1>平山县召开春耕工作会议</h1><p>来源：省考试 2023-02-30</p>", "", None, DateHow.UNREADABLE),
    ("平山县召开春耕工作会议", "<h1>平山县召开春耕工作会议</h1><p>来源：县人事考试 2023-04-01</p>", "", None, DateHow.UNREADABLE),
    ("平山县召开春耕工作会议", "<h1>平山县召开春耕工作会议</h1><p data-pubtime=1681952400>来源：办公室</p>", "", None, DateHow.UNREADABLE),
    ("平山县召开春耕工作会议", "<h1>平山县召开春耕工作会议</h1>", "<meta name=publishdate content=2023>", None, DateHow.UNREADABLE),
]  # fmt: skip


@pytest.mark.parametrize(("title", "above", "head", "day", "how"), ARTICLES)
def test_articles(title: str, above: str, head: str, day: date | None, how: DateHow) -> None:
    html = f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{above}{TEXT}</body></html>"
    reading = read_page(html.encode(), "http://www.pingshan.gov.cn/dt/a.html", AS_OF)
    assert reading.kind is PageKind.ARTICLE
    assert (reading.published.day, reading.published.how) == (day, how)


def test_a_name_like_navigation_does_not_hide_an_article() -> None:
    body = '<div class="c-nav-pad"><h1>平山县召开春耕工作会议</h1><div>2023-04-20 22:01 来源：县报</div><p>见下图</p></div>'
    html = f"<html><head><meta charset=utf-8><title>平山县召开全县春耕工作会议</title></head><body>{body}</body></html>"
    reading = read_page(html.encode(), "http://www.pingshan.gov.cn/dt/a.html", AS_OF)
    assert (reading.title, reading.published.day) == ("平山县召开春耕工作会议", D)

"""The one function that may say that a place shows no date: what explains a figure, and what never may."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parsing.dates.absence import EXPLAINED, address_may_hold_date, certainly_undated, may_hold_date
from crawler.parsing.html.tree import build

RULES = {  # the start of a rule's name: (texts it explains, brothers it must not)
    "the clock": (["今天是2023年4月26日 星期三"], ["今天 2023年4月26日"]),
    "number of a document": (["平政发〔2023〕12号", "（2022）3号文件"], ["〔2023-04〕25号", "[2023] 4月12号"]),
    "how often": (["浏览次数：320", "阅读 1.2万次", "点击量(45)"], ["浏览 2023-04-25", "阅读：4月25日"]),
    "a telephone": (["拨打024-83212345", "12345热线受理", "13912345678"], ["24-04-25", "0425 热线"]),
    "an ordinal": (["第12次会议", "第3—5批名单", "第二十三届"], ["第25日", "第2023-04-25期"]),
    "a quantity": (
        ["完成投资4.25亿元", "20条措施", "3.5%", "服务群众2500人次"],
        ["2023.04.25 人民满意", "04 25项目", "4.25元旦"],
    ),
    "years of": (["2021-2025年规划", "2022—2023年度考核"], ["2023-04年度", "2022-2023年四月"]),
    "the year of": (["2023年工作要点", "2022年度报告"], ["2023年4月", "2023年 四月", "2023年25日"]),
    "a name with": (["5G基站", "G20国道", "H7N9防控"], ["25Apr", "Apr25", "20230425T"]),
    "the number of an item": (["3、关于防火的通知", "(12) 关于复工的通知"], ["4.25关于防火", "25、四月"]),
    "years counted": (["十年来的变化", "三年行动"], ["二〇二三年四月", "三年四月"]),
}
PLAIN = ["", "·", "关于做好春季防火工作的通知", "[通知]", "来源：办公室", "全县政务公开工作推进会召开"]
TIMES = [
    "2023 04 25", "25.4.2023", "4月25日 10时", "二0二三年四月二十五日", "2\u200b0\u200b2\u200b3", "Apr 25", "25 апреля", "25 avril", "周二",
    "星期二", "昨天", "3天前", "Tuesday", "yesterday", "2 hours ago", "༢༠༢༣", "②⓪②③", "㋃㏸", "𝟐𝟎𝟐𝟑", "癸卯年三月初六", "农历廿五", "{{date}}",
    "NaN-NaN-NaN", "年 月 日", "2023년 4월", "25/IV/23", "lundi", "вторник", "ئاپرېل 25", "１２", "上周三", "本月", "刚刚", "\ue123\ue124\ue125",
]  # fmt: skip


@pytest.mark.parametrize("rule", EXPLAINED, ids=[rule.name for rule in EXPLAINED])
def test_every_rule_explains_its_figures_and_no_date(rule: object) -> None:
    name = rule.name  # type: ignore[attr-defined]
    explained, dates = next(texts for start, texts in RULES.items() if name.startswith(start))
    assert not [text for text in explained if may_hold_date(text)]
    assert not [text for text in dates if not may_hold_date(text)]


@pytest.mark.parametrize("text", PLAIN)
def test_words_alone_hold_no_date(text: str) -> None:
    assert not may_hold_date(text)


@pytest.mark.parametrize("text", TIMES)
def test_whatever_resembles_a_time_may_be_one(text: str) -> None:
    assert may_hold_date(text)
    assert may_hold_date(f"发布 {text}　来源：办公室")


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("http://a.gov.cn/gzdt/20.html", False),
        ("http://a.gov.cn/art_1303_98765.html", False),
        ("http://20230425.gov.cn/a.html", False),
        ("http://a.gov.cn/show?id=204567", False),
        ("http://a.gov.cn/202304/9.html", True),
        ("http://a.gov.cn/2023/0425.html", True),
        ("http://a.gov.cn/230425/9.html", True),
        ("http://a.gov.cn/show?id=2023042510050001", True),
        ("http://a.gov.cn/n/1682388000.html", True),
    ],
)
def test_addresses(url: str, may: bool) -> None:
    assert address_may_hold_date(url) is may


@pytest.mark.parametrize(
    ("html", "undated"),
    [
        ("<li><a href=a.html>防火通知</a></li>", True),
        ("<li class=col-12 id=n3><a href=/12/a3.html style='width:20px'>防火通知</a></li>", True),
        ("<li><a href=a.html title='发布：4月25日'>防火通知</a></li>", False),
        ("<li data-time=1682388000><a href=a.html>防火通知</a></li>", False),
        ("<li><a href=a.html>防火通知</a><Apr. 25（星期二）></li>", False),
        ("<li data-v-7ba5bd90><a href=a.html>防火通知</a></li>", True),
        ("<li data-key=20230425><a href=a.html>防火通知</a></li>", False),
        ("<li><a href=a.html>防火通知</a><i style='display:none'>25</i></li>", False),
        ("<li><a href=a.html>防火通知</a><script>document.write(f(1682388000))</script></li>", False),
    ],
)
def test_attributes_scripts_and_what_is_hidden_speak_too(html: str, undated: bool) -> None:
    tree = build(f"<body><ul>{html}</ul></body>")
    texts = [text for text in tree.texts if text]
    assert certainly_undated(texts, tree, tree.body, len(tree.tags), "http://a.gov.cn/a.html") is undated


JOINTS = st.text("-/.·_，,、 　\u00a0\u200b\u2060–—~:：年月日号", min_size=1, max_size=3)
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@given(DAYS, st.permutations("ymd"), JOINTS, JOINTS, st.booleans(), st.sampled_from(("", "关于防火的通知 ", "第3次会议", "发布：", "完成20项任务 ")))  # fmt: skip
def test_figures_of_a_day_are_never_absent(day: date, order: list[str], one: str, two: str, padded: bool, before: str) -> None:  # fmt: skip
    width = 2 if padded else 1
    parts = {"y": str(day.year), "m": f"{day.month:0{width}d}", "d": f"{day.day:0{width}d}"}
    text = parts[order[0]] + one + parts[order[1]] + two + parts[order[2]]
    assert may_hold_date(before + text)


@given(DAYS, st.sampled_from("〇○◯零０0OＯ"), st.sampled_from(("", " ", "\u200b", "　")))
def test_days_in_words_are_never_absent(day: date, zero: str, gap: str) -> None:
    def said(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("" if tens < 2 else "一二三"[tens - 1]) + ("十" if tens else "") + ("" if not ones else "一二三四五六七八九"[ones - 1])  # fmt: skip

    year = "".join(zero if figure == "0" else "〇一二三四五六七八九"[int(figure)] for figure in str(day.year))
    for text in (f"{year}年{said(day.month)}月{said(day.day)}日", f"{said(day.month)}月{said(day.day)}号"):
        assert may_hold_date(gap.join(text))


@given(st.integers(0, 400), st.sampled_from(("{0.month}月{0.day}日", "{0:%m}.{0:%d}", "{0:%b} {0.day}", "{0:%A}", "{0:%y%m%d}")))  # fmt: skip
def test_days_without_a_year_are_never_absent(back: int, form: str) -> None:
    assert may_hold_date(form.format(date(2023, 4, 26) - timedelta(days=back)))

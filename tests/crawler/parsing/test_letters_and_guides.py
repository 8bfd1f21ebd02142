"""Single letters and lists of them, dates without labels, and the odd layouts of service guides."""

from datetime import date, datetime

import pytest

from crawler.parsing import read_page
from domain.captured import Inquiry, PageKind, Reading
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
NAV = '<div class="nav"><a href="/">首页</a><a href="/hdjl/">互动交流</a></div>'


def read(main: str, url: str = "http://www.a.gov.cn/hdjl/list.html", title: str = "市长信箱") -> Reading:
    html = f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{NAV}{main}</body></html>"
    return read_page(html.encode(), url, AS_OF)


def cards(*lines: str) -> str:
    return "".join(
        f'<div class="item"><a href="content_{n}.shtml">关于第{n}号路口红绿灯的问题</a><p>{line}</p></div>'
        for n, line in enumerate(lines)
    )


def letters(main: str) -> list[tuple[date | None, date | None, str]]:
    return [(row.asked_on, row.replied_on, row.status) for row in read(main).inquiries]


def only(main: str) -> Inquiry:
    reading = read(main, "http://www.a.gov.cn/hdjl/content_1.html", "信件详情")
    assert (reading.kind, reading.detail) == (PageKind.INQUIRY, "detail")
    (row,) = reading.inquiries
    return row


ASKED = "<p>留言人：王**　留言时间：2023-03-01</p><p>留言内容：请问何时恢复供水？</p>"


def test_a_letter_that_waits_is_a_letter() -> None:
    row = only(f"<h1>何时恢复供水</h1>{ASKED}<p>当前状态：办理中</p>")
    assert (row.asked_on, row.replied_on, row.status) == (date(2023, 3, 1), None, "办理中")


def test_a_letter_with_its_answer() -> None:
    row = only(
        f"<h1>何时恢复供水</h1>{ASKED}<p>答复单位：水务局</p><p>答复时间：2023年3月9日</p><p>答复内容：已恢复。</p>"
    )
    assert (row.asked_on, row.replied_on) == (date(2023, 3, 1), date(2023, 3, 9))


def test_the_same_label_again_makes_a_list() -> None:
    line = "留言人：王** 留言时间：2023-03-0{} 答复单位：水务局 答复时间：2023-03-1{} 已答复"
    reading = read(cards(*(line.format(n, n) for n in (5, 4, 2))))
    assert (reading.kind, reading.detail) == (PageKind.INQUIRY, "list")
    assert [(row.asked_on, row.replied_on) for row in reading.inquiries] == [
        (date(2023, 3, n), date(2023, 3, 10 + n)) for n in (5, 4, 2)
    ]


def test_labels_without_a_date_are_no_letter() -> None:
    assert read("<h1>写信须知</h1><p>来信人、来信内容、来信标题请如实填写，答复时间另行通知。</p>").inquiries == ()


def test_of_two_dates_without_labels_the_earlier_is_the_question() -> None:
    assert letters(cards("2023.03.20 2023.03.02 已办结", "2023.02.01 2023.02.07 已办结", "2023.01.01 已办结")) == [
        (date(2023, 3, 2), date(2023, 3, 20), "已办结"),
        (date(2023, 2, 1), date(2023, 2, 7), "已办结"),
        (date(2023, 1, 1), None, "已办结"),
    ]


def test_a_letter_that_waits_has_no_answer_date() -> None:
    shown = letters(cards("2023.03.02 2023.03.20 办理中", "办理中 2023.02.07", "未答复 2023.02.01"))
    assert [row[1] for row in shown] == [None, None, None]
    assert [row[0] for row in shown] == [date(2023, 3, 2), date(2023, 2, 7), date(2023, 2, 1)]


def test_the_end_of_a_title_is_no_label() -> None:
    rows = "".join(
        f'<li><a href="/m/{n}.html">第{n}小区加装电梯补贴政策咨询</a><span>2023-03-1{n}</span><span>2023-03-0{n}</span><em>已答复</em></li>'
        for n in (3, 2, 1)
    )
    assert letters(f"<ul>{rows}</ul>")[0] == (date(2023, 3, 3), date(2023, 3, 13), "已答复")


ELEMENTS = {
    "设定依据": "《行政许可法》第十二条",
    "申请条件": "年满六十周岁",
    "申请材料": "身份证复印件",
    "办理流程": "申请、受理、决定",
    "办公时间": "工作日九时至十七时",
    "办理地点": "政务服务中心二楼",
    "联系电话": "024-88812345",
}


def guide(pairs: dict[str, str], form: str, whole: str = "{}") -> dict[str, str]:
    rows = "".join(form.format(label=label, text=text) for label, text in pairs.items())
    reading = read(whole.format(rows), "http://www.a.gov.cn/bszn/1.html", "老年人优待证办理")
    assert reading.guide is not None
    return dict(reading.guide.elements)


@pytest.mark.parametrize(
    ("form", "whole"),
    [
        ("<tr><td><b>{label}</b></td></tr><tr><td>{text}</td></tr>", "<table>{}</table>"),
        ("<p><b>{label}</b>　{text}</p>", "<div>{}</div>"),
        ("<p><strong>{label}：</strong>{text}</p>", "<div>{}</div>"),
        ("<div class=row><div class=k>{label}</div><div class=v>{text}</div></div>", "<div>{}</div>"),
    ],
)
def test_layouts_of_a_guide(form: str, whole: str) -> None:
    assert list(guide(ELEMENTS, form, whole).values()) == list(ELEMENTS.values())


def test_stretched_labels_are_labels() -> None:
    pairs = {f"{label[:2]}　{label[2:]}": text for label, text in ELEMENTS.items()}
    assert len(guide(pairs, "<tr><td>{label}：</td><td>{text}</td></tr>", "<table>{}</table>")) == len(ELEMENTS)


@pytest.mark.parametrize("lacking", ["申请材料", "联系电话"])
def test_a_label_without_text_is_no_element(lacking: str) -> None:
    pairs = ELEMENTS | {lacking: ""}
    tabs = "".join(f'<li><a href="#{label}">{label}</a></li>' for label in pairs)
    row = "<div class=row><div class=k>{label}</div><div class=v>{text}</div></div>"
    found = guide(pairs, row, "<ul>" + tabs + "</ul><div>{}</div>")
    assert set(ELEMENTS.values()) - {ELEMENTS[lacking]} == set(found.values())
    below = guide(pairs, "<tr><td><b>{label}</b></td></tr><tr><td>{text}</td></tr>", "<table>{}</table>")
    assert set(ELEMENTS.values()) - {ELEMENTS[lacking]} == set(below.values())

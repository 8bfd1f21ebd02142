"""A headline with its date is an article, however little text it has and whatever dated list stands beside it; a list is none."""

from datetime import datetime

import pytest

from crawler.parsing.page import read_page
from domain.captured import PageKind, Reading
from domain.times import BEIJING

TITLE = "平山县召开春季森林防火工作会议"
HEAD = f"<h1>{TITLE}</h1><p>发布时间：2023-04-20 09:30　来源：县林业局</p>"
NEWS = "<ul>" + "".join(f'<li><a href="/dt/{n}.html">平山县部署第{n}项重点工作任务</a><span>2023-04-{n}</span></li>' for n in range(11, 19)) + "</ul>"  # fmt: skip
COMMENTS = "".join(f'<div class=c><a href="/u/{n}">网友{n}</a> <span>{n}小时前</span><p>希望落实到位，说得很好</p></div>' for n in range(1, 8))  # fmt: skip


def read(body: str, title: str = TITLE) -> Reading:
    html = f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"
    return read_page(html.encode(), "http://www.pingshan.gov.cn/xw/b.html", datetime(2023, 4, 26, 9, tzinfo=BEIJING))


@pytest.mark.parametrize(
    "text", ["<p>见附件。</p>", "<p><img src=/p/1.jpg></p>", "<p>会议安排了下一步工作，要求各乡镇抓好落实。</p>"]
)
@pytest.mark.parametrize("beside", [f"<div class=r><h3>近期要闻</h3>{NEWS}</div>", f"<div><h2>评论</h2>{COMMENTS}</div>", f"<div>{NEWS}</div>"])  # fmt: skip
def test_articles(text: str, beside: str) -> None:
    reading = read(f"<div class=w>{HEAD}<div class=content>{text}</div></div>{beside}")
    assert (reading.kind, str(reading.published.value)) == (PageKind.ARTICLE, "2023-04-20 09:30:00")


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>工作动态</h1><p>发布时间：2023-04-20</p>{NEWS}",
        f"<h1>工作动态</h1>{NEWS}",
        "<h1>工作动态</h1>"
        + "".join(
            f"<div><h3><a href=/dt/{n}.html>平山县部署第{n}项重点工作任务</a></h3><p>发布时间：2023-04-{n}</p></div>"
            for n in range(11, 19)
        ),
    ],
)
def test_lists_stay_lists(body: str) -> None:
    assert read(body, "工作动态-平山县人民政府").kind is PageKind.COLUMN

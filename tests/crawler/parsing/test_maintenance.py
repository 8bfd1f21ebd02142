"""Pages that stand in for a whole site: what is one, and above all what is none."""

from datetime import datetime

import pytest

from crawler.parsing import read_page
from crawler.parsing.maintenance import SIGNS, Sign, stands_in
from domain.times import BEIJING

DAY = datetime(2023, 4, 20, 22, 30, tzinfo=BEIJING)
NAV = "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(6))


def told(body: str, title: str = "云川市示例局", url: str = "http://a.example/") -> str:
    html = f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'
    return stands_in(read_page(html.encode(), url, DAY, home=url.endswith("example/")))


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.name)
def test_every_rule_sees_and_spares_what_it_says(sign: Sign) -> None:
    assert [sentence for sentence in sign.sees if not sign.says(sentence)] == []
    assert [sentence for sentence in sign.spares if told(f"<p>{sentence}</p>")] == []
    assert all(told(f"<p>{sentence}</p>") for sentence in sign.sees)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<h1>网站正在升级维护</h1><p>给您带来的不便敬请谅解。</p>", "系统维护"),
        ("<div><img src='/w.png'></div>", "网站建设中"),
        ("<h1>系统升级维护公告</h1><p>因机房检修，本网站于4月20日22时至21日8时暂停服务。</p>", "系统升级维护公告"),
        ("<p>网站维护中，请稍后访问</p><footer>主办单位：云川市示例局 <a href='/x'>辽ICP备1号</a></footer>", "云川市示例局"),
    ],
)  # fmt: skip
def test_a_page_that_is_nothing_but_the_notice(body: str, title: str) -> None:
    assert told(body, title)


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (f"<div class='nav'><ul>{NAV}</ul></div><p>网站正在升级维护</p>", "http://a.example/"),  # the site is there
        ("<ul><li><a href='/1.html'>网站正在升级维护</a></li><li><a href='/2.html'>进入主站</a></li></ul>", "http://a.example/"),
        ("<h2>政策解读</h2><p>栏目正在建设中</p>", "http://a.example/zcjd/"),
        ("<h2>公告</h2><p>关于系统升级维护的公告</p><p>请各单位知悉。</p>", "http://a.example/"),
        ("<p>" + "网站正在升级维护。" + "会议听取了各科室汇报，研究了下一步工作。" * 20 + "</p>", "http://a.example/"),
        ("<p>欢迎访问云川市示例局网站</p><a href='/index2.html'>进入网站</a>", "http://a.example/"),
    ],
)  # fmt: skip
def test_a_page_that_is_more_or_speaks_of_something_else(body: str, url: str) -> None:
    assert told(body, url=url) == ""

"""Every rule of page kinds has a page that fires it and one that must not, and the decision page says what the rules say."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from crawler.parsing import explained_page, read_page
from crawler.parsing.page_kinds.rules import RULES
from domain.captured import PageKind
from domain.times import BEIJING
from tools.decision_pages import kinds_page

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
SITE = "http://www.example.gov.cn"
LINKS = "".join(f'<a href="/n{n}/">导航{n}</a>' for n in range(14))
TEXT = "各单位要认真组织学习，结合实际抓好落实，确保各项工作任务按时完成。" * 4
ROWS = "".join(
    f'<li><a href="/xw/{n}.html">第{n}次工作例会召开</a><span>2023-04-{n + 10}</span></li>' for n in range(8)
)
LIST = f'<ul class="list">{ROWS}</ul>'
LETTERS = "<tr><th>标题</th><th>来信时间</th><th>状态</th><th>答复时间</th></tr>" + "".join(
    f'<tr><td><a href="/lx/{n}.html">关于道路照明的来信{n}</a></td><td>2023-04-{n + 10}</td><td>已答复</td><td>2023-04-{n + 11}</td></tr>'
    for n in range(6)
)
LETTER = (
    "<table><tr><td>来信标题</td><td>关于道路照明的建议</td></tr><tr><td>来信时间</td><td>2023-04-02</td></tr>"
    f"<tr><td>来信内容</td><td>{TEXT}</td></tr><tr><td>答复时间</td><td>2023-04-05</td></tr><tr><td>答复内容</td><td>{TEXT}</td></tr></table>"
)
GUIDE = "<table>" + "".join(
    f"<tr><td>{name}</td><td>{value}</td></tr>"
    for name, value in (
        ("事项名称", "婚姻登记"), ("设定依据", "婚姻登记条例"), ("申请条件", "双方自愿"), ("办理材料", "身份证、户口簿"), ("办理地点", "一楼窗口"),
        ("办理时间", "工作日九时至十七时"), ("联系电话", "024-88880000"), ("办理流程", "申请、受理、审查、发证"),
    )
) + "</table>"  # fmt: skip
TAGS = '<meta name="ArticleTitle" content="市政府召开常务会议"><meta name="PubDate" content="2023-04-20 09:00">'


def page(body: str, title: str = "云川市示例局", head: str = "") -> str:
    return f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


class Example(NamedTuple):
    """A page, its address and status, and what must hold of it beside."""

    html: str
    path: str = "/a/"
    status: int = 200


TITLED = f"<h1>市政府召开常务会议研究部署重点工作</h1><p>发布时间：2023-04-20 09:00</p><div><p>{TEXT}</p></div>"
EXAMPLES: dict[str, tuple[Example, Example]] = {  # rule -> (fires it, must not fire it)
    "jump": (
        Example(page("", head='<meta http-equiv="refresh" content="0; url=/index2.html">')),
        Example(page(TITLED * 2, head='<meta http-equiv="refresh" content="0; url=/index2.html">')),
    ),
    "error_status": (Example(page(TITLED), status=404), Example(page(TITLED))),
    "error_title": (
        Example(page("<p>抱歉</p>", "404 页面不存在")),
        Example(page(f"<h1>关于页面不存在问题的通知</h1><p>{TEXT}</p>", "关于页面不存在问题的通知")),
    ),
    "error_text": (Example(page("<p>您访问的页面不存在</p>")), Example(page(f"<p>欢迎访问</p>{LINKS}"))),
    "only_says_error": (
        Example(page(f'<div class="nav">{LINKS}</div><div class="main"><p>您访问的栏目不存在。</p></div>')),
        Example(page(f'<div class="nav">{LINKS}</div><div class="main"><p>您访问的栏目已搬家。</p><p>{TEXT}</p></div>')),
    ),
    "login": (
        Example(page('<form><input name="u"><input type="password"></form>', "统一平台")),
        Example(page('<form><input name="u"><input type="text"></form>', "统一平台")),
    ),
    "search": (
        Example(page("<p>搜索结果</p>" + LIST, "站内搜索"), "/search?q=a"),
        Example(page("<h2>动态</h2>" + LIST, "工作动态"), "/research/"),
    ),
    "no_page": (Example("<p>ok</p>"), Example(page(f"<p>ok</p>{LINKS}"))),
    "home": (Example(page(LIST), "/"), Example(page(LIST), "/xw/")),
    "letter": (
        Example(page(f"<h1>关于道路照明的建议</h1>{LETTER}", "关于道路照明的建议"), "/lx/1.html"),
        Example(page(f"<h1>关于做好来信答复工作的通知</h1><p>{TEXT}</p>", "关于做好来信答复工作的通知"), "/tz/1.html"),
    ),
    "guide": (
        Example(page(f"<h1>婚姻登记</h1>{GUIDE}", "婚姻登记"), "/bszn/1.html"),
        Example(page(f"<h1>婚姻登记工作会议召开</h1><p>会议要求精简办理材料。{TEXT}</p>", "婚姻登记工作会议召开"), "/xw/1.html"),
    ),
    "sure_article": (
        Example(page(TITLED, "市政府召开常务会议研究部署重点工作", TAGS), "/art/2023/4/20/art_1_1.html"),
        Example(page(f"<h2>工作动态</h2>{LIST}", "工作动态"), "/xw/"),
    ),
    "article_over_list": (
        Example(page(f"<h1>市政府召开常务会议研究部署重点工作</h1><div><p>{TEXT}</p></div>", "市政府召开常务会议"), "/art/2023/4/20/art_1_1.html"),
        Example(page(f"<h2>工作动态</h2>{LIST}", "工作动态"), "/xw/index.html"),
    ),
    "text_without_list": (
        Example(page(f"<h1>机构简介</h1><div><p>{TEXT[:99]}</p></div>", "机构简介"), "/jgjj/"),
        Example(page(f"<h2>工作动态</h2>{LIST}", "工作动态"), "/xw/"),
    ),
    "letters": (
        Example(page(f"<h2>局长信箱</h2><table>{LETTERS}</table>", "局长信箱"), "/jzxx/"),
        Example(page(f"<h2>工作动态</h2>{LIST}", "工作动态"), "/xw/"),
    ),
    "column": (
        Example(page(f"<h2>工作动态</h2>{LIST}", "工作动态"), "/xw/"),
        Example(page(TITLED, "市政府召开常务会议研究部署重点工作", TAGS), "/art/2023/4/20/art_1_1.html"),
    ),
    "bare": (Example(page(LINKS, "云川市示例局"), "/map.html"), Example(page(f"<h2>工作动态</h2>{LIST}", "工作动态"), "/xw/")),
}  # fmt: skip


def decided(example: Example) -> str:
    return explained_page(example.html.encode(), SITE + example.path, AS_OF, status=example.status)[1]


def test_every_rule_has_its_examples() -> None:
    assert [rule.__name__ for rule in RULES] == list(EXAMPLES)


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_a_rule_fires_where_it_should_and_only_there(name: str) -> None:
    fires, spares = EXAMPLES[name]
    assert decided(fires) == name
    assert decided(spares) != name


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_the_rule_is_that_of_the_reading(name: str) -> None:
    """Who explains a page decides it as the reader does: errors by error rules, columns by `column`."""
    example = EXAMPLES[name][0]
    kind = read_page(example.html.encode(), SITE + example.path, AS_OF, status=example.status).kind
    assert (kind is PageKind.ERROR) == (name in {"error_status", "error_title", "error_text", "only_says_error"})
    assert (kind is PageKind.COLUMN) == (name == "column")


def test_what_is_no_text_has_no_rule() -> None:
    assert explained_page(b"\x89PNG\r\n\x1a\n\x00\x00\x00", SITE, AS_OF)[1] == "binary"


def test_the_decision_page_says_what_the_rules_say() -> None:
    told = (Path(__file__).parents[3] / "docs/decisions/page-kinds.md").read_text(encoding="utf-8")
    assert told == kinds_page(), "run `make docs`"

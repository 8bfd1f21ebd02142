"""What the answer of an in-site search shows."""

from datetime import datetime

import pytest

from crawler.parsing import read_page
from crawler.parsing.services.search_answers import judge_answer, plain, searched_words, shows
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
URL = "http://www.a.gov.cn/search?q=x"
ARTICLE = "http://www.a.gov.cn/xw/1.html"
WORDS = "召开全市民政工作会议"
OTHERS = "".join(f'<li><a href="/xw/{n}.html">市民政局开展第{n}次走访慰问活动</a></li>' for n in range(2, 8))


NAV = '<div class="nav"><a href="/">网站首页</a><a href="/xw/">民政要闻</a><a href="/gk/">政务公开</a></div>'
FOOT = '<div class="footer">主办单位：某某市民政局 地址：某某市某某路 1 号 联系电话：024-12345678</div>'


def page(inner: str, head: str = "") -> str:
    head = f"<meta charset=utf-8><title>搜索</title>{head}"
    return f"<html><head>{head}</head><body>{NAV}<h2>站内搜索</h2>{inner}{FOOT}</body></html>"


def found(html: str) -> bool:
    return shows(read_page(html.encode(), URL, AS_OF), html, WORDS, ARTICLE)


def judged(html: str, *, drawn: bool = False) -> str:
    return judge_answer(read_page(html.encode(), URL, AS_OF), html, WORDS, {"www.a.gov.cn"}, drawn=drawn)


@pytest.mark.parametrize(
    "inner",
    [
        '<ul><li><a href="/xw/1.html">关于某事</a></li></ul>',
        '<ul><li><a href="/xw/9.html">我市召开全市<em>民政</em>工作会议</a></li></ul>',
        '<ul><li><a href="/go?url=http%3A%2F%2Fwww.a.gov.cn%2Fxw%2F1.html">查看全文</a></li></ul>',
        f"<p>搜索“{WORDS}”，共找到3条</p><div>{WORDS}：昨日……</div>",
    ],
)
def test_an_answer_with_the_article_shows_it(inner: str) -> None:
    assert found(page(inner))


def test_an_echo_is_no_hit() -> None:
    assert not found(page(f"<p>您搜索的是“{WORDS}”</p>{OTHERS}"))
    assert not found(page(f"<p>搜索“{WORDS}”共找到 0 条结果</p><p>没有找到与“{WORDS}”相关的信息</p>"))


@pytest.mark.parametrize(
    "line",
    [
        f"没有找到与“{WORDS}”相关的信息",
        f"搜索“{WORDS}”，共找到 <b>0</b> 条结果",
        f"抱歉，未检索到 {WORDS}",
        f"没有与 {WORDS} 相匹配的结果",
        f"{WORDS} 找不到",
    ],
)
def test_a_page_that_says_nothing_was_found_is_plain(line: str) -> None:
    assert judged(page(f"<p>{line}</p>")) == "none"


def test_a_list_of_other_results_is_plain() -> None:
    assert judged(page(f"<p>搜索结果</p><p>共找到6条结果</p><ul>{OTHERS}</ul>")) == "none"


@pytest.mark.parametrize(
    ("inner", "head"),
    [
        ('<p>共找到<span id="n">0</span>条</p>', '<script>$.ajax({url:"/api"})</script>'),
        ("<p>共找到{{total}}条</p><p>暂无数据</p>", ""),
        ('<p>暂无相关结果</p><div v-for="x in list"></div>', ""),
        ('<p>共找到<span id="n">0</span>条</p>', '<script src="/js/search.js"></script>'),
    ],
)
def test_what_a_script_may_fill_later_is_left_to_a_browser(inner: str, head: str) -> None:
    assert judged(page(inner, head)) == "script"
    assert judged(page(inner, head), drawn=True) == "none"


def test_libraries_and_an_echo_do_not_excuse() -> None:
    library = '<script src="/js/jquery-3.6.min.js"></script>'
    assert judged(page("<p>共找到0条结果</p>", library)) == "none"
    assert judged(page(f"<p>没有找到“{WORDS}”</p>", '<script src="/js/site.js"></script>')) == "none"


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        ("<p>请输入验证码后继续搜索</p>", "captcha"),
        ("<p>欢迎光临某某市人民政府网站</p>", "no_result_page"),
        (f"<p>热门文章</p><ul>{OTHERS}</ul>", "no_result_page"),
        (f"<p>{'会议指出，没有发现相关信息报送不及时的问题，要继续抓好落实。' * 8}</p>", "no_result_page"),
        ("<form><input name=u><input type=password></form><p>请登录</p>", "login"),
    ],
)
def test_what_is_no_result_page_accuses_nobody(inner: str, why: str) -> None:
    assert judged(page(inner)) == why


def test_ten_results_are_not_none() -> None:
    for line in ("共找到10条结果", "约有 20 个", "共100条", "找到相关结果30条"):
        assert judged(page(f"<p>{line}</p>")) == "no_result_page"


def test_words_are_the_longest_run_of_a_title() -> None:
    assert searched_words("【图解】关于印发《某某市民政局应急预案》的通知") == "某某市民政局应急预案"
    assert searched_words("公示") == ""
    assert len(searched_words("某" * 60)) == 20
    assert plain("“民政”工作 2023-4") == "民政工作20234"

"""Soft 404: which words say "there is nothing", which pages are doubtful, which answers are one page."""

from datetime import datetime

import pytest

from crawler.links.soft_404 import Doubt, doubt_of, is_sent_home, print_of, says_missing
from crawler.parsing import read_page

URL = "http://www.example.gov.cn/art/2023/4/1/art_1_2.html"
TYPE = "text/html; charset=utf-8"


def doubt(html: str, url: str = URL) -> Doubt | None:
    body = html.encode()
    return doubt_of(read_page(body, url, datetime(2023, 4, 26), TYPE), url, body, TYPE)


@pytest.mark.parametrize(
    "title",
    ["404", "404 Not Found", "页面不存在", "抱歉，您访问的页面不存在", "对不起，您要找的页面已被删除", "您查看的信息不存在",
     "很抱歉，您要访问的页面找不到了", "该文章已被删除", "抱歉！页面无法访问", "404错误", "页面不存在-某某市人民政府", "没有找到您要访问的页面",
     "The page you are looking for could not be found", "Page Not Found | Foo", "HTTP 404", "此页面已下线", "找不到页面"],
)  # fmt: skip
def test_titles_that_say_it(title: str) -> None:
    assert says_missing(title)


@pytest.mark.parametrize(
    "title",
    ["关于优化404页面的说明", "404路公交线路调整", "失联企业名单", "文件已失效", "信息删除制度", "没有找到相关信息", "没有信息", "查询结果",
     "不动产登记信息不存在差异", "解决“页面不存在”问题的经验", "某某市人民政府", "已删除文件恢复办法"],
)  # fmt: skip
def test_titles_that_do_not(title: str) -> None:
    assert not says_missing(title)


def test_an_article_about_404_and_a_home_page_are_not_doubted() -> None:
    article = "<title>优化404页面</title><h1>优化404页面</h1><p>发布时间：2023-04-20</p><p>抱歉，您访问的页面不存在</p>"
    assert doubt(article) is None
    assert doubt("<title>404</title><p>页面不存在</p>", "http://www.example.gov.cn/") is None
    assert doubt("") is None


def test_a_thin_page_with_a_phrase_has_two_signals() -> None:
    found = doubt("<title>某某市</title><p>抱歉，您访问的页面不存在或已被删除！</p><a href='/'>返回首页</a>")
    assert found is not None
    assert found.signals == ("phrase", "thin")


def test_prints_leave_out_numbers_and_addresses() -> None:
    pages = [f"<title>提示</title><p>请检查 /a/{n}.html 是否正确</p><p>{n}</p>".encode() for n in (11, 222)]
    other = "<title>提示</title><p>欢迎访问</p>".encode()
    assert print_of(pages[0], TYPE).matches(print_of(pages[1], TYPE))
    assert not print_of(pages[0], TYPE).matches(print_of(other, TYPE))
    assert not print_of(b"", TYPE).matches(print_of(b"", TYPE))


@pytest.mark.parametrize(
    ("asked", "final", "expected"),
    [
        ("http://a.cn/x/1.html", "http://a.cn/", True),
        ("http://a.cn/x/1.html", "https://www.a.cn/index.html", True),
        ("http://a.cn/index.html", "http://a.cn/", False),
        ("http://a.cn/x/1.html", "http://b.cn/", False),
        ("http://a.cn/x/1.html", "http://a.cn/?from=x", False),
    ],
)
def test_sent_home(asked: str, final: str, expected: bool) -> None:
    assert is_sent_home(asked, final) is expected

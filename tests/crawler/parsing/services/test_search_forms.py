"""The search form of a home page, and how it is sent."""

from urllib.parse import unquote

import pytest

from crawler.parsing.services.search_forms import SearchForm, find_search

HOME = "http://www.a.gov.cn/"
SCOPES = {"www.a.gov.cn"}


def form_of(page: str, charset: str = "utf-8") -> SearchForm:
    found = find_search(page, HOME, charset, SCOPES)
    assert isinstance(found, SearchForm), found
    return found


def refused(page: str) -> str:
    found = find_search(page, HOME, "utf-8", SCOPES)
    assert isinstance(found, str), found
    return found


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ('<form action="/search"><input name="q"><button>搜索</button></form>', "q"),
        (
            '<form action="/s.jsp"><input type="text" name="keyword"><input type="submit" value="检索"></form>',
            "keyword",
        ),
        (
            '<form action="/s"><input type="search" name="searchWord"><input type="image" src="go.gif"></form>',
            "searchWord",
        ),
        (
            '<form action="/so.asp"><input name="t1" placeholder="请输入搜索关键字"><input type=submit value=搜索></form>',
            "t1",
        ),
        (
            '<table><form action="/search"><tr><td><input name="kw"></td><td><input type=submit></td></tr></form></table>',
            "kw",
        ),
    ],
)
def test_typical_forms(page: str, field: str) -> None:
    found = form_of(f"<body><p>首页</p>{page}</body>")
    assert (found.field, found.method, found.scripted) == (field, "get", False)


def test_a_get_form_is_sent_as_a_browser_sends_it() -> None:
    page = (
        '<form action="search/index.jsp?old=1"><input type=hidden name="siteid" value="7"><input name="q" value="请输入关键字">'
        '<select name="scope"><option value="t">标题<option value="c" selected>正文</select><input type=radio name="sort" value="a">'
        '<input type=radio name="sort" value="b" checked><input name="gone" disabled value="x"><button name="go" value="1">搜</button></form>'
    )
    url, body = form_of(page).request_for("民政 局")
    assert body == ""
    assert unquote(url) == f"{HOME}search/index.jsp?siteid=7&scope=c&sort=b&go=1&q=民政+局"


def test_a_post_form_has_a_body() -> None:
    url, body = form_of(
        '<form method="POST" action="/s?x=1"><input name="keywords"><input type=submit></form>'
    ).request_for("a&b")
    assert (url, body) == (HOME + "s?x=1", "keywords=a%26b")


def test_words_are_sent_in_the_pages_charset() -> None:
    page = '<form action="/s.asp"><input name="keyword"><input type=submit></form>'
    assert form_of(page, "gbk").request_for("搜索")[0].endswith("keyword=%CB%D1%CB%F7")
    assert form_of(page, "nonsense").request_for("搜")[0].endswith("keyword=%E6%90%9C")
    own = page.replace("<form", '<form accept-charset="utf-8"')
    assert form_of(own, "gb2312").request_for("搜")[0].endswith("keyword=%E6%90%9C")


def test_a_base_address_counts() -> None:
    page = '<head><base href="/portal/"></head><form action="s"><input name="q"><button>搜索</button></form>'
    assert form_of(page).action == HOME + "portal/s"


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<p>没有表单</p>", "no_form"),
        ("", "no_form"),
        ("<!-- nothing -->", "no_form"),
        (
            '<form action="/login"><input name="user"><input type=password name=p><button>搜索</button></form>',
            "no_form",
        ),
        ('<form action="/query"><input name="bh" placeholder="办件编号查询"><button>查询</button></form>', "no_form"),
        ('<form action="/sub"><input name="mail" placeholder="邮箱"><button>订阅</button></form>', "no_form"),
        (
            '<form action="/s"><input name="q"><input name="yzm"><img src="/captcha.jpg"><button>搜索</button></form>',
            "captcha",
        ),
        ('<form action="http://so.b.gov.cn/s"><input name="q"><button>搜索</button></form>', "other_host"),
        ('<form action="https://www.baidu.com/s"><input name="wd"><button>搜索</button></form>', "other_host"),
        ('<form action=""><input name="q"><button>搜索</button></form>', "script"),
        ('<form action="#"><input name="q"><button>搜索</button></form>', "script"),
        ('<form action="javascript:go()"><input name="q"><button>搜索</button></form>', "script"),
        ('<form action="/s"><input id="q" placeholder="搜索"><button>搜索</button></form>', "script"),
        ('<div><input id="keyword" placeholder="请输入关键字"><a onclick="so()">搜索</a></div>', "script"),
    ],
)
def test_what_cannot_be_sent_has_its_reason(page: str, why: str) -> None:
    assert refused(f"<body>{page}</body>") == why


@pytest.mark.parametrize("page", ["", "<!-- nothing -->", "<!doctype html>", "\x00", "\ud800", " < ", "<form><form>"])
def test_rubbish_has_no_form(page: str) -> None:
    assert refused(page) == "no_form"


def test_the_sites_own_search_wins_over_one_elsewhere() -> None:
    page = (
        '<form action="https://so.b.gov.cn/s"><input name="searchword" placeholder="全省搜索"><button>搜索</button></form>'
        '<form action="/s"><input name="q"><button>站内搜索</button></form>'
    )
    assert form_of(page).action == HOME + "s"


@pytest.mark.parametrize(
    "page",
    [
        '<form action="/s" onsubmit="return go()"><input name="q"><button>搜索</button></form>',
        '<form action="/s"><input name="q"><input type=button value="搜索" onclick="go()"></form>',
        '<form action="/s"><input name="q"><a href="javascript:go()">搜索</a></form>',
    ],
)
def test_a_form_with_a_script_in_it_says_so(page: str) -> None:
    assert form_of(page).scripted


def test_what_a_script_could_hook_it_by() -> None:
    page = '<form id="sf" class="box top-search" action="/s"><input name="q" id="kw0"><button class="btn">搜索</button></form>'
    assert form_of(page).handles == {"sf", "top-search", "kw0"}

"""Addresses as browsers resolve them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parsing.html.addresses import resolve, scope_of

BASE = "http://www.a.gov.cn/x/y/i.html?p=1"


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("a.html", "http://www.a.gov.cn/x/y/a.html"),
        ("./t20230420_1.html", "http://www.a.gov.cn/x/y/t20230420_1.html"),
        ("../b/", "http://www.a.gov.cn/x/b/"),
        ("/c/", "http://www.a.gov.cn/c/"),
        ("//h.cn/x", "http://h.cn/x"),
        ("HTTP://WWW.A.GOV.CN:80/Q", "http://www.a.gov.cn/Q"),
        ("https://a.cn:443/", "https://a.cn/"),
        (" \n/中文/ a.html ", "http://www.a.gov.cn/%E4%B8%AD%E6%96%87/%20a.html"),
        ("/a\n/b.html", "http://www.a.gov.cn/a/b.html"),
        ("\\x\\y.html", "http://www.a.gov.cn/x/y.html"),
        ("?p=2", "http://www.a.gov.cn/x/y/i.html?p=2"),
        ("?p=中", "http://www.a.gov.cn/x/y/i.html?p=%D6%D0"),
        ("%D6%D0.html", "http://www.a.gov.cn/x/y/%D6%D0.html"),
        ("/a//b#top", "http://www.a.gov.cn/a//b"),
        ("", None),
        ("javascript:void(0)", None),
        ("JavaScript:;", None),
        ("mailto:a@b.cn", None),
        ("tel:12345", None),
        ("data:text/html,x", None),
        ("http://", None),
        ("http://a:99999/", None),
        ("file:///etc/passwd", None),
        ("/a/{{ item.url }}", None),
        ("/a/%url%", None),
        ("/a/%E4%B8%ADx%E6%96%87.html", "http://www.a.gov.cn/a/%E4%B8%ADx%E6%96%87.html"),
        ("/a;jsessionid=0A1B?x=1", "http://www.a.gov.cn/a?x=1"),
        ("/a?x=1&PHPSESSID=7f&y=2", "http://www.a.gov.cn/a?x=1&y=2"),
        ("/a?sid=12", "http://www.a.gov.cn/a?sid=12"),
        ("/a?sid=64f0c2a19be1d4e2a7c01b55", "http://www.a.gov.cn/a?sid=64f0c2a19be1d4e2a7c01b55"),
        ("/a?sessionid=13&y=2", "http://www.a.gov.cn/a?sessionid=13&y=2"),
        ("/a?sess_id=3", "http://www.a.gov.cn/a?sess_id=3"),
    ],
)
def test_resolves(href: str, wanted: str | None) -> None:
    assert resolve(BASE, href, "gbk") == wanted


@given(st.text(max_size=60))
def test_never_fails_and_is_stable(href: str) -> None:
    url = resolve(BASE, href)
    if url is not None:
        assert url.startswith(("http:", "https:"))
        assert "#" not in url
        assert resolve(BASE, url) == url


@given(st.text(max_size=40))
def test_any_base_is_harmless(base: str) -> None:
    resolve(base, "a.html")
    scope_of(base)


@pytest.mark.parametrize(
    ("url", "scope"),
    [
        ("HTTP://A.cn:80/x", "a.cn"),
        ("https://A.cn/", "a.cn"),
        ("http://127.0.0.1:8800/", "127.0.0.1:8800"),
        ("nothing", ""),
    ],
)
def test_scope(url: str, scope: str) -> None:
    assert scope_of(url) == scope

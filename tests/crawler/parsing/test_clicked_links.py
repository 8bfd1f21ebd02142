"""Every address a visitor meets, also where it is no link; and nothing that no visitor meets."""

import pytest

from crawler.parsing.page import read_links
from crawler.sites.scope import unusable

HOME = "http://www.pingshan.gov.cn/"


def links(body: str, head: str = "") -> list[tuple[str, str]]:
    html = f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return [(link.url.removeprefix(HOME), link.tag) for link in read_links(html.encode(), HOME)]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<select><option>友情链接</option><option value='http://www.a.gov.cn/'>甲局</option></select>", [("http://www.a.gov.cn/", "a")]),
        ("<select onchange='window.open(this.value)'><option value='/b/index.html'>乙局</option><option value=1>丙</option></select>", [("b/index.html", "a")]),
        ("<select onchange=\"location=this.options[0].value\"><option value='b.shtml'>乙局</option></select>", [("b.shtml", "a")]),
        ("<div onclick=\"location.href='/c.html'\">通知</div>", [("c.html", "a")]),
        ("<p onclick='window.open(\"c.html\",\"_blank\")'>通知</p>", [("c.html", "a")]),
        ("<span onclick=\"self.location='/c/'\">通知</span>", [("c/", "a")]),
        ("<li onclick=\"window.location.assign('/c.html');return false\">通知</li>", [("c.html", "a")]),
        ("<input type=image src=/d.png>", [("d.png", "img")]),
        ("<object data=/e.swf></object>", [("e.swf", "embed")]),
        ("<table background=/f.gif><tr><td background='g.gif'>x</td></tr></table>", [("f.gif", "img"), ("g.gif", "img")]),
        ("<video src=/h.mp4 poster=/h.jpg></video>", [("h.jpg", "img"), ("h.mp4", "video")]),
        ("<a href='file:///C:/Users/a/b.doc'>附件</a>", [("file:///C:/Users/a/b.doc", "a")]),
        ("<a href='C:\\Users\\a\\b.doc'>附件</a>", [("file:///C:/Users/a/b.doc", "a")]),
        ("<a href='E:/b.doc'>附件</a><img src='file:///C:/t/ksohtml/w.png'>", [("file:///E:/b.doc", "a"), ("file:///C:/t/ksohtml/w.png", "img")]),
        ("<a href='htpp://www.a.cn/'>甲</a><a href='http:///www.b.cn/'>乙</a>", [("http://www.b.cn/", "a"), ("htpp://www.a.cn/", "a")]),
    ],
)  # fmt: skip
def test_addresses_a_visitor_meets(body: str, wanted: list[tuple[str, str]]) -> None:
    assert links(body) == wanted


@pytest.mark.parametrize(
    "body",
    [
        "<select><option value='/b.html'>乙</option><option value='1'>1</option></select>",
        "<select onchange='go(this.value)'><option value=''>请选择</option><option value='2023'>2023</option></select>",
        "<div onclick=\"go('/c.html')\">通知</div>",
        "<div onclick=\"location.href='/c.html?id='+id\">通知</div>",
        "<div onclick=\"open('/c/'+n+'.html')\">通知</div>",
        "<div onclick=\"if(location=='/c.html')x()\">通知</div>",
        "<div onclick=\"reopen('/c.html')\">通知</div>",
        "<div onclick=\"location.href='{{item.url}}'\">通知</div>",
        "<!-- <div onclick=\"location='/c.html'\"> --><template><a href=/t.html>x</a></template>",
        "<script>var s='<a href=\"/s.html\">x</a>';</script>",
        "<input type=text src=/d.png value='http://www.a.cn/'>",
        "<a href='javascript:void(0)'>更多</a><a href='tel:1'>电话</a><a href='mailto:a@b.cn'>信</a><a href='weixin://x'>微信</a><a href=''>空</a>",
    ],
)
def test_what_is_no_address_for_a_visitor(body: str) -> None:
    assert [found for found in links(body) if found[0] not in ("", "t.html")] == []


@pytest.mark.parametrize(
    ("url", "private", "why"),
    [
        ("file:///C:/a.doc", True, "own_disk"),
        ("htpp://www.a.cn/", True, "misspelt"),
        ("http://127.0.0.1:8080/a.html", False, "own_host"),
        ("http://localhost/a.html", False, "own_host"),
        ("http://127.0.0.1:8080/a.html", True, ""),
        ("http://10.1.2.3/a.html", False, ""),
        ("http://127.example.com/", False, ""),
        ("https://www.a.gov.cn/", False, ""),
    ],
)
def test_addresses_of_the_editors_own_machine(url: str, private: bool, why: str) -> None:
    assert unusable(url, private) == why

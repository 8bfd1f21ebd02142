"""`look` gives the contract's JSON and a Chinese text."""

import json
from datetime import datetime
from pathlib import Path

from domain.times import BEIJING
from inspection.look.page import look, look_text

AS_OF = datetime(2023, 4, 26, 9, 0, tzinfo=BEIJING)
PAGE = """<html><head><meta charset=gb2312><title>通知公告_清河市</title></head><body>
<ul><li><em>置顶</em> <a href="1.html">关于春季检查的第一号通知</a><span>2020-01-02</span></li>
<li><a href="2.html">关于春季检查的第二号通知</a><span>2023-04-20</span></li></ul>
<div class=footer>网站标识码：2101000001</div></body></html>""".encode("gb2312")


def test_the_contract(tmp_path: Path) -> None:
    file = tmp_path / "list.html"
    file.write_bytes(PAGE)
    seen = look(
        str(file),
        as_of=AS_OF,
        base_url="http://a.gov.cn/tzgg/",
        classify=lambda name: "notice" if "通知" in name else None,
    )
    assert list(seen) == ["kind", "charset", "title", "published_on", "published_how", "source", "column", "entries", "marks", "meta", "links", "explain"]  # fmt: skip
    assert (seen["kind"], seen["charset"], seen["column"]) == (
        "column",
        "gb2312",
        {"name": "通知公告", "kind": "notice"},
    )
    assert seen["entries"][1] == {
        "title": "关于春季检查的第二号通知",
        "url": "http://a.gov.cn/tzgg/2.html",
        "published_on": "2023-04-20",
    }
    assert (seen["published_on"], seen["source"], seen["marks"]["icp"]) == (None, None, None)
    assert seen["marks"]["site_code"] == "2101000001"
    assert seen["explain"]["entries"][0] == {"how": "list", "pinned": True}
    assert json.loads(json.dumps(seen)) == seen


def test_the_terminal_text() -> None:
    text = look_text(look("http://a.gov.cn/tzgg/", as_of=AS_OF, body=PAGE))
    assert "页面类型　栏目（列表）页" in text
    assert "[置顶]" in text
    assert "网站标识码　2101000001" in text
    article = "<h1>关于春季检查的通知</h1><p>发布日期：2023-04-20</p><p>" + "各单位要高度重视，落实责任。" * 10
    text = look_text(look("http://a.gov.cn/x/9.html", as_of=AS_OF, body=article.encode()))
    assert "发布日期　2023-04-20" in text
    assert "采用：标题与正文之间，有日期标签" in text


def test_a_list_in_a_frame_is_named(tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_text(
        "<title>通知公告</title><h2>通知公告</h2><iframe src=list.html height=600></iframe>", encoding="utf-8"
    )
    seen = look(str(file), as_of=AS_OF, base_url="http://www.a.gov.cn/tzgg/")
    assert seen["explain"]["framed"] == "http://www.a.gov.cn/tzgg/list.html"
    assert "列表在内嵌框架中：http://www.a.gov.cn/tzgg/list.html" in look_text(seen)

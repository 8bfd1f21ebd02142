"""Pages that send their visitor on: by every form that browsers follow, and by none that does not run."""

from datetime import datetime

import pytest

from crawler.parsing.html.jumps import onward, refresh_target
from crawler.parsing.page import read_page
from domain.captured import Detail, Reading
from domain.times import BEIJING

HOME = "http://www.pingshan.gov.cn/"
THERE = "http://www.pingshan.gov.cn/web/"
AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)


def read(script: str = "", body: str = "<body>", more: str = "") -> Reading:
    html = f"<html><head><meta charset=utf-8><title>平山县</title>{f'<script>{script}</script>' if script else ''}</head>{body}{more}</body></html>"
    return read_page(html.encode(), HOME, AS_OF)


@pytest.mark.parametrize("content", ["0;/web/", "0; /web/", "0,/web/", "0 url=/web/", "0.5;URL=/web/", "3;url='/web/'", '0;url="/web/" ', "0;web/", ".5; url = /web/", "0\n;\turl=/web/", f"0;{THERE}"])  # fmt: skip
def test_refreshes(content: str) -> None:
    assert refresh_target(content, HOME) == THERE
    assert onward(read(more=f'<meta http-equiv=Refresh content="{content.replace(chr(34), chr(39))}">')) == THERE


@pytest.mark.parametrize("content", ["", "30", "0", "url=/web/", "x;/web/", "600;/web/", "0;", "0;url="])
def test_refreshes_that_lead_nowhere_else(content: str) -> None:
    assert refresh_target(content, HOME) == ""


Detail.JUMPS = [
    "location='/web/'", "window.location.href = \"/web/\";", "self.location=`/web/`", "top.location.replace('/web/')", "document.location.assign('/web/')",
    "window['location']['href']='/web/'", "window.open('/web/', '_self');", "var u='/we'+'b/';location.href=u", "let a = '/web/'\nlocation.href = a\nvar b = 1",
    "location=location.protocol+'//'+location.host+'/web/'", "var o=location.origin; window.location=o+'/web/'", "(function(){location='/web/'})()",
    "setTimeout(function(){ location.href='/web/' }, 500)", "setTimeout('go()', 1); function go(){location='/web/'}", "window.onload=function(){location='/web/'}",
    "$(document).ready(function(){ location.href='/web/'; });", "function a(){b()} function b(){location='/web/'} a();", "// to the new site\nlocation='/web/' /* now */",
    "window.addEventListener('load', () => { location.href = '/web/'; })",
]  # fmt: skip


@pytest.mark.parametrize("script", Detail.JUMPS)
def test_scripts_that_send_on(script: str) -> None:
    reading = read(script)
    assert (reading.detail, onward(reading)) == (Detail.JUMP, THERE)


@pytest.mark.parametrize("body", ["<body onload=\"location='/web/'\">", "<body onload='go();'><script>function go(){window.location='/web/'}</script>"])  # fmt: skip
def test_load_events_that_send_on(body: str) -> None:
    assert onward(read(body=body)) == THERE


STAYS = [
    "if(/Mobile/.test(navigator.userAgent)){location.href='/web/'}", "if (phone)\n  location='/web/';", "phone && (location='/web/')", "phone ? location='/web/' : 0;",
    "function phone(){location='/web/'}", "btn.onclick=function(){location='/web/'}", "var s=\"location='/web/'\"", "// location='/web/'", "/* location='/web/' */",
    "for(;;){location='/web/'}", "try{x()}catch(e){location='/web/'}", "document.onkeydown = () => { location.href='/web/' }",
]  # fmt: skip


@pytest.mark.parametrize("script", STAYS)
def test_scripts_that_send_nobody_on(script: str) -> None:
    short = read(script, more="<h1>停水通知</h1><p>明天停水。</p><a href=/a.html>上一篇</a>")
    assert (short.detail == Detail.JUMP, onward(short), short.needs_render) == (False, "", short.needs_render)
    assert "由脚本转到别处" not in short.needs_render


@pytest.mark.parametrize("script", ["location.href=next()", "if(phone){location='/m/'}else{location='/web/'}", "location=urls[0]", "location='/a/';location='/b/'"])  # fmt: skip
def test_an_empty_page_that_leads_somewhere_unknown_is_not_read(script: str) -> None:
    reading = read(script)
    assert onward(reading) == ""
    assert reading.needs_render

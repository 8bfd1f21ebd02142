"""Pages that reload, multiply and ask for ever: a handful of navigations and a bounded number of requests a drawing."""

import json
from collections import Counter
from pathlib import Path

import pytest
from trap_desk import open_desk
from trap_server import Asked, Host, Reply, serving

from crawler.browser.rendering import MAX_NAVIGATIONS, MAX_REQUESTS, find_browser
from domain.crawl_policy import CrawlPolicy
from domain.runs import RunState

SHELL = '<html><head><meta charset="utf-8"><title>某某市栏目</title></head><body><div id="list"></div><script>/* fetch( getList ajax */ let L = window["loc"+"ation"]; {}</script></body></html>'
LOOPS = {
    "reload": "setInterval(() => L.reload(), 5)",
    "pathname": "L.href = L.pathname + '?' + Math.random()",
    "submit": "document.write('<form id=f action=/submit></form>'); setInterval(() => f.submit(), 5)",
    "frames": "for (let i = 0; i < 500; i++) document.write('<iframe src=/frame?' + i + '></iframe>')",
    "frame-loop": "document.write('<iframe id=i src=/frame></iframe>'); setInterval(() => i.src = '/frame?' + Math.random(), 5)",
    "popups": "for (let i = 0; i < 50; i++) window.open('/frame?popup' + i)",
    "fetches": "setInterval(() => { for (let i = 0; i < 50; i++) fetch('/frame?' + Math.random()) }, 5)",
    "workers": "let b = URL.createObjectURL(new Blob([\"setInterval(() => fetch('\" + L.origin + \"/frame?' + Math.random()), 2)\"])); new Worker(b)",
    "hops": "for (let i = 0; i < 100; i++) fetch('/hop/0')",
    "images": "for (let i = 0; i < 500; i++) new Image().src = '/frame?' + i",
    "sockets": "setInterval(() => new WebSocket('ws://' + L.host + '/frame'), 5)",
}  # fmt: skip


def page(asked: Asked) -> Reply:
    name = asked.path.partition("?")[0].strip("/")
    if name.startswith("hop/"):
        number = int(name[4:])
        return Reply(302, headers=(("Location", f"/hop/{number + 1}"),))
    if name == "wall":  # 加速乐: answers 521 with a script that asks again
        return Reply(521, b"<script>location.href=location.pathname+location.search</script>")
    return Reply(body=SHELL.format(LOOPS.get(name, "")).encode())


@pytest.mark.browser
@pytest.mark.parametrize("name", [*LOOPS, "wall"])
def test_a_drawing_is_bounded_at_the_server(tmp_path: Path, name: str) -> None:
    if find_browser(CrawlPolicy()) is None:
        pytest.skip("no Chromium on this machine")
    home = f"<title>某某市</title><ul><li><a href='/{name}'>市政府召开会议</a></li><li><a href='/x'>市政府会议</a></li></ul>"
    host = Host({"/": lambda asked: Reply(body=home.encode()), "/robots.txt": lambda asked: Reply(404)}, other=page)
    with serving(host):
        desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
        quiet = {"check_search": False, "check_disguise": False, "check_codes": False, "check_ipv6": False}
        outcome = desk.inspect(0, **quiet, timeout_seconds=2.0)
    assert outcome.run.state is RunState.COMPLETE
    browser = [asked for asked in host.asked if "sec-fetch-mode" in asked.headers or "sec-fetch-dest" in asked.headers]
    kinds = Counter(asked.headers.get("sec-fetch-dest", "") for asked in browser)
    told = json.dumps([kinds, len(host.asked)])
    assert browser, told  # it was drawn
    pages = 3  # home, this page, /x
    assert len(host.asked) <= pages * 4 + MAX_REQUESTS + 20, told  # the last of them may be sent on 20 times
    assert kinds["document"] <= pages * (MAX_NAVIGATIONS + 1), told
    desk.store.close()

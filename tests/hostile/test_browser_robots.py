"""What a drawn page asks for is asked by us: robots.txt holds for it, unless the site lets us read all."""

from dataclasses import replace
from pathlib import Path

import pytest
from trap_desk import open_desk
from trap_server import Asked, Host, Reply, serving

from crawler.browser.rendering import find_browser
from domain.crawl_policy import CrawlPolicy
from domain.targets import Registry

SCRIPT = """/* ajax getList */
fetch('/open/list.json').then(a => a.json()).then(rows => { document.getElementById('list').innerHTML = rows.map(r =>
  '<li><a href=/n' + r + '.html>市政府召开第' + r + '次会议</a><span>2023-04-20</span></li>').join('') });
fetch('/closed/list.json');"""
DRAWN = f"<html><head><meta charset=utf-8><title>通知公告</title></head><body><ul id=list></ul><script>{SCRIPT}</script></body></html>"


def answer(asked: Asked) -> Reply:
    if asked.path == "/robots.txt":
        return Reply(body=b"User-agent: *\nDisallow: /closed/\n", kind="text/plain")
    if asked.path.endswith(".json"):
        return Reply(body=b"[1, 2, 3]", kind="application/json")
    if asked.path == "/":
        return Reply(
            body="<meta charset=utf-8><title>某某市</title><div class=nav><a href=/tzgg/>通知公告</a></div>".encode()
        )
    return Reply(body=DRAWN.encode()) if asked.path == "/tzgg/" else Reply(404)


@pytest.mark.browser
@pytest.mark.parametrize("obeys", [True, False])
def test_a_drawn_page_keeps_to_robots_txt(tmp_path: Path, obeys: bool) -> None:
    if find_browser(CrawlPolicy()) is None:
        pytest.skip("no Chromium on this machine")
    host = Host({}, other=answer)
    with serving(host):
        desk = open_desk(tmp_path, f"http://127.0.0.1:{host.port}/")
        desk.sites = tuple(replace(site, obeys_robots=obeys) for site in desk.sites)
        desk.store.save_registry(Registry(sites=desk.sites))
        desk.inspect(0, check_disguise=False, check_search=False, check_codes=False, check_ipv6=False)
        desk.store.close()
    assert host.counts["/open/list.json"] >= 1  # it was drawn
    assert (host.counts["/closed/list.json"] >= 1) is not obeys
    assert host.counts["/n1.html"] >= 1  # and its list was read

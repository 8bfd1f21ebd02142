"""A page whose script never comes to rest must not hold up the night."""

import time
from collections.abc import Callable

import pytest
from trap_desk import Desk
from trap_server import Host, Reply, serving

from crawler.browser.rendering import find_browser
from domain.crawl_policy import CrawlPolicy
from domain.runs import RunState

# Busy from shortly after the page is loaded: the browser has navigated, and can tell nothing of the page any more.
BUSY = b"""<html><head><meta charset="utf-8"><title>x</title></head><body><div id="list"></div>
<script>window.onload = () => setTimeout(() => { while (true) {} }, 300); fetch; getList</script></body></html>"""


@pytest.mark.skipif(find_browser(CrawlPolicy()) is None, reason="no Chromium on this machine")
def test_a_page_that_keeps_its_browser_busy_is_left_out(desk_for: Callable[..., Desk]) -> None:
    host = Host({"/": lambda asked: Reply(body=BUSY)}, other=lambda asked: Reply(404))
    with serving(host):
        desk = desk_for(f"http://127.0.0.1:{host.port}/")
        begun = time.monotonic()
        outcome = desk.inspect(0, timeout_seconds=1.0, check_search=False)
    (state,) = desk.store.site_runs(outcome.run.id)
    assert state.skipped["render_failed"] == 1
    assert outcome.run.state is RunState.COMPLETE
    assert time.monotonic() - begun < 60

"""The browser never reaches a private address, whatever a page does; what it shows of another page is not this page's."""

import json
from pathlib import Path

import pytest
from private_network import needs_namespace, run_inside
from ways_inside import WAYS

from crawler.browser.rendering import find_browser
from domain.crawl_policy import CrawlPolicy


@pytest.mark.browser
def test_no_way_leads_inside(tmp_path: Path) -> None:
    needs_namespace()
    if find_browser(CrawlPolicy()) is None:
        pytest.skip("no Chromium on this machine")
    assert len(WAYS) >= 40
    told = json.loads(run_inside(tmp_path, Path(__file__).parent / "hostile_desk.py", str(tmp_path), "6", seconds=150))
    assert told["run"] == "complete"
    assert told["inside"] == []
    assert told["foreign"] == []
    assert told["elsewhere"] == []
    assert len(told["drawn"]) + told["skipped"].get("render_failed", 0) >= 40  # the browser was really there
    assert {"fetch", "iframe", "popup"} <= set(told["drawn"])
    assert told["pictures"] > 0

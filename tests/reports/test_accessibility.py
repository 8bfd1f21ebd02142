"""axe-core, unmodified from npm (`make axe`), over index and dossier on a desk and on a telephone: no violations."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.browser.rendering import find_browser
from domain.crawl_policy import CrawlPolicy
from reports.dossier import write_city

AXE = Path(__file__).parents[1] / "axe" / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_browser(CrawlPolicy()) is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed; `make axe` needs npm"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(CrawlPolicy()), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("page", ["index", "dossier"])
def test_pages_have_no_violations(browser: Any, report: Any, tmp_path: Path, width: int, page: str) -> None:
    accounts = report.registry.accounts
    namesake = replace(accounts[0], id="weibo:namesake")  # two sections of one name
    report = replace(report, registry=replace(report.registry, accounts=(*accounts, namesake)))
    index = write_city(report, tmp_path)
    paths = [index] if page == "index" else sorted(tmp_path.glob("unit-*.html"))
    assert paths
    for path in paths:
        assert violations(browser, path, width) == []


def test_a_violation_would_be_seen(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "bad.html"
    path.write_text(
        "<!doctype html><title>x</title><img src=a.png><p style='color:#ccc'>看不清的文字</p>", encoding="utf-8"
    )
    assert {name for name, _ in violations(browser, path, 1440)} >= {"html-has-lang", "image-alt", "color-contrast"}


def violations(browser: Any, path: Path, width: int) -> list[tuple[str, str]]:
    """(rule, the first place that breaks it); a page that is wider than its window breaks one of ours."""
    opened = browser.new_page(viewport={"width": width, "height": 900})
    try:
        opened.goto(path.as_uri())
        opened.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        found = opened.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        wide = opened.evaluate("document.documentElement.scrollWidth > innerWidth")
    finally:
        opened.close()
    told = [(item["id"], item["nodes"][0]["html"][:200]) for item in found]
    return told + ([("wider-than-window", path.name)] if wide else [])

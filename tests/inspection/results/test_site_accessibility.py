"""What is said of looked-at sites: a site that could not be looked at is never passed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.browser.accessibility import Breach, PageLook
from domain.targets import Site
from inspection.results.accessibility import SiteLook, as_document, as_lines
from reports.accessibility import write_accessibility

NOW = datetime(2026, 11, 2, tzinfo=UTC)
SITE = Site("s1", "云川市教育局", "http://jyj.example/")
FAULT = Breach("image-alt", 7, (("img", ""),))
HOME = PageLook("http://jyj.example/", entry="works")


@pytest.mark.parametrize(
    ("pages", "passed"),
    [
        ((HOME,), True),
        ((HOME, PageLook("http://jyj.example/a", incomplete=(FAULT,))), True),
        ((HOME, PageLook("http://jyj.example/a", violations=(FAULT,))), False),
        ((PageLook("http://jyj.example/", entry="none"),), False),
        ((PageLook("http://jyj.example/", entry="unchanged"),), False),
        ((PageLook("http://jyj.example/"),), None),
        ((PageLook("http://jyj.example/", unknown="页面未能打开"),), None),
        ((HOME, PageLook("http://jyj.example/a", unknown="页面未能打开")), None),
    ],
)
def test_a_site_passes_only_when_all_was_seen(pages: tuple[PageLook, ...], passed: bool | None) -> None:
    document = as_document((SiteLook(SITE, pages),), NOW)
    assert document["sites"][0]["passed"] is passed
    assert document["figure"] == {
        "sites": 1,
        "judged": int(passed is not None),
        "passed": int(passed is True),
        "unknown": int(passed is None),
    }


def test_lines_keep_review_apart_and_name_what_is_unknown() -> None:
    seen = (HOME, PageLook("http://jyj.example/a", violations=(FAULT,), incomplete=(FAULT,)))
    away = (PageLook("http://jyj.example/", unknown="页面未能打开"),)
    said = as_lines(as_document((SiteLook(SITE, seen), SiteLook(SITE, away)), NOW))
    assert "图片没有替代文字 7 处，如 img　改法：" in said
    assert "需人工复核　图片没有替代文字 7 处" in said
    assert "未能判定：页面未能打开：http://jyj.example/" in said


def test_the_page_shows_foreign_words_as_words(tmp_path: Path) -> None:
    fault = Breach("label", 1, (("input", "<script>alert(1)</script>"),))
    seen = (HOME, PageLook("javascript:alert(2)", violations=(fault,)))
    written = write_accessibility(as_document((SiteLook(SITE, seen),), NOW), tmp_path / "new").read_text(
        encoding="utf-8"
    )
    assert "&lt;script&gt;alert(1)" in written
    assert 'href="javascript' not in written
    assert "表单输入框没有标签" in written

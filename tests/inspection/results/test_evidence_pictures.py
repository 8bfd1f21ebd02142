"""What a picture proves: the newest dated row of a stale column, the foot for missing marks, and its own origin."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from offices import store_of
from PIL import Image

from checks.rules.rulebook import load_rules
from crawler.browser.rendering import find_browser
from crawler.parsing.page import read_page
from domain.captured import Page
from domain.crawl_policy import CrawlPolicy
from domain.findings import Finding, FindingRecord, FindingState, Ref, Severity
from domain.ports import Store
from domain.runs import Run, RunKind, RunState
from domain.targets import Site
from domain.times import BEIJING
from inspection.results.screenshots import _shots, collect_evidence, pictures_of

AT = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
HOME = "http://www.jia.gov.cn/"
SITE = Site("2101000001", "甲市政府", HOME)
ROWS = "".join(
    f'<li><a href="/a/{n}.html">甲市召开第{n}次工作会议部署有关事项</a><span>2023-03-{20 - n:02d}</span></li>'
    for n in range(8)
)
BOX = "".join(
    f'<li><a href="{url}">{title}</a></li>'
    for url, title in (("/b/1.html", "别的栏目的信息"), ("/a/0.html", "甲市召开第0次工作会议部署有关事项"))
)  # of newest items, above the list: not what is meant
PAGE = f"""<!doctype html><meta charset=utf-8><title>工作动态-甲市政府</title><body style="margin:0">
<div class=nav style="height:700px"><a href="/dt/">工作动态</a> <a href="/tz/">通知公告</a>
<ul>{BOX}</ul></div>
<h2>工作动态</h2><ul class=list>{ROWS}</ul><div style="height:1500px"></div>
<p>各单位要认真布署工作（旧稿）。</p><div style="height:900px;background:#eef"></div><p>会议要求认真布署下一步工作。</p>
<div class=footer style="height:200px">版权所有 甲市政府</div></body>""".encode()
RED = (212, 0, 15)
BLACK = (27, 27, 27)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = store_of(tmp_path, SITE)
    run = Run("r1", RunKind.NIGHTLY, AT, AT, state=RunState.COMPLETE, targets=(SITE.id,))
    store.save_run(run)
    body = store.put_body(PAGE)
    url = f"{HOME}dt/"
    reading = read_page(PAGE, url, AT, content_type="text/html; charset=utf-8")
    store.write([Page(run.id, SITE.id, url, url, 200, AT, body, "text/html", reading=reading)])
    label = Ref(url, "工作动态", body)
    stale = Finding("column.stale", label, url, {"newest": "2023-03-20"}, kind="news", level="1")
    mark = Finding("mark.missing", Ref(url, "网站地图", body), "sitemap", {"mark": "sitemap"}, kind="sitemap")
    facts = {"wrong": "布署", "suggestion": "部署", "sentence": "会议要求认真布署下一步工作。"}
    typo = Finding("text.typo", Ref(url, "通知", body), "布署", facts)  # type: ignore[arg-type]
    store.save_findings(
        FindingRecord(key * 32, SITE.id, item, FindingState.NEW, Severity.DEDUCT, "1", AT, AT, "r1", "r1")
        for key, item in (("aa", stale), ("bb", mark), ("cc", typo))
    )
    return store


def test_each_shot_names_its_row_its_foot_and_its_origin(store: Store) -> None:
    run = store.run("r1")
    assert run is not None
    records = sorted(store.findings(), key=lambda record: record.finding.check)
    stale, mark, typo = (shot for record in records for shot in _shots(store, run, record))
    assert stale.address == f"{HOME}a/0.html"
    assert stale.text.startswith("甲市召开第0次")
    assert mark.foot
    assert (typo.text, typo.sentence) == ("布署", "会议要求认真布署下一步工作。")
    capture = records[0].finding.ref.capture
    assert stale.caption == (f"网址 {HOME}dt/", f"采集 2023-04-26 09:00:00（北京时间）  快照 {capture}")
    assert stale.body == store.body(capture)


@pytest.mark.browser
@pytest.mark.skipif(find_browser(CrawlPolicy()) is None, reason="no Chromium on this machine")
def test_pictures_mark_the_row_or_the_foot_and_carry_a_caption(store: Store) -> None:
    assert load_rules().checks
    collected = collect_evidence(store, "r1")
    assert (collected.pictures, collected.marked) == (3, 3)
    records = sorted(store.findings(), key=lambda record: record.finding.check)
    pictures = pictures_of(store, records)
    for record in records:
        image = Image.open(io.BytesIO(store.body(pictures[record.fingerprint]))).convert("RGB")
        colours = {colour: count for count, colour in image.getcolors(1 << 20)}
        assert colours.get(RED, 0) > 300, record.finding.check
        bar = image.crop((600, image.height - 50, image.width, image.height)).getcolors(1 << 20)
        assert max(bar)[1] == BLACK
    typo = Image.open(io.BytesIO(store.body(pictures["cc" * 32]))).convert("RGB")
    assert any(typo.getpixel((1000, y)) == (238, 238, 255) for y in range(0, 400))  # what stands above the second one
    stale = Image.open(io.BytesIO(store.body(pictures["aa" * 32]))).convert("RGB")
    red = [(x, y) for x in range(0, stale.width, 4) for y in range(stale.height) if stale.getpixel((x, y)) == RED]
    tall = max(y for _, y in red) - min(y for _, y in red)
    assert tall < 60  # one row, not the list
    assert 200 < min(y for _, y in red) < 700  # in the middle of the picture, not the navigation at the top

"""The real sample pages against what a person read in them."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from crawler.parsing import read_page
from crawler.parsing.dates import reader as dates
from domain.times import BEIJING

AS_OF = datetime(2025, 4, 26, 9, 0, tzinfo=BEIJING)
SHARED = Path(os.environ.get("XUNJIAN_SHARED", Path(__file__).resolve().parents[4] / "shared"))
TRUTH = SHARED / "samples" / "pages" / "truth.jsonl"
ROWS = [json.loads(line) for line in TRUTH.read_text("utf-8").splitlines()] if TRUTH.exists() else []
KINDS = {"article": "article", "list": "column"}

pytestmark = pytest.mark.skipif(not ROWS, reason="the shared sample pages are not on this machine")


@pytest.mark.parametrize("truth", ROWS, ids=lambda row: row["file"])
def test_reads_as_a_person_does(truth: dict[str, object]) -> None:
    name = str(truth["file"])
    reading = read_page((TRUTH.parent / name).read_bytes(), f"http://www.example.gov.cn/a/b/{name}", AS_OF)
    assert reading.kind.value == KINDS[str(truth["kind"])]
    assert reading.title == truth["title"]
    if truth["date"]:
        wanted = dates.read(str(truth["date"]), AS_OF)
        assert wanted is not None
        assert reading.published.value == wanted.value
        assert (reading.source or None) == truth["source"]
    if truth["n_items"]:
        newest = max(entry.published_on for entry in reading.entries if entry.published_on)
        assert (len(reading.entries), newest.isoformat()) == (truth["n_items"], truth["newest_item_date"])


@pytest.mark.parametrize("truth", ROWS, ids=lambda row: row["file"])
def test_marks_and_metas(truth: dict[str, object]) -> None:
    name = str(truth["file"])
    reading = read_page((TRUTH.parent / name).read_bytes(), f"http://www.example.gov.cn/a/b/{name}", AS_OF)
    footer, marks = truth["footer"], reading.marks
    assert isinstance(footer, dict)
    assert (marks.site_code or None, marks.icp or None, marks.police or None) == (
        footer["site_code"],
        footer["icp"],
        footer["gongan"],
    )
    assert (marks.party_gov, marks.jiucuo) == (footer["conac_mark"], footer["zhaocuo"])
    for missing in truth["meta_missing"]:  # type: ignore[attr-defined]
        assert missing not in reading.meta
    if truth["meta_pubdate"]:
        assert reading.meta["PubDate"] == truth["meta_pubdate"]

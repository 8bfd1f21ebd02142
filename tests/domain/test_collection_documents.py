"""What was collected of an account, kept as JSON and read again."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.accounts import AccountFacts, Collected, CollectionStatus, Coverage, Evidence
from domain.captured import Link, Post
from domain.collection_documents import as_document, from_document
from domain.targets import Source

AT = datetime(2023, 4, 25, 8, 30, tzinfo=UTC)
POST = Post(
    "acc",
    "p1",
    "https://weibo.example/p1",
    kind="video",
    title="标题",
    text="正文",
    published_at=AT,
    time_low=AT,
    time_high=AT,
    time_source="relative",
    edited_at=AT,
    pinned=True,
    links=(Link("https://a.example/"),),
    images=("https://a.example/1.png",),
    comments_open=False,
)
FULL = Collected(
    "acc",
    Source("weibo", "123456", (("since", "2023"), ("cookie", "x"))),
    CollectionStatus.PARTIAL,
    AccountFacts("123456", "某某发布", verified=True, followers=1_455_000, followers_approx=True, interaction=False),
    (POST,),
    Coverage(AT, AT, reached_window_start=True, list_complete=True, source_as_of=AT),
    "只取到一页",
    {"live": 2},
    (Evidence("https://weibo.example/", AT, 200, "ab" * 32, "list", headers=(("Content-Type", "text/html"),)),),
    run_id="r1",
    by="王某",
)


def through_json(*collected: Collected, run_id: str = "r1") -> tuple[Collected, ...]:
    return from_document("acc", run_id, json.loads(json.dumps(as_document(collected))))


def test_everything_but_the_texts_comes_back() -> None:
    kept = replace(POST, title="", text="", links=(), images=())
    assert through_json(FULL) == (replace(FULL, posts=(kept,)),)


def test_sources_keep_their_order() -> None:
    plain = [Collected("acc", Source("feed", url), CollectionStatus.OK, run_id="r1") for url in "cab"]
    assert [item.source.argument for item in through_json(*plain)] == ["c", "a", "b"]


def test_nothing_collected_is_nothing() -> None:
    assert through_json() == ()
    assert from_document("acc", "r1", {}) == ()


@pytest.mark.parametrize("status", list(CollectionStatus))
def test_every_state_comes_back(status: CollectionStatus) -> None:
    item = Collected("acc", Source("manual", ""), status, run_id="r1")
    assert through_json(item) == (item,)
    assert len(json.dumps(as_document([item]))) < 100  # what equals its default costs nothing


def test_the_run_is_told_by_the_caller() -> None:
    assert {item.run_id for item in through_json(FULL, FULL, run_id="r7")} == {"r7"}


def test_fields_of_a_later_version_are_passed_over() -> None:
    document = json.loads(json.dumps(as_document([FULL])))
    source = document["sources"][0]
    source["facts"]["mood"] = source["coverage"]["shape"] = source["posts"][0]["taste"] = "?"
    source["evidence"][0]["smell"] = source["colour"] = "?"
    (read,) = from_document("acc", "r1", document)
    assert (read.facts, read.coverage, read.evidence) == (FULL.facts, FULL.coverage, FULL.evidence)


def test_a_state_nobody_knows_is_an_error_not_a_verdict() -> None:
    document = as_document([FULL])
    document["sources"][0]["status"] = "perfect"
    with pytest.raises(ValueError, match="perfect"):
        from_document("acc", "r1", document)

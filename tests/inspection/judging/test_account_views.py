"""Collections and posts come back from the store as the checks see them."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.account_freshness import AccountState, freshness_of
from domain.accounts import AccountFacts, Collected, CollectionStatus, Coverage, Evidence
from domain.captured import Link, Post
from domain.runs import Run, RunKind
from domain.targets import Account, Platform, Source
from domain.times import BEIJING, Window
from inspection.judging.account_views import account_view, save_collected
from storage.memory import MemoryStore

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
ACCOUNT = Account("douyin:1", "某市发布", Platform.DOUYIN, sources=(Source("json", "x", (("preset", "douyin"),)),))


def collected(status: CollectionStatus, at: datetime, source: Source = ACCOUNT.sources[0], *days: int) -> Collected:
    posts = tuple(
        Post(
            "douyin:1", str(day), time_low=moment, time_high=moment, time_source="explicit", links=(Link("https://x"),)
        )
        for day in days
        if (moment := AS_OF - timedelta(days=day))
    )
    coverage = Coverage(posts[-1].time_low if posts else None, None, bool(posts), bool(posts), at)
    return Collected(
        "douyin:1", source, status, AccountFacts(name="某市发布", followers=3), posts, coverage, "话", {"live": 1}, (Evidence("u", at),)
    )  # fmt: skip


def test_round_trip_history_and_earlier_runs() -> None:
    store = MemoryStore()
    yesterday = Run("r1", RunKind.NIGHTLY, AS_OF - timedelta(days=1), AS_OF - timedelta(days=1))
    today = Run("r2", RunKind.NIGHTLY, AS_OF, AS_OF)
    store.save_run(yesterday)
    store.save_run(today)
    first = collected(CollectionStatus.OK, AS_OF - timedelta(days=1), ACCOUNT.sources[0], 3, 20)
    save_collected(store, yesterday, [first])
    save_collected(store, today, [collected(CollectionStatus.CHALLENGE, AS_OF)])
    view = account_view(store, ACCOUNT, today)
    assert [item.status for item in view.collections] == [CollectionStatus.CHALLENGE]
    slim = replace(
        first, posts=tuple(replace(post, links=()) for post in first.posts), run_id="r1", as_of=yesterday.as_of
    )
    assert list(view.earlier()) == [slim]
    assert {post.links for post in view.posts()} == {(Link("https://x"),)}
    verdict = freshness_of(ACCOUNT, view.collections, view.posts(), AS_OF, Window(days=14))
    assert (verdict.state, verdict.decided_by) == (AccountState.UPDATED, "历史采集")


def test_a_second_answer_of_a_source_replaces_the_first_and_a_person_is_added() -> None:
    store = MemoryStore()
    run = Run("r1", RunKind.NIGHTLY, AS_OF, AS_OF)
    store.save_run(run)
    save_collected(store, run, [collected(CollectionStatus.CHALLENGE, AS_OF)])
    save_collected(store, run, [collected(CollectionStatus.OK, AS_OF, ACCOUNT.sources[0], 3)])
    save_collected(store, run, [collected(CollectionStatus.OK, AS_OF, Source("manual"), 3)])
    view = account_view(store, ACCOUNT, run)
    assert [(item.source.adapter, item.status.value) for item in view.collections] == [("json", "ok"), ("manual", "ok")]

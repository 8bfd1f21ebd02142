"""A finding on a post closes when the post is shown to be gone or was read again, never because it was not seen."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from checks.rules.rulebook import load_rules
from domain.accounts import Collected, CollectionStatus, Coverage, Evidence
from domain.captured import Post
from domain.findings import FindingState
from domain.runs import Run, RunKind
from domain.targets import Account, Platform, Registry, Source
from domain.times import BEIJING
from inspection.judging.account_views import save_collected
from inspection.judging.accounts import judge_accounts
from storage.memory import MemoryStore

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
FEED, OTHER = Source("feed", "https://rss.example/a"), Source("json", "b.json")
ACCOUNT = Account("douyin:1", "某市发布", Platform.DOUYIN, url="https://home.example/1", sources=(FEED, OTHER))
WRONG = "全市上下贯彻落实会议精神，进一步优化营商环竟。"


def post(number: int, text: str = "今天召开会议。", **fields: object) -> Post:
    moment = AS_OF - timedelta(days=number)
    return Post("douyin:1", str(number), f"https://p.example/{number}", text=text, published_at=moment, time_low=moment,
                time_high=moment, time_source="explicit", **fields)  # type: ignore[arg-type]  # fmt: skip


def list_of(*posts: Post, at: datetime, status: CollectionStatus = CollectionStatus.OK, source: Source = FEED,
            complete: bool = True) -> Collected:  # fmt: skip
    lows = [item.time_low for item in posts if item.time_low]
    cover = Coverage(min(lows, default=None), max(lows, default=None), bool(posts), complete, at)
    return Collected(
        "douyin:1",
        source,
        status,
        posts=posts,
        coverage=cover,
        evidence=(Evidence("https://rss.example/a", at, 200, "x"),),
    )


def night(store: MemoryStore, day: int, *collected: Collected) -> FindingState | tuple[FindingState, str]:
    at = AS_OF + timedelta(days=day)
    run = Run(f"r{day}", RunKind.NIGHTLY, at, at, targets=("douyin:1",))
    store.save_run(run)
    save_collected(store, run, collected)
    judge_accounts(store, [ACCOUNT], run, load_rules(), Registry(accounts=(ACCOUNT,)))
    (record,) = [item for item in store.findings(("douyin:1",)) if item.finding.check == "text.typo"]
    return (record.state, record.closed) if record.closed else record.state


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    assert night(store, 0, list_of(post(1), post(3, WRONG), post(6), at=AS_OF)) is FindingState.NEW
    return store


NEXT = AS_OF + timedelta(days=1)


def test_a_post_that_its_complete_list_no_longer_has_is_gone(store: MemoryStore) -> None:
    state, why = night(store, 1, list_of(post(1), post(6), at=NEXT))
    assert state is FindingState.FIXED
    assert why.startswith("推文已删除")
    again = AS_OF + timedelta(days=2)
    assert night(store, 2, list_of(post(1), post(6), at=again))[0] is FindingState.FIXED
    assert night(store, 3, list_of(post(1), post(3, WRONG), post(6), at=again)) is FindingState.REOPENED


def test_a_corrected_post_is_fixed_and_a_deleted_one_is_named(store: MemoryStore) -> None:
    assert night(store, 1, list_of(post(1), post(3), post(6), at=NEXT)) is FindingState.FIXED
    assert night(store, 2, list_of(post(1), post(3, WRONG), post(6), at=NEXT)) is FindingState.REOPENED
    deleted = post(3, WRONG, deleted=True)
    assert night(store, 3, list_of(post(1), deleted, post(6), at=NEXT)) == (FindingState.FIXED, "推文已删除")


@pytest.mark.parametrize(
    "seen",
    [
        list_of(at=NEXT, status=CollectionStatus.CHALLENGE),
        list_of(post(1), post(6), at=NEXT, status=CollectionStatus.PARTIAL, complete=False),
        list_of(post(1), post(2), at=NEXT),  # the list ends before it
        list_of(post(1), post(6), at=NEXT, source=OTHER),  # this source never had it
        replace(list_of(post(1), post(6), at=NEXT), skipped={"unreadable": 1}),
    ],
    ids=["refused", "partial", "shorter", "other source", "unreadable item"],
)
def test_a_post_that_was_only_not_seen_stays_open(store: MemoryStore, seen: Collected) -> None:
    assert night(store, 1, seen) is FindingState.PERSISTING


def test_an_article_whose_page_says_it_is_gone() -> None:
    store = MemoryStore()
    source = Source("wechat_article", "https://p.example/3")
    assert night(store, 0, list_of(post(3, WRONG), at=AS_OF, source=source)) is FindingState.NEW
    refused = replace(
        list_of(at=NEXT, status=CollectionStatus.NOT_FOUND, source=source), message="该内容已被发布者删除",
        evidence=(Evidence("https://p.example/3", NEXT, 200, "x"),),
    )  # fmt: skip
    assert night(store, 1, refused) == (FindingState.FIXED, "该内容已被发布者删除")

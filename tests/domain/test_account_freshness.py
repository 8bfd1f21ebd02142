"""The verdict rule: properties over everything a night can bring, and the borders."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.account_freshness import AccountFreshness, AccountState, bounds, freshness_of
from domain.account_links import account_of, is_account
from domain.accounts import Collected, CollectionStatus, Coverage
from domain.captured import Post
from domain.targets import Account, Platform, Source
from domain.times import BEIJING, Window, beijing_date

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
WINDOW = Window(days=14)
START = datetime(2023, 4, 12, tzinfo=BEIJING)

moments = st.datetimes(datetime(2023, 3, 1), datetime(2023, 5, 5)).map(lambda at: at.replace(tzinfo=BEIJING))
spans = st.sampled_from([timedelta(0), timedelta(hours=8), timedelta(days=1), timedelta(days=40)])


@st.composite
def posts(draw: st.DrawFn) -> Post:
    low, source = draw(st.none() | moments), draw(st.sampled_from(["explicit", "relative", "derived_id", "none"]))
    high = low + draw(spans) if low and draw(st.booleans()) else low
    return Post(
        "a", draw(st.text("abc", min_size=1, max_size=3)), time_low=low, time_high=high, time_source=source,
        pinned=draw(st.booleans()), deleted=draw(st.booleans()), kind=draw(st.sampled_from(["text", "live"])),
    )  # fmt: skip


@st.composite
def collections(draw: st.DrawFn, statuses: st.SearchStrategy[CollectionStatus] | None = None) -> Collected:
    status = draw(st.sampled_from(CollectionStatus) if statuses is None else statuses)
    coverage = Coverage(
        None, None, draw(st.booleans()), draw(st.booleans()),
        draw(st.none() | st.sampled_from([AS_OF, AS_OF - timedelta(hours=20), AS_OF - timedelta(days=3)])),
    )  # fmt: skip
    source = Source(
        draw(st.sampled_from(["feed", "weibo", "json", "manual", "wechat_api"])), draw(st.text("xy", max_size=1))
    )
    skipped = draw(st.sampled_from([{}, {"foreign": 2}, {"unreadable": 1}]))
    return Collected(
        "a", source, status, posts=tuple(draw(st.lists(posts(), max_size=4))), coverage=coverage, skipped=skipped
    )


accounts = st.builds(lambda platform: Account("a", "某市发布", platform), st.sampled_from(Platform))


def judge(account: Account, told: list[Collected], history: list[Post]) -> AccountFreshness:
    return freshness_of(account, told, history, AS_OF, WINDOW)


@given(accounts, st.lists(collections(), max_size=4), st.lists(posts(), max_size=3))
def test_every_deduction_has_a_complete_current_witness(account, told, history) -> None:
    verdict = judge(account, told, history)
    if verdict.state not in {AccountState.NOT_UPDATED, AccountState.NEAR_DUE}:
        return
    witnesses = [
        item
        for item in told
        if item.status is CollectionStatus.OK and item.posts and item.coverage.reached_window_start
        and item.coverage.list_complete and item.coverage.source_as_of and item.coverage.source_as_of >= AS_OF - timedelta(days=1)
    ]  # fmt: skip
    assert witnesses
    assert not any(item.status in {CollectionStatus.NOT_FOUND, CollectionStatus.OK_EMPTY} for item in told)
    if account.platform is Platform.WECHAT:
        assert any(item.manual for item in witnesses) or len({item.source.adapter for item in witnesses}) > 1
    every = [post for item in told for post in item.posts] + history
    limit = START if verdict.state is AccountState.NOT_UPDATED else AS_OF - timedelta(days=9)
    assert all((high := bounds(post)[1]) and beijing_date(high) < beijing_date(limit) for post in every)


failed = st.sampled_from([status for status in CollectionStatus if status is not CollectionStatus.OK])


@given(accounts, st.lists(collections(failed), max_size=4), st.lists(posts(), max_size=3))
def test_no_path_from_a_failed_collection_to_a_deduction(account, told, history) -> None:
    assert judge(account, told, history).state in {AccountState.UPDATED, AccountState.UNKNOWN}


@given(accounts, st.lists(collections(), max_size=3), st.lists(posts(), max_size=3), collections(failed))
def test_one_more_failure_never_makes_a_verdict_worse(account, told, history, more) -> None:
    before, after = judge(account, told, history), judge(account, [*told, more], history)
    if before.state is not AccountState.NOT_UPDATED:
        assert after.state is not AccountState.NOT_UPDATED
    if before.state is AccountState.UPDATED:
        assert after.state is AccountState.UPDATED


@given(st.lists(collections(), max_size=3), st.lists(posts(), max_size=3), st.randoms())
def test_order_does_not_matter(told, history, random) -> None:
    account = Account("a", "某市发布", Platform.WEIBO)
    shuffled = random.sample(told, len(told))
    assert judge(account, told, history).state is judge(account, shuffled, history[::-1]).state


@given(st.lists(collections(), max_size=3))
def test_a_verdict_always_has_a_reason(told) -> None:
    verdict = judge(Account("a", "某市发布", Platform.WEIBO), told, [])
    assert verdict.reason
    assert verdict.state is AccountState.UNKNOWN or verdict.decided_by


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        (START, START, AccountState.NEAR_DUE),
        (START - timedelta(seconds=1), START - timedelta(seconds=1), AccountState.NOT_UPDATED),
        (START - timedelta(hours=1), START + timedelta(hours=1), AccountState.UNKNOWN),
        (START, START + timedelta(days=1), AccountState.NEAR_DUE),
        (AS_OF - timedelta(days=9), AS_OF - timedelta(days=9), AccountState.UPDATED),
        (AS_OF + timedelta(days=1), AS_OF + timedelta(days=1), AccountState.UNKNOWN),
        (AS_OF + timedelta(hours=5), AS_OF + timedelta(hours=5), AccountState.UPDATED),
    ],
)
def test_borders(low: datetime, high: datetime, state: AccountState) -> None:
    post = Post("a", "1", time_low=low, time_high=high, time_source="explicit")
    item = Collected(
        "a", Source("json"), CollectionStatus.OK, posts=(post,), coverage=Coverage(low, low, True, True, AS_OF)
    )
    assert judge(Account("a", "某市发布", Platform.DOUYIN), [item], []).state is state


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://weibo.com/u/1234567890?refer_flag=1", (Platform.WEIBO, "1234567890")),
        ("http://weibo.com/1234567890", (Platform.WEIBO, "1234567890")),
        ("https://m.weibo.cn/u/1234567890", (Platform.WEIBO, "1234567890")),
        ("https://weibo.com/shenyangfabu", (Platform.WEIBO, "shenyangfabu")),
        ("https://weibo.com/1234567890/KkBtUx2dv", None),
        ("https://weibo.com/", None),
        ("http://service.weibo.com/share/share.php?url=http://a", None),
        ("https://mp.weixin.qq.com/mp/profile_ext?action=home&__biz=MzIyNjMxOTY0NA==&scene=1", (Platform.WECHAT, "MzIyNjMxOTY0NA==")),
        ("https://mp.weixin.qq.com/s/abcdefg", None),
        ("https://www.douyin.com/user/MS4wLjABAAAA", (Platform.DOUYIN, "MS4wLjABAAAA")),
        ("https://space.bilibili.com/161775300/dynamic", (Platform.BILIBILI, "161775300")),
        ("https://www.toutiao.com/c/user/token/MS4wLjABAAAA/", (Platform.TOUTIAO, "MS4wLjABAAAA")),
        ("https://www.xiaohongshu.com/user/profile/5ff0e6410000000001008400", (Platform.XIAOHONGSHU, "5ff0e6410000000001008400")),
        ("https://www.kuaishou.com/profile/3xabcdef", (Platform.KUAISHOU, "3xabcdef")),
        ("https://www.example.gov.cn/", None),
    ],
)  # fmt: skip
def test_account_addresses(url: str, found: tuple[Platform, str] | None) -> None:
    assert account_of(url) == found
    if found:
        assert is_account(Account("x", "x", found[0], url=url), *found)
        assert not is_account(Account("x", "x", Platform.APP, url=url), *found)


@given(accounts.filter(lambda one: one.platform not in {Platform.APP, Platform.MINIPROGRAM}), st.lists(collections(), max_size=3), st.lists(posts(), max_size=3), collections(), st.integers(0, 9))  # fmt: skip
def test_one_fresh_post_from_any_source_is_enough(account, told, history, witness, days) -> None:
    at = AS_OF - timedelta(days=days)
    fresh = Post("a", "fresh", time_low=at, time_high=at, time_source="explicit")
    one_more = replace(witness, posts=(*witness.posts, fresh))
    assert judge(account, [*told, one_more], history).state is AccountState.UPDATED
    assert judge(account, told, [*history, fresh]).state is AccountState.UPDATED

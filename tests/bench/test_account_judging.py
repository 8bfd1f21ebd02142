"""100,000 accounts with their posts, judged by every account check: under 60 s and 500 MB."""

import resource
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from checks.rules.rulebook import load_rules
from checks.runner import run_account_checks
from domain.accounts import AccountFacts, AccountView, Collected, CollectionStatus, Coverage
from domain.captured import Post
from domain.findings import Finding
from domain.targets import Account, Platform, Source
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
PLATFORMS = [Platform.WECHAT] * 7 + [Platform.WEIBO, Platform.DOUYIN, Platform.TOUTIAO]
ACCOUNTS = 100_000
POSTS = 20


def views(count: int) -> Iterator[AccountView]:
    """Every 50th account is stale, every 20th could not be collected."""
    for number in range(count):
        id = f"account:{number}"
        newest = AS_OF - timedelta(days=40 if number % 50 == 0 else number % 9)
        posts = tuple(
            Post(id, str(n), published_at=at, time_low=at, time_high=at, time_source="explicit", comments_open=True)
            for n, at in ((n, newest - timedelta(days=n)) for n in range(POSTS))
        )
        failed = number % 20 == 1
        status = CollectionStatus.CHALLENGE if failed else CollectionStatus.OK
        coverage = Coverage(posts[-1].time_low, newest, not failed, not failed, AS_OF)
        sources = (Source("json", "list.json"), Source("import", "export.xlsx"))
        told = tuple(
            Collected(id, source, status, AccountFacts(name=f"某局{number}"), () if failed else posts, coverage)
            for source in sources
        )
        account = Account(id, f"某局{number}", PLATFORMS[number % 10], sources=sources)
        yield AccountView(account, AS_OF, "r1", told, lambda posts=posts, failed=failed: iter(() if failed else posts))


@pytest.mark.slow
def test_a_hundred_thousand_accounts() -> None:
    rules, found, begun = load_rules(), Counter(), time.perf_counter()
    for view in views(ACCOUNTS):
        for result in run_account_checks(view, rules):
            found[result.check, isinstance(result, Finding)] += 1
    seconds = time.perf_counter() - begun
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{ACCOUNTS} accounts, {ACCOUNTS * POSTS} posts: {seconds:.1f} s, {megabytes:.0f} MB, {dict(found)}")
    assert found["account.stale", True] == ACCOUNTS // 50
    assert found["account.stale", False] == ACCOUNTS // 20
    assert seconds < 60
    assert megabytes < 500

"""The posts of an account in the last whole calendar month, where its sources show all of it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from checks.shared.account_facts import account_ref
from domain.account_freshness import bounds
from domain.accounts import AccountView, CollectionStatus
from domain.captured import Post
from domain.findings import Fact, Finding, Result, Unjudged
from domain.targets import Platform
from domain.times import beijing_date


def last_month(today: date) -> tuple[date, date]:
    """First and last day of the month before today's."""
    end = today.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


def posts_of(view: AccountView, first: date, last: date) -> list[Post]:
    """Everything known to have been published in these days, each post once."""
    posts = {post.id: post for item in view.collections if not item.manual for post in item.posts}
    posts = {post.id: post for post in view.posts()} | posts
    found = []
    for post in posts.values():
        low, high = bounds(post)
        if low is not None and high is not None and first <= beijing_date(low) and beijing_date(high) <= last:
            found.append(post)
    return found


def is_whole_since(view: AccountView, first: date) -> bool:
    """Whether nothing published since `first` may be hidden: complete lists reach that far back."""
    whole = {
        item.source.adapter
        for item in view.collections
        if item.status is CollectionStatus.OK and not item.manual and item.coverage.list_complete
        and not item.skipped.get("unreadable")
        and item.coverage.oldest_seen is not None and beijing_date(item.coverage.oldest_seen) <= first
    }  # fmt: skip
    return len(whole) >= (2 if view.account.platform is Platform.WECHAT else 1)


def few_in_month(
    check: str, view: AccountView, least: int, what: str, counts: Callable[[Post], bool]
) -> Iterator[Result]:
    """Judge whether fewer than `least` posts that count were published in the last whole month; `what`: in Chinese.

    Enough is enough wherever it was seen; too few is said only where a complete list reaches back to the month's first day.
    """
    first, last = last_month(beijing_date(view.as_of))
    month = f"{first:%Y 年 %-m 月}"
    number = sum(map(counts, posts_of(view, first, last)))
    if number >= least:
        return
    if not is_whole_since(view, first):
        yield Unjudged(check, account_ref(view), f"采集结果没有完整包括 {month}，不能判断当月{what}数")
        return
    facts: dict[str, Fact] = {"posts": number, "limit": least, "start": month}
    yield Finding(check, account_ref(view), f"{first:%Y-%m}", facts)

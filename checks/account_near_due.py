"""account.near_due (账号临期更新)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

from checks.shared.account_facts import account_ref, freshness_facts
from domain.account_freshness import BY_USE, AccountState, bounds, freshness_of
from domain.accounts import AccountView, Collected, CollectionStatus
from domain.findings import Fact, Finding, Place, Result, Unjudged
from domain.targets import Platform
from domain.times import Window, beijing_date


@dataclass(frozen=True, slots=True)
class NearDueAccounts:
    """Name an account whose deadline is near, or that came within `margin` days of it once in the past `period`.

    Both need a complete time line: a list that may hide newer posts proves no gap.
    """

    id: ClassVar[str] = "account.near_due"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.ACCOUNT
    kinds: ClassVar[tuple[str, ...]] = ("now", "gap")
    window: Window
    near_due_ratio: float = 0.7
    period: Window = field(default_factory=lambda: Window(months=1))
    margin: int = 2

    def __call__(self, view: AccountView) -> Iterator[Result]:
        """Judge how old the newest post is, then the gaps between the posts of the period."""
        verdict = freshness_of(
            view.account, view.collections, view.posts(), view.as_of, self.window, self.near_due_ratio
        )
        if verdict.state is AccountState.NEAR_DUE and verdict.age is not None:
            facts = freshness_facts(view, verdict) | {"days_left": verdict.limit - verdict.age}
            yield Finding(self.id, account_ref(view), "now", facts, kind="now")
        elif verdict.near_doubt:
            reason = f"最近一次已知更新距今{verdict.age}天，不能确定是否临期：{verdict.near_doubt}"
            yield Unjudged(self.id, account_ref(view), reason)
        if verdict.state in {AccountState.UPDATED, AccountState.NEAR_DUE} and view.account.platform not in BY_USE:
            yield from self._gap(view)

    def _gap(self, view: AccountView) -> Iterator[Result]:
        limit = self.window.length(view.as_of)
        days = _days(view)
        if days is None:
            return
        since, today = self.period.start(view.as_of), beijing_date(view.as_of)
        gaps = [((later - earlier).days, earlier, later) for earlier, later in pairwise(days)]
        gaps = [gap for gap in gaps if since <= gap[2] <= today and gap[0] >= limit - self.margin]
        if gaps:
            days_apart, earlier, later = max(gaps)
            facts: dict[str, Fact] = {
                "gap": days_apart,
                "gap_start": earlier.isoformat(),
                "gap_end": later.isoformat(),
                "limit": limit,
            }
            yield Finding(self.id, account_ref(view), f"gap {earlier.isoformat()}", facts, kind="gap")


def _days(view: AccountView) -> list[date] | None:
    """Every day with a post, oldest first, as far back as complete sources reach; None when there are none."""
    whole = [item for item in view.collections if _is_whole(item)]
    channels = {item.source.adapter for item in whole}
    if not whole or (view.account.platform is Platform.WECHAT and len(channels) < 2):
        return None
    floor = max(item.coverage.oldest_seen for item in whole if item.coverage.oldest_seen)
    posts = [post for item in view.collections for post in item.posts] + list(view.posts())
    days: set[date] = set()
    for post in posts:
        low, high = bounds(post)
        if low is None or high is None or high - low > timedelta(days=1):
            return None
        if low >= floor:
            days.add(beijing_date(low))
            if high != low:
                days.add(beijing_date(high))
    return sorted(days)


def _is_whole(item: Collected) -> bool:
    # A manual entry tells one date only.
    cover = item.coverage
    reached = item.status is CollectionStatus.OK and cover.reached_window_start and cover.list_complete
    return reached and not item.manual and cover.oldest_seen is not None and not item.skipped.get("unreadable")

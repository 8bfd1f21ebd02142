"""The verdict rule of accounts: one fresh post is enough for "updated"; "not updated" needs a proof."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.accounts import Collected, CollectionStatus
from domain.captured import Post
from domain.platforms import PLATFORMS
from domain.targets import Account, Platform
from domain.times import Window, beijing_date

BY_USE = frozenset(platform for platform, row in PLATFORMS.items() if row.by_use)
_Newest = tuple[datetime, Post, str]
MAX_AGE = timedelta(days=1)  # how far a source may lag behind as_of and still prove an absence


class AccountState(StrEnum):
    """How an account stands to its deadline."""

    UPDATED = "updated"
    NEAR_DUE = "near_due"
    NOT_UPDATED = "not_updated"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The official word."""
        return {"updated": "正常更新", "near_due": "临期", "not_updated": "未更新", "unknown": "未能判定"}[self.value]


@dataclass(frozen=True, slots=True)
class AccountFreshness:
    """The verdict with its reason (Chinese), the source that decided and the newest post's time interval."""

    state: AccountState
    reason: str
    decided_by: str = ""
    newest: Post | None = None
    low: datetime | None = None
    high: datetime | None = None
    age: int | None = None  # days since the newest known update, counted from the interval's earlier end
    limit: int = 0  # days of the window
    near_doubt: str = ""  # updated, but why it cannot be said whether it is near due


def bounds(post: Post) -> tuple[datetime | None, datetime | None]:
    """The earliest and latest moment a post can have been published; None: not known.

    A time derived from an id is a lower bound only: a draft is numbered before it is published.
    """
    low, high = post.time_low, post.time_high
    if low is None and high is None:
        low = high = post.published_at
    return low, None if post.time_source == "derived_id" else high


def freshness_of(
    account: Account,
    collections: Sequence[Collected],
    posts: Iterable[Post],
    as_of: datetime,
    window: Window,
    near_ratio: float = 0.7,
    max_age: timedelta = MAX_AGE,
) -> AccountFreshness:
    """Judge one account from this run's collections and the posts kept of earlier runs."""
    if account.platform in BY_USE:
        return _in_use(collections)
    pool = [(post, label) for item in collections for label in [item.label] for post in item.posts]
    pool += [(post, "历史采集") for post in posts]
    today, start, limit = beijing_date(as_of), window.start(as_of), window.length(as_of)
    newest = _newest(pool, today)
    known = _known(newest, today, limit)
    doubt = _doubt(account, collections, pool, start, as_of, max_age)
    if newest and beijing_date(newest[0]) >= start:
        return _updated(account, collections, pool, as_of, known, near_ratio, max_age)
    if not doubt:
        witness = next(item for item in collections if _proves(item, as_of, max_age))
        reason = (
            f"最近一次更新距监测时间点{known.age}天，超过{limit}天" if known.age is not None else f"{limit}天内未更新"
        )
        return _with(known, AccountState.NOT_UPDATED, reason, witness.label)
    return _with(known, AccountState.UNKNOWN, doubt)


def _updated(
    account: Account,
    collections: Sequence[Collected],
    pool: Sequence[tuple[Post, str]],
    as_of: datetime,
    known: AccountFreshness,
    near_ratio: float,
    max_age: timedelta,
) -> AccountFreshness:
    near = math.ceil(near_ratio * known.limit)
    if known.age is None or known.age < near:
        return _with(known, AccountState.UPDATED, f"{known.limit}天内有更新", known.decided_by)
    since = beijing_date(as_of) - timedelta(days=near - 1)
    doubt = _doubt(account, collections, pool, since, as_of, max_age)
    if doubt:
        return _with(known, AccountState.UPDATED, f"{known.limit}天内有更新", known.decided_by, doubt)
    reason = f"最近一次更新距监测时间点{known.age}天，期限{known.limit}天"
    return _with(known, AccountState.NEAR_DUE, reason, known.decided_by)


def _with(
    known: AccountFreshness, state: AccountState, reason: str, by: str = "", near_doubt: str = ""
) -> AccountFreshness:
    return AccountFreshness(
        state, reason, by or known.decided_by, known.newest, known.low, known.high, known.age, known.limit, near_doubt
    )


def _in_use(collections: Sequence[Collected]) -> AccountFreshness:
    alive = next((item for item in collections if item.status is CollectionStatus.OK), None)
    if alive and alive.facts.state != "closed":
        return AccountFreshness(AccountState.UPDATED, "可以下载或使用（不按推文更新时间评判）", alive.label)
    return AccountFreshness(AccountState.UNKNOWN, _failures(collections))


def _newest(pool: Sequence[tuple[Post, str]], today: date) -> _Newest | None:
    best: _Newest | None = None
    for post, label in pool:
        low = post.time_low or post.published_at
        if low is None or post.deleted or post.kind == "live" or (best and low <= best[0]):
            continue
        if beijing_date(low) <= today:  # a later one is no evidence for this as_of
            best = (low, post, label)
    return best


def _known(newest: _Newest | None, today: date, limit: int) -> AccountFreshness:
    if newest is None:
        return AccountFreshness(AccountState.UNKNOWN, "", limit=limit)
    low, post, label = newest
    age = (today - beijing_date(low)).days
    return AccountFreshness(AccountState.UNKNOWN, "", label, post, low, bounds(post)[1], age, limit)


def _doubt(
    account: Account,
    collections: Sequence[Collected],
    pool: Sequence[tuple[Post, str]],
    since: date,
    as_of: datetime,
    max_age: timedelta,
) -> str:
    """Why it is not proven that nothing was published on or after `since`; empty when it is."""
    proofs = [item for item in collections if _proves(item, as_of, max_age)]
    if not proofs:
        return _failures(collections)
    for post, label in pool:
        high = bounds(post)[1]
        if high is None:
            return f"{label}有发布时间不明的内容"
        if beijing_date(high) >= since:
            return f"{label}有可能在期限内的内容，来源互相矛盾或时间不精确"
    return _contradiction(account, collections) or _missing_channel(account, proofs)


def _proves(item: Collected, as_of: datetime, max_age: timedelta) -> bool:
    cover = item.coverage
    return (
        item.status is CollectionStatus.OK
        and bool(item.posts)
        and cover.reached_window_start
        and cover.list_complete
        and cover.source_as_of is not None
        and cover.source_as_of >= as_of - max_age
        and not item.skipped.get("unreadable")
    )


def _contradiction(account: Account, collections: Sequence[Collected]) -> str:
    for item in collections:
        if item.status in {CollectionStatus.NOT_FOUND, CollectionStatus.OK_EMPTY}:
            return f"{item.label}：{item.status.label}，与其他来源矛盾"
        if item.skipped.get("unreadable"):
            return f"{item.label}有{item.skipped['unreadable']}条内容无法识别"
    tried = {item.source for item in collections}
    if any(source not in tried and source.adapter != "manual" for source in account.sources):
        return "还有采集源未采集"
    return ""


def _missing_channel(account: Account, proofs: Sequence[Collected]) -> str:
    # A WeChat list shows either pushed or published articles, never surely both.
    if account.platform is not Platform.WECHAT or any(item.manual for item in proofs):
        return ""
    if len({item.source.adapter for item in proofs}) >= 2 and len({item.source.argument for item in proofs}) >= 2:
        return ""  # one saved list under two names is one channel
    return "微信公众号仅一个渠道未见更新，需另一渠道或人工核实"


def _failures(collections: Sequence[Collected]) -> str:
    if not collections:
        return "未采集"
    return "；".join(f"{item.label}：{_shortfall(item)}" for item in collections)


def _shortfall(item: Collected) -> str:
    if item.message:
        return f"{item.status.label}（{item.message}）"
    if item.status is CollectionStatus.OK:
        return "已采集，但范围不完整或不是最新"
    return item.status.label

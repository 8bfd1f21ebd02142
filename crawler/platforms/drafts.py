"""From items to `Parsed`: own posts apart from foreign ones, coverage, and the collection state."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from crawler.platforms.ownership import Draft, own
from crawler.platforms.times import When
from crawler.platforms.values import Answer, Fetch, Limits, Parsed
from domain.accounts import AccountFacts, CollectionStatus, Coverage
from domain.captured import Post
from domain.targets import Account, Source
from domain.times import beijing_date


@dataclass(frozen=True, slots=True)
class Context:
    """Whose answer is read, from which source, as of when."""

    account: Account
    source: Source
    answer: Answer
    as_of: datetime
    limits: Limits

    def option(self, name: str, default: str = "") -> str:
        """An option of the source, or the default."""
        return next((value for key, value in self.source.options if key == name), default)

    @property
    def is_vouched(self) -> bool:
        """Whether the office says by the option `complete` that the source shows everything."""
        return self.option("complete") in {"yes", "true", "1"}

    @property
    def own_ids(self) -> frozenset[str]:
        """Every id by which the registry or the source names the account."""
        words = [self.account.platform_id, self.option("author"), self.option("author_id"), self.option("uid")]
        if re.fullmatch(r"[\w=@-]{4,}", self.source.argument):
            words.append(self.source.argument)
        words += re.findall(r"(?:/u/|/user/|/profile/|uid=|space\.bilibili\.com/|__biz=)([\w=.-]+)", self.account.url)
        return frozenset(word for word in words if word)


def make_post(ctx: Context, id: str, when: When | None, **fields: Any) -> Post:
    """A Post with its time interval filled in."""
    if when:
        exact = when.low if when.exact or when.high - when.low < timedelta(seconds=60) else when.likely
        fields |= {"published_at": exact, "time_low": when.low, "time_high": when.high, "time_source": when.source}
    return Post(ctx.account.id, id, **fields)


def settle(
    ctx: Context,
    drafts: Iterable[Draft | str],
    *,
    shape: str,
    facts: AccountFacts | None = None,
    more: bool = False,
    complete: bool = True,
    source_as_of: datetime | None = None,
    live: bool = True,
    following: tuple[Fetch, ...] = (),
    message: str = "",
    profile: AccountFacts | None = None,
) -> Parsed:
    """Judge what one list covers. A string among the drafts is the reason an item was left out.

    `more`: the platform says there are older items. `complete`: nothing newer than the oldest item is hidden.
    `live`: the answer speaks for the moment it was fetched, unless it names one itself.
    `profile`: whom the answer describes apart from its items, where it does.
    """
    skipped: Counter[str] = Counter()
    items: list[Draft] = []
    for draft in drafts:
        if isinstance(draft, str):
            skipped[draft] += 1
        else:
            items.append(draft)
    posts, foreign = own(items, ctx.own_ids, ctx.account.name, profile)
    if foreign:
        skipped["foreign"] = foreign
        facts = facts if posts else profile
        complete = complete and foreign <= len(posts)  # a search, a page of a topic: nobody's list
    posts = list({post.id: post for post in reversed(posts)}.values())[::-1]
    spoken = source_as_of or (ctx.answer.fetched_at if live else None)
    if (more and not newest_first(posts)) or is_later_page(ctx.answer):
        complete, message = False, message or "列表不是从最新一条起按时间排列"
    coverage = cover(posts, ctx, more, complete and not skipped["unreadable"], spoken)
    status, why = _status(ctx, posts, coverage, skipped)
    wanted = following if not coverage.reached_window_start and ctx.answer.page < ctx.limits.max_pages else ()
    return Parsed(
        status, facts or AccountFacts(), tuple(posts), coverage, wanted, dict(+skipped), message or why, shape
    )


def newest_first(posts: Sequence[Post]) -> bool:
    """Whether a list goes back in time, pinned posts aside: one sorted by views may hide newer posts further on."""
    lows = [post.time_low for post in posts if post.time_low and not post.pinned]
    return all(later >= earlier for later, earlier in pairwise(lows))


_START_OF = re.compile(r"[?&](?:page|pn|page_num|p|pageNo)=0*([2-9]|[1-9]\d+)\b", re.I)
_CURSOR = re.compile(r"[?&](?:since_id|max_cursor|cursor|pcursor|offset|begin|max_behot_time)=(?!0?(?:&|$))[^&]+", re.I)


def is_later_page(answer: Answer) -> bool:
    """Whether the first answer of a source is not the first page of its list, told from its address."""
    return answer.page == 1 and bool(_START_OF.search(answer.url) or _CURSOR.search(answer.url))


def cover(posts: Sequence[Post], ctx: Context, more: bool, complete: bool, spoken: datetime | None) -> Coverage:
    """What a list showed; a pinned post never tells that the window's start was reached."""
    walked_lows = [post.time_low for post in posts if post.time_low and not post.pinned]
    lows = [post.time_low for post in posts if post.time_low]
    walked = [post.time_high for post in posts if post.time_high and not post.pinned]
    start = ctx.limits.start(ctx.as_of)
    reached = not more or any(beijing_date(moment) < start for moment in walked)
    return Coverage(min(walked_lows, default=None), max(lows, default=None), reached, complete, spoken)


def _status(
    ctx: Context, posts: Sequence[Post], coverage: Coverage, skipped: Counter[str]
) -> tuple[CollectionStatus, str]:
    if coverage.source_as_of and coverage.source_as_of < ctx.as_of - ctx.limits.max_source_age:
        day = beijing_date(coverage.source_as_of).isoformat()
        return CollectionStatus.STALE_SOURCE, f"采集源的数据停在{day}"
    if not posts:
        if skipped["source_error"]:
            return CollectionStatus.SOURCE_DOWN, "采集源没有取到内容，只报告了自己的故障"
        if skipped["foreign"]:
            return CollectionStatus.PARTIAL, "列表中没有该账号自己发布的内容"
        if skipped["live"] or skipped["ad"]:
            return CollectionStatus.PARTIAL, "列表中只有直播或广告"
        return CollectionStatus.PARSE_ERROR, "没有识别到任何内容"
    if all(post.time_low is None for post in posts):
        return CollectionStatus.PARTIAL, "内容没有发布时间"
    if skipped["unreadable"]:
        return CollectionStatus.PARTIAL, f"{skipped['unreadable']}条内容无法识别"
    if not coverage.reached_window_start:
        return CollectionStatus.PARTIAL, "未读到检查期起点"
    if not coverage.list_complete:
        return CollectionStatus.PARTIAL, "列表不保证完整"
    return CollectionStatus.OK, ""


def with_facts(parsed: Parsed, facts: AccountFacts) -> Parsed:
    """The same result about a better described account."""
    return replace(parsed, facts=facts)

"""The answers of one source, read one by one, become one `Collected`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace

from crawler.platforms.values import Parsed
from domain.accounts import AccountFacts, Collected, CollectionStatus, Coverage, Evidence
from domain.captured import Post
from domain.targets import Account, Source

_EMPTY = AccountFacts()


def fold(
    account: Account, source: Source, results: Sequence[Parsed], evidence: Sequence[Evidence] = (), run_id: str = ""
) -> Collected:
    """Merge what the answers of one source said, in the order they came; at least one result is needed."""
    told = [result for result in results if not (result.shape == "token" and result.status is CollectionStatus.OK)]
    told = told or list(results[-1:])
    facts = _EMPTY
    posts: dict[str, Post] = {}
    skipped: Counter[str] = Counter()
    for result in told:
        facts = merged(facts, result.facts)
        posts |= {post.id: post for post in result.posts if post.id not in posts}
        skipped.update(result.skipped)
    coverage = _coverage(told)
    status, message = _state(told, coverage)
    return Collected(
        account.id,
        source,
        status,
        facts,
        tuple(posts.values()),
        coverage,
        message,
        dict(skipped),
        tuple(evidence),
        run_id,
    )


def merged(known: AccountFacts, more: AccountFacts) -> AccountFacts:
    """`known` with its gaps filled from `more`."""
    gaps = {
        item.name: getattr(more, item.name)
        for item in fields(AccountFacts)
        if getattr(known, item.name) == getattr(_EMPTY, item.name)
    }
    return replace(known, **gaps)


def _coverage(told: Sequence[Parsed]) -> Coverage:
    with_posts = [result.coverage for result in told if result.posts]
    covers = with_posts or [result.coverage for result in told]
    return Coverage(
        min((cover.oldest_seen for cover in covers if cover.oldest_seen), default=None),
        max((cover.newest_seen for cover in covers if cover.newest_seen), default=None),
        any(cover.reached_window_start for cover in covers),
        all(cover.list_complete for cover in covers),
        min((cover.source_as_of for cover in covers if cover.source_as_of), default=None),
    )


def _state(told: Sequence[Parsed], coverage: Coverage) -> tuple[CollectionStatus, str]:
    last = told[-1]
    telling = [result for result in told if not result.status.failed]
    if not telling or len(told) == 1:
        return last.status, last.message
    failed = next((result for result in told if result.status.failed), None)
    if failed:
        return CollectionStatus.PARTIAL, f"后续页面：{failed.status.label}"
    stale = next((result for result in told if result.status is CollectionStatus.STALE_SOURCE), None)
    if stale:
        return stale.status, stale.message
    posts = any(result.posts for result in told)
    whole = coverage.reached_window_start and coverage.list_complete
    if posts and whole and any(result.posts and result.status is CollectionStatus.OK for result in told):
        return CollectionStatus.OK, ""
    return (last.status, last.message) if not posts else (CollectionStatus.PARTIAL, last.message)

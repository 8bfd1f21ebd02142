"""Posts that a run shows to be gone: only what the very source that listed a post no longer lists, and should, is gone."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from domain.accounts import Collected, CollectionStatus
from domain.captured import Post

DELETED = "推文已删除"


def gone_posts(
    collections: Sequence[Collected], kept: Mapping[str, Post], earlier: Callable[[], Iterable[Collected]]
) -> dict[str, str]:
    """Post id -> why it is known to be gone as of this run. What was merely not seen stays.

    A source says so itself, its article page answers that it is not there, or a complete and current list that had the
    post on an earlier day has newer and older posts and no longer this one.
    """
    gone = {post.id: DELETED for item in collections for post in item.posts if post.deleted}
    gone |= _refused(collections, kept)
    seen = {post.id for item in collections for post in item.posts}
    missing = {id: post for id, post in kept.items() if id not in seen and id not in gone}
    doubtful = [(item, id) for item in collections for id, post in missing.items() if _should_list(item, post)]
    if doubtful:
        listed = {(old.source, post.id) for old in earlier() for post in old.posts}
        gone |= {id: f"{DELETED}（{item.label}中已没有）" for item, id in doubtful if (item.source, id) in listed}
    return gone


def _refused(collections: Sequence[Collected], kept: Mapping[str, Post]) -> Iterator[tuple[str, str]]:
    """Articles whose own page answered that they are no more."""
    addresses = {
        answer.url: item.message or item.status.label
        for item in collections
        if item.source.adapter == "wechat_article" and item.status is CollectionStatus.NOT_FOUND
        for answer in item.evidence
        if len(item.evidence) == 1
    }
    return ((id, addresses[post.url]) for id, post in kept.items() if post.url in addresses)


def _should_list(item: Collected, post: Post) -> bool:
    cover = item.coverage
    if item.manual or item.status is not CollectionStatus.OK or not cover.list_complete or item.skipped:
        return False
    if not (cover.oldest_seen and cover.newest_seen and post.time_low and post.time_high):
        return False
    return cover.oldest_seen < post.time_low and post.time_high < cover.newest_seen and not post.pinned

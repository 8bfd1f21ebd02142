"""Which links of an account's posts are asked: those that lead away from its platform, of recent posts, newest first."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from domain.captured import Link, Post
from domain.platforms import PLATFORMS
from domain.targets import Platform

RECENT = timedelta(days=31)
MOST = 60  # of one account and run
_ARTICLE = "mp.weixin.qq.com/s"  # the one kind of page that WeChat shows to anybody


def post_links(
    posts: Iterable[Post], platform: Platform, as_of: datetime, most: int = MOST
) -> dict[str, tuple[Link, tuple[Post, ...]]]:
    """Target -> its first link and the posts that have it, newest first. Deleted posts have no links."""
    found: dict[str, tuple[Link, tuple[Post, ...]]] = {}
    for post in sorted(posts, key=lambda item: item.time_low or as_of, reverse=True):
        if post.deleted or (post.time_low is not None and post.time_low < as_of - RECENT):
            continue
        for link in post.links:
            url = link.url.partition("#")[0]
            if url in found:
                first, owners = found[url]
                found[url] = (first, owners if post in owners else (*owners, post))
            elif len(found) < most and _leads_away(url, platform):
                found[url] = (link, (post,))
    return found


def _leads_away(url: str, platform: Platform) -> bool:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not host:
        return False
    if f"{host}{parts.path}".startswith(_ARTICLE):
        return True
    return not any(host == own or host.endswith("." + own) for own in PLATFORMS[platform].hosts)

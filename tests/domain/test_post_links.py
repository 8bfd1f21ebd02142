"""Which links of posts are asked."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.captured import Link, Post
from domain.post_links import RECENT, post_links
from domain.targets import Platform

AS_OF = datetime(2023, 4, 26, 1, tzinfo=UTC)


def post(number: int, *urls: str, days: float | None = 1, deleted: bool = False) -> Post:
    low = None if days is None else AS_OF - timedelta(days=days)
    return Post("a", f"p{number}", time_low=low, links=tuple(Link(url) for url in urls), deleted=deleted)


def asked(*posts: Post, platform: Platform = Platform.WEIBO, most: int = 60) -> list[str]:
    return list(post_links(posts, platform, AS_OF, most))


@pytest.mark.parametrize(
    ("url", "platform", "leads_away"),
    [
        ("http://www.a.gov.cn/1.html", Platform.WEIBO, True),
        ("https://weibo.com/1/2", Platform.WEIBO, False),
        ("https://m.weibo.cn/status/1", Platform.WEIBO, False),
        ("https://notweibo.com/", Platform.WEIBO, True),
        ("https://weibo.com.example.com/", Platform.WEIBO, True),
        ("https://mp.weixin.qq.com/s/abc", Platform.WEIBO, True),
        ("https://mp.weixin.qq.com/s?__biz=1", Platform.WECHAT, True),
        ("https://mp.weixin.qq.com/mp/profile_ext", Platform.WECHAT, False),
        ("https://weibo.com/1/2", Platform.WECHAT, True),
        ("http://a.gov.cn/", Platform.APP, True),
        ("ftp://a.gov.cn/", Platform.WEIBO, False),
        ("http://[broken/", Platform.WEIBO, False),
        ("http:///x", Platform.WEIBO, False),
        ("", Platform.WEIBO, False),
    ],
)
def test_only_links_that_lead_away_are_asked(url: str, platform: Platform, leads_away: bool) -> None:
    assert asked(post(1, url), platform=platform) == ([url] if leads_away else [])


def test_newest_posts_first_and_no_more_than_the_most() -> None:
    posts = [post(n, f"http://a.gov.cn/{n}", days=n) for n in (3, 1, 2)]
    assert asked(*posts) == [f"http://a.gov.cn/{n}" for n in (1, 2, 3)]
    assert asked(*posts, most=2) == ["http://a.gov.cn/1", "http://a.gov.cn/2"]


def test_old_and_deleted_posts_have_none() -> None:
    edge, over = RECENT.days, RECENT.days + 0.001
    assert asked(post(1, "http://a.gov.cn/1", days=edge)) == ["http://a.gov.cn/1"]
    assert asked(post(1, "http://a.gov.cn/1", days=over)) == []
    assert asked(post(1, "http://a.gov.cn/1", deleted=True)) == []
    assert asked(post(1, "http://a.gov.cn/1", days=None)) == ["http://a.gov.cn/1"]  # nobody knows that it is old


def test_one_target_has_all_its_posts_once() -> None:
    one, two = post(1, "http://a.gov.cn/x#top", "http://a.gov.cn/x", days=1), post(2, "http://a.gov.cn/x", days=2)
    found = post_links([two, one], Platform.WEIBO, AS_OF, most=1)
    assert list(found) == ["http://a.gov.cn/x"]
    link, owners = found["http://a.gov.cn/x"]
    assert (link.url, owners) == ("http://a.gov.cn/x#top", (one, two))

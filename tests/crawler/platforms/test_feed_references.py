"""References that stand for no character: found by changing feeds at random; the library fails on them."""

from datetime import datetime

import pytest

from crawler.platforms.adapters import parse
from crawler.platforms.feed import _NO_CHARACTER
from crawler.platforms.values import Answer, Limits
from domain.targets import Account, Platform, Source
from domain.times import BEIJING

NOW = datetime(2023, 4, 26, 9, tzinfo=BEIJING)


@pytest.mark.parametrize(
    "text",
    ["&#55296;", "&#xD800;", "&#xdfff", "&#57343;", "&#x110000;", "&#1114112;", "&#99999999999;", "&#x0000000D800;"],
)
def test_a_feed_with_such_a_reference_is_read(text: str) -> None:
    item = f"<item><guid>1</guid><title>会议{text}召开</title><pubDate>Thu, 20 Apr 2023 10:00:00 +0800</pubDate>"
    body = f"<rss version='2.0'><channel><title>x</title>{item}</item><b{text}".encode()
    answer = Answer("https://a.b/feed", body=body, fetched_at=NOW)
    parsed = parse(Account("a", "某某发布", Platform.FEED), Source("feed", "https://a.b/feed"), answer, NOW, Limits())
    assert [post.id for post in parsed.posts] == ["1"]
    parsed.posts[0].title.encode()


@pytest.mark.parametrize(
    "text", ["&#65;", "&#x4e2d;", "&#128512;", "&#57344;", "&#1114111;", "&#x10FFFF;", "&#x1F600;", "&amp;"]
)
def test_every_other_reference_stays(text: str) -> None:
    assert not _NO_CHARACTER.search(text)

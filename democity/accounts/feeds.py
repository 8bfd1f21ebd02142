"""Feeds as feed services write them: zone-less RSS, dated RSS, Atom, JSON Feed."""

import json
from datetime import datetime, timedelta
from html import escape

from democity.accounts.posts import CityPost
from democity.accounts.roster import ZONE, AccountPlan

_RFC = "%a, %d %b %Y %H:%M:%S"


def article_url(plan: AccountPlan, post: CityPost) -> str:
    """Address of a post's article page."""
    return f"http://mp.{ZONE}/s/{plan.id}_{500 + post.seq}"


def _body(post: CityPost) -> str:
    return f"<p>{escape(post.text)}</p>"


def werss(plan: AccountPlan, posts: list[CityPost], built: datetime) -> bytes:
    """RSS 2.0 whose dates have no zone (Beijing time), as a home-grown WeChat reader writes it."""
    items = "".join(
        f"<item><id>{plan.id}-{500 + post.seq}</id><guid>{plan.id}-{500 + post.seq}</guid><title>{escape(post.title)}</title>"
        f"<link>{article_url(plan, post)}</link><pubDate>{post.moment:{_RFC}} </pubDate>"
        f"<description>{escape(post.text)}</description></item>\n"
        for post in posts
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{plan.name}</title><link>http://werss.{ZONE}/</link>'
        f"<description>{plan.name}</description><language>zh-CN</language><lastBuildDate>{built:{_RFC}} +0800</lastBuildDate>\n{items}</channel></rss>"
    ).encode()


def rsshub(plan: AccountPlan, posts: list[CityPost], built: datetime) -> bytes:
    """RSS 2.0 with GMT dates."""
    shift = timedelta(hours=8)
    items = "".join(
        f"<item><title><![CDATA[{post.title}]]></title><description><![CDATA[{_body(post)}]]></description><link>{article_url(plan, post)}</link>"
        f'<guid isPermaLink="false">{article_url(plan, post)}</guid><pubDate>{post.moment - shift:{_RFC}} GMT</pubDate><author><![CDATA[{plan.name}]]></author></item>\n'
        for post in posts
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title><![CDATA[{plan.name}]]></title><link>http://mp.{ZONE}/profile/{plan.id}</link>'
        f"<description><![CDATA[{plan.name}的公众号文章]]></description><language>zh-cn</language><lastBuildDate>{built - shift:{_RFC}} GMT</lastBuildDate><ttl>5</ttl>\n{items}</channel></rss>"
    ).encode()


def atom(plan: AccountPlan, posts: list[CityPost], built: datetime) -> bytes:
    """Atom 1.0."""
    entries = "".join(
        f'<entry><id>{article_url(plan, post)}</id><title>{escape(post.title)}</title><link href="{article_url(plan, post)}"/><author><name>{plan.name}</name></author>'
        f'<published>{post.moment:%Y-%m-%dT%H:%M:%S}+08:00</published><updated>{post.moment:%Y-%m-%dT%H:%M:%S}+08:00</updated><content type="html">{escape(_body(post))}</content></entry>\n'
        for post in posts
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>{plan.name}</title><id>urn:wechat:{plan.id}</id>'
        f"<updated>{built:%Y-%m-%dT%H:%M:%S}+08:00</updated>\n{entries}</feed>"
    ).encode()


def jsonfeed(plan: AccountPlan, posts: list[CityPost], built: datetime) -> bytes:
    """JSON Feed 1.1."""
    items = [
        {
            "id": article_url(plan, post),
            "url": article_url(plan, post),
            "title": post.title,
            "content_html": _body(post),
            "date_published": f"{post.moment:%Y-%m-%dT%H:%M:%S}+08:00",
            "authors": [{"name": plan.name}],
        }
        for post in posts
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plan.name,
        "home_page_url": f"http://mp.{ZONE}/",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False).encode()

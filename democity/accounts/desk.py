"""The collection services of the demo behind one door: host and target -> reply."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any

from democity.accounts import answers_json, feeds
from democity.accounts.posts import CityPost, posts_of
from democity.accounts.roster import AccountPlan, source_of
from democity.pages import Reply

_STALE = timedelta(days=40)  # how long ago the stale instance lost its login
_FEEDS: Mapping[str, tuple[Callable[[AccountPlan, list[CityPost], datetime], bytes], str]] = {
    "werss": (feeds.werss, "application/rss+xml; charset=utf-8"),
    "rsshub": (feeds.rsshub, "application/xml; charset=utf-8"),
    "atom": (feeds.atom, "application/atom+xml; charset=utf-8"),
    "jsonfeed": (feeds.jsonfeed, "application/feed+json; charset=utf-8"),
}
_LISTS: Mapping[str, Callable[[AccountPlan, list[CityPost]], dict[str, Any]]] = {
    "weibo": answers_json.weibo,
    "bilibili": answers_json.bilibili,
    "douyin": answers_json.douyin,
    "kuaishou": answers_json.kuaishou,
    "toutiao": answers_json.toutiao,
    "xiaohongshu": answers_json.xiaohongshu,
}
_CAPTCHA = """<html><head><title>验证</title><script src="http://res.wx.qq.com/none.js"></script></head><body><div class="weui-msg"><h2 class="weui-msg__title">环境异常</h2>
<p class="weui-msg__desc">当前环境异常，完成验证后即可继续访问。</p></div></body></html>"""
_APK = b"PK\x03\x04" + bytes(2000)


def _json(value: dict[str, Any], status: int = 200) -> Reply:
    return Reply(status, "application/json; charset=utf-8", json.dumps(value, ensure_ascii=False).encode())


class Desk:
    """Answers for every account of the city."""

    def __init__(self, plans: Sequence[AccountPlan]) -> None:
        self._by_address = {source_of(plan).argument.partition("//")[2]: plan for plan in plans}
        self._by_id = {plan.id: plan for plan in plans if plan.platform == "wechat"}

    def answer(self, host: str, target: str, at: datetime) -> Reply | None:
        """The reply, or None when nobody lives there."""
        plan = self._by_address.get(host + target)
        if plan is None:
            return self._article(target, at) if host.startswith("mp.") else None
        if plan.failing:
            return _failing(plan, at)
        posts = posts_of(plan, at)
        if plan.style in _FEEDS:
            write, kind = _FEEDS[plan.style]
            return Reply(200, kind, write(plan, posts, at - timedelta(minutes=20)))
        if plan.style == "wechat_article":
            return Reply(200, body=article_page(plan, posts[0]).encode())
        if plan.style == "app":
            return Reply(200, "application/vnd.android.package-archive", _APK, steady=True)
        if target.startswith("/c/user/"):
            return Reply(200, body=own_page(plan, posts).encode())
        return _json(_LISTS[plan.style](plan, posts))

    def _article(self, target: str, at: datetime) -> Reply | None:
        id, _, number = target.removeprefix("/s/").rpartition("_")
        plan = self._by_id.get(id)
        if plan is None or not number.isdigit():
            return None
        post = next((post for post in posts_of(plan, at) if post.seq == int(number) - 500), None)
        return Reply(200, body=article_page(plan, post).encode(), steady=True) if post else None


def _failing(plan: AccountPlan, at: datetime) -> Reply:
    if plan.failing == "werss_stale":
        old = at - _STALE
        return Reply(
            200,
            "application/rss+xml; charset=utf-8",
            feeds.werss(plan, posts_of(plan, old) or posts_of(plan, at)[-3:], old),
        )
    if plan.failing == "captcha":
        return Reply(200, body=_CAPTCHA.encode())
    if plan.failing == "quota":
        return _json(answers_json.quota())
    if plan.failing == "login":
        return _json(answers_json.login())
    if plan.failing == "auth":
        return _json(answers_json.expired())
    return Reply(503, body=b"<html><head><title>Error</title></head><body>route error</body></html>")


def article_page(plan: AccountPlan, post: CityPost) -> str:
    """A WeChat article page: time in a script line, an empty publish_time, a hidden body."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>
<meta property="og:title" content="{escape(post.title)}" /><meta property="og:url" content="{feeds.article_url(plan, post)}" />
</head><body><div id="js_article" class="rich_media"><h1 class="rich_media_title" id="activity-name">{escape(post.title)}</h1>
<a id="js_name">{plan.name}</a> <em id="publish_time" class="rich_media_meta rich_media_meta_text"></em>
<div class="rich_media_content" id="js_content" style="visibility: hidden;"><p>{escape(post.text)}</p></div></div>
<script>var biz = "MzA{plan.id[-8:]}==" || ""; var mid = "{2_650_000_000 + 500 + post.seq}" || ""; var idx = "1" || "";
var nickname = htmlDecode("{plan.name}"); var user_name = "{plan.id}"; var ct = "{post.stamp}";
var msg_title = '{escape(post.title)}'.html(false); var comment_id = '25{post.stamp}' || '0';
var createTime = '{post.moment:%Y-%m-%d %H:%M}'; window.item_show_type = '0';</script>
<script src="http://mp.yunchuan.example/mmbizwap/none.js"></script></body></html>"""


def own_page(plan: AccountPlan, posts: list[CityPost]) -> str:
    """A plain page of cards with readable times."""
    cards = "".join(
        f'<div class="feed-card"><h3><a href="/item/{post.stamp}/">{escape(post.title)}</a></h3><p>{escape(post.text)}</p><time>{post.moment:%Y-%m-%d %H:%M}</time></div>'
        for post in posts
    )
    return f'<html><head><meta charset="utf-8"><title>{plan.name}</title></head><body><h1>{plan.name}</h1>{cards}</body></html>'

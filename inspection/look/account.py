"""`look --platform`: what the adapters see in a saved account answer, page or feed."""

from datetime import datetime, time, timedelta
from typing import Any

from crawler.platforms.adapters import read
from crawler.platforms.app import parse as parse_app
from crawler.platforms.drafts import Context
from crawler.platforms.payload import read_payload
from crawler.platforms.recognise import recognise
from crawler.platforms.tables import is_table
from crawler.platforms.tables import parse as parse_table
from crawler.platforms.values import Answer, Limits
from domain.accounts import AccountFacts, CollectionStatus
from domain.captured import Post
from domain.errors import UsageError
from domain.targets import Account, Platform, Source
from domain.times import BEIJING, beijing_date


def look_platform(
    platform: Platform | str, body: bytes, *, as_of: datetime, url: str = "", account: Account | None = None
) -> dict[str, Any]:
    """The JSON of `look --platform`; never raises for a bad body. UsageError for a platform that does not exist.

    `auto` tells the platform from the body; what is none of them is read as `other`.
    """
    platform = _platform(platform) if platform != "auto" else _recognised(body)
    target = account or Account(f"{platform}:", "", platform)
    ctx = Context(target, Source("look"), Answer(url, body=body), as_of, Limits())
    payload = read_payload(body)
    if is_table(body, url):
        parsed, seen = parse_table(ctx), None
    elif platform is Platform.APP:
        parsed, seen = parse_app(payload, ctx), (Platform.APP, "app")
    else:
        chosen = None if platform in {Platform.FEED, Platform.OTHER, Platform.APP} else platform
        parsed, seen = read(payload, ctx, chosen), recognise(payload)
    return {
        "status": parsed.status.value,
        "account": _account(parsed.facts, platform),
        "posts": [_post(post) for post in parsed.posts],
        "platform": (seen[0] if seen else platform).value,
        "shape": parsed.shape or (seen[1] if seen else None),
        "message": parsed.message or None,
        "skipped": dict(parsed.skipped),
    }


def _recognised(body: bytes) -> Platform:
    seen = recognise(read_payload(body))
    return seen[0] if seen else Platform.OTHER


def _platform(name: str) -> Platform:
    name = {"xhs": "xiaohongshu"}.get(name.strip().lower(), name.strip().lower())
    if name not in set(Platform):
        raise UsageError(f"没有名为“{name}”的平台，可用：{' '.join(Platform)}，或 auto 自动识别")
    return Platform(name)


def platform_text(answer: dict[str, Any]) -> str:
    """The same answer for reading in a terminal."""
    account, posts = answer["account"], answer["posts"]
    lines = [f"状态：{CollectionStatus(answer['status']).label}（{answer['status']}）"]
    lines.append(f"识别为：{answer['platform']} {answer['shape'] or '未知'}")
    shown = {"名称": "name", "编号": "id", "认证主体": "verified_body", "粉丝数": "followers", "简介": "intro"}
    lines += [f"{label}：{account[key]}" for label, key in shown.items() if account[key] not in (None, "")]
    if answer["message"]:
        lines.append(f"说明：{answer['message']}")
    if answer["skipped"]:
        lines.append(
            "略过：" + "，".join(f"{_SKIPPED.get(why, why)} {count} 条" for why, count in answer["skipped"].items())
        )
    lines.append(f"内容：{len(posts)} 条")
    lines += [_post_line(post) for post in posts]
    return "\n".join(lines)


_SKIPPED = {
    "foreign": "他人内容",
    "live": "直播",
    "ad": "广告",
    "unpublished": "未公开发布",
    "unreadable": "无法识别",
    "source_error": "采集源自身故障",
}
_SOURCES = {
    "explicit": "",
    "relative": "（相对时间）",
    "derived_id": "（由编号推算）",
    "import": "（导入）",
    "none": "",
}


def _post_line(post: dict[str, Any]) -> str:
    when = post["published_at"] or (f"{post['time_low']} 至 {post['time_high']}" if post["time_low"] else "时间不明")
    mark = "[置顶] " if post["pinned"] else ""
    words = " ".join(filter(None, (post["title"], post["text"]))).replace("\n", " ")
    return f"  {when}{_SOURCES.get(post['time_source'], '')} {mark}{post['kind']} {words[:60]}"


def _account(facts: AccountFacts, platform: Platform) -> dict[str, Any]:
    return {
        "platform": platform.value,
        "id": facts.platform_id or None,
        "name": facts.name or None,
        "alias": facts.alias or None,
        "url": facts.url or None,
        "verified": facts.verified,
        "verified_type": facts.verified_type or None,
        "verified_body": facts.verified_body or None,
        "intro": facts.intro or None,
        "avatar_url": facts.avatar_url or None,
        "followers": facts.followers,
        "followers_approx": facts.followers_approx,
        "posts_total": facts.posts_total,
        "state": facts.state,
    }


def _post(post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "url": post.url or None,
        "published_at": _iso(post.published_at) or _day(post),
        "time_source": post.time_source,
        "kind": post.kind,
        "text": post.text,
        "pinned": post.pinned,
        "title": post.title or None,
        "truncated": post.truncated,
        "time_low": _iso(post.time_low),
        "time_high": _iso(post.time_high),
    }


_DAY_AND_DOUBT = timedelta(hours=32)


def _day(post: Post) -> str | None:
    """The Beijing date, where the source tells the day and no more."""
    if not post.time_low or not post.time_high or post.time_high - post.time_low >= _DAY_AND_DOUBT:
        return None
    low = beijing_date(post.time_low)
    whole = post.time_low.astimezone(BEIJING).time() == time()  # a bare date, with or without doubt about its zone
    return low.isoformat() if whole or low == beijing_date(post.time_high) else None


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(BEIJING).isoformat(timespec="seconds") if moment else None

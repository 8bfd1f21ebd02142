"""抖音 and 今日头条: lists and profiles as saved, delivered by the open platform, or carried inside their pages."""

import re
from datetime import UTC, datetime
from typing import Any

from crawler.platforms.drafts import Context, make_post
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import at, first, number_of, read_json, text_of, walk
from crawler.platforms.shapes import Node, Profile, Shape, absolute, images_of, links_of, listed, plain
from crawler.platforms.times import When, read_time, with_id
from domain.accounts import AccountFacts
from domain.targets import Platform


def time_of_id(id: str) -> When | None:
    """The upper 32 bits of an id are the second the upload began, some time before publishing."""
    if not re.fullmatch(r"\d{18,19}", id):
        return None
    moment = datetime.fromtimestamp(int(id) >> 32, UTC)
    return When(moment, moment, "derived_id") if 2012 < moment.year < 2100 else None


def _is_aweme(node: Node) -> bool:
    if "aweme_id" in node or "awemeId" in node:
        return any(
            key in node for key in ("desc", "video", "create_time", "createTime", "images", "author", "statistics")
        )
    return "item_id" in node and "share_url" in node and "create_time" in node


def _read_aweme(node: Node, ctx: Context) -> Draft | str:
    id = text_of(node, "aweme_id", "awemeId", "item_id")
    if not id:
        return "unreadable"
    if at(node, "room") or text_of(node, "aweme_type", "awemeType") == "101":
        return "live"
    when = with_id(read_time(first(node, "create_time", "createTime"), ctx.as_of), time_of_id(id))
    author, images = _author(node), listed(first(node, "images", "image_infos", "imageInfos"))
    status = first(node, "status") or {}
    hidden = any(at(status, key) in (True, 1) for key in ("is_delete", "isDelete", "is_prohibited", "isProhibited"))
    can = first(node, "aweme_control.can_comment", "awemeControl.canComment")
    can = at(node, "aweme_control.can_comment") if can is None else can
    pinned = first(node, "is_top", "isTop", "tag.is_top", "tag.isTop")
    post = make_post(
        ctx, id, when, url=f"https://www.douyin.com/{'note' if images else 'video'}/{id}" if id.isdigit() else text_of(node, "share_url"),
        kind="image" if images else "video", text=text_of(node, "desc", "title", "item_title"),
        pinned=str(pinned) in {"1", "True"}, deleted=hidden, images=_covers(node, images),
        comments_open=can if isinstance(can, bool) else None,
    )  # fmt: skip
    names = ("uid", "sec_uid", "secUid", "unique_id", "uniqueId", "short_id", "shortId", "nickname")
    return Draft(post, tuple(filter(None, (text_of(author, name) for name in names))))


def _author(node: Node) -> Node:
    author = first(node, "author", "authorInfo", "author_info")
    return author if isinstance(author, dict) else {}


def _covers(node: Node, images: list[Any]) -> tuple[str, ...]:
    found = [text_of(image, "url_list.0", "urlList.0", "url") for image in images]
    cover = text_of(
        node, "video.cover.url_list.0", "video.coverUrlList.0", "video.cover_url_list.0", "video.cover", "cover"
    )
    return tuple(dict.fromkeys(absolute(url) for url in (*found, cover) if url.startswith(("http", "//"))))


def _is_douyin_user(node: Node) -> bool:
    return ("sec_uid" in node or "secUid" in node) and "nickname" in node


def douyin_facts(node: Node) -> AccountFacts:
    """Facts of a douyin user object, snake or camel case."""
    followers, approx = number_of(first(node, "follower_count", "followerCount", "mplatform_followers_count"))
    vip = node.get("is_gov_media_vip", node.get("isGovMediaVip"))
    body = text_of(node, "enterprise_verify_reason", "enterpriseVerifyReason", "custom_verify", "customVerify")
    sec, closed = text_of(node, "sec_uid", "secUid"), first(node, "user_canceled", "userCanceled")
    return AccountFacts(
        text_of(node, "uid"), text_of(node, "nickname"), text_of(node, "unique_id", "uniqueId", "short_id", "shortId"),
        f"https://www.douyin.com/user/{sec}" if sec else "", True if body or vip else None,
        "政务媒体号" if vip else "", body, text_of(node, "signature", "desc"),
        text_of(node, "avatar_larger.url_list.0", "avatar_thumb.url_list.0", "avatar300Url", "avatarUrl"), followers, approx,
        number_of(first(node, "aweme_count", "awemeCount"))[0] if "aweme_count" in node or "awemeCount" in node else None,
        "closed" if closed in (True, 1) else "active",
    )  # fmt: skip


def _douyin_list_facts(value: Any, items: list[Node]) -> AccountFacts:
    user = next(
        (
            node
            for node in walk(
                value, lambda node: _is_douyin_user(node) and ("aweme_count" in node or "awemeCount" in node)
            )
        ),
        None,
    )
    if user is None:
        user = next((author for author in map(_author, items) if author.get("nickname")), None)
    return douyin_facts(user) if user else AccountFacts()


def _has_more(value: Any) -> bool:
    if not isinstance(value, dict | list):
        return False
    node = next(walk(value, lambda node: "has_more" in node or "hasMore" in node), {})
    return str(node.get("has_more", node.get("hasMore"))) in {"1", "True", "true"}


def _is_toutiao(node: Node) -> bool:
    return any(key in node for key in ("group_id", "item_id", "thread_id", "groupId", "gidStr")) and (
        any(key in node for key in ("publish_time", "behot_time", "create_time", "publishTime", "display_time"))
        and any(key in node for key in ("title", "content", "abstract", "Abstract", "rich_content"))
    )


def _read_toutiao(node: Node, ctx: Context) -> Draft | str:
    id = text_of(node, "group_id", "groupId", "gidStr", "item_id", "thread_id")
    if first(node, "ad_id", "is_ad", "raw_ad_data") or text_of(node, "label", "tag") in {"广告", "ad"}:
        return "ad"
    if at(node, "raw_data.room") or text_of(node, "article_type", "cell_type_name") == "live":
        return "live"
    if not id:
        return "unreadable"
    # behot_time is a ranking time: it makes old items look new.
    stamp = first(node, "publish_time", "publishTime", "create_time", "display_time")
    when = with_id(read_time(stamp, ctx.as_of), time_of_id(id))
    body = _toutiao_body(node)
    ban = node.get("ban_comment", node.get("banComment"))
    url = text_of(node, "article_url", "share_url", "display_url", "url", "source_url")
    post = make_post(
        ctx, id, when, url=absolute(url) if url.startswith(("http", "//")) else f"https://www.toutiao.com/article/{id}/",
        kind=_toutiao_kind(node), title=text_of(node, "title"), text=body, truncated="abstract" in node,
        pinned=str(first(node, "is_stick", "is_top", "isTop", "is_sticky")) in {"1", "True"},
        images=_toutiao_images(node), links=links_of(text_of(node, "content", "rich_content")),
        comments_open=None if ban is None else str(ban) in {"0", "False"},
    )  # fmt: skip
    return Draft(post, _toutiao_authors(node))


def _toutiao_body(node: Node) -> str:
    content = text_of(node, "abstract", "Abstract", "content", "rich_content")
    if content[:1] == "{":
        content = text_of(read_json(content), "content", "abstract", "text")
    return plain(content)


def _toutiao_kind(node: Node) -> str:
    if str(first(node, "has_video", "video_detail_info", "video_id")) not in {"None", "False", "0"}:
        return "video"
    if at(node, "origin_group") or at(node, "repost_params"):
        return "repost"
    return "text" if "thread_id" in node else "article"


def _toutiao_images(node: Node) -> tuple[str, ...]:
    items = [*listed(node.get("image_list")), *listed(node.get("large_image_list"))]
    found = [item if isinstance(item, str) else text_of(item, "url", "url_list.0.url") for item in items]
    found += [text_of(node, "middle_image.url", "middle_image", "large_image_url", "image_url")]
    found += images_of(text_of(node, "content"))
    return tuple(dict.fromkeys(absolute(url) for url in found if url.startswith(("http", "//"))))


def _toutiao_authors(node: Node) -> tuple[str, ...]:
    paths = (
        "user_info.user_id", "user.user_id", "user.info.user_id", "media_info.user_id", "media_info.media_id", "creator_uid",
        "user_info.media_id", "media_creator_id", "user_info.name", "user.name", "user.info.name", "media_info.name", "media_name",
    )  # fmt: skip
    found = tuple(dict.fromkeys(filter(None, (text_of(node, path) for path in paths))))
    return found or tuple(filter(None, [text_of(node, "source")]))


def _is_toutiao_user(node: Node) -> bool:
    return "user_id" in node and ("name" in node or "screen_name" in node) and any(
        key in node for key in ("followers_count", "user_verified", "verified_content", "followings_count", "media_id")
    )  # fmt: skip


def toutiao_facts(node: Node) -> AccountFacts:
    """Facts of a toutiao user object."""
    followers, approx = number_of(first(node, "followers_count", "follower_count"))
    uid, verified = text_of(node, "user_id"), first(node, "user_verified", "verified")
    auth = read_json(text_of(node, "user_auth_info"))
    return AccountFacts(
        uid, text_of(node, "name", "screen_name"), url=f"https://www.toutiao.com/c/user/{uid}/" if uid else "",
        verified=None if verified is None else str(verified) in {"1", "True"},
        verified_body=text_of(node, "verified_content") or text_of(auth, "auth_info"), intro=text_of(node, "description"),
        avatar_url=text_of(node, "avatar_url"), followers=followers, followers_approx=approx, state="active",
    )  # fmt: skip


def _toutiao_list_facts(value: Any, items: list[Node]) -> AccountFacts:
    for item in items:
        user = first(item, "user_info", "user.info", "user", "media_info")
        if isinstance(user, dict) and text_of(user, "name"):
            return toutiao_facts(user)
    return AccountFacts(name=text_of(items[0], "media_name", "source"), state="active") if items else AccountFacts()


DOUYIN = Shape(Platform.DOUYIN, "list", _is_aweme, _read_aweme, _douyin_list_facts, _has_more)
DOUYIN_PROFILE = Profile(Platform.DOUYIN, _is_douyin_user, douyin_facts)
TOUTIAO = Shape(Platform.TOUTIAO, "list", _is_toutiao, _read_toutiao, _toutiao_list_facts, _has_more)
TOUTIAO_PROFILE = Profile(Platform.TOUTIAO, _is_toutiao_user, toutiao_facts)

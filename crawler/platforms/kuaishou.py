"""快手: GraphQL, live and mobile lists, open platform lists and profiles."""

from typing import Any

from crawler.platforms.drafts import Context, make_post
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import at, first, number_of, text_of, walk
from crawler.platforms.shapes import Node, Profile, Shape, absolute, listed
from crawler.platforms.times import read_time
from domain.accounts import AccountFacts
from domain.targets import Platform

_MARKS = ("caption", "timestamp", "viewCount", "playUrl", "play_url", "workType", "singlePicture", "create_time")

_PHOTO_MARKS = ("workType", "playUrl", "poster", "photoUrl", "photoUrls", "coverUrl", "animatedCoverUrl")


def _photo(node: Node) -> Node:
    inner = node.get("photo")
    return inner if isinstance(inner, dict) else node


def _is_item(node: Node) -> bool:
    inner = node.get("photo")
    if (
        isinstance(inner, dict)
        and ("caption" in inner or "timestamp" in inner)
        and ("id" in inner or "photoId" in inner)
    ):
        return True
    if any(key in node for key in ("photoId", "photo_id")):
        return any(key in node for key in _MARKS)
    return "id" in node and "caption" in node and any(key in node for key in _PHOTO_MARKS)


def _read(node: Node, ctx: Context) -> Draft | str:
    photo = _photo(node)
    if first(photo, "liveStreamId", "live_stream_id") or text_of(node, "type").lower() in {"live", "livestream"}:
        return "live"
    id = text_of(photo, "photoId", "photo_id", "id")
    if not id:
        return "unreadable"
    caption = text_of(photo, "caption", "originCaption")
    single = first(photo, "singlePicture") or text_of(photo, "workType") in {"single", "multiple", "vertical"}
    covers = [text_of(item, "url") for item in listed(photo.get("coverUrls"))]
    covers.append(text_of(photo, "coverUrl", "cover", "poster", "cover_thumbnail_urls.0.url"))
    post = make_post(
        ctx, id, read_time(first(photo, "timestamp", "create_time", "publishTime"), ctx.as_of),
        url=f"https://www.kuaishou.com/short-video/{id}", kind="image" if single else "video",
        text="" if caption in {"...", "…"} else caption, pinned=_pinned(node, photo),
        images=tuple(dict.fromkeys(absolute(url) for url in covers if url.startswith(("http", "//")))),
    )  # fmt: skip
    author = first(node, "author", "user") or first(photo, "author", "user") or {}
    names = [text_of(author, key) for key in ("id", "eid", "user_id", "userId", "kwaiId", "name", "user_name")]
    names += [text_of(photo, key) for key in ("userEid", "userId", "user_id", "kwaiId", "userName", "user_name")]
    return Draft(post, tuple(dict.fromkeys(filter(None, names))))


def _pinned(node: Node, photo: Node) -> bool:
    marks = [at(part, key) for part in (node, photo) for key in ("profileUserTopPhoto", "isTop", "top", "is_top")]
    return any(mark in (True, 1, "1") for mark in marks)


def _is_profile(node: Node) -> bool:
    inner = node.get("profile")
    if isinstance(inner, dict) and ("user_name" in inner or "userName" in inner):
        return True
    return ("user_id" in node or "userId" in node or "kwaiId" in node or "eid" in node) and (
        "user_name" in node or "userName" in node or ("name" in node and "kwaiId" in node)
    )


def profile_facts(node: Node) -> AccountFacts:
    """Facts of a kuaishou user from GraphQL, live or open platform answers."""
    inner = first(node, "profile") if isinstance(node.get("profile"), dict) else node
    followers, approx = number_of(first(node, "ownerCount.fan", "counts.fan", "countsInfo.fan", "fan", "fans"))
    verified = first(inner, "verified", "isVerified", "verifiedStatus.verified")
    return AccountFacts(
        text_of(inner, "user_id", "userId", "id", "eid"), text_of(inner, "user_name", "userName", "name"),
        text_of(inner, "kwaiId", "user_defined_id"), verified=verified if isinstance(verified, bool) else None,
        verified_body=text_of(inner, "verifiedStatus.description", "verified_reason", "verifiedDetail.description"),
        intro=text_of(inner, "user_text", "description", "userText"), avatar_url=text_of(inner, "headurl", "avatar", "head"),
        followers=followers, followers_approx=approx,
        posts_total=number_of(first(node, "ownerCount.photo_public", "counts.photo", "countsInfo.photo"))[0], state="active",
    )  # fmt: skip


def _facts(value: Any, items: list[Node]) -> AccountFacts:
    node = next(walk(value, _is_profile), None) if isinstance(value, dict) else None
    if node:
        return profile_facts(node)
    photo = _photo(items[0])
    author = first(items[0], "author", "user") or first(photo, "author", "user") or {}
    return AccountFacts(
        text_of(author, "id", "user_id") or text_of(photo, "userEid", "userId", "user_id"),
        text_of(author, "name", "user_name") or text_of(photo, "userName", "user_name"), state="active",
    )  # fmt: skip


def _more(value: Any) -> bool:
    if not isinstance(value, dict | list):
        return False
    node = next(walk(value, lambda node: "pcursor" in node or "cursor" in node), {})
    return str(node.get("pcursor", node.get("cursor")) or "no_more") not in {"no_more", "0", "-1"}


LIST = Shape(Platform.KUAISHOU, "list", _is_item, _read, _facts, _more)
PROFILE = Profile(Platform.KUAISHOU, _is_profile, profile_facts)

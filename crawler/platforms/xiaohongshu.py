"""小红书: profile lists (without times) and note details, from saved answers or page states."""

import re
from datetime import UTC, datetime
from typing import Any

from crawler.platforms.drafts import Context, make_post
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import at, first, number_of, text_of, walk
from crawler.platforms.shapes import Node, Profile, Shape, absolute, listed
from crawler.platforms.times import When, read_time, with_id
from domain.accounts import AccountFacts
from domain.targets import Platform


def time_of_id(id: str) -> When | None:
    """The first eight hex digits of a note id are the second it was begun."""
    if not re.fullmatch(r"[0-9a-f]{24}", id):
        return None
    moment = datetime.fromtimestamp(int(id[:8], 16), UTC)
    return When(moment, moment, "derived_id") if 2012 < moment.year < 2100 else None


def _card(node: Node) -> Node:
    for key in ("noteCard", "note_card", "note"):
        inner = node.get(key)
        if isinstance(inner, dict) and inner:
            return inner
    return node


def _is_note(node: Node) -> bool:
    card = _card(node)
    has_id = any(key in part for part in (node, card) for key in ("noteId", "note_id"))
    has_id = has_id or ("id" in node and (card is not node or "interact_info" in node or "display_title" in node))
    return has_id and any(
        key in card
        for key in ("displayTitle", "display_title", "interactInfo", "interact_info", "imageList", "image_list")
    )


def _read(node: Node, ctx: Context) -> Draft | str:
    card = _card(node)
    if text_of(card, "type") == "live" or "liveInfo" in card:
        return "live"
    id = text_of(card, "noteId", "note_id") or text_of(node, "noteId", "note_id", "id")
    if not id:
        return "unreadable"
    when = with_id(read_time(first(card, "time", "createTime", "create_time"), ctx.as_of), time_of_id(id))
    edited = read_time(first(card, "lastUpdateTime", "last_update_time"), ctx.as_of)
    user = first(card, "user") or first(node, "user") or {}
    images = [
        text_of(image, "urlDefault", "url_default", "url") for image in listed(first(card, "imageList", "image_list"))
    ]
    images.append(text_of(card, "cover.urlDefault", "cover.url_default", "cover.url"))
    post = make_post(
        ctx, id, when, url=f"https://www.xiaohongshu.com/explore/{id}",
        kind="video" if text_of(card, "type") == "video" else "image",
        title=text_of(card, "title", "displayTitle", "display_title"), text=text_of(card, "desc"),
        edited_at=edited.low if edited and when and edited.low > when.high else None,
        pinned=first(card, "interactInfo.sticky", "interact_info.sticky") in (True, 1),
        images=tuple(dict.fromkeys(absolute(url) for url in images if url)),
    )  # fmt: skip
    names = ("userId", "user_id", "userid", "nickname", "nickName", "nick_name")
    return Draft(post, tuple(dict.fromkeys(filter(None, (text_of(user, name) for name in names)))))


def _is_profile(node: Node) -> bool:
    basic = first(node, "basicInfo", "basic_info")
    return isinstance(basic, dict) and "nickname" in basic


def profile_facts(node: Node) -> AccountFacts:
    """Facts of a xiaohongshu profile page."""
    basic = first(node, "basicInfo", "basic_info") or {}
    fans = next((at(item, "count") for item in listed(node.get("interactions")) if at(item, "type") == "fans"), None)
    followers, approx = number_of(fans)
    mark = number_of(first(node, "verifyInfo.redOfficialVerifyType", "verify_info.red_official_verify_type"))[0]
    return AccountFacts(
        text_of(node, "userId", "user_id") or text_of(basic, "userId", "user_id"), text_of(basic, "nickname"),
        text_of(basic, "redId", "red_id"), verified=None if mark is None else mark > 0,
        verified_body=text_of(node, "verifyInfo.redOfficialVerifyContent", "verify_info.red_official_verify_content"),
        intro=text_of(basic, "desc"), avatar_url=text_of(basic, "imageb", "images", "image"), followers=followers,
        followers_approx=approx, state="active",
    )  # fmt: skip


def _facts(value: Any, items: list[Node]) -> AccountFacts:
    node = next(walk(value, _is_profile), None)
    if node:
        return profile_facts(node)
    users = [first(_card(item), "user") or {} for item in items]
    ids = [text_of(user, "userId", "user_id") for user in users]
    user = users[ids.index(max(ids, key=ids.count))]
    return AccountFacts(
        text_of(user, "userId", "user_id"), text_of(user, "nickname", "nickName", "nick_name"), state="active"
    )


def _more(value: Any) -> bool:
    node = next(walk(value, lambda node: "has_more" in node or "hasMore" in node), {})
    return str(node.get("has_more", node.get("hasMore"))) in {"1", "True"}


LIST = Shape(Platform.XIAOHONGSHU, "list", _is_note, _read, _facts, _more)
PROFILE = Profile(Platform.XIAOHONGSHU, _is_profile, profile_facts)

"""哔哩哔哩: dynamics (new and old), video and article lists, profiles, as saved or delivered."""

import re
from typing import Any

from crawler.platforms.drafts import Context, make_post
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import at, first, number_of, read_json, text_of
from crawler.platforms.shapes import Node, Profile, Shape, absolute, listed
from crawler.platforms.times import read_time
from domain.accounts import AccountFacts
from domain.captured import Link
from domain.targets import Platform

_LIVE = ("DYNAMIC_TYPE_LIVE", "DYNAMIC_TYPE_LIVE_RCMD", "DYNAMIC_TYPE_AD", "DYNAMIC_TYPE_BANNER")
_OLD_KINDS = {1: "repost", 2: "image", 4: "text", 8: "video", 16: "video", 64: "article"}
_KINDS = {
    "FORWARD": "repost",
    "AV": "video",
    "UGC_SEASON": "video",
    "PGC": "video",
    "ARTICLE": "article",
    "DRAW": "image",
    "WORD": "text",
}


def _is_dynamic(node: Node) -> bool:
    kind = str(node.get("type", ""))
    return isinstance(node.get("modules"), dict | list) and ("id_str" in node or kind.startswith("DYNAMIC_TYPE"))


def _read_dynamic(node: Node, ctx: Context) -> Draft | str:
    kind = str(node.get("type", "")).upper()
    if kind in _LIVE:
        return "ad" if kind.endswith(("_AD", "_BANNER")) else "live"
    modules = _modules(node)
    id = text_of(node, "id_str", "id", "basic.comment_id_str")
    if not id:
        return "unreadable"
    author = first(modules, "module_author") or {}
    when = read_time(first(author, "pub_ts", "pub_time"), ctx.as_of) or read_time(
        text_of(author, "pub_time"), ctx.as_of
    )
    major = first(modules, "module_dynamic.major") or {}
    jump = absolute(text_of(major, "archive.jump_url", "article.jump_url", "opus.jump_url"))
    closed = first(modules, "module_stat.comment")
    post = make_post(
        ctx, id, when, url=jump or f"https://t.bilibili.com/{id}", kind=_kind(kind, major),
        title=text_of(major, "archive.title", "article.title", "opus.title", "ugc_season.title", "pgc.title"),
        text=_text(modules, major), pinned="置顶" in text_of(modules, "module_tag.text", "module_top.text"),
        images=_images(modules, major), links=_links(modules),
        comments_open=not closed.get("forbidden") if isinstance(closed, dict) and "forbidden" in closed else None,
    )  # fmt: skip
    return Draft(post, tuple(filter(None, (text_of(author, "mid", "user.mid"), text_of(author, "name", "user.name")))))


def _modules(node: Node) -> dict[str, Any]:
    modules = node["modules"]
    if isinstance(modules, dict):
        return modules
    merged: dict[str, Any] = {}
    for part in modules:
        if isinstance(part, dict):
            merged.update(part)
    return merged


def _kind(kind: str, major: Node) -> str:
    known = _KINDS.get(kind.removeprefix("DYNAMIC_TYPE_"))
    if known:
        return known
    return "video" if "archive" in major else "article" if "article" in major else "original"


def _text(modules: Node, major: Node) -> str:
    said = text_of(modules, "module_dynamic.desc.text")
    body = text_of(major, "opus.summary.text", "archive.desc", "article.desc", "common.desc")
    nodes = first(modules, "module_content.paragraphs") or []
    words = [text_of(word, "word.words") for line in nodes for word in listed(at(line, "text.nodes"))]
    parts = dict.fromkeys(part for part in (said, body, "".join(words)) if part)
    return "\n".join(parts)


def _images(modules: Node, major: Node) -> tuple[str, ...]:
    items = [*listed(at(major, "draw.items")), *listed(at(major, "opus.pics")), *listed(at(major, "article.covers"))]
    found = [item if isinstance(item, str) else text_of(item, "src", "url") for item in items]
    found.append(text_of(major, "archive.cover", "ugc_season.cover", "pgc.cover"))
    return tuple(dict.fromkeys(absolute(url) for url in found if url))


def _links(modules: Node) -> tuple[Link, ...]:
    nodes = listed(at(modules, "module_dynamic.desc.rich_text_nodes"))
    nodes += listed(at(modules, "module_dynamic.major.opus.summary.rich_text_nodes"))
    found = {}
    for node in nodes:
        url = absolute(text_of(node, "jump_url"))
        if text_of(node, "type").endswith("_WEB") and url.startswith("http"):
            found[url] = Link(url, text_of(node, "text"), "a", "main")
    return tuple(found.values())


def _is_old(node: Node) -> bool:
    return isinstance(node.get("desc"), dict) and "dynamic_id" in node["desc"] and "card" in node


def _read_old(node: Node, ctx: Context) -> Draft | str:
    kind = number_of(at(node, "desc.type"))[0] or 0
    if kind in {4200, 4308, 4310}:
        return "live"
    card = read_json(node["card"]) if isinstance(node["card"], str) else node["card"]
    id = text_of(node, "desc.dynamic_id_str", "desc.dynamic_id")
    post = make_post(
        ctx, id, read_time(at(node, "desc.timestamp"), ctx.as_of), url=f"https://t.bilibili.com/{id}",
        kind=_OLD_KINDS.get(kind, "original"), title=text_of(card, "title"),
        text=text_of(card, "item.content", "item.description", "dynamic", "summary", "desc"),
        images=tuple(filter(None, (absolute(text_of(pic, "img_src")) for pic in listed(at(card, "item.pictures"))))),
        pinned=str(at(node, "extra.is_space_top")) in {"1", "True"},
    )  # fmt: skip
    names = (text_of(node, "desc.uid"), text_of(node, "desc.user_profile.info.uname"))
    return Draft(post, tuple(filter(None, names)))


def _is_video(node: Node) -> bool:
    return isinstance(node.get("bvid"), str) and "title" in node and any(key in node for key in ("created", "pubdate"))


def _read_video(node: Node, ctx: Context) -> Draft | str:
    bvid = node["bvid"]
    post = make_post(
        ctx, bvid, read_time(first(node, "created", "pubdate"), ctx.as_of), url=f"https://www.bilibili.com/video/{bvid}/",
        kind="video", title=re.sub(r"<[^<>]+>", "", text_of(node, "title")), text=text_of(node, "description", "desc"),
        images=tuple(filter(None, [absolute(text_of(node, "pic", "cover"))])),
    )  # fmt: skip
    return Draft(post, tuple(filter(None, (text_of(node, "mid", "owner.mid"), text_of(node, "author", "owner.name")))))


def _is_article(node: Node) -> bool:
    return "publish_time" in node and "title" in node and at(node, "author.mid") is not None


def _read_article(node: Node, ctx: Context) -> Draft | str:
    id = text_of(node, "id")
    post = make_post(
        ctx, f"cv{id}", read_time(node.get("publish_time"), ctx.as_of), url=f"https://www.bilibili.com/read/cv{id}",
        kind="article", title=text_of(node, "title"), text=text_of(node, "summary"), truncated=True,
        images=tuple(url for url in listed(node.get("image_urls")) if isinstance(url, str)),
    )  # fmt: skip
    return Draft(post, tuple(filter(None, (text_of(node, "author.mid"), text_of(node, "author.name")))))


def _is_profile(node: Node) -> bool:
    inner = first(node, "info", "card")
    if isinstance(inner, dict) and ("uname" in inner or "fans" in inner):
        return True
    return ("mid" in node and "name" in node and ("sign" in node or "official" in node)) or (
        "uname" in node and "uid" in node
    )


def profile_facts(node: Node) -> AccountFacts:
    """Facts of a bilibili user from any of the known answers."""
    inner = first(node, "info", "card")
    inner = inner if isinstance(inner, dict) else node
    uid, name = text_of(inner, "mid", "uid"), text_of(inner, "name", "uname")
    official = first(inner, "official_verify", "official", "Official") or {}
    kind = text_of(official, "type")
    followers, approx = number_of(first(node, "follower_num", "follower", "card.fans", "fans"))
    body = text_of(official, "desc", "title")
    return AccountFacts(
        uid, name, url=f"https://space.bilibili.com/{uid}" if uid else "", verified=None if not kind else kind != "-1",
        verified_type=kind, verified_body=re.sub(r"^bilibili\s*(?:机构|企业|个人|知名UP主)?认证\s*[:：]\s*", "", body),
        intro=text_of(inner, "sign", "desc"), avatar_url=text_of(inner, "face"), followers=followers,
        followers_approx=approx, posts_total=number_of(first(node, "archive_count"))[0],
        state="closed" if name == "账号已注销" else "active",
    )  # fmt: skip


def _list_facts(value: Any, items: list[Node]) -> AccountFacts:
    authors = [first(_modules(item), "module_author") or {} for item in items if "modules" in item]
    if not authors:
        return AccountFacts()
    mids = [text_of(author, "mid") for author in authors]
    author = authors[mids.index(max(mids, key=mids.count))]
    return profile_facts(author)


def _old_facts(value: Any, items: list[Node]) -> AccountFacts:
    uids = [text_of(item, "desc.uid") for item in items]
    person = first(items[uids.index(max(uids, key=uids.count))], "desc.user_profile") or {}
    verified = {"official_verify": at(person, "card.official_verify"), "sign": at(person, "sign")}
    return profile_facts({**(at(person, "info") or {}), **verified})


def _video_facts(value: Any, items: list[Node]) -> AccountFacts:
    mids = [text_of(item, "mid", "owner.mid", "author.mid") for item in items]
    mid = max(mids, key=mids.count)
    item = items[mids.index(mid)]
    name = text_of(item, "author", "owner.name", "author.name")
    return AccountFacts(mid, name, url=f"https://space.bilibili.com/{mid}" if mid else "", state="active")


def _is_opus(node: Node) -> bool:
    return "opus_id" in node and "content" in node


def _read_opus(node: Node, ctx: Context) -> Draft | str:
    """The 图文 tab of a space shows no times."""
    id = text_of(node, "opus_id")
    picture = absolute(text_of(node, "cover.url"))
    post = make_post(
        ctx, id, None, url=absolute(text_of(node, "jump_url")), kind="image" if picture else "text",
        text=text_of(node, "content"), images=(picture,) if picture else (),
    )  # fmt: skip
    return Draft(post) if id else "unreadable"


def _more(value: Any) -> bool:
    if str(first(value, "data.has_more", "has_more")) in {"True", "1"}:
        return True
    count, size, page = (number_of(at(value, f"data.page.{key}"))[0] or 0 for key in ("count", "ps", "pn"))
    return count > size * max(page, 1) > 0


def _first_page(value: Any, ctx: Context) -> bool:
    return (number_of(at(value, "data.page.pn"))[0] or 1) == 1


SHAPES = (
    Shape(Platform.BILIBILI, "list", _is_dynamic, _read_dynamic, _list_facts, _more),
    Shape(Platform.BILIBILI, "list", _is_old, _read_old, _old_facts, _more),
    Shape(Platform.BILIBILI, "list", _is_video, _read_video, _video_facts, _more, _first_page),
    Shape(Platform.BILIBILI, "list", _is_article, _read_article, _video_facts, _more),
    Shape(Platform.BILIBILI, "list", _is_opus, _read_opus, more=_more),
)
PROFILE = Profile(Platform.BILIBILI, _is_profile, profile_facts)

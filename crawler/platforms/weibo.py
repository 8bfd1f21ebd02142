"""微博: m.weibo.cn lists, weibo.com/ajax, the open platform, single posts and profiles; one reader with aliases."""

import html
import re
from datetime import UTC, datetime
from typing import Any

from crawler.platforms.drafts import Context, make_post
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import first, number_of, text_of, walk
from crawler.platforms.shapes import Node, Profile, Shape, absolute, links_of, listed, plain
from crawler.platforms.times import When, read_time, with_id
from crawler.platforms.values import Fetch
from domain.accounts import AccountFacts
from domain.captured import Link
from domain.targets import Account, Platform, Source

_OWN_MARKS = ("mid", "mblogid", "bid", "attitudes_count", "reposts_count", "mblogtype")
_VISITORS = frozenset({"weibo", "json", "page"})
_EPOCH = 515483463  # the second in which weibo's id clock began
_CUT = re.compile(r"(\.{3}|…)\s{0,9}(<a[^<>]{0,500}>\s{0,9})?(全文|展开)(\s{0,9}</a>)?\s*+$")


def is_item(node: Node) -> bool:
    """Whether a dict is one weibo."""
    return (
        isinstance(node.get("created_at"), str)
        and any(isinstance(node.get(key), str) for key in ("text", "text_raw", "raw_text"))
        and any(key in node for key in _OWN_MARKS)
    )


def read_item(node: Node, ctx: Context) -> Draft | str:
    """One weibo as a post; a live broadcast is left out."""
    if text_of(node, "page_info.type", "page_info.object_type").lower() == "live":
        return "live"
    user = node.get("user") if isinstance(node.get("user"), dict) else {}
    uid, id = text_of(user, "idstr", "id"), text_of(node, "idstr", "mid", "id", "bid", "mblogid")
    if not id:
        return "unreadable"
    fragment = _fragment(node)
    when = _when(node, id, ctx)
    post = make_post(
        ctx, id, when, url=_address(node, uid, id), kind=_kind(node), text=plain(_CUT.sub("", fragment)),
        truncated=_truncated(node, fragment), edited_at=_moment(node.get("edit_at"), ctx), pinned=_pinned(node),
        deleted=str(node.get("deleted", "")) in {"1", "True"}, links=_links(node, fragment), images=_images(node),
    )  # fmt: skip
    return Draft(post, tuple(filter(None, (uid, text_of(user, "screen_name"), text_of(user, "domain")))))


def _fragment(node: Node) -> str:
    long = text_of(node, "longText.longTextContent", "longText.content", "longTextContent_raw")
    text = str(node.get("text") or "")
    if long:
        return long
    return text or html.escape(text_of(node, "text_raw", "raw_text")).replace("\n", "<br>")


def _truncated(node: Node, fragment: str) -> bool:
    if text_of(node, "longText.longTextContent", "longText.content"):
        return False
    return bool(_CUT.search(fragment)) or (
        node.get("isLongText") in (True, 1) and "text_raw" not in node and _short(node)
    )


def _short(node: Node) -> bool:
    length = number_of(node.get("textLength"))[0]
    return length is None or length > len(plain(str(node.get("text") or "")).encode("gb18030", "replace")) + 8


def _when(node: Node, id: str, ctx: Context) -> When | None:
    return with_id(read_time(node.get("created_at"), ctx.as_of), time_of_id(id))


def time_of_id(id: str) -> When | None:
    """A weibo mid holds the second it was made (checked within 2 s on real answers)."""
    if not re.fullmatch(r"\d{15,17}", id):
        return None
    moment = datetime.fromtimestamp((int(id) >> 22) + _EPOCH, UTC)
    return When(moment, moment, "derived_id")


_BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def mid_of(bid: str) -> str:
    """The number behind the short form of an id in addresses: four letters are seven figures, from the end."""
    if not re.fullmatch(r"[0-9A-Za-z]{8,10}", bid):
        return ""
    parts = [bid[max(0, end - 4) : end] for end in range(len(bid), 0, -4)][::-1]
    numbers = [sum(_BASE62.index(char) * 62**power for power, char in enumerate(reversed(part))) for part in parts]
    return str(numbers[0]) + "".join(f"{number:07d}" for number in numbers[1:])


def _moment(value: Any, ctx: Context) -> datetime | None:
    when = read_time(value, ctx.as_of) if value else None
    return when.low if when else None


def _pinned(node: Node) -> bool:
    title = node.get("title")
    words = title.get("text", "") if isinstance(title, dict) else title
    return str(node.get("isTop")) in {"1", "True"} or str(node.get("mblogtype")) == "2" or "置顶" in str(words or "")


def _kind(node: Node) -> str:
    if "retweeted_status" in node and node["retweeted_status"] is not None:
        return "repost"
    page = text_of(node, "page_info.type", "page_info.object_type")
    if "video" in page or page == "11" or any(text_of(pic, "type") == "video" for pic in listed(node.get("pics"))):
        return "video"
    if page == "article":
        return "article"
    return "image" if _images(node) else "text"


def _address(node: Node, uid: str, id: str) -> str:
    bid = text_of(node, "bid", "mblogid")
    if not bid:
        match = re.search(r"/status/(\w+)|mblogid=(\w+)", text_of(node, "scheme"))
        bid = (match[1] or match[2]) if match else ""
    if uid and (bid or id):
        return f"https://weibo.com/{uid}/{bid or id}"
    return f"https://m.weibo.cn/status/{bid or id}"


def _images(node: Node) -> tuple[str, ...]:
    found = [
        text_of(pic, "large.url", "largest.url", "original.url", "url", "thumbnail_pic")
        for pic in (*listed(node.get("pics")), *listed(node.get("pic_infos")), *listed(node.get("pic_urls")))
        if isinstance(pic, dict)
    ]
    found = [url for url in found if url] or [text_of(node, "original_pic", "page_info.page_pic.url")]
    return tuple(dict.fromkeys(absolute(url) for url in found if url))


def _links(node: Node, fragment: str) -> tuple[Link, ...]:
    found = list(links_of(fragment))
    for entry in listed(node.get("url_struct")):
        url = text_of(entry, "long_url", "ori_url", "short_url")
        if url.startswith("http"):
            found.append(Link(url, text_of(entry, "url_title"), "a", "main"))
    return tuple({link.url: link for link in found}.values())


def account_facts(node: Node) -> AccountFacts:
    """Facts of a weibo user object."""
    followers, approx = number_of(first(node, "followers_count_str", "followers_count"))
    exact = node.get("followers_count")
    if isinstance(exact, int):
        followers, approx = exact, False
    uid, kind = text_of(node, "idstr", "id"), text_of(node, "verified_type")
    total = number_of(node.get("statuses_count"))[0]
    return AccountFacts(
        uid, text_of(node, "screen_name", "name"), text_of(node, "domain"), f"https://weibo.com/u/{uid}" if uid else "",
        node.get("verified") if isinstance(node.get("verified"), bool) else None, kind,
        text_of(node, "verified_reason"), text_of(node, "description"), text_of(node, "avatar_hd", "profile_image_url"),
        followers, approx, total, "active",
    )  # fmt: skip


def _is_user(node: Node) -> bool:
    return isinstance(node.get("screen_name"), str) and any(
        key in node for key in ("followers_count", "statuses_count", "verified_type")
    )


def _list_facts(value: Any, items: list[Node]) -> AccountFacts:
    user = first(value, "data.userInfo", "data.user", "userInfo")
    if not isinstance(user, dict):
        user = first(items[0], "user") if items else None
    if not isinstance(user, dict):
        user = next(walk(value, _is_user), None)
    return account_facts(user) if isinstance(user, dict) else AccountFacts()


def _more(value: Any) -> bool:
    cursor = first(value, "data.cardlistInfo.since_id", "data.since_id", "next_cursor", "data.cardlistInfo.page")
    return bool(cursor) and str(cursor) != "0"


def _following(value: Any, ctx: Context) -> tuple[Fetch, ...]:
    since = text_of(value, "data.cardlistInfo.since_id", "data.since_id")
    if not since or not ctx.answer.url.startswith("http"):
        return ()
    base = re.sub(r"[?&]since_id=[^&]*", "", ctx.answer.url)
    url = f"{base}{'&' if '?' in base else '?'}since_id={since}"
    return (_fetch(ctx.source, url, "list"),)


def _complete(value: Any, ctx: Context) -> bool:
    # Visitors are not shown every weibo, and a saved answer does not tell whose it is: only the owner's own session,
    # the open platform and an operator's export are complete, or what the office vouches for.
    if ctx.source.adapter not in _VISITORS or ctx.is_vouched:
        return True
    return bool(ctx.option("cookie_env")) or ctx.option("mode") == "openapi"


def plan(account: Account, source: Source) -> tuple[Fetch, ...]:
    """The first page of the list: `weibo 123456` (uid), or a full address; options cookie_env, mode=ajax."""
    words = source.argument.split() or account.platform_id.split()
    if not words:
        return ()
    if words[0].startswith(("http://", "https://")) and "/u/" not in words[0]:
        return (_fetch(source, words[0], "list"),)
    uid = words[0].rstrip("/").rsplit("/", 1)[-1]
    mode = next((value for key, value in source.options if key == "mode"), "m")
    if mode == "ajax":
        return (_fetch(source, f"https://weibo.com/ajax/statuses/mymblog?uid={uid}&page=1&feature=0", "list"),)
    base = "https://m.weibo.cn/api/container/getIndex"
    return (_fetch(source, f"{base}?type=uid&value={uid}&containerid=107603{uid}", "list"),)


def _fetch(source: Source, url: str, step: str) -> Fetch:
    cookie = next((value for key, value in source.options if key == "cookie_env"), "")
    return Fetch(url, step=step, headers_env=(("Cookie", cookie),) if cookie else (), delay=5.0)


def _is_long_text(node: Node) -> bool:
    return isinstance(node.get("longTextContent"), str) and "created_at" not in node


def _read_long_text(node: Node, ctx: Context) -> Draft | str:
    """The full text of one weibo, without its time; the id stands in the address that was asked."""
    match = re.search(r"[?&]id=(\w+)", ctx.answer.url)
    fragment = node["longTextContent"]
    post = make_post(
        ctx,
        match[1] if match else "",
        time_of_id(match[1]) if match else None,
        text=plain(fragment),
        links=links_of(fragment),
    )
    return Draft(post)


LONG_TEXT = Shape(Platform.WEIBO, "article", _is_long_text, _read_long_text)
LIST = Shape(Platform.WEIBO, "list", is_item, read_item, _list_facts, _more, _complete, _following)
PROFILE = Profile(Platform.WEIBO, _is_user, account_facts)

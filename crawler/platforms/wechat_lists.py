"""微信公众号 lists as saved or delivered: freepublish, material, back office (appmsgpublish), client list, exporters."""

import html
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.platforms.drafts import Context, make_post
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import at, first, number_of, text_of
from crawler.platforms.shapes import Node, Shape, images_of, links_of, plain
from crawler.platforms.times import When, read_time
from domain.accounts import AccountFacts
from domain.captured import Link
from domain.targets import Platform


def _official(node: Node) -> bool:
    return isinstance(at(node, "content.news_item"), list) and ("article_id" in node or "media_id" in node)


def _read_official(node: Node, ctx: Context) -> list[Draft | str]:
    # Material (`media_id`) has only an edit time, which proves nothing about publishing.
    stamp = first(node, "content.create_time", "update_time") if "article_id" in node else None
    when = read_time(stamp, ctx.as_of)
    if when and not at(node, "content.create_time"):
        when = When(when.low, when.high, "explicit")
    found: list[Draft | str] = []
    for number, item in enumerate(at(node, "content.news_item") or [], 1):
        fragment, url = text_of(item, "content"), html.unescape(text_of(item, "url"))
        opened = at(item, "need_open_comment")
        post = make_post(
            ctx, _post_id(url) or f"{text_of(node, 'article_id', 'media_id')}:{number}", when, url=url, kind="article",
            title=text_of(item, "title"), text=plain(fragment) or text_of(item, "digest"), truncated=not fragment,
            deleted=bool(at(item, "is_deleted")), links=(*links_of(fragment), *_original(text_of(item, "content_source_url"))),
            images=images_of(fragment) or tuple(filter(None, [text_of(item, "thumb_url")])),
            comments_open=None if opened is None else str(opened) not in {"0", "False"},
        )  # fmt: skip
        found.append(Draft(post))
    return found


def _original(url: str) -> tuple[Link, ...]:
    url = html.unescape(url)
    return (Link(url, "阅读原文", "a", "main"),) if url.startswith("http") else ()


def _post_id(url: str) -> str:
    """`biz:mid:idx` of a long article address, the token of a short one."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    if query.get("__biz") and query.get("mid"):
        return f"{query['__biz'][0]}:{query['mid'][0]}:{query.get('idx', ['1'])[0]}"
    short = re.search(r"/s/([\w-]{6,})", parts.path)
    return short[1] if short else ""


def _published(node: Node) -> bool:
    return isinstance(node.get("sent_info"), dict) and isinstance(first(node, "appmsgex", "appmsg_info"), list)


def _read_published(node: Node, ctx: Context) -> list[Draft | str]:
    """One publication of the back office: sent at one time, whenever its drafts were begun."""
    sent = at(node, "sent_info.time")
    items = [item for item in first(node, "appmsgex", "appmsg_info") if isinstance(item, dict)]
    return [_read_app_msg(item | ({"publish_time": sent} if sent else {}), ctx) for item in items]


# Publishing before creating: a draft may be weeks older than its article.
_STAMPS = ("publish_time", "publishTime", "publicTime", "pub_time", "post_time", "news_posttime", "posttime", "p_date",
           "datetime", "create_time", "createTime", "update_time")  # fmt: skip
_ADDRESSES = ("link", "url", "content_url", "news_url", "article_url", "source_url")


def _app_msg(node: Node) -> bool:
    if not isinstance(first(node, "title", "news_title"), str) or not any(key in node for key in _STAMPS):
        return False
    if "mp.weixin.qq.com/s" in text_of(node, *_ADDRESSES):  # lists of any tool that names the article
        return True
    marked = any(key in node for key in ("appmsgid", "aid", "itemidx", "item_show_type", "msgid"))
    return marked and ("link" in node or "url" in node or "aid" in node)


def _read_app_msg(node: Node, ctx: Context) -> Draft | str:
    url = html.unescape(text_of(node, *_ADDRESSES))
    id = _post_id(url) or text_of(node, "aid", "appmsgid", "id")
    if not id:
        return "unreadable"
    when = read_time(first(node, *_STAMPS), ctx.as_of)
    post = make_post(
        ctx, id, when, url=url, kind={"5": "video", "8": "image", "10": "text"}.get(text_of(node, "item_show_type"), "article"),
        title=plain(text_of(node, "title", "news_title")), text=plain(text_of(node, "content")) or text_of(node, "digest", "summary"),
        truncated=not text_of(node, "content"), deleted=bool(at(node, "is_deleted") or at(node, "del_flag")),
        images=tuple(filter(None, [text_of(node, "cover", "cover_img", "pic_url")])),
    )  # fmt: skip
    return Draft(post)


def _client(node: Node) -> bool:
    return isinstance(node.get("comm_msg_info"), dict)


def _read_client(node: Node, ctx: Context) -> list[Draft | str]:
    when = read_time(at(node, "comm_msg_info.datetime"), ctx.as_of)
    main = node.get("app_msg_ext_info")
    if not isinstance(main, dict):
        text = text_of(node, "comm_msg_info.content")
        id = text_of(node, "comm_msg_info.id")
        return [Draft(make_post(ctx, id, when, kind="text", text=plain(text)))] if id and text else ["unreadable"]
    found: list[Draft | str] = []
    for number, item in enumerate([main, *(main.get("multi_app_msg_item_list") or [])], 1):
        url = html.unescape(text_of(item, "content_url"))
        if not url and not text_of(item, "title"):
            continue
        post = make_post(
            ctx, _post_id(url) or f"{text_of(node, 'comm_msg_info.id')}:{number}", when, url=url, kind="article",
            title=plain(text_of(item, "title")), text=text_of(item, "digest"), truncated=True,
            deleted=str(item.get("del_flag")) == "4", links=_original(text_of(item, "source_url")),
            images=tuple(filter(None, [text_of(item, "cover")])),
        )  # fmt: skip
        found.append(Draft(post))
    return found


def _more(value: Any) -> bool:
    total = number_of(first(value, "total_count", "publish_page.total_count", "app_msg_cnt"))[0]
    shown = at(value, "item_count") or len(first(value, "app_msg_list") or ())
    if str(at(value, "can_msg_continue")) == "1":
        return True
    return total is not None and bool(shown) and total > shown


def _facts(value: Any, items: list[Node]) -> AccountFacts:
    node = first(value, "account", "mp_info", "user_info") or {}
    name = text_of(node, "nickname", "nick_name", "mp_name")
    return AccountFacts(text_of(node, "fakeid", "user_name", "mp_id"), name, text_of(node, "alias"), state="active")


def _complete(value: Any, ctx: Context) -> bool:
    return not isinstance(at(value, "item.0.media_id"), str)


SHAPES = (
    Shape(Platform.WECHAT, "list", _official, _read_official, _facts, _more, _complete),
    Shape(Platform.WECHAT, "list", _client, _read_client, _facts, _more),
    Shape(Platform.WECHAT, "list", _published, _read_published, _facts, _more),
    Shape(Platform.WECHAT, "list", _app_msg, _read_app_msg, _facts, _more),
)

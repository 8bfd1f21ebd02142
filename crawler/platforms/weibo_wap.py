"""微博's oldest pages (weibo.cn): an account's list as plain HTML, as a person saves it."""

import re
from typing import Any

from crawler.platforms.drafts import Context, Draft, make_post, settle
from crawler.platforms.payload import Payload
from crawler.platforms.seam import Parsed
from crawler.platforms.shapes import links_of, plain
from crawler.platforms.times import read_time
from domain.accounts import AccountFacts

_ITEM = re.compile(
    r"""(?is)<div\b[^>]*\bid\s*=\s*["']M_(\w+)["'][^>]*>(.*?)(?=<div\b[^>]*\bid\s*=\s*["']M_|<div\b[^>]*\bclass\s*=\s*["']pa["']|\Z)"""
)
_TIME = re.compile(r"""(?is)<span\b[^>]*\bclass\s*=\s*["']ct["'][^>]*>(.*?)</span>""")
_TEXT = re.compile(r"""(?is)<span\b[^>]*\bclass\s*=\s*["']ctt["'][^>]*>(.*?)</span>""")
_REASON = re.compile(r"""(?is)转发理由\s*[:：]\s*</span>(.*?)(?:<span|<a\b[^>]*>赞|$)""")
_PINNED = re.compile(r"""(?is)<span\b[^>]*\bclass\s*=\s*["']kt["'][^>]*>\s*\[?置顶""")
_NAME = re.compile(r"(?is)<title[^>]*>\s*([^<]{1,40}?)的微博\s*</title>")
_UID = re.compile(r"""href\s*=\s*["'][^"']*/(\d{8,11})/(?:follow|fans|info)\b""")
_PAGES = re.compile(r"(?<!\d)(\d{1,6})\s{0,9}/\s{0,9}(\d{1,6})\s{0,9}页")


def is_wap_page(payload: Payload) -> bool:
    """Whether a page is such a list."""
    return payload.is_html and 'id="M_' in payload.text and 'class="ct"' in payload.text


def parse(payload: Payload, ctx: Context) -> Parsed:
    """The list as posts. Visitors and friends see different lists, so it proves no absence."""
    text = payload.text
    drafts = [_draft(match[1], match[2], ctx) for match in _ITEM.finditer(text)]
    pages = _PAGES.search(text)
    return settle(
        ctx, drafts, shape="list", facts=_facts(text), more=pages is not None and int(pages[1]) < int(pages[2]), complete=False
    )  # fmt: skip


def _draft(id: str, block: str, ctx: Context) -> Draft | str:
    shown = _TIME.search(block)
    when = read_time(re.split(r"来自", plain(shown[1]))[0], ctx.as_of) if shown else None
    said = _REASON.search(block)
    body = _TEXT.search(block)
    fragment = said[1] if said else body[1] if body else ""
    post = make_post(
        ctx, id, when, url=f"https://weibo.cn/comment/{id}", kind="repost" if said else "text", text=plain(fragment),
        pinned=bool(_PINNED.search(block)), links=links_of(fragment), truncated="全文</a>" in fragment,
    )  # fmt: skip
    return Draft(post) if when or fragment else "unreadable"


def _facts(text: str) -> AccountFacts:
    name, uid = _NAME.search(text), _UID.search(text)
    counts: dict[str, Any] = {
        key: int(found[0]) if (found := re.findall(rf"{word}\[(\d{1, 12})\]", text)) else None
        for key, word in (("followers", "粉丝"), ("posts_total", "微博"))
    }
    url = f"https://weibo.com/u/{uid[1]}" if uid else ""
    return AccountFacts(uid[1] if uid else "", name[1].strip() if name else "", url=url, state="active", **counts)

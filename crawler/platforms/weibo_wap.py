"""微博's oldest pages (weibo.cn): an account's list as plain HTML, as a person saves it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from crawler.platforms.drafts import Context, make_post, settle
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import Payload
from crawler.platforms.shapes import links_of, plain
from crawler.platforms.times import read_time, with_id
from crawler.platforms.values import Parsed
from crawler.platforms.weibo import mid_of, time_of_id
from crawler.spans import first_span
from domain.accounts import AccountFacts

_AFTER = r"""["'][^<>]{0,300}>"""
_ITEM = re.compile(rf"""<div\b[^<>]{{0,300}}?\bid\s{{0,9}}=\s{{0,9}}["']M_(\w{{1,40}}){_AFTER}""", re.I)
_PAGER = re.compile(r"""<div\b[^<>]{0,300}?\bclass\s{0,9}=\s{0,9}["']pa["']""", re.I)
_TIME, _TEXT, _PIN = (
    re.compile(rf"""<span\b[^<>]{{0,300}}?\bclass\s{{0,9}}=\s{{0,9}}["']{name}{_AFTER}""", re.I)
    for name in ("ct", "ctt", "kt")
)
_SPAN_END = re.compile(r"</span>", re.I)
_REASON = re.compile(r"""(?is)转发理由\s{0,9}[:：]\s{0,9}</span>(.*?)(?:<span|<a\b[^<>]{0,300}>赞|$)""")
_PINNED = re.compile(r"\s{0,9}\[?置顶")
_NAME = re.compile(r"(?is)<title\b[^<>]{0,300}>\s{0,40}([^<]{1,40}?)的微博\s{0,40}</title>")
_UID = re.compile(r"""href\s{0,9}=\s{0,9}["'][^"']{0,200}/(\d{8,11})/(?:follow|fans|info)\b""")
_PAGES = re.compile(r"(?<!\d)(\d{1,6})\s{0,9}/\s{0,9}(\d{1,6})\s{0,9}页")


def is_wap_page(payload: Payload) -> bool:
    """Whether a page is such a list."""
    return payload.is_html and 'id="M_' in payload.text and 'class="ct"' in payload.text


def parse(payload: Payload, ctx: Context) -> Parsed:
    """The list as posts. Visitors and friends see different lists, so it proves no absence."""
    text = payload.text
    drafts = [_draft(id, block, ctx) for id, block in _blocks(text)]
    pages = _PAGES.search(text)
    return settle(
        ctx, drafts, shape="list", facts=_facts(text), more=pages is not None and int(pages[1]) < int(pages[2]), complete=False
    )  # fmt: skip


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """(id, fragment) of every item: up to the next one, or to the pager."""
    heads = list(_ITEM.finditer(text))
    stops = sorted([*(head.start() for head in heads), *(pager.start() for pager in _PAGER.finditer(text)), len(text)])
    for head in heads:
        yield head[1], text[head.end() : stops[bisect_left(stops, head.end())]]


def _draft(id: str, block: str, ctx: Context) -> Draft | str:
    shown = first_span(block, _TIME, _SPAN_END)
    when = read_time(plain(shown).split("来自")[0], ctx.as_of) if shown is not None else None
    when = with_id(when, time_of_id(mid_of(id)))
    said = _REASON.search(block)
    fragment = said[1] if said else first_span(block, _TEXT, _SPAN_END) or ""
    post = make_post(
        ctx, id, when, url=f"https://weibo.cn/comment/{id}", kind="repost" if said else "text", text=plain(fragment),
        pinned=any(_PINNED.match(block, pin.end()) for pin in _PIN.finditer(block)), links=links_of(fragment), truncated="全文</a>" in fragment,
    )  # fmt: skip
    return Draft(post) if when or fragment else "unreadable"


def _facts(text: str) -> AccountFacts:
    name, uid = _NAME.search(text), _UID.search(text)
    counts: dict[str, Any] = {
        key: int(found[0]) if (found := re.findall(rf"{word}\[(\d{{1,12}})\]", text)) else None
        for key, word in (("followers", "粉丝"), ("posts_total", "微博"))
    }
    url = f"https://weibo.com/u/{uid[1]}" if uid else ""
    return AccountFacts(uid[1] if uid else "", name[1].strip() if name else "", url=url, state="active", **counts)

"""`page`: a public profile page opened in a browser; its own answers are read passively, its items by selectors."""

from typing import Any

from bs4 import BeautifulSoup, Tag

from crawler.platforms.drafts import Context, make_post, settle
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import Payload
from crawler.platforms.shapes import absolute, images_of, links_of, plain
from crawler.platforms.times import read_time
from crawler.platforms.values import Fetch, Parsed
from domain.accounts import AccountFacts, CollectionStatus
from domain.targets import Account, Platform, Source

# What each platform's own page asks for; read, never asked by us.
XHR = {
    Platform.TOUTIAO: "*/api/pc/list/user/feed*", Platform.KUAISHOU: "*/profile/public*",
    Platform.DOUYIN: "*/aweme/post/*", Platform.WEIBO: "*/statuses/mymblog*", Platform.BILIBILI: "*/feed/space*",
    Platform.XIAOHONGSHU: "*/user_posted*",
}  # fmt: skip


def plan(account: Account, source: Source) -> tuple[Fetch, ...]:
    """`page https://...`; options wait_for, capture_xhr, render=no, and CSS selectors item, time, text, title, link, name."""
    options = dict(source.options)
    url = (source.argument.split() or [account.url])[0]
    if not url.startswith("http"):
        return ()
    render = options.get("render", "yes") != "no"
    xhr = options.get("capture_xhr", XHR.get(account.platform, ""))
    return (Fetch(url, step="page", render=render, wait_for=options.get("wait_for", ""), capture_xhr=xhr, delay=10.0),)


def parse(payload: Payload, ctx: Context) -> Parsed:
    """Items by the source's selectors. Nothing found is a `parse_error`, never "no posts"."""
    for words in ctx.option("block_texts").split("|"):
        if words and words in payload.text:
            return Parsed(CollectionStatus.CHALLENGE, message=f"页面出现“{words}”", shape="page")
    soup = BeautifulSoup(payload.text, "lxml")
    facts = AccountFacts(name=_text(soup, ctx.option("name")), intro=_text(soup, ctx.option("intro")))
    items = soup.select(ctx.option("item")) if ctx.option("item") else []
    drafts = [_draft(item, ctx) for item in items]
    if not drafts:
        return Parsed(CollectionStatus.PARSE_ERROR, facts, message="页面中没有找到内容条目", shape="page")
    return settle(ctx, drafts, shape="page", facts=facts, more=True, complete=ctx.option("complete") == "yes")


def _draft(item: Tag, ctx: Context) -> Draft | str:
    link = item.select_one(ctx.option("link") or "a[href]") or (item if item.name == "a" else None)
    url = absolute(_attribute(link, "href"))
    if url.startswith("/"):
        url = "/".join(ctx.answer.url.split("/")[:3]) + url
    stamp = item.select_one(ctx.option("time") or "time")
    when = read_time(_attribute(stamp, "datetime") or (stamp.get_text(" ", strip=True) if stamp else ""), ctx.as_of)
    title = _text(item, ctx.option("title"))
    text = _text(item, ctx.option("text")) or plain(item.decode_contents())
    if not url and not text:
        return "unreadable"
    fragment = item.decode_contents()
    return Draft(
        make_post(
            ctx,
            url or text[:60],
            when,
            url=url,
            title=title,
            text=text,
            links=links_of(fragment),
            images=images_of(fragment),
            pinned="置顶" in item.get_text()[:40],
        )
    )


def _attribute(tag: Tag | None, name: str) -> str:
    value: Any = tag.get(name) if tag else None
    return value if isinstance(value, str) else ""


def _text(node: Tag, selector: str) -> str:
    found = node.select_one(selector) if selector else None
    return found.get_text(" ", strip=True) if found else ""

"""RSS, Atom and JSON Feed from any feed service or own site. A date without a zone is never trusted to the hour."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import feedparser

from crawler.platforms.drafts import Context, make_post, settle
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import Payload, first, text_of, tolerant
from crawler.platforms.service_errors import error_text, without_errors, without_request_times
from crawler.platforms.shapes import absolute, images_of, links_of, plain
from crawler.platforms.times import When, read_time
from crawler.platforms.values import Fetch, Parsed
from domain.accounts import AccountFacts, CollectionStatus
from domain.captured import Link
from domain.targets import Account, Platform, Source
from domain.times import BEIJING

_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.I)
_PROLOG = (("<!--", "-->"), ("<?", ">"), ("<!", ">"))  # what may stand before the first element, with its end
# Numbers that stand for no character; feedparser fails on them.
_NO_CHARACTER = re.compile(
    r"&#(?:x0*+(?:d[89a-f][0-9a-f]{2}|1[1-9a-f][0-9a-f]{4}|[2-9a-f][0-9a-f]{5}|[0-9a-f]{7,12})"
    r"|0*+(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]"
    r"|111411[2-9]|11141[2-9]\d|1114[2-9]\d\d|111[5-9]\d{3}|11[2-9]\d{4}|1[2-9]\d{5}|[2-9]\d{6}|\d{8,20}));?",
    re.I,
)
_CDATA = re.compile(r"^\s*<!\[CDATA\[(.*)\]\]>\s*$", re.S)
_FEED_NOISE = re.compile(r"(?<!\s)\s*+-?\s*+Made with love by RSSHub.*+$", re.S)


def is_feed(payload: Payload) -> bool:
    """Whether the answer is an RSS, Atom or JSON feed."""
    if any(isinstance(value, dict) and "jsonfeed.org" in str(value.get("version", "")) for value in payload.values):
        return True
    text, start = payload.text, 0
    while True:
        start += len(text) - start - len(text[start:].lstrip())
        closer = next((end for begin, end in _PROLOG if text.startswith(begin, start)), None)
        if closer is None:
            return bool(_FEED.match(text, start))
        start = text.find(closer, start) + len(closer)
        if start < len(closer):
            return False


def plan(account: Account, source: Source) -> tuple[Fetch, ...]:
    """The feed's address: `feed https://...`; option headers_env=Header:VARIABLE."""
    options = dict(source.options)
    named = [item.partition(":") for item in options.get("headers_env", "").split(",") if ":" in item]
    headers = tuple((name.strip(), variable.strip()) for name, _, variable in named)
    return (Fetch(source.argument.split()[0], step="feed", headers_env=headers, delay=1.0),) if source.argument else ()


def parse(payload: Payload, ctx: Context) -> Parsed:
    """A feed as posts; its own date decides whether it is current."""
    if payload.values:
        return _settled(*_json_feed(payload.values[0], ctx), ctx)
    feed = feedparser.parse(
        _NO_CHARACTER.sub("\ufffd", payload.text).encode("utf-8", "replace"),
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    facts = _facts(feed.feed)
    drafts = [_entry(entry, ctx) for entry in feed.entries]
    return _settled(facts, drafts, _built(feed.feed, ctx), ctx)


def _settled(facts: AccountFacts, drafts: list[Draft | str], built: datetime | None, ctx: Context) -> Parsed:
    spoken = _believable(built or _header_date(ctx), ctx)
    # A service may serve a cached file for ever: without a date of its own it proves no absence. Feeds about 微博 show
    # what visitors see, which is not everything.
    visitor = ctx.account.platform is Platform.WEIBO
    complete = ctx.is_vouched or not visitor
    said = error_text(drafts, spoken)
    drafts = without_request_times(without_errors(drafts, spoken), _requests(built, ctx))
    complete, why = complete and not said, f"采集源报告自己的故障：{said}" if said else ""
    result = settle(
        ctx, drafts, message=why, shape="list", facts=facts, complete=complete, source_as_of=spoken, live=False
    )
    if not drafts and result.status is CollectionStatus.PARSE_ERROR:
        return replace(result, status=CollectionStatus.PARTIAL, message="采集源没有给出任何条目")
    if spoken is None and result.status is CollectionStatus.OK:
        return replace(result, message="采集源没有说明生成时间，不能证明没有更新")
    return result


def _requests(built: datetime | None, ctx: Context) -> list[datetime]:
    """When the service was asked: when the feed was fetched, or built for a cache; one built long before tells its newest item."""
    fetched = ctx.answer.fetched_at
    near = built and (fetched is None or not timedelta(hours=3) < abs(fetched - built) < timedelta(days=1))
    return [moment for moment in (fetched, built if near else None) if moment]


def _believable(spoken: datetime | None, ctx: Context) -> datetime | None:
    """A feed that says it was built after it was fetched has a wrong clock, or a date for ever: it says nothing."""
    fetched = ctx.answer.fetched_at
    return None if spoken and fetched and spoken > fetched + timedelta(days=1) else spoken


def _entry(entry: Any, ctx: Context) -> Draft | str:
    contents = [part.get("value", "") for part in entry.get("content", [])]
    bodies = [_repaired(text) for text in (*contents, entry.get("summary", "")) if text]
    fragment = next((text for text in bodies if plain(text)), "".join(bodies[:1]))
    url = absolute(entry.get("link", ""))
    id = entry.get("id") or url
    if not id:
        return "unreadable"
    media = [
        item.get("href") or item.get("url", "")
        for item in (*entry.get("enclosures", []), *entry.get("media_content", []))
    ]
    post = make_post(
        ctx, id, _entry_time(entry, ctx), url=url or (id if id.startswith("http") else ""), kind="article",
        title=plain(_repaired(entry.get("title", ""))), text=plain(fragment), links=_links(fragment, url),
        images=tuple(dict.fromkeys([*images_of(fragment), *(url for url in media if url)])),
        edited_at=_edited(entry, ctx),
    )  # fmt: skip
    authors = tuple(name for name in [entry.get("author", "")] if name)
    return Draft(post, authors if ctx.option("author_must_match") else ())


def _repaired(text: str | None) -> str:
    """The library gives None for an element that is there and says nothing."""
    inner = _CDATA.match(text or "")
    return inner[1] if inner else text or ""


def _links(fragment: str, own_url: str) -> tuple[Link, ...]:
    return tuple(link for link in links_of(fragment) if link.url != own_url)


def _entry_time(entry: Any, ctx: Context) -> When | None:
    stamps = (_stated(entry, key) for key in ("published", "updated", "created"))
    return next((when for text in stamps if text and (when := feed_time(text, ctx))), None)


def _stated(entry: Any, key: str) -> str:
    # feedparser's own lookup answers `updated` with the publish date where there is none.
    return str(dict.get(entry, key) or "")


def _edited(entry: Any, ctx: Context) -> datetime | None:
    published, updated = _stated(entry, "published"), _stated(entry, "updated")
    if not published or not updated:
        return None
    when, changed = feed_time(published, ctx), feed_time(updated, ctx)
    return changed.low if when and changed and changed.low > when.high else None


def feed_time(text: str, ctx: Context) -> When | None:
    """A feed's date. Without a zone it may be Beijing time or UTC, so it spans both unless `naive_tz` says which."""
    named = _named_zone(ctx.option("naive_tz"))
    when = read_time(text, ctx.as_of, named or BEIJING)
    if when is None or when.zoned or named:
        return when
    as_utc = read_time(text, ctx.as_of, UTC)
    likely = when.low if when.high - when.low < timedelta(minutes=1) else None
    return When(when.low, as_utc.high if as_utc else when.high, when.source, False, likely)


def _named_zone(name: str) -> tzinfo | None:
    if not name:
        return None
    try:
        return BEIJING if name == "Asia/Shanghai" else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _facts(channel: Any) -> AccountFacts:
    intro = _FEED_NOISE.sub("", plain(_repaired(channel.get("subtitle", "") or channel.get("description", ""))))
    image = channel.get("image") or {}
    return AccountFacts(
        name=plain(_repaired(channel.get("title", ""))), url=absolute(channel.get("link", "")), intro=intro,
        avatar_url=image.get("href", "") or image.get("url", ""), state="active",
    )  # fmt: skip


def _built(channel: Any, ctx: Context) -> datetime | None:
    for key in ("updated", "published"):
        text = _stated(channel, key)
        when = feed_time(text, ctx) if text else None
        if when:
            return when.low  # the earlier reading: never younger than it is
    return None


def _header_date(ctx: Context) -> datetime | None:
    text = ctx.answer.headers.get("last-modified", "")
    try:
        moment = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


def _json_feed(value: dict[str, Any], ctx: Context) -> tuple[AccountFacts, list[Draft | str], datetime | None]:
    facts = AccountFacts(
        name=text_of(value, "title"), url=text_of(value, "home_page_url"), intro=text_of(value, "description"),
        avatar_url=text_of(value, "icon", "favicon"), state="active",
    )  # fmt: skip
    items = value.get("items")
    return (
        facts,
        [tolerant(partial(_json_item, item, ctx), "unreadable") for item in items if isinstance(item, dict)]
        if isinstance(items, list)
        else [],
        None,
    )


def _json_item(item: dict[str, Any], ctx: Context) -> Draft | str:
    fragment = text_of(item, "content_html")
    url, id = text_of(item, "url", "external_url"), text_of(item, "id", "url")
    if not id:
        return "unreadable"
    stamp = first(item, "date_published", "date_modified", "published", "pubDate")
    pictures = [text_of(item, "image", "banner_image"), *images_of(fragment)]
    pictures += [text_of(part, "url") for part in item.get("attachments") or [] if isinstance(part, dict)]
    post = make_post(
        ctx, id, feed_time(str(stamp), ctx) if stamp else None, url=url, kind="article", title=text_of(item, "title"),
        text=plain(fragment) or text_of(item, "content_text", "summary"), links=_links(fragment, url),
        images=tuple(dict.fromkeys(filter(None, pictures))),
    )  # fmt: skip
    return Draft(post)

"""移动客户端: is it still to be had? Judged by whether it can be downloaded, not by posts."""

import re

from crawler.platforms.drafts import Context
from crawler.platforms.payload import Payload, at, text_of
from crawler.platforms.refusal import body_refusal, status_refusal
from crawler.platforms.times import read_time
from crawler.platforms.values import Fetch, Parsed
from domain.accounts import AccountFacts, CollectionStatus, Coverage
from domain.targets import Account, Source

_PACKAGE = ("application/vnd.android.package-archive", "application/octet-stream", "application/zip")
_OFFER = re.compile(r"下载|安装|获取|install|download", re.I)
_WITHDRAWN = re.compile(r"已下架|应用不存在|找不到.{0,6}应用|未找到.{0,6}应用")


def plan(account: Account, source: Source) -> tuple[Fetch, ...]:
    """`app 123456789` asks the Apple store; `app https://...` asks a package or a market page."""
    words = source.argument.split()
    if not words:
        return ()
    options = dict(source.options)
    number = words[0].removeprefix("id")
    if number.isdecimal():
        country = options.get("country", "cn")
        return (Fetch(f"https://itunes.apple.com/lookup?id={number}&country={country}", step="app", delay=3.0),)
    package = words[0].lower().split("?")[0].endswith((".apk", ".hap", ".ipa"))
    return (Fetch(words[0], "HEAD" if package else "GET", step="app", delay=3.0),)


def parse(payload: Payload, ctx: Context) -> Parsed:
    """The store's answer, or whether a package or market page is there."""
    for value in payload.values:
        if at(value, "resultCount") is not None:
            return _lookup(value, ctx)
    answer = ctx.answer
    refused = status_refusal(answer)
    if refused:
        return Parsed(refused[0], message=refused[1], shape="app")
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind in _PACKAGE or answer.body[:2] == b"PK":
        return _package(ctx)
    if _WITHDRAWN.search(payload.text):
        return Parsed(CollectionStatus.NOT_FOUND, message="应用市场称应用不存在或已下架", shape="app")
    refused = body_refusal(payload, answer.url)
    if refused:
        return Parsed(refused[0], message=refused[1], shape="app")
    if payload.is_html and _OFFER.search(payload.text):
        return Parsed(
            CollectionStatus.OK, AccountFacts(url=answer.url, state="active"), coverage=_now(ctx), shape="app"
        )
    return Parsed(CollectionStatus.PARSE_ERROR, message="页面中没有下载入口", shape="app")


def _now(ctx: Context) -> Coverage:
    return Coverage(source_as_of=ctx.answer.fetched_at)


def _lookup(value: object, ctx: Context) -> Parsed:
    item = at(value, "results.0")
    if not item:
        return Parsed(CollectionStatus.NOT_FOUND, message="应用商店中没有这个编号的应用，请核对编号", shape="app")
    facts = AccountFacts(
        text_of(item, "trackId", "bundleId"), text_of(item, "trackName"), text_of(item, "bundleId"),
        text_of(item, "trackViewUrl"), verified_body=text_of(item, "sellerName", "artistName"),
        intro=text_of(item, "description"), avatar_url=text_of(item, "artworkUrl100"), state="active",
    )  # fmt: skip
    when = read_time(text_of(item, "currentVersionReleaseDate"), ctx.as_of)
    cover = Coverage(newest_seen=when.low if when else None, source_as_of=ctx.answer.fetched_at)
    return Parsed(CollectionStatus.OK, facts, coverage=cover, message=f"版本 {text_of(item, 'version')}", shape="app")


def _package(ctx: Context) -> Parsed:
    size = ctx.answer.headers.get("content-length", "") or str(len(ctx.answer.body))
    if size == "0" or (ctx.answer.body and ctx.answer.body[:2] != b"PK"):
        return Parsed(CollectionStatus.PARSE_ERROR, message="下载地址给出的不是安装包", shape="app")
    return Parsed(
        CollectionStatus.OK, AccountFacts(url=ctx.answer.url, state="active"), coverage=_now(ctx), shape="app"
    )

"""The two doors of this room: `plan` says what to fetch for a source, `parse` reads what came back. Both pure."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from crawler.platforms import app, feed, mapped, page, tables, wechat_api, wechat_article, weibo, weibo_wap
from crawler.platforms.drafts import Context, settle
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import Payload, first, number_of, read_payload, tolerant
from crawler.platforms.recognise import find_items, find_profile, find_profile_beside
from crawler.platforms.refusal import body_refusal, status_refusal, transport_refusal
from crawler.platforms.values import Answer, Fetch, Limits, Parsed
from domain.accounts import AccountFacts, CollectionStatus
from domain.platforms import saved_answers
from domain.targets import Account, Platform, Source

_PRESETS = saved_answers()
_PLANS: dict[str, Callable[[Account, Source], tuple[Fetch, ...]]] = {
    "feed": feed.plan,
    "import": tables.plan,
    "wechat_api": wechat_api.plan,
    "wechat_article": wechat_article.plan,
    "weibo": weibo.plan,
    "json": mapped.plan,
    "page": page.plan,
    "app": app.plan,
    **dict.fromkeys(_PRESETS, mapped.plan),
}


def plan(account: Account, source: Source, as_of: datetime) -> tuple[Fetch, ...]:
    """What to fetch first for one source; empty for `manual` and for a source that lacks its address (see `idle`)."""
    make = _PLANS.get(source.adapter)
    return make(account, source) if make else ()


def idle(source: Source) -> Parsed:
    """What a source says for which `plan` gave nothing to fetch."""
    if source.adapter == "manual":
        return Parsed(CollectionStatus.MANUAL_PENDING)
    known = source.adapter in _PLANS
    reason = f"{source.adapter} 缺少地址或编号" if known else f"没有名为“{source.adapter}”的采集方式"
    return Parsed(CollectionStatus.NOT_CONFIGURED, message=reason)


def parse(account: Account, source: Source, answer: Answer, as_of: datetime, limits: Limits | None = None) -> Parsed:
    """Read one answer of a source. Bad answers become a collection state, never an exception."""
    ctx = Context(account, source, answer, as_of, limits or Limits())
    refused = transport_refusal(answer)
    if refused:
        return Parsed(refused[0], message=_with_words(refused[1], answer))
    if source.adapter == "import" and tables.is_table(answer.body, answer.url):
        return tables.parse(ctx)
    payload = read_payload(answer.body, answer.headers.get("content-type", ""))
    values = [value for _, body in answer.xhr for value in read_payload(body).values]
    payload = replace(payload, values=(*values, *payload.values))
    if source.adapter == "app":
        return app.parse(payload, ctx)
    if answer.step == "token":
        return wechat_api.read_token(payload, ctx)
    if ctx.option("items"):
        return mapped.parse(payload, ctx)
    parsed = read(payload, ctx, _PRESETS.get(ctx.option("preset") or source.adapter))
    return _adjusted(parsed, payload, ctx)


def _adjusted(parsed: Parsed, payload: Payload, ctx: Context) -> Parsed:
    """What only the source's own kind can add to a reading."""
    adapter = ctx.source.adapter
    if adapter == "wechat_api" and parsed.status is CollectionStatus.PARTIAL:
        return replace(parsed, next=wechat_api.following(payload, ctx))
    if parsed.status is not CollectionStatus.PARSE_ERROR:
        return parsed
    if adapter == "feed" and payload.is_html:
        return replace(parsed, status=CollectionStatus.SOURCE_DOWN, message="采集源返回网页，不是订阅内容")
    return page.parse(payload, ctx) if adapter == "page" and payload.is_html else parsed


def read(payload: Payload, ctx: Context, platform: Platform | None = None) -> Parsed:
    """Read any known payload by what it is: feed, list, article, profile, refusal."""
    if not payload.text and not payload.values:
        status, why = status_refusal(ctx.answer) or (CollectionStatus.PARSE_ERROR, "返回空内容")
        return Parsed(status, message=why)
    if feed.is_feed(payload):
        return feed.parse(payload, ctx)
    listed = _read_list(payload, ctx, platform)
    if listed:
        return listed
    if weibo_wap.is_wap_page(payload):
        return weibo_wap.parse(payload, ctx)
    if wechat_article.is_wechat_page(payload):
        return wechat_article.parse(payload, ctx)
    refused = body_refusal(payload, ctx.answer.url) or status_refusal(ctx.answer)
    if refused:
        return Parsed(refused[0], message=refused[1])
    return _read_profile(payload, platform) or _nothing(payload, ctx)


def _read_list(payload: Payload, ctx: Context, platform: Platform | None) -> Parsed | None:
    found = find_items(payload.values, platform)
    if found is None:
        return None
    shape, value, items = found.shape, found.value, list(found.items)
    drafts: list[Draft | str] = []
    for item in items:
        draft = tolerant(partial(shape.draft, item, ctx), "unreadable")
        drafts.extend(draft if isinstance(draft, list) else [draft])
    profile = find_profile_beside(value, items, shape.platform)
    result = settle(
        ctx,
        drafts,
        shape=shape.name,
        profile=tolerant(lambda: profile[0].facts(profile[1]), AccountFacts()) if profile else None,
        facts=tolerant(lambda: shape.facts(value, items), AccountFacts()),
        more=tolerant(lambda: shape.more(value), True),
        complete=tolerant(lambda: shape.complete(value, ctx), False) and not found.others and not _is_visitor(ctx),
        following=tolerant(lambda: shape.following(value, ctx), ()),
    )
    if result.skipped.get("foreign") and not result.posts and _NOBODY.search(payload.text):
        return replace(result, status=CollectionStatus.AUTH_REQUIRED, message="平台要求登录，返回的是推荐内容")
    return result


_NOBODY = re.compile(r"""["']?(?:loggedIn|isLogin|is_login)["']?\s*:\s*(?:false|0)\b""")


def _is_visitor(ctx: Context) -> bool:
    """A page opened by nobody in particular: what it holds back from visitors it does not tell."""
    return ctx.source.adapter == "page" and not ctx.is_vouched


def _read_profile(payload: Payload, platform: Platform | None) -> Parsed | None:
    found = find_profile(payload.values, platform)
    if found is None:
        return None
    facts = tolerant(lambda: found[0].facts(found[1]), AccountFacts())
    if facts.state == "closed":
        return Parsed(CollectionStatus.NOT_FOUND, facts, message="账号已注销或被封", shape="profile")
    if facts.posts_total == 0:
        return Parsed(CollectionStatus.OK_EMPTY, facts, shape="profile")
    return Parsed(CollectionStatus.OK, facts, message="只有账号资料，没有推文列表", shape="profile")


def _nothing(payload: Payload, ctx: Context) -> Parsed:
    for value in payload.values:
        total = number_of(first(value, "data.total", "total", "total_count", "data.page.count", "data.count"))[0]
        if total is None and isinstance(value, dict):
            total = next((0 for key in ("total", "total_count") if value.get(key) == 0), None)
        if total == 0:
            return Parsed(CollectionStatus.OK_EMPTY, AccountFacts(), message="平台称内容数为0", shape="list")
    if ctx.answer.status >= 300:
        return Parsed(CollectionStatus.SOURCE_DOWN, message=f"HTTP {ctx.answer.status}")
    what = "页面中没有识别到内容" if payload.is_html else "返回内容无法识别"
    return Parsed(CollectionStatus.PARSE_ERROR, message=what)


def _with_words(reason: str, answer: Answer) -> str:
    said = body_refusal(read_payload(answer.body[:20_000])) if answer.body else None
    return f"{reason} {said[1]}" if said else reason

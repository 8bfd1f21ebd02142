"""Whatever part of a live account a source shows, in whatever order: it is never called not updated, and a fresh post is seen."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crawler.platforms.adapters import parse
from crawler.platforms.fold import fold
from crawler.platforms.values import Answer, Limits
from domain.account_freshness import AccountState, freshness_of
from domain.targets import Account, Platform, Source
from domain.times import BEIJING, Window

AS_OF = datetime(2026, 11, 22, 20, tzinfo=BEIJING)
WINDOW = Window(days=14)
SIZE = 6  # of one page


@st.composite
def timelines(draw: st.DrawFn, newest: st.SearchStrategy[int]) -> list[datetime]:
    """Moments of posts, newest first; `newest` in hours before AS_OF."""
    gaps = draw(st.lists(st.integers(1, 240), min_size=2, max_size=25))
    hours, found = draw(newest), []
    for gap in gaps:
        found.append(AS_OF - timedelta(hours=hours))
        hours += gap
    return found


@st.composite
def views(draw: st.DrawFn, newest: st.SearchStrategy[int]) -> tuple[list[tuple[datetime, bool]], bool, str]:
    """(moment, marked as pinned) of what a source shows, whether it says there is more, and its address."""
    posts = draw(timelines(newest))
    pins = draw(st.lists(st.sampled_from(posts), max_size=3, unique=True))
    rest = [post for post in posts if post not in pins]
    marked = draw(st.booleans())  # some platforms mark one pin of several, or none
    shown = [(pin, marked or number == 0) for number, pin in enumerate(pins)] + [(post, False) for post in rest]
    order = draw(st.sampled_from(["time", "views", "oldest first"]))
    if order != "time":
        shown = draw(st.permutations(shown)) if order == "views" else shown[::-1]
    page = draw(st.sampled_from([1, 1, 1, 2]))
    part = shown[(page - 1) * SIZE : page * SIZE]
    if order == "views" and len(shown) > page * SIZE:
        assume(not _looks_like_time(part) or posts[0] in [at for at, _ in part])  # nobody can tell such a list
    return part, len(shown) > page * SIZE, f"https://api.example/list?uid=1{f'&pn={page}' if page > 1 else ''}"


def _looks_like_time(part: list[tuple[datetime, bool]]) -> bool:
    moments = [at for at, pinned in part if not pinned]
    return bool(moments) and moments == sorted(moments, reverse=True)


def bilibili(part: list[tuple[datetime, bool]], more: bool) -> dict[str, Any]:
    items = [
        {"id_str": f"9{number:017d}", "type": "DYNAMIC_TYPE_WORD", "modules": {
            "module_author": {"mid": 1, "name": "某市发布", "pub_ts": int(at.timestamp())},
            "module_dynamic": {"desc": {"text": "正文"}}, "module_tag": {"text": "置顶"} if pinned else None}}
        for number, (at, pinned) in enumerate(part)
    ]  # fmt: skip
    return {"code": 0, "data": {"has_more": more, "items": items}}


def douyin(part: list[tuple[datetime, bool]], more: bool) -> dict[str, Any]:
    items = [
        {"aweme_id": str(int(at.timestamp()) << 32), "desc": "正文", "create_time": int(at.timestamp()), "is_top": int(pinned),
         "author": {"uid": "1", "nickname": "某市发布"}, "statistics": {}}
        for at, pinned in part
    ]  # fmt: skip
    return {"status_code": 0, "has_more": int(more), "aweme_list": items}


def weibo(part: list[tuple[datetime, bool]], more: bool) -> dict[str, Any]:
    cards = [
        {"card_type": 9, "mblog": {"mid": str(number), "created_at": at.strftime("%a %b %d %H:%M:%S +0800 %Y"), "text": "正文",
         "isTop": int(pinned), "user": {"id": 1, "screen_name": "某市发布"}}}
        for number, (at, pinned) in enumerate(part)
    ]  # fmt: skip
    return {"ok": 1, "data": {"cards": cards, "cardlistInfo": {"since_id": 5 if more else None}}}


SHAPES = {Platform.BILIBILI: bilibili, Platform.DOUYIN: douyin, Platform.WEIBO: weibo}


def judged(platform: Platform, view: tuple[list[tuple[datetime, bool]], bool, str], adapter: str) -> AccountState:
    part, more, url = view
    source = Source(adapter, url)
    account = Account("a", "某市发布", platform, platform_id="1", sources=(source,))
    body = json.dumps(SHAPES[platform](part, more), ensure_ascii=False).encode()
    answer = Answer(url, body=body, fetched_at=AS_OF)
    found = fold(account, source, [parse(account, source, answer, AS_OF, Limits())])
    return freshness_of(account, [found], (), AS_OF, WINDOW).state


platforms, adapters = st.sampled_from(list(SHAPES)), st.sampled_from(["json", "page"])


@settings(max_examples=300, deadline=None)
@given(platforms, views(st.integers(0, 13 * 24)), adapters)
def test_an_account_that_published_is_never_called_not_updated(platform, view, adapter) -> None:
    state = judged(platform, view, adapter)
    assert state is not AccountState.NOT_UPDATED
    if any(at > AS_OF - timedelta(days=9) for at, _ in view[0]):
        assert state is AccountState.UPDATED


@settings(max_examples=100, deadline=None)
@given(views(st.integers(16 * 24, 40 * 24)))
def test_an_account_that_did_not_is_found_out_only_from_a_whole_list(view) -> None:
    part, more, url = view
    state = judged(Platform.DOUYIN, view, "json")
    assert state in {AccountState.NOT_UPDATED, AccountState.UNKNOWN}
    if part and url.endswith("uid=1") and (not more or _looks_like_time(part)):
        assert state is AccountState.NOT_UPDATED


OLD = [(AS_OF - timedelta(days=day), False) for day in (20, 21, 22)]


@pytest.mark.parametrize(
    "url", ["https://x.example/list?pn=2", "https://x.example/a?uid=1&page=03", "https://x.example/a?since_id=498", "https://x.example/a?max_cursor=1795&count=20"]
)  # fmt: skip
def test_a_later_page_of_a_list_proves_nothing(url: str) -> None:
    assert judged(Platform.DOUYIN, (OLD, False, url), "json") is AccountState.UNKNOWN


@pytest.mark.parametrize("url", ["https://x.example/list?pn=1", "https://x.example/list?page=1&cursor=", "https://x.example/list?offset=0&max_cursor=0", "https://x.example/a"])  # fmt: skip
def test_a_first_page_does(url: str) -> None:
    assert judged(Platform.DOUYIN, (OLD, False, url), "json") is AccountState.NOT_UPDATED


def test_what_visitors_are_shown_proves_nothing() -> None:
    assert judged(Platform.WEIBO, (OLD, False, "https://x.example/a"), "json") is AccountState.UNKNOWN
    assert judged(Platform.DOUYIN, (OLD, False, "https://x.example/a"), "page") is AccountState.UNKNOWN


def test_a_feed_built_after_it_was_fetched_proves_nothing() -> None:
    def state(built: datetime) -> AccountState:
        source = Source("feed", "https://x.example/f")
        account = Account("a", "某市发布", Platform.TOUTIAO, sources=(source,))
        stamp = [moment.strftime("%a, %d %b %Y %H:%M:%S %z") for moment in (built, OLD[0][0])]
        item = f"<item><title>一</title><guid>1</guid><pubDate>{stamp[1]}</pubDate></item>"
        body = f'<rss version="2.0"><channel><title>x</title><lastBuildDate>{stamp[0]}</lastBuildDate>{item}</channel></rss>'
        answer = Answer("https://x.example/f", body=body.encode(), fetched_at=AS_OF)
        found = fold(account, source, [parse(account, source, answer, AS_OF, Limits())])
        return freshness_of(account, [found], (), AS_OF, WINDOW).state

    assert state(AS_OF) is AccountState.NOT_UPDATED
    assert state(AS_OF + timedelta(days=900)) is AccountState.UNKNOWN


def test_one_list_under_two_names_is_one_channel_of_wechat() -> None:
    names = [Source("json", "a.json", (("preset", "wechat"),)), Source("wechat", "a.json")]
    account = Account("a", "某市发布", Platform.WECHAT, sources=tuple(names))
    stamp = int(OLD[0][0].timestamp())
    body = json.dumps({"app_msg_list": [{"aid": "1_1", "title": "一", "link": "https://mp.weixin.qq.com/s/abcdefg", "create_time": stamp}]}).encode()  # fmt: skip
    found = [
        fold(account, source, [parse(account, source, Answer("file:a.json", body=body, fetched_at=AS_OF), AS_OF, Limits())])
        for source in names
    ]  # fmt: skip
    verdict = freshness_of(account, found, (), AS_OF, WINDOW)
    assert verdict.state is AccountState.UNKNOWN
    assert "另一渠道" in verdict.reason

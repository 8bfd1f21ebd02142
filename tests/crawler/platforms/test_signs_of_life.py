"""What looks like an update and is none: strangers' items, a service's own reports, times of the request, a year that is today's."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms.ownership import Draft, own
from crawler.platforms.payload import read_json
from crawler.platforms.times import When, with_id
from crawler.platforms.values import Parsed
from crawler.platforms.weibo import mid_of
from domain.account_freshness import AccountState, freshness_of
from domain.accounts import AccountFacts, Collected
from domain.accounts import CollectionStatus as S
from domain.captured import Post
from domain.targets import Account, Platform, Source
from domain.times import BEIJING, Window

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
BUILT = datetime(2023, 4, 26, 8, 10, tzinfo=BEIJING)
MARCH = datetime(2023, 3, 3, 10, tzinfo=BEIJING)
Reader = Callable[..., Parsed]


def rss(*items: tuple[str, datetime], built: datetime | None = BUILT) -> str:
    def said(moment: datetime) -> str:
        return moment.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")

    head = f"<lastBuildDate>{said(built)}</lastBuildDate>" if built else ""
    body = "".join(
        f"<item><title>{title}</title><link>https://v.example/{n}</link><guid>{n}</guid><pubDate>{said(at)}</pubDate></item>"
        for n, (title, at) in enumerate(items)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>平山发布</title>{head}{body}</channel></rss>'


def verdict(parsed: Parsed) -> AccountState:
    account = Account("a", "平山发布", Platform.DOUYIN, sources=(Source("feed", "https://f.example/x"),))
    found = Collected("a", account.sources[0], parsed.status, parsed.facts, parsed.posts, parsed.coverage, parsed.message, parsed.skipped)  # fmt: skip
    return freshness_of(account, [found], (), AS_OF, Window(days=14)).state


OLD = [(f"平山县召开第{n}次会议", MARCH - timedelta(days=n)) for n in range(3)]
ERRORS = [
    "Bridge returned error 0! (19474)", "Bridge returned error 429! (20001)", "RSS 失效，请联系管理员", "订阅源异常 04-26", "RSSHub 出错：404",
    "登录状态已失效，请重新扫码", "授权过期，请重新授权", "cookie已过期", "获取文章失败", "HTTP 503", "Error: 502 Bad Gateway", "Too Many Requests", "暂时无法获取内容",
]  # fmt: skip


@pytest.mark.parametrize("title", ERRORS)
def test_a_report_of_the_service_is_no_post(answer: Reader, title: str) -> None:
    beside = answer(rss((title, BUILT), *OLD), "feed https://f.example/x")
    assert verdict(beside) is AccountState.UNKNOWN
    assert [post.title for post in beside.posts] == [item[0] for item in OLD]
    assert title[:8] in beside.message
    alone = answer(rss((title, BUILT)), "feed https://f.example/x")
    assert (alone.status, alone.posts, verdict(alone)) == (S.SOURCE_DOWN, (), AccountState.UNKNOWN)


@pytest.mark.parametrize("title", ["提醒：社保卡登录失效骗局又来了", "请勿相信“账号异常”短信", "平山县403人报名参赛", "系统升级公告"])  # fmt: skip
def test_posts_about_such_things_stay_posts(answer: Reader, title: str) -> None:
    parsed = answer(rss((title, BUILT - timedelta(hours=30)), *OLD), "feed https://f.example/x")
    assert (len(parsed.posts), verdict(parsed)) == (4, AccountState.UPDATED)


@pytest.mark.parametrize("step", [timedelta(0), timedelta(seconds=1), timedelta(seconds=7)])
@pytest.mark.parametrize("built", [BUILT, None])
def test_times_of_the_request_prove_no_update(answer: Reader, step: timedelta, built: datetime | None) -> None:
    items = [(title, BUILT + step * n) for n, (title, _) in enumerate(OLD)]
    parsed = answer(rss(*items, built=built), "feed https://f.example/x")
    assert verdict(parsed) is AccountState.UNKNOWN
    assert all(post.time_low is None for post in parsed.posts)


def test_one_item_as_old_as_the_request_proves_nothing_and_one_of_the_morning_does(answer: Reader) -> None:
    assert verdict(answer(rss((*OLD[0][:1], BUILT)), "feed https://f.example/x")) is AccountState.UNKNOWN
    assert verdict(answer(rss(("平山县召开会议", BUILT - timedelta(hours=3)), *OLD), "feed https://f.example/x")) is AccountState.UPDATED  # fmt: skip
    two = [("甲", BUILT), ("乙", BUILT + timedelta(seconds=2))]
    mixed = answer(rss(*two, *OLD), "feed https://f.example/x")
    assert [post.time_low is None for post in mixed.posts] == [True, True, False, False, False]
    assert verdict(answer(rss(*OLD), "feed https://f.example/x")) is AccountState.NOT_UPDATED


NAMES = st.sampled_from(["甲", "乙", "丙", "丁", "戊", "己"])


@given(st.lists(st.tuples(NAMES, st.booleans()), min_size=2, max_size=9), st.sampled_from(["", "平山发布"]))
def test_no_stranger_speaks_for_an_account(authors: list[tuple[str, bool]], name: str) -> None:
    drafts = [Draft(Post("a", str(n)), (who, f"id{who}") if known else ()) for n, (who, known) in enumerate(authors)]
    ids = frozenset(["id-own"])
    assert own(drafts, ids, name)[0] == ([] if any(draft.authors for draft in drafts) else [d.post for d in drafts])
    mine = Draft(Post("a", "mine"), ("平山发布", "id-own"))
    if any(draft.authors for draft in drafts):
        kept, foreign = own([*drafts, mine], ids, name)
        assert mine.post in kept
        assert foreign == sum(bool(draft.authors) for draft in drafts)


@pytest.mark.parametrize(
    ("authors", "name", "profile", "kept"),
    [
        ("甲甲甲", "", None, 3),
        ("甲甲乙", "", None, 2),
        ("甲乙丙丁", "", None, 0),
        ("甲甲乙乙丙丙", "", None, 0),
        ("甲乙", "", None, 0),
        ("甲甲乙", "平山发布", None, 0),
        ("甲甲甲", "", AccountFacts(name="平山发布"), 0),  # the tab of what it likes
        ("甲乙甲", "", AccountFacts(name="甲"), 2),
    ],
)
def test_an_owner_is_proven_or_unknown(authors: str, name: str, profile: AccountFacts | None, kept: int) -> None:
    drafts = [Draft(Post("a", str(n)), (who,)) for n, who in enumerate(authors)]
    assert len(own(drafts, frozenset(), name, profile)[0]) == kept


def note(number: int, user: str) -> dict[str, object]:
    card = {"type": "normal", "displayTitle": f"笔记{number}", "user": {"userId": f"{number:024d}", "nickname": user}, "interactInfo": {}}  # fmt: skip
    return {"id": f"6447{number:020x}", "noteCard": card}


@pytest.mark.parametrize(
    ("user", "status", "name"),
    [
        ({"userPageData": {"basicInfo": {"nickname": "平山发布"}}, "loggedIn": True}, S.PARTIAL, "平山发布"),
        ({"loggedIn": False}, S.AUTH_REQUIRED, ""),
        ({}, S.PARTIAL, ""),
    ],
)
@pytest.mark.parametrize("known", ["", "平山发布"])
def test_a_discovery_page_and_a_tab_of_favourites_are_nobodys_list(answer: Reader, user: dict[str, object], status: S, name: str, known: str) -> None:  # fmt: skip
    state = {"user": user, "feed": {"feeds": [note(n, f"路人{n}") for n in range(5)]}}
    page = (
        f"<html><body><script>window.__INITIAL_STATE__={json.dumps(state, ensure_ascii=False)}</script></body></html>"
    )
    parsed = answer(page, "page x", platform=Platform.XIAOHONGSHU, name=known)
    assert (parsed.status, parsed.posts, parsed.facts.name) == (status, (), name)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "x &quot;y&quot;"}\n{"a": "z"}',
        '{"a": 1}\r\n\r\n{"a": "&quot;"}\n',
        '{"a": 1},\n{"a": "&amp;quot;"}',
        '{&quot;a&quot;: 1}\n{&quot;a&quot;: 2}',
    ],
)  # fmt: skip
def test_a_document_on_each_line_whatever_its_titles_hold(text: str) -> None:
    assert [list(row) for row in read_json(text)] == [["a"], ["a"]]


def when(*parts: int, source: str = "relative", minutes: int = 0) -> When:
    low = datetime(*parts, tzinfo=BEIJING)  # type: ignore[arg-type, misc]
    return When(low, low + timedelta(minutes=minutes), source)


@pytest.mark.parametrize(
    ("read", "told", "year", "source"),
    [
        (when(2023, 3, 17, 18, 12), when(2020, 3, 17, 18, 11, source="derived_id"), 2020, "explicit"),
        (when(2022, 12, 31), when(2018, 12, 30, 23, source="derived_id"), 2018, "explicit"),
        (when(2023, 1, 1), when(2019, 12, 31, 22, source="derived_id"), 2020, "explicit"),
        (when(2023, 4, 26, 8), when(2020, 3, 17, source="derived_id"), 2020, "derived_id"),  # 一小时前, saved long ago
        (when(2023, 4, 20), when(2023, 4, 2, source="derived_id"), 2023, "relative"),  # a draft
        (when(2023, 4, 20, source="explicit"), when(2020, 3, 17, source="derived_id"), 2023, "explicit"),
        (when(2023, 4, 20), None, 2023, "relative"),
        (None, when(2020, 3, 17, source="derived_id"), 2020, "derived_id"),
    ],
)
def test_an_id_tells_the_year(read: When | None, told: When | None, year: int, source: str) -> None:
    found = with_id(read, told)
    assert found is not None
    assert (found.low.year, found.source) == (year, source)


def test_short_ids_are_numbers() -> None:
    assert mid_of("z0JH2lOMb") == "3501756485200075"
    assert mid_of("short") == mid_of("with-dash1") == ""

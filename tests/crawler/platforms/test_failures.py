"""What goes wrong with accounts: every failure has its own state, and only a true absence deducts."""

from datetime import datetime

import pytest

from crawler.platforms.adapters import idle, plan
from crawler.platforms.fold import fold
from domain.account_freshness import AccountState, freshness_of
from domain.accounts import CollectionStatus as S
from domain.targets import Account, Platform, Source
from domain.times import BEIJING, Window

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)


PAGE = "<!DOCTYPE html><html><head><title>{}</title></head><body>{}</body></html>"
LOGIN = PAGE.format("登录 - 平台", "<form>扫码登录 登录后查看更多内容</form>")
WAF = PAGE.format("访问被拦截", "您的访问请求可能对网站造成安全威胁，请求已被云防护阻断")
CAPTCHA = PAGE.format("验证码中间页", "<div id='captcha'></div><script>var x=1</script>")
SCRIPT_WALL = PAGE.format("", "<script>window.byted_acrawler={};__ac_nonce='x'</script>")
WECHAT_WALL = PAGE.format(
    "", "<div class='weui-msg'>mp.weixin.qq.com <h2 class='weui-msg__title'>环境异常</h2>完成验证后即可继续访问</div>"
)
VISITOR = PAGE.format("Sina Visitor System", "<script>location='https://passport.weibo.com/visitor'</script>")
EMPTY_APP = PAGE.format("某账号的主页", "<div id='app'></div>")

CASES = [
    ("waf page", "page https://p.example", WAF, 200, S.CHALLENGE),
    ("waf page 403", "page https://p.example", WAF, 403, S.CHALLENGE),
    ("login page", "page https://p.example", LOGIN, 200, S.AUTH_REQUIRED),
    ("visitor page", "weibo 123456", VISITOR, 200, S.AUTH_REQUIRED),
    ("captcha page", "page https://p.example", CAPTCHA, 200, S.CHALLENGE),
    ("script wall", "page https://p.example", SCRIPT_WALL, 200, S.CHALLENGE),
    ("wechat captcha", "wechat_article https://mp.weixin.qq.com/s/x", WECHAT_WALL, 200, S.CHALLENGE),
    ("empty page", "page https://p.example", EMPTY_APP, 200, S.PARSE_ERROR),
    ("empty body", "json https://p.example", "", 200, S.PARSE_ERROR),
    ("html for a feed", "feed https://p.example", EMPTY_APP, 200, S.SOURCE_DOWN),
    ("feed service down", "feed https://p.example", PAGE.format("503", "Cookies expired, please refresh"), 503, S.SOURCE_DOWN),
    ("weibo 432", "weibo 123456", "", 432, S.RATE_LIMITED),
    ("weibo login", "weibo 123456", {"ok": -100, "url": "https://passport.weibo.com"}, 200, S.AUTH_REQUIRED),
    ("weibo captcha", "weibo 123456", {"ok": 0, "url": "https://security.weibo.com/captcha"}, 200, S.CHALLENGE),
    ("weibo nobody", "weibo 123456", {"ok": 0, "msg": "这里还没有内容", "data": {"cards": []}}, 200, S.NOT_FOUND),
    ("weibo token", "weibo 123456", {"error": "expired_token", "error_code": 21327}, 200, S.AUTH_EXPIRED),
    ("bilibili risk", "json x.json", {"code": -352, "message": "风控校验失败", "data": {"v_voucher": "v"}}, 200, S.CHALLENGE),
    ("bilibili banned", "json x.json", {"code": -412, "message": "request was banned"}, 412, S.CHALLENGE),
    ("bilibili login", "json x.json", {"code": -101, "message": "账号未登录"}, 200, S.AUTH_REQUIRED),
    ("wechat quota", "wechat_api x", {"errcode": 45009, "errmsg": "reach max api daily quota limit"}, 200, S.RATE_LIMITED),
    ("wechat token", "wechat_api x", {"errcode": 42001, "errmsg": "access_token expired"}, 200, S.AUTH_EXPIRED),
    ("wechat whitelist", "wechat_api x", {"errcode": 40164, "errmsg": "invalid ip, not in whitelist"}, 200, S.AUTH_REQUIRED),
    ("back office session", "json x.json", {"base_resp": {"ret": 200003, "err_msg": "invalid session"}}, 200, S.AUTH_EXPIRED),
    ("back office too often", "json x.json", {"base_resp": {"ret": 200013, "err_msg": "freq control"}}, 200, S.RATE_LIMITED),
    ("moved account", "json x.json", {"base_resp": {"ret": 200002, "err_msg": "invalid args"}}, 200, S.NOT_FOUND),
    ("wechat client session", "json x.json", {"ret": -3, "errmsg": "no session"}, 200, S.AUTH_EXPIRED),
    ("kuaishou captcha", "json x.json", {"result": 400002, "url": "https://captcha.zt"}, 200, S.CHALLENGE),
    ("xhs 461", "json x.json", "", 461, S.CHALLENGE),
    ("xhs login", "json x.json", {"code": -101, "success": False, "msg": "无登录信息，或登录信息为空"}, 200, S.AUTH_REQUIRED),
    ("rsshub json error", "feed https://p.example", {"error": {"message": "Cooling down, try later"}}, 200, S.RATE_LIMITED),
    ("http 429", "json x.json", "", 429, S.RATE_LIMITED),
    ("http 404", "json x.json", "", 404, S.NOT_FOUND),
    ("changed shape", "json x.json", {"code": 0, "data": {"stuff": [{"x": 1}]}}, 200, S.PARSE_ERROR),
    ("garbage", "json x.json", "\x00\x01\x02 not json {", 200, S.PARSE_ERROR),
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "body", "status", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_failures_have_their_state_and_deduct_nothing(answer, source, body, status, wanted) -> None:
    parsed = answer(body, source, status=status)
    assert parsed.status is wanted, (parsed.status, parsed.message)
    assert not parsed.posts
    assert parsed.message
    adapter, _, argument = source.partition(" ")
    account = Account("a", "某市发布", Platform.DOUYIN, sources=(Source(adapter, argument),))
    told = fold(account, account.sources[0], [parsed])
    assert freshness_of(account, [told], (), AS_OF, Window(days=14)).state is AccountState.UNKNOWN


@pytest.mark.parametrize("error", ["dns", "refused", "timeout", "tls"])
def test_network_errors(answer, error: str) -> None:
    assert answer(b"", error=error).status is S.SOURCE_DOWN


def verdict(answer, body, source="feed https://f.example", options=None, platform=Platform.DOUYIN):
    adapter, _, argument = source.partition(" ")
    where = Source(adapter, argument, tuple((options or {}).items()))
    account = Account("a", "", platform, sources=(where,))
    parsed = answer(body, source, options=options, platform=platform)
    return parsed.status, freshness_of(account, [fold(account, where, [parsed])], (), AS_OF, Window(days=14)).state


def rss(*dates: str, built: str = "Wed, 26 Apr 2023 08:30:00 +0800") -> str:
    items = "".join(
        f"<item><guid>{number}</guid><title>第{number}条</title><pubDate>{date}</pubDate></item>"
        if date
        else f"<item><guid>{number}</guid><title>无日期</title></item>"
        for number, date in enumerate(dates)
    )
    head = f"<lastBuildDate>{built}</lastBuildDate>" if built else ""
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>某市发布</title>{head}{items}</channel></rss>'


def test_the_last_fresh_second(answer) -> None:
    assert verdict(answer, rss("Wed, 12 Apr 2023 00:00:00 +0800"))[1] is AccountState.NEAR_DUE
    assert verdict(answer, rss("Tue, 11 Apr 2023 23:59:59 +0800")) == (S.OK, AccountState.NOT_UPDATED)


def test_a_feed_without_zones_spans_both_readings(answer) -> None:
    # 20:00 is the 11th in Beijing and the 12th if the server wrote UTC.
    assert verdict(answer, rss("Tue, 11 Apr 2023 20:00:00"))[1] is AccountState.UNKNOWN
    named = {"naive_tz": "Asia/Shanghai"}
    assert verdict(answer, rss("Tue, 11 Apr 2023 20:00:00"), options=named)[1] is AccountState.NOT_UPDATED
    assert verdict(answer, rss("Tue, 11 Apr 2023 20:00:00"), options={"naive_tz": "UTC"})[1] is AccountState.NEAR_DUE


def test_a_cached_feed_is_stale_whatever_it_holds(answer) -> None:
    body = rss("Sat, 01 Apr 2023 09:00:00 +0800", built="Sun, 02 Apr 2023 09:00:00 +0800")
    assert verdict(answer, body) == (S.STALE_SOURCE, AccountState.UNKNOWN)


def test_a_feed_that_does_not_say_its_own_date_proves_nothing(answer) -> None:
    assert verdict(answer, rss("Sat, 01 Apr 2023 09:00:00 +0800", built="")) == (S.OK, AccountState.UNKNOWN)


def test_an_undated_or_empty_feed_proves_nothing(answer) -> None:
    assert verdict(answer, rss("", "")) == (S.PARTIAL, AccountState.UNKNOWN)
    assert verdict(answer, rss()) == (S.PARTIAL, AccountState.UNKNOWN)
    assert verdict(answer, rss("Sat, 01 Apr 2023 09:00:00 +0800", ""))[1] is AccountState.UNKNOWN


def weibo(*rows: tuple[str, bool], since: int = 0) -> dict:
    cards = [
        {
            "card_type": 9,
            "mblog": {
                "id": str(4_890_000_000_000_000 + n),
                "bid": f"b{n}",
                "created_at": at,
                "text": "文",
                "isTop": int(top),
                "user": {"id": 123456, "screen_name": "某市发布"},
            },
        }
        for n, (at, top) in enumerate(rows)
    ]
    return {"ok": 1, "data": {"cards": cards, "cardlistInfo": {"since_id": since}}}


def test_a_pinned_old_post_first_is_no_accusation(answer) -> None:
    body = weibo(("Fri Jan 01 08:00:00 +0800 2021", True), ("Tue Apr 25 08:00:00 +0800 2023", False))
    assert verdict(answer, body, "json x.json", platform=Platform.WEIBO)[1] is AccountState.UPDATED


def test_only_a_pinned_old_post_and_more_to_come_is_partial(answer) -> None:
    body = weibo(("Fri Jan 01 08:00:00 +0800 2021", True), since=99)
    assert verdict(answer, body, "json x.json", platform=Platform.WEIBO) == (S.PARTIAL, AccountState.UNKNOWN)


def test_what_visitors_see_is_partial(answer) -> None:
    body = weibo(("Sat Apr 01 08:00:00 +0800 2023", False))
    assert verdict(answer, body, "weibo 123456", platform=Platform.WEIBO) == (S.PARTIAL, AccountState.UNKNOWN)
    owner = {"cookie_env": "WEIBO_COOKIE"}
    assert verdict(answer, body, "weibo 123456", owner, Platform.WEIBO) == (S.OK, AccountState.NOT_UPDATED)


def test_one_wechat_list_is_not_enough(answer) -> None:
    body = rss("Sat, 01 Apr 2023 09:00:00 +0800")
    assert verdict(answer, body, platform=Platform.WECHAT) == (S.OK, AccountState.UNKNOWN)


def test_sources_without_anything_to_fetch() -> None:
    account = Account("a", "某市发布", Platform.CHANNELS)
    assert plan(account, Source("manual"), AS_OF) == ()
    assert idle(Source("manual")).status is S.MANUAL_PENDING
    assert plan(account, Source("feed"), AS_OF) == ()
    assert idle(Source("feed")).status is S.NOT_CONFIGURED
    assert "telepathy" in idle(Source("telepathy")).message


def test_a_pinned_post_is_no_part_of_the_walked_time_line(answer) -> None:
    body = weibo(("Wed Mar 01 08:00:00 +0800 2023", True), ("Tue Apr 25 08:00:00 +0800 2023", False))
    assert answer(body, "json x.json").coverage.oldest_seen == datetime(2023, 4, 25, 8, tzinfo=BEIJING)

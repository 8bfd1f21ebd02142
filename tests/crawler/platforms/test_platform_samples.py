"""Real answers that nobody of the project wrote, against what a person read in them."""

import resource
import time
from datetime import UTC, datetime

import pytest

from domain.accounts import CollectionStatus
from domain.targets import Platform
from domain.times import BEIJING
from inspection.look.account import look_platform

LATE = datetime(2025, 12, 31, tzinfo=BEIJING)


def look(platform: str, body: bytes, **kwargs):
    return look_platform(platform, body, as_of=kwargs.pop("as_of", LATE), **kwargs)


def test_weibo_list(sample) -> None:
    seen = look("weibo", sample("weibo/weibo_ak_list_1.json"))
    posts = seen["posts"]
    assert len(posts) == 11
    assert [post["pinned"] for post in posts] == [True] + [False] * 10
    assert posts[0]["published_at"] == "2021-06-08T09:35:04+08:00"
    assert max(post["published_at"] for post in posts) == "2021-06-17T16:00:11+08:00"
    assert sum(post["kind"] == "repost" for post in posts) == 1
    assert seen["account"]["name"] == "明日方舟Arknights"
    assert all(post["url"].startswith("https://weibo.com/6279793937/") for post in posts)
    assert any(post["truncated"] for post in posts)


def test_weibo_ids_tell_the_time(sample) -> None:
    from crawler.platforms.weibo import time_of_id

    for post in look("weibo", sample("weibo/weibo_ak_list_1.json"))["posts"]:
        when = time_of_id(post["id"])
        assert when is not None
        assert abs((when.low - datetime.fromisoformat(post["published_at"])).total_seconds()) <= 2


def test_weibo_profiles(sample) -> None:
    account = look("weibo", sample("weibo/weibo_ak_profile.json"))["account"]
    assert (account["followers"], account["followers_approx"]) == (1_455_000, True)
    assert account["verified_body"] == "上海鹰角网络科技有限公司"
    missing = look("weibo", sample("weibo/weibo_err_profile.json"))
    assert (missing["status"], missing["posts"]) == ("not_found", [])
    long = look("weibo", sample("weibo/weibo_detail_4645748019299849"))["posts"]
    assert len(long) == 1
    assert "专场演出官方录播" in long[0]["text"]


def test_bilibili(sample) -> None:
    seen = look("bilibili", sample("bilibili/bilibili-new.json"))
    assert len(seen["posts"]) == 12
    assert seen["skipped"] == {"foreign": 1}
    assert seen["posts"][0]["pinned"]
    newest = max(datetime.fromisoformat(post["published_at"]) for post in seen["posts"])
    assert newest == datetime.fromtimestamp(1712559688, UTC)
    profile = look("bilibili", sample("bilibili/bilibili_arknights_profile.json"))["account"]
    assert (profile["id"], profile["name"], profile["followers"]) == ("161775300", "明日方舟", 6734852)


@pytest.mark.parametrize(
    ("name", "stamp", "kind", "account"),
    [
        ("article-1", 1762747210, "article", "轩辕的编程宇宙"),
        ("picture-1", 1762338600, "image", "36氪"),
        ("text-1", 1759817591, "text", "轩辕的编程宇宙"),
    ],
)
def test_wechat_articles(sample, name: str, stamp: int, kind: str, account: str) -> None:
    seen = look("wechat", sample(f"wechat/{name}.html"))
    post = seen["posts"][0]
    assert (seen["status"], seen["shape"], len(seen["posts"])) == ("ok", "article", 1)
    assert datetime.fromisoformat(post["published_at"]) == datetime.fromtimestamp(stamp, UTC)
    assert (post["kind"], seen["account"]["name"]) == (kind, account)
    assert len(post["text"]) > 100
    assert "function" not in post["text"]
    assert post["url"].startswith("https://mp.weixin.qq.com/s")


def test_wechat_terminal_and_account_pages(sample) -> None:
    for name, words in (("deleted-1", "删除"), ("violation-1", "违规")):
        seen = look("wechat", sample(f"wechat/{name}.html"))
        assert (seen["status"], seen["posts"]) == ("not_found", [])
        assert words in seen["message"]
    about = look("wechat", sample("wechat/about-1.html"))["account"]
    assert (about["verified_body"], about["alias"], about["verified_type"]) == (
        "上海市总工会",
        "shengongshewx",
        "其他组织",
    )


def test_feeds(sample) -> None:
    seen = look("feed", sample("feed/rss-twitter-ArknightsStaff.xml"), as_of=datetime(2023, 5, 19, tzinfo=BEIJING))
    assert len(seen["posts"]) == 8
    assert all(post["published_at"] for post in seen["posts"])
    undated = look("feed", sample("feed/rss-top5-new.xml"), as_of=datetime(2023, 7, 5, tzinfo=BEIJING))
    assert len(undated["posts"]) == 4
    assert all(post["published_at"] is None for post in undated["posts"])
    assert undated["status"] == "partial"


def test_wrong_platform_is_told_apart(sample) -> None:
    assert look("douyin", sample("bilibili/bilibili-new.json"))["posts"] == []
    assert look("other", sample("bilibili/bilibili-new.json"))["platform"] == Platform.BILIBILI.value


def test_a_page_of_megabytes_costs_as_it_is_long(sample) -> None:
    page = sample("wechat/article-1.html")
    line = b"var filler = 'xxxxxxxxxxxxxxxxxxxxxxxx';\n"
    bodies = [page.replace(b"</body>", b"<script>" + line * n + b"</script></body>") for n in (50_000, 100_000)]
    assert len(bodies[1]) > 4_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert look("wechat", bodies[1])["status"] == CollectionStatus.OK.value
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kilobytes
    half, whole = (min(_seconds(body) for _ in range(3)) for body in bodies)
    assert whole < 3 * half + 0.05


def _seconds(body: bytes) -> float:
    started = time.process_time()
    look("wechat", body)
    return time.process_time() - started

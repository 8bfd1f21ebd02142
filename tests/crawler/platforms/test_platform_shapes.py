"""Lists and profiles of every platform, written by hand after the documented shapes."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from domain.accounts import CollectionStatus as S
from domain.targets import Platform
from domain.times import BEIJING

AT = datetime(2023, 4, 20, 9, 0, tzinfo=BEIJING)
STAMP = int(AT.timestamp())


def dynamic(id: str, mid: int = 1, kind: str = "DYNAMIC_TYPE_DRAW", **author) -> dict:
    return {
        "id_str": id,
        "type": kind,
        "modules": {
            "module_author": {"mid": mid, "name": f"用户{mid}", "pub_ts": STAMP, **author},
            "module_dynamic": {"desc": {"text": "正文"}, "major": None},
            "module_stat": {"comment": {"count": 0, "forbidden": True}},
        },
    }


def aweme(id: int = 7_224_000_000_000_000_000, **more) -> dict:
    author = {
        "uid": "1",
        "sec_uid": "MS4w",
        "nickname": "某市发布",
        "enterprise_verify_reason": "某市官方账号",
        "is_gov_media_vip": True,
        "aweme_count": 9,
    }
    return {"aweme_id": str(id), "desc": "视频", "create_time": STAMP, "author": author, "video": {}, **more}


LISTS = [
    ("bilibili int", {"code": 0, "data": {"items": [dynamic("11")], "has_more": False}}, Platform.BILIBILI),
    ("bilibili text stamp", {"data": {"items": [dynamic("11", pub_ts=str(STAMP))]}}, Platform.BILIBILI),
    ("bilibili videos", {"data": {"list": {"vlist": [{"bvid": "BV1", "title": "甲", "created": STAMP, "mid": 1, "author": "x"}]}}}, Platform.BILIBILI),
    ("bilibili old", {"data": {"cards": [{"desc": {"dynamic_id": 9, "timestamp": STAMP, "uid": 1, "type": 2}, "card": "{\"item\":{\"description\":\"文\"}}"}]}}, Platform.BILIBILI),
    ("douyin", {"status_code": 0, "aweme_list": [aweme()]}, Platform.DOUYIN),
    ("douyin camel", {"post": {"data": [{"awemeId": "7", "desc": "x", "createTime": STAMP, "authorInfo": {"secUid": "a", "nickname": "x"}}]}}, Platform.DOUYIN),
    ("douyin open", {"data": {"list": [{"item_id": "@9VwWyu", "title": "x", "create_time": STAMP, "share_url": "https://www.iesdouyin.com/x"}]}}, Platform.DOUYIN),
    ("kuaishou 2020", {"result": 1, "feeds": [{"photoId": "3x", "caption": "...", "timestamp": STAMP * 1000, "userName": "某市"}]}, Platform.KUAISHOU),
    ("kuaishou graphql", {"data": {"visionProfilePhotoList": {"feeds": [{"type": 1, "author": {"id": "3x", "name": "某市"}, "photo": {"id": "3y", "caption": "文", "timestamp": STAMP * 1000}}], "pcursor": "no_more"}}}, Platform.KUAISHOU),
    ("kuaishou open", {"result": 1, "video_list": [{"photo_id": "3z", "caption": "文", "create_time": STAMP * 1000}]}, Platform.KUAISHOU),
    ("toutiao", {"message": "success", "data": [{"group_id": "6455", "item_id": "6455", "title": "题", "abstract": "文", "publish_time": STAMP, "behot_time": STAMP + 864000, "media_name": "某市", "ban_comment": 0}]}, Platform.TOUTIAO),
    ("toutiao content string", {"data": [{"content": json.dumps({"group_id": 6455, "title": "题", "publish_time": STAMP, "abstract": "文"}), "code": ""}]}, Platform.TOUTIAO),
    ("xhs detail", {"data": {"items": [{"id": "64a", "note_card": {"note_id": "64a", "title": "题", "desc": "文", "time": STAMP * 1000, "user": {"user_id": "u"}, "image_list": []}}]}}, Platform.XIAOHONGSHU),
    ("freepublish", {"total_count": 1, "item_count": 1, "item": [{"article_id": "A", "update_time": STAMP, "content": {"news_item": [{"title": "题", "url": "http://mp.weixin.qq.com/s?__biz=B==&mid=1&idx=1", "content": "<p>文</p>", "need_open_comment": 0}]}}]}, Platform.WECHAT),
    ("back office", {"base_resp": {"ret": 0}, "publish_page": json.dumps({"publish_list": [{"publish_info": json.dumps({"appmsgex": [{"aid": "1_1", "appmsgid": 1, "title": "<em>题</em>", "link": "http://mp.weixin.qq.com/s/abcdefg", "create_time": STAMP, "update_time": STAMP}]})}]})}, Platform.WECHAT),
    ("back office old", {"base_resp": {"ret": 0}, "app_msg_list": [{"aid": "1_1", "appmsgid": 1, "title": "题", "link": "http://mp.weixin.qq.com/s/abcdefg", "create_time": STAMP, "update_time": STAMP}]}, Platform.WECHAT),
    ("client list", {"ret": 0, "can_msg_continue": 0, "general_msg_list": json.dumps({"list": [{"comm_msg_info": {"id": 1, "datetime": STAMP, "type": 49}, "app_msg_ext_info": {"title": "题", "content_url": "http://mp.weixin.qq.com/s?__biz=B==&amp;mid=1&amp;idx=1", "multi_app_msg_item_list": []}}]})}, Platform.WECHAT),
    ("weibo ajax", {"ok": 1, "data": {"list": [{"created_at": "Thu Apr 20 09:00:00 +0800 2023", "id": 4892000000000000, "mblogid": "Mabc", "text_raw": "文", "text": "文", "user": {"id": 1, "screen_name": "某市"}}]}}, Platform.WEIBO),
    ("weibo open", {"statuses": [{"created_at": "Thu Apr 20 09:00:00 +0800 2023", "idstr": "4892000000000000", "mid": "4892000000000000", "text": "文", "user": {"idstr": "1", "screen_name": "某市"}}]}, Platform.WEIBO),
    ("weibo card group", {"ok": 1, "data": {"cards": [{"card_type": 11, "card_group": [{"card_type": 9, "mblog": {"id": "4892000000000000", "mid": "4892000000000000", "created_at": "Thu Apr 20 09:00:00 +0800 2023", "text": "文", "pics": {"0": {"large": {"url": "https://x/1.jpg"}}}}}]}]}}, Platform.WEIBO),
    ("json feed", {"version": "https://jsonfeed.org/version/1.1", "title": "某市", "items": [{"id": "1", "content_html": "<p>文</p>", "date_published": "2023-04-20T09:00:00+08:00"}]}, Platform.FEED),
]  # fmt: skip


@pytest.mark.parametrize(("payload", "platform"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS])
@pytest.mark.parametrize("wrap", ["plain", "bom", "callback", "escaped", "state", "render_data", "pre"])
def test_lists_read_the_same_in_every_wrapping(answer, payload, platform, wrap) -> None:
    text = json.dumps(payload, ensure_ascii=False)
    wrapped = {
        "plain": text,
        "bom": "\ufeff" + text,
        "callback": f"jsonp_123({text});",
        "escaped": text.replace("&", "&amp;").replace('"', "&quot;"),
        "state": f"<!DOCTYPE html><html><script>window.__INITIAL_STATE__={text.replace('null', 'undefined')};(function(){{}})()</script></html>",
        "render_data": f'<html><script id="RENDER_DATA" type="application/json">{quote(text)}</script></html>',
        "pre": f"<html><body><pre>{text.replace('&', '&amp;').replace('<', '&lt;')}</pre></body></html>",
    }[wrap]
    if platform is Platform.FEED and wrap == "escaped":
        pytest.skip("a feed holds HTML of its own, so escaping it twice cannot be undone")
    parsed = answer(wrapped)
    assert len(parsed.posts) == 1, parsed.message
    assert parsed.posts[0].time_low == AT
    assert parsed.posts[0].time_source == "explicit"


@pytest.mark.parametrize(("payload", "platform"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS])
def test_the_platform_is_recognised(payload, platform) -> None:
    from crawler.platforms.payload import read_payload
    from crawler.platforms.recognise import recognise

    assert recognise(read_payload(json.dumps(payload).encode())) == (platform, "list")


def test_foreign_authors_and_lives_are_counted(answer) -> None:
    items = [dynamic("1"), dynamic("2"), dynamic("3", mid=2), dynamic("4", kind="DYNAMIC_TYPE_LIVE_RCMD")]
    parsed = answer({"data": {"items": items}})
    assert [post.id for post in parsed.posts] == ["1", "2"]
    assert parsed.skipped == {"foreign": 1, "live": 1}
    only_two = answer({"data": {"items": items}}, platform_id="2")
    assert [post.id for post in only_two.posts] == ["3"]
    nobody = answer({"data": {"items": items}}, platform_id="99999")
    assert (nobody.status, nobody.posts) == (S.PARTIAL, ())
    live = answer({"data": {"items": items[3:]}})
    assert (live.status, live.skipped) == (S.PARTIAL, {"live": 1})


def test_douyin_details(answer) -> None:
    post = answer(
        {"aweme_list": [aweme(is_top=1, aweme_control={"can_comment": False}, status={"is_delete": True})]}
    ).posts[0]
    assert (post.pinned, post.comments_open, post.deleted) == (True, False, True)
    picture = answer({"aweme_list": [aweme(images=[{"url_list": ["https://x/1.jpg"]}])]})
    assert (picture.posts[0].kind, picture.posts[0].images) == ("image", ("https://x/1.jpg",))
    facts = picture.facts
    assert (facts.name, facts.verified_body, facts.verified_type) == ("某市发布", "某市官方账号", "政务媒体号")
    untimed = aweme((STAMP << 32) + 5)
    del untimed["create_time"]
    post = answer({"aweme_list": [untimed]}).posts[0]
    assert (post.time_source, post.time_low) == ("derived_id", datetime.fromtimestamp(STAMP, UTC))


def test_toutiao_never_takes_the_ranking_time(answer) -> None:
    row = {"group_id": "12345", "title": "题", "behot_time": STAMP, "media_name": "某市"}
    assert answer({"data": [row]}).posts[0].time_low is None


def test_xhs_profile_state_without_times(answer) -> None:
    id = f"{STAMP:08x}" + "0" * 16
    card = {
        "noteId": id,
        "displayTitle": "题",
        "type": "normal",
        "user": {"userId": "u1", "nickname": "某市"},
        "interactInfo": {"likedCount": "2.3万", "sticky": True},
    }
    foreign = {**card, "noteId": f"{STAMP:08x}" + "1" * 16, "user": {"userId": "u2"}}
    state = json.dumps(
        {
            "user": {
                "notes": [
                    [{"id": id, "noteCard": card}, {"id": "x", "noteCard": card}],
                    [{"id": "y", "noteCard": foreign}],
                ],
                "userPageData": {
                    "basicInfo": {"nickname": "某市", "redId": "r"},
                    "interactions": [{"type": "fans", "count": "1.2万"}],
                },
                "x": "KEEP",
            }
        }
    )
    page = f"<html><script>window.__INITIAL_STATE__={state.replace(chr(34) + 'KEEP' + chr(34), 'undefined')}</script></html>"
    parsed = answer(page)
    assert [(post.id, post.time_source, post.pinned) for post in parsed.posts] == [(id, "derived_id", True)]
    assert parsed.skipped["foreign"] == 1
    assert (parsed.facts.name, parsed.facts.followers, parsed.facts.followers_approx) == ("某市", 12000, True)


def test_weibo_texts_links_and_reposts(answer) -> None:
    mblog = {
        "mid": "4892000000000000", "bid": "Mabc", "created_at": "1小时前", "isLongText": True, "textLength": 900,
        "text": '转发<br />看<a href="https://weibo.cn/sinaurl?u=http%3A%2F%2Fwww.example.gov.cn%2F1">链接</a>...<a href="/status/1">全文</a>',
        "retweeted_status": {"mid": "1", "created_at": "1小时前", "text": "原文", "user": None}, "user": {"id": 1, "screen_name": "x"},
    }  # fmt: skip
    post = answer({"ok": 1, "data": {"cards": [{"mblog": mblog}]}}, as_of=AT).posts[0]
    assert (post.kind, post.truncated, post.text) == ("repost", True, "转发\n看链接")
    assert [link.url for link in post.links] == ["http://www.example.gov.cn/1"]
    assert (post.time_low, post.time_high, post.published_at) == (
        AT - timedelta(hours=2),
        AT - timedelta(hours=1),
        None,
    )


def test_one_push_with_several_articles_is_several_posts(answer) -> None:
    items = [
        {"title": f"题{n}", "url": f"http://mp.weixin.qq.com/s?__biz=B==&mid=1&idx={n}", "content": "x"}
        for n in (1, 2, 3)
    ]
    posts = answer(
        {
            "total_count": 1,
            "item_count": 1,
            "item": [{"article_id": "A", "update_time": STAMP, "content": {"news_item": items}}],
        }
    ).posts
    assert [post.id for post in posts] == ["B==:1:1", "B==:1:2", "B==:1:3"]
    assert len({post.time_low for post in posts}) == 1


def test_permanent_material_proves_no_freshness(answer) -> None:
    item = {
        "media_id": "M",
        "update_time": STAMP,
        "content": {"news_item": [{"title": "题", "url": "", "content": "x"}]},
    }
    assert answer({"total_count": 1, "item_count": 1, "item": [item]}).posts[0].time_low is None


def test_wechat_api_pages_without_showing_its_token(answer) -> None:
    from crawler.platforms.adapters import plan
    from domain.targets import Account, Source

    options = (("appid_env", "WX_ID"), ("secret_env", "WX_SECRET"))
    source = Source("wechat_api", "", options)
    first = plan(Account("a", "x", Platform.WECHAT), source, AT)[0]
    assert first.missing({"WX_ID": "1"}) == ("WX_SECRET",)
    assert first.filled(first.url, {"WX_ID": "1", "WX_SECRET": "s"}).endswith("appid=1&secret=s")
    told = answer({"access_token": "TOKEN", "expires_in": 7200}, "wechat_api", step="token", options=dict(options))
    following = told.next[0]
    assert "TOKEN" not in repr(told)
    assert "access_token=TOKEN" in following.filled(following.url, {})


def test_apps(answer) -> None:
    found = answer(
        {"resultCount": 1, "results": [{"trackName": "某市通", "sellerName": "某市大数据局", "version": "1.0"}]},
        "app 123456",
    )
    assert (found.status, found.facts.name, found.facts.verified_body) == (S.OK, "某市通", "某市大数据局")
    assert answer({"resultCount": 0, "results": []}, "app 123456").status is S.NOT_FOUND
    package = {"headers": {"content-type": "application/vnd.android.package-archive", "content-length": "1000"}}
    assert answer(b"", "app https://x/a.apk", **package).status is S.OK
    assert answer(b"", "app https://x/a.apk", status=404).status is S.NOT_FOUND
    assert answer("<html>404</html>", "app https://x/a.apk").status is S.PARSE_ERROR


def test_a_map_for_answers_no_preset_knows(answer) -> None:
    options = {
        "items": "rows",
        "id": "k",
        "time": "when",
        "time_unit": "ms",
        "text": "body",
        "author_id": "who",
        "author": "u1",
    }
    body = {
        "rows": [{"k": 1, "when": STAMP * 1000, "body": "文", "who": "u1"}, {"k": 2, "when": STAMP * 1000, "who": "u2"}]
    }
    parsed = answer(body, options=options)
    assert [(post.id, post.text, post.time_low) for post in parsed.posts] == [("1", "文", AT)]
    assert answer(body, options={"items": "rows[", "id": "k"}).status is S.PARSE_ERROR


def test_pages_by_selectors_and_by_their_own_answers(answer) -> None:
    html = "<html><body><ul><li class='p'><a href='/1.html'>第一条</a><time>2023-04-20 09:00</time></li></ul></body></html>"
    parsed = answer(html, "page https://p.example/u", options={"item": "li.p"}, url="https://p.example/u")
    assert [(post.url, post.time_low) for post in parsed.posts] == [("https://p.example/1.html", AT)]
    assert parsed.status is S.PARTIAL
    seen = answer(html, "page https://p.example/u", xhr=(("https://x/list", json.dumps(LISTS[0][1]).encode()),))
    assert [post.id for post in seen.posts] == ["11"]
    blocked = answer(html, "page https://p.example/u", options={"item": "x", "block_texts": "第一条|别的"})
    assert blocked.status is S.CHALLENGE


def test_imports(answer) -> None:
    rows = "某市账号发文情况,,\n标题,发布时间,链接\n第一条,2023-04-20 09:00:00,https://x/1\n第二条,45036.5,https://x/2\n第三条,不详,\n"
    parsed = answer(rows.encode("gb18030"), "import posts.csv", url="file:posts.csv", options={"as_of": "2023-04-26"})
    assert [post.time_low for post in parsed.posts] == [AT, datetime(2023, 4, 20, 12, tzinfo=BEIJING)]
    assert parsed.skipped == {"unreadable": 1}
    assert "第5行" in parsed.message
    assert answer(rows.encode("gb18030"), "import posts.csv", url="file:posts.csv").status is S.STALE_SOURCE
    assert answer(b"PK\x03\x04broken", "import posts.xlsx").status is S.PARSE_ERROR
    assert answer(b"", "import posts.xlsx", error="missing_file").status is S.NOT_CONFIGURED


def test_weibo_wap_tells_its_readers(answer) -> None:
    page = (
        '<html><head><title>云州发布的微博</title></head><body><div class="tip2">微博[12034]'
        '<a href="/7803301701/fans">粉丝[1455000]</a></div><div class="c" id="M_Rswv8x9ok"><div>'
        '<span class="ctt">今天的</span><span class="ct">11月20日 09:12</span></div></div></body></html>'
    )
    facts = answer(page, platform=Platform.WEIBO).facts
    assert (facts.name, facts.followers, facts.posts_total) == ("云州发布", 1_455_000, 12_034)

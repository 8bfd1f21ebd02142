"""Lists as the platforms' own pages receive them: weibo, bilibili, douyin, kuaishou, toutiao, xiaohongshu."""

from typing import Any

from democity.accounts.posts import CityPost
from democity.accounts.roster import AccountPlan

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEIBO_EPOCH = 515_483_463


def _weibo_time(post: CityPost) -> str:
    moment = post.moment
    return f"{_DAYS[moment.weekday()]} {_MONTHS[moment.month - 1]} {moment:%d %H:%M:%S} +0800 {moment.year}"


def weibo(plan: AccountPlan, posts: list[CityPost]) -> dict[str, Any]:
    """A mobile list; the oldest post is pinned and stands first."""
    user = {
        "id": int(plan.id), "screen_name": plan.name, "verified": True, "verified_type": 1,
        "verified_reason": f"{plan.owner.name}官方微博", "description": f"{plan.owner.name}官方微博", "statuses_count": 1200 + len(posts),
        "followers_count": "12.6万" if plan.owner.main else 3210,
    }  # fmt: skip
    cards = []
    for post in [posts[-1], *posts[:10]] if len(posts) > 10 else posts:
        pinned = post is posts[-1] and len(posts) > 10
        mid = str((post.stamp - _WEIBO_EPOCH) << 22 | abs(post.seq) & 0xFFFF)
        blog: dict[str, Any] = {
            "id": mid, "mid": mid, "bid": f"N{abs(post.seq):05d}", "created_at": _weibo_time(post), "isLongText": False,
            "text": f"【{post.title}】{post.text}", "textLength": 2 * len(post.text), "pics": [], "pic_num": 0,
            "reposts_count": 3, "comments_count": 5, "attitudes_count": 18, "mblogtype": 2 if pinned else 0, "user": user,
        }  # fmt: skip
        if pinned:
            blog |= {"isTop": 1, "title": {"text": "置顶", "base_color": 1}}
        cards.append({"card_type": 9, "itemid": f"107603{plan.id}_-_{mid}", "mblog": blog})
    return {
        "ok": 1,
        "data": {"cardlistInfo": {"containerid": f"107603{plan.id}", "total": 1200, "since_id": ""}, "cards": cards},
    }


def bilibili(plan: AccountPlan, posts: list[CityPost]) -> dict[str, Any]:
    """Dynamics: the first is pinned and old, one item is a live room, one belongs to somebody else."""
    items: list[dict[str, Any]] = [_dynamic(plan, post, pinned=post is posts[-1]) for post in [posts[-1], *posts[:8]]]
    foreign = _dynamic(plan, posts[0], mid=1)
    foreign["modules"]["module_author"]["name"] = "路过的用户"
    live = _dynamic(plan, posts[1])
    live["type"], live["id_str"] = "DYNAMIC_TYPE_LIVE_RCMD", "8" + live["id_str"][1:]
    return {
        "code": 0,
        "message": "0",
        "ttl": 1,
        "data": {"has_more": False, "items": [*items, foreign, live], "offset": ""},
    }


def _dynamic(plan: AccountPlan, post: CityPost, pinned: bool = False, mid: int = 0) -> dict[str, Any]:
    author = {
        "mid": mid or int(plan.id), "name": plan.name, "pub_ts": post.stamp, "pub_time": f"{post.moment:%Y年%m月%d日}",
        "official_verify": {"type": 1, "desc": f"{plan.owner.name}官方账号"},
    }  # fmt: skip
    modules: dict[str, Any] = {
        "module_author": author,
        "module_dynamic": {"desc": {"text": f"{post.title}。{post.text}"}, "major": None},
        "module_stat": {"comment": {"count": 4, "forbidden": False}, "like": {"count": 20}},
    }
    if pinned:
        modules["module_tag"] = {"text": "置顶"}
    return {"id_str": f"7{post.stamp}{mid:07d}", "type": "DYNAMIC_TYPE_WORD", "modules": modules, "visible": True}


def douyin(plan: AccountPlan, posts: list[CityPost]) -> dict[str, Any]:
    """An aweme list that reaches back beyond any window."""
    author = {
        "uid": plan.id[-10:], "sec_uid": plan.id, "nickname": plan.name, "enterprise_verify_reason": f"{plan.owner.name}官方账号",
        "is_gov_media_vip": True, "aweme_count": len(posts),
    }  # fmt: skip
    items: list[dict[str, Any]] = [
        {
            "aweme_id": str((post.stamp - 30) << 32 | 1 + abs(post.seq)), "desc": f"{post.title}。{post.text[:60]}", "create_time": post.stamp,
            "is_top": 0, "author": author, "images": None, "duration": 42_000, "share_url": "",
            "video": {"cover": {"url_list": []}}, "statistics": {"digg_count": 31, "comment_count": 2, "share_count": 1},
            "status": {"is_delete": False, "private_status": 0}, "aweme_control": {"can_comment": True, "can_show_comment": True},
        }
        for post in posts
    ]  # fmt: skip
    return {"status_code": 0, "has_more": 0, "max_cursor": 0, "min_cursor": 0, "aweme_list": items}


def kuaishou(plan: AccountPlan, posts: list[CityPost]) -> dict[str, Any]:
    """Works of a profile, times in milliseconds."""
    feeds = [
        {
            "photoId": f"3x{post.stamp:x}", "caption": f"{post.title}。{post.text[:50]}", "timestamp": post.stamp * 1000, "userName": plan.name,
            "userEid": plan.id, "userId": plan.id, "coverUrls": [], "viewCount": 820, "commentCount": 3, "forwardCount": 1, "singlePicture": False,
        }
        for post in posts
    ]  # fmt: skip
    return {"result": 1, "pcursor": "no_more", "feeds": feeds}


def toutiao(plan: AccountPlan, posts: list[CityPost]) -> dict[str, Any]:
    """Articles; `behot_time` is later than `publish_time`, as the platform re-ranks."""
    data = [
        {
            "group_id": str(7_000_000_000_000_000_000 + post.stamp), "item_id": str(7_000_000_000_000_000_000 + post.stamp), "title": post.title,
            "abstract": post.text, "publish_time": post.stamp, "behot_time": post.stamp + 5400, "article_url": "", "comment_count": 2,
            "ban_comment": 0, "media_name": plan.name, "user_info": {"user_id": plan.id, "name": plan.name, "verified_content": f"{plan.owner.name}官方账号"},
        }
        for post in posts
    ]  # fmt: skip
    return {"message": "success", "has_more": False, "data": data, "next": {"max_behot_time": 0}}


def xiaohongshu(plan: AccountPlan, posts: list[CityPost]) -> dict[str, Any]:
    """Notes with times in milliseconds, as an office's export tool delivers them."""
    notes = [
        {
            "note_id": f"{post.stamp:08x}000000001300{abs(post.seq):04d}", "display_title": post.title, "title": post.title, "desc": post.text, "type": "normal",
            "time": post.stamp * 1000, "user": {"user_id": plan.id, "nickname": plan.name}, "interact_info": {"liked_count": "112"}, "image_list": [],
        }
        for post in posts
    ]  # fmt: skip
    return {"code": 0, "success": True, "msg": "成功", "data": {"notes": notes, "has_more": False, "cursor": ""}}


def quota() -> dict[str, Any]:
    """The official interface when the day's calls are used up."""
    return {"errcode": 45009, "errmsg": "reach max api daily quota limit"}


def login() -> dict[str, Any]:
    """What a visitor of a mobile list gets before logging in."""
    return {
        "ok": -100,
        "url": "https://passport.weibo.com/sso/signin?entry=wapsso&source=wapssowb",
        "msg": "请登录后查看",
    }


def expired() -> dict[str, Any]:
    """An authorised session that has run out."""
    return {"ok": 0, "errno": "21327", "error_code": 21327, "error": "expired_token", "msg": "授权已过期"}

"""Pages and posts as pieces of text; what cannot be read is said."""

from datetime import datetime
from typing import Any

import account_cases
from casebook import Case, build_page

from checks.text.hits import Hit, Level
from checks.text.sheets import BODY, LIST, NAV, TITLE, Piece, Sheet, as_finding, place_in, sheets, unreadable
from domain.accounts import AccountView
from domain.findings import Ref
from domain.times import BEIJING

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)


def page(**reading: Any) -> Any:
    return build_page({"url": "http://www.example.gov.cn/a.html", "reading": reading}, AS_OF)


def account(**data: Any) -> AccountView:
    case = Case("text.typo", "x", AS_OF, {}, {"account": {}, **data}, None)
    return account_cases.build_account_view(case)


def test_a_page_gives_each_text_once_with_its_place() -> None:
    entry = {"title": "列表标题", "url": "http://www.example.gov.cn/1.html"}
    read = page(
        kind="article",
        title="标题",
        text="第一段\n\n标题\n第二段",
        lists=[{"name": "要闻", "url": "", "entries": [entry, entry]}],
        nav=[["首页", "/"], ["要闻", "/xw/"]],
    )
    (sheet,) = sheets(read)
    assert [(piece.text, piece.place, piece.number) for piece in sheet.pieces] == [
        ("标题", TITLE, 0),
        ("第一段", BODY, 1),
        ("第二段", BODY, 4),
        ("要闻", NAV, 0),
        ("列表标题", LIST, 0),
        ("首页", NAV, 0),
    ]
    assert {piece.text for piece in sheet.pieces if piece.shared} == {"要闻", "列表标题", "首页"}


def test_an_error_page_and_one_not_drawn_give_nothing() -> None:
    assert not list(sheets(page(kind="error", text="出错了")))
    blank = page(kind="column", needs_render="列表由脚本绘制")
    assert not list(sheets(blank))
    told = unreadable("text.typo", blank)
    assert told is not None
    assert told.reason == "列表由脚本绘制，未能读取页面文字"
    assert unreadable("text.typo", page(kind="article", text="正文")) is None


def test_posts_are_read_from_what_was_collected_and_kept() -> None:
    posts = [
        {"id": "p1", "title": "标题", "text": "正文一\n正文二", "at": "2023-04-25"},
        {"id": "p2", "text": "x", "deleted": True},
    ]
    view = account(collections=[{"posts": posts}])
    (sheet,) = sheets(view)
    assert [piece.text for piece in sheet.pieces] == ["标题", "正文一", "正文二"]
    assert sheet.day is not None
    assert sheet.day.isoformat() == "2023-04-25"
    assert unreadable("text.typo", view) is None


def test_an_account_nobody_could_collect_is_not_judged() -> None:
    view = account(collections=[{"status": "challenge"}])
    told = unreadable("text.typo", view)
    assert told is not None
    assert "未采集到推文" in told.reason
    manual = account(collections=[{"source": "manual", "posts": [{"at": "2023-04-25"}]}])
    assert unreadable("text.typo", manual) is not None  # a person's row holds no text
    app = account(account={"platform": "app"}, collections=[{"status": "challenge"}])
    assert unreadable("text.typo", app) is None  # an app is judged by its use


def test_a_hit_in_a_shared_place_is_the_same_on_every_page() -> None:
    hit = Hit(2, 4, "布署", "部署", "text.typo", "problem", 0.99, Level.CERTAIN, "pairs", "认真布署工作")
    one, two = (Sheet(Ref(f"http://a/{n}"), ()) for n in range(2))
    shared, own = Piece("认真布署工作", NAV), Piece("认真布署工作", BODY, 3)
    assert as_finding(one, shared, hit).identity == as_finding(two, shared, hit).identity
    assert as_finding(one, own, hit).identity != as_finding(two, own, hit).identity
    assert as_finding(one, own, hit).facts["paragraph"] == 3


def test_the_place_in_the_sentence() -> None:
    assert place_in("第二句有错。", "第一句。第二句有错。", 7) == 3
    assert place_in("改过的句子", "第一句。第二句有错。", 7) == -1

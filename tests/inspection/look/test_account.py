"""`look --platform`: one JSON for every shape, readable text, clear refusals."""

import json
from datetime import datetime

import pytest

from domain.errors import UsageError
from domain.times import BEIJING
from inspection.look.account import look_platform, platform_text

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
WEIBO = {
    "ok": 1,
    "data": {"cards": [{"mblog": {"mid": "1", "created_at": "3天前", "text": "正文", "isTop": 1, "user": {"id": 1, "screen_name": "某市"}}}]},
}  # fmt: skip


def test_the_contract() -> None:
    answer = look_platform("weibo", json.dumps(WEIBO).encode(), as_of=AS_OF)
    assert set(answer) >= {"status", "account", "posts"}
    assert set(answer["posts"][0]) >= {"id", "url", "published_at", "time_source", "kind", "text", "pinned"}
    assert answer["posts"][0]["published_at"] is None
    assert answer["posts"][0]["time_low"] == "2023-04-22T09:00:00+08:00"
    assert answer["account"]["name"] == "某市"
    assert json.loads(json.dumps(answer)) == answer
    text = platform_text(answer)
    assert "[置顶]" in text
    assert "相对时间" in text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"ok": -100, "url": "https://passport.weibo.com"}', "auth_required"),
        (b'{"code": -352, "data": {"v_voucher": "x"}}', "challenge"),
        (b"", "parse_error"),
        (b"\xff\xfe\x00garbage", "parse_error"),
        (b"<html><title>404 Not Found</title></html>", "not_found"),
    ],
)
def test_refusals(body: bytes, status: str) -> None:
    for platform in ("weibo", "bilibili", "wechat", "other"):
        answer = look_platform(platform, body, as_of=AS_OF)
        assert (answer["status"], answer["posts"]) == (status, [])
        assert platform_text(answer)


def test_an_unknown_platform_is_refused() -> None:
    with pytest.raises(UsageError, match="可用：wechat"):
        look_platform("myspace", b"", as_of=AS_OF)


def test_auto_tells_the_platform_from_the_answer() -> None:
    answer = look_platform("auto", json.dumps(WEIBO).encode(), as_of=AS_OF)
    assert (answer["platform"], answer["account"]["platform"]) == ("weibo", "weibo")
    assert look_platform("auto", b"nothing known", as_of=AS_OF)["platform"] == "other"

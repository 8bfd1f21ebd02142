"""Answers in the shapes platforms send, with their truth (answers/*.yaml), and exports that are no JSON."""

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from domain.times import BEIJING
from inspection.look.account import look_platform

AS_OF = datetime(2026, 11, 22, 20, tzinfo=BEIJING)
CASES = [
    case
    for path in sorted(Path(__file__).with_name("answers").glob("*.yaml"))
    for case in yaml.safe_load_all(path.read_text("utf-8"))
]
PUBLISHED = "2026-11-20T18:00:00+08:00"


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_answers_give_their_facts_and_invent_no_time(case: dict[str, Any]) -> None:
    body = case["body"] if isinstance(case["body"], str) else json.dumps(case["body"], ensure_ascii=False)
    seen = look_platform(case["platform"], body.encode(), as_of=AS_OF)
    assert seen["status"] == case["status"], seen["message"]
    posts = [(post["id"], post["published_at"], post["pinned"], post["kind"] == "repost") for post in seen["posts"]]
    assert posts == [
        (post["id"], post["at"], post.get("pinned", False), post.get("kind") == "repost") for post in case["posts"]
    ]
    if "account" in case:
        assert seen["account"]["name"] == case["account"]


def sheet(*rows: list[Any]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


TABLES = {
    "title rows": sheet(["数据导出"], ["导出时间：2026-11-22 10:00"], ["公众号名称", "文章标题", "发布时间", "阅读数"], ["云州发布", "一", "2026-11-20 18:00:00", "10万+"]),
    "dates as dates": sheet(["账号", "标题", "发布时间"], ["云州发布", "一", datetime(2026, 11, 20, 18)]),
    "serial days": sheet(["账号", "标题", "发布时间"], ["云州发布", "一", 46346.75]),
    "day and clock apart": sheet(["序号", "作品标题", "发布日期", "发布时刻"], [1, "一", "2026/11/20", "18:00:00"]),
    "created before published": sheet(["标题", "创建时间", "发布时间"], ["一", "2026-09-01 10:00:00", "2026-11-20 18:00:00"]),
    "rejected and private works": sheet(
        ["作品名称", "发布时间", "审核状态"], ["一", "2026-11-20 18:00:00", "审核通过"],
        ["二", "2026-11-21 18:00:00", "审核不通过"], ["三", "2026-11-22 08:00:00", "私密"]),
    "csv with a mark": "\ufeff公众号,标题,发布时间,原文链接\r\n云州发布,一,2026-11-20 18:00:00,https://mp.weixin.qq.com/s/aa\r\n".encode(),
    "csv in GBK": '微博昵称,微博内容,发布时间\r\n云州发布,"有,逗号",2026/11/20 18:00:00\r\n'.encode("gbk"),
    "tabs": "标题\t发布时间\t链接\r\n一\t2026.11.20 18:00:00\thttps://a.example\r\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_exports_are_known_by_their_header_and_hold_one_published_post(name: str) -> None:
    seen = look_platform("auto", TABLES[name], as_of=AS_OF)
    assert [post["published_at"] for post in seen["posts"]] == [PUBLISHED], seen


def test_a_time_of_collecting_is_no_time_of_publishing() -> None:
    seen = look_platform("wechat", sheet(["标题", "采集时间"], ["一", "2026-11-22 18:00:00"]), as_of=AS_OF)
    assert (seen["status"], seen["posts"]) == ("parse_error", [])


def test_a_deleted_row_is_read_as_deleted() -> None:
    seen = look_platform("wechat", sheet(["标题", "发布时间", "是否删除"], ["一", "2026-11-20", "是"]), as_of=AS_OF)
    assert seen["posts"][0]["published_at"] == "2026-11-20"

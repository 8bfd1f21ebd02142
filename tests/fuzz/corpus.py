"""What is changed at random: pages of the labelled families, account answers, sheets, rules, documents; hostile texts too."""

import io
import json
import random
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import yaml
from docx import Document
from openpyxl import Workbook

from checks.rules.rulebook import SHIPPED
from tests.accuracy.families import (
    known,
    mixed,
    observed_lists,
    portals,
    systems,
    wary_articles,
    wary_homes,
    wary_lists,
)

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "hostile"))

SHEET = "单位名称,简称,类别\n云川市教育局,教育局,部门\n'=cmd,x,区县\n"
SITES = "网站标识码,网站名称,主办单位,首页网址,网站类型\n2199000001,云川市政府,云川市政府办公室,http://www.yc.gov.cn/,市门户\n"
ACCOUNTS = "账号名称,平台,账号ID,主页链接,主办单位,采集来源\n云川发布,微博,123456,https://weibo.com/u/123456,云川市政府办公室,feed https://a.b/feed\n"
TEXT = "云川市教育局关于开展检查的通知\n各单位：\n现将有关事项通知如下，请认真贯彻落实，严格按照规定布署。\n联系电话：024-12345678，2023年4月20日\n"
ITEM = {"title": "市政府召开会议", "url": "/a.html", "date": "2023-04-20"}


def corpus(kind: str) -> list[bytes]:
    """The samples of one kind."""
    return list(_KINDS[kind]())


def _pages() -> Iterator[bytes]:
    from hostile_texts import PAGES

    chance = random.Random(1)
    for family in (known, mixed, observed_lists, portals, systems, wary_articles, wary_homes, wary_lists):
        for write in family.WRITERS:
            yield write(chance).body
    yield from (make(200).encode() for make in PAGES.values())


def _answers() -> Iterator[bytes]:
    from hostile_texts import FEEDS

    for path in sorted((ROOT / "tests/crawler/platforms/answers").glob("*.yaml")):
        for case in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            body = (case or {}).get("body")
            if body:
                yield (
                    body.encode()
                    if isinstance(body, str)
                    else json.dumps(body, ensure_ascii=False, default=str).encode()
                )
    yield from (make(100).encode() for make in FEEDS.values())


def _bodies(value: object) -> Iterator[bytes]:
    """Long texts anywhere in a document of cases."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _bodies(item)
    elif isinstance(value, list):
        for item in value:
            yield from _bodies(item)
    elif isinstance(value, str) and len(value) > 60:
        yield value.encode()


def _sheets() -> Iterator[bytes]:
    yield from (text.encode(charset) for text in (SHEET, SITES, ACCOUNTS) for charset in ("utf-8-sig", "gb18030"))
    for text in (SHEET, SITES, ACCOUNTS):
        book = Workbook()
        for row in text.splitlines():
            book.worksheets[0].append(row.split(","))
        yield _saved(book.save)
    yield "单位:\n- {单位名称: 云川市教育局, 类别: 部门}\n网站:\n- {网站标识码: '2199000001', 首页网址: 'http://a/'}\n".encode()


def _documents() -> Iterator[bytes]:
    document = Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "姓名"
    yield _saved(document.save)
    book = Workbook()
    book.worksheets[0].append(["姓名", "金额", 1.5])
    yield _saved(book.save)
    yield _pdf()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def _pdf() -> bytes:
    stream = b"BT /F1 12 Tf 72 720 Td (Notice 2023-04-20) Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


def _rules() -> Iterator[bytes]:
    yield SHIPPED.read_bytes()


def _texts() -> Iterator[bytes]:
    yield TEXT.encode()
    for path in sorted((ROOT / "tests/cases").glob("text.*.yaml")):
        for case in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            yield from _bodies(case)


_KINDS: dict[str, Callable[[], Iterator[bytes]]] = {
    "page": _pages, "answer": _answers, "sheet": _sheets, "document": _documents, "rules": _rules, "text": _texts, "address": partial(iter, [
        b"http://a.gov.cn/x/y.html?a=1#b", "http://中国.gov.cn/路径".encode(), b"//a.b/c", b"../../x", b"javascript:void(0)", b"http://[::1]:80/", b"url(a.png) 1x, b 2x"]),
}  # fmt: skip

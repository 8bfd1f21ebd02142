"""`import`: posts from an operator's export (xlsx, xls, csv); every row is a post or is counted."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from crawler.platforms.drafts import Context, Draft, make_post, settle
from crawler.platforms.payload import decode
from crawler.platforms.seam import Fetch, Parsed
from crawler.platforms.times import When, read_time
from domain.accounts import CollectionStatus
from domain.targets import Account, Source
from domain.times import BEIJING

_COLUMNS = {
    "time": "发布时间 发表时间 推送时间 群发时间 投稿时间 创建时间 发布日期 发表日期 发文时间 时间 日期 publish_time published_at create_time created_at date time",
    "title": "标题 文章标题 内容标题 作品名称 作品标题 视频标题 笔记标题 图文标题 推文标题 名称 title",
    "text": "内容 正文 微博正文 微博内容 作品描述 描述 摘要 视频描述 文案 text content digest desc",
    "url": "链接 文章链接 内容链接 作品链接 微博链接 笔记链接 网址 原文链接 内容url url link",
    "id": "id 编号 作品id 微博id 文章id 笔记id 内容id post_id msgid aid",
    "account": "账号名称 账号 公众号 公众号名称 发布账号 作者 昵称 账号昵称 author nickname account",
    "pinned": "置顶 是否置顶",
}
_NAMES = {name: key for key, names in _COLUMNS.items() for name in names.split()}
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def plan(account: Account, source: Source) -> tuple[Fetch, ...]:
    """`import PATH as_of=2023-04-26`: a file, read by the spider from `file:` addresses; or an http address."""
    path = source.argument.strip() or dict(source.options).get("path", "")
    if not path:
        return ()
    return (Fetch(path if re.match(r"(file|https?):", path) else f"file:{path}", step="file", delay=0.0),)


def is_table(body: bytes, url: str = "") -> bool:
    """Whether the bytes are a workbook or, by their name, separated values."""
    return body.startswith(_SPREADSHEETS) or url.lower().split("?")[0].endswith((".csv", ".tsv"))


def parse(ctx: Context) -> Parsed:
    """Rows as posts. Without an as_of the export says nothing of today and is `stale_source`."""
    try:
        rows = _rows(ctx)
    except (CalamineError, csv.Error, ValueError, OSError) as fault:
        return Parsed(CollectionStatus.PARSE_ERROR, message=f"导入文件无法打开：{fault}")
    found = _header(rows, ctx)
    if found is None:
        return Parsed(CollectionStatus.PARSE_ERROR, message="导入文件前10行中没有“发布时间”一类的表头")
    start, columns = found
    drafts: list[Draft | str] = []
    faults: list[int] = []
    for number, row in enumerate(rows[start + 1 :], start + 2):
        if not any(str(cell).strip() for cell in row):
            continue
        draft = _draft(row, columns, number, ctx)
        if draft == "unreadable":
            faults.append(number)
        drafts.append(draft)
    spoken = read_time(ctx.option("as_of"), ctx.as_of)
    message = f"第{'、'.join(map(str, faults[:10]))}行的发布时间无法识别" if faults else ""
    result = settle(ctx, drafts, shape="list", source_as_of=spoken.low if spoken else None, message=message)
    if spoken is None and result.posts:
        return replace(result, status=CollectionStatus.STALE_SOURCE, message="导入文件没有注明截止时间（as_of）")
    return result


def _rows(ctx: Context) -> list[Sequence[Any]]:
    body = ctx.answer.body
    if body.startswith(_SPREADSHEETS):
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        name = ctx.option("sheet") or book.sheet_names[0]
        if name not in book.sheet_names:
            raise ValueError(f"没有名为“{name}”的工作表")
        return [tuple(row) for row in book.get_sheet_by_name(name).to_python()]
    text = decode(body)
    lines = text.splitlines()
    separator = "\t" if lines and lines[0].count("\t") > lines[0].count(",") else ","
    return [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=separator)]


def _header(rows: Sequence[Sequence[Any]], ctx: Context) -> tuple[int, dict[str, int]] | None:
    chosen = {value: key for key, value in ctx.source.options if key in _COLUMNS}
    for number, row in enumerate(rows[:10]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            words = re.sub(r"[\s\u3000：:*]+|[（(].*?[）)]", "", str(cell))
            key = chosen.get(str(cell).strip()) or _NAMES.get(words.lower())
            if key and key not in columns:
                columns[key] = place
        if "time" in columns and len(columns) > 1:
            return number, columns
    return None


def _draft(row: Sequence[Any], columns: dict[str, int], number: int, ctx: Context) -> Draft | str:
    def cell(key: str) -> Any:
        place = columns.get(key)
        return row[place] if place is not None and place < len(row) else ""

    when = cell_time(cell("time"), ctx.as_of)
    if when is None:
        return "unreadable"
    url, id = _text(cell("url")), _text(cell("id"))
    title, text = _text(cell("title")), _text(cell("text"))
    post = make_post(
        ctx, id or url or f"{when.low:%Y%m%d%H%M%S}:{title[:40] or number}", when, url=url if url.startswith("http") else "",
        title=title, text=text, pinned=_text(cell("pinned")) in {"是", "1", "置顶", "True", "true"},
    )  # fmt: skip
    name = _text(cell("account"))
    return Draft(post, (name,) if name else ())


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def cell_time(cell: Any, now: datetime | None) -> When | None:
    """A cell as a time: dates, texts, and Excel's serial days."""
    if isinstance(cell, datetime):
        moment = cell if cell.tzinfo else cell.replace(tzinfo=BEIJING)
        whole_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return When(moment, moment + timedelta(days=1, seconds=-1) if whole_day else moment, "import")
    if isinstance(cell, date):
        moment = datetime(cell.year, cell.month, cell.day, tzinfo=BEIJING)
        return When(moment, moment + timedelta(days=1, seconds=-1), "import")
    serial = _serial(cell)
    if serial is not None:
        return cell_time(
            datetime(1899, 12, 30, tzinfo=UTC).replace(tzinfo=None) + timedelta(seconds=round(serial * 86400)), now
        )
    when = read_time(int(cell) if isinstance(cell, float) and cell.is_integer() else cell, now)
    return replace(when, source="import") if when else None


def _serial(cell: Any) -> float | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 30_000 < cell < 80_000:
        return float(cell)
    text = str(cell).strip()
    return float(text) if re.fullmatch(r"[3-7]\d{4}(\.\d+)?", text) else None

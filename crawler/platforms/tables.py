"""`import`: posts from an operator's export (xlsx, xls, csv); every row is a post or is counted."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from crawler.platforms.drafts import Context, make_post, settle
from crawler.platforms.ownership import Draft
from crawler.platforms.payload import decode
from crawler.platforms.times import When, read_time
from crawler.platforms.values import Fetch, Parsed
from domain.accounts import CollectionStatus
from domain.targets import Account, Source
from domain.times import BEIJING
from domain.workbook_days import LATE_BY, counts_from_1904, serial_moment, whole_day

_COLUMNS = {
    "time": (
        "发布时间 发表时间 推送时间 群发时间 发文时间 发布日期 发表日期 推送日期 发文日期 作品发布时间 视频发布时间 publish_time publishtime published_at"
        " pubdate 投稿时间 发布于 日期 时间 创建时间 创建日期 create_time createtime created_at date time"
    ),
    "title": "标题 文章标题 内容标题 作品名称 作品标题 视频标题 笔记标题 图文标题 推文标题 稿件标题 名称 title",
    "text": "内容 正文 微博正文 微博内容 全文 作品描述 描述 摘要 视频描述 文案 text content digest desc",
    "url": "链接 文章链接 内容链接 作品链接 视频链接 文章地址 原文地址 微博链接 笔记链接 网址 原文链接 内容url url link",
    "id": "id 编号 作品id 微博id 文章id 笔记id 内容id post_id msgid aid",
    "account": "账号名称 账号 公众号 公众号名称 发布账号 微博昵称 用户昵称 博主昵称 博主 作者 昵称 账号昵称 author nickname account",
    "clock": "发布时刻 时刻",
    "pinned": "置顶 是否置顶",
    "deleted": "是否删除 已删除 删除状态",
    "state": "审核状态 发布状态 作品状态 文章状态 状态",
}
_UNPUBLISHED = re.compile(r"不通过|未通过|审核中|待审|未发布|待发布|定时|草稿|失败|私密|仅自己|撤回|下架")
_NAMES = {name: (key, rank) for key, names in _COLUMNS.items() for rank, name in enumerate(names.split())}
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def plan(account: Account, source: Source) -> tuple[Fetch, ...]:
    """`import PATH as_of=2023-04-26`: a file, read by the spider from `file:` addresses; or an http address."""
    path = source.argument.strip() or dict(source.options).get("path", "")
    if not path:
        return ()
    return (Fetch(path if re.match(r"(file|https?):", path) else f"file:{path}", step="file", delay=0.0),)


def is_table(body: bytes, url: str = "") -> bool:
    """Whether the bytes are a workbook or, by their name or their header, separated values."""
    if body.startswith(_SPREADSHEETS) or url.lower().split("?")[0].endswith((".csv", ".tsv")):
        return True
    start = body[:6000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start or start[:1] in b"<{[":
        return False
    lines = decode(start.rpartition(b"\n")[0] or start).splitlines()[:10]
    return any("time" in columns and len(columns) > 1 for columns in map(_named, map(_cells, lines)))


def _cells(line: str) -> list[str]:
    return line.split("\t" if line.count("\t") > line.count(",") else ",")


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
    if counts_from_1904(ctx.answer.body):
        rows = [_from_1900(row, columns["time"]) for row in rows]
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


def _from_1900(row: Sequence[Any], time: int) -> Sequence[Any]:
    """An unformatted day of a workbook that counts from 1904 as one that counts from 1900."""
    if time >= len(row) or (serial := _serial(row[time])) is None:
        return row
    return (*row[:time], serial + LATE_BY.days, *row[time + 1 :])


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
    separator = "\t" if sum(line.count("\t") - line.count(",") for line in lines[:10]) > 0 else ","
    rows = [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=separator)]
    width = max(map(len, rows), default=0)
    if any(_swallows(cell, separator, width) for row in rows for cell in row) or text.count('"') % 2:
        # a lone quote takes the following lines, the newest posts among them, into one cell
        unquoted = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
        rows = [tuple(cell.strip('"') for cell in row) for row in unquoted]
    return [tuple(map(_unwrapped, row)) for row in rows]


def _swallows(cell: str, separator: str, width: int) -> bool:
    """Whether a cell holds whole rows."""
    return "\n" in cell and any(line.count(separator) >= width - 1 for line in cell.split("\n"))


def _unwrapped(cell: str) -> str:
    """="0021" and '0021 are how exports make Excel keep a number as text."""
    match = re.fullmatch(r'\s*=\s*"(.*)"\s*|\'(?=\d)(.+)', cell, re.DOTALL)
    return (match[1] if match[1] is not None else match[2]) if match else cell


def _header(rows: Sequence[Sequence[Any]], ctx: Context) -> tuple[int, dict[str, int]] | None:
    chosen = {value: key for key, value in ctx.source.options if key in _COLUMNS}
    for number, row in enumerate(rows[:10]):
        columns = _named(row) | {chosen[name]: place for place, name in enumerate(map(_text, row)) if name in chosen}
        if "time" in columns and len(columns) > 1:
            return number, columns
    return None


def _named(row: Sequence[Any]) -> dict[str, int]:
    """Where each field stands: of several columns the one whose name says it best."""
    found: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(row):
        words = re.sub(r"[\s\u3000：:*\"\ufeff]+|[（(][^）)\n]{0,80}[）)]", "", str(cell)).lower()
        key, rank = _NAMES.get(words, ("", 0))
        if key and (key not in found or rank < found[key][0]):
            found[key] = (rank, place)
    return {key: place for key, (_, place) in found.items()}


def _draft(row: Sequence[Any], columns: dict[str, int], number: int, ctx: Context) -> Draft | str:
    def cell(key: str) -> Any:
        place = columns.get(key)
        return row[place] if place is not None and place < len(row) else ""

    when = _when(cell("time"), cell("clock"), ctx.as_of)
    if _UNPUBLISHED.search(_text(cell("state"))):
        return "unpublished"
    if when is None:
        return "unreadable"
    url, id = _text(cell("url")), _text(cell("id"))
    title, text = _text(cell("title")), _text(cell("text"))
    post = make_post(
        ctx, id or url or f"{when.low:%Y%m%d%H%M%S}:{title[:40] or number}", when, url=url if url.startswith("http") else "",
        title=title, text=text, pinned=_text(cell("pinned")) in _YES, deleted=_text(cell("deleted")) in _YES,
    )  # fmt: skip
    name = _text(cell("account"))
    return Draft(post, (name,) if name else ())


_YES = frozenset({"是", "1", "置顶", "已删除", "删除", "True", "true"})


def _when(day: Any, clock: Any, now: datetime | None) -> When | None:
    """The time of a row; some exports keep the day and the clock apart."""
    whole = cell_time(day, now)
    text = _text(clock)
    if whole is None or whole.high - whole.low < timedelta(hours=23) or not re.match(r"\d{1,2}:\d{2}", text):
        return whole
    when = read_time(f"{whole.low:%Y-%m-%d} {text}", now)
    return replace(when, source="import") if when else whole


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def cell_time(cell: Any, now: datetime | None) -> When | None:
    """A cell as a time: dates, texts, and Excel's serial days."""
    if isinstance(cell, datetime):
        cell = whole_day(cell)
        moment = cell if cell.tzinfo else cell.replace(tzinfo=BEIJING)
        is_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return When(moment, moment + timedelta(days=1, seconds=-1) if is_day else moment, "import")
    if isinstance(cell, date):
        moment = datetime(cell.year, cell.month, cell.day, tzinfo=BEIJING)
        return When(moment, moment + timedelta(days=1, seconds=-1), "import")
    serial = _serial(cell)
    if serial is not None:
        return cell_time(serial_moment(serial), now)
    when = read_time(int(cell) if isinstance(cell, float) and cell.is_integer() else cell, now)
    return replace(when, source="import") if when else None


def _serial(cell: Any) -> float | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 30_000 < cell < 80_000:
        return float(cell)
    text = str(cell).strip()
    return float(text) if re.fullmatch(r"[3-7]\d{4}(\.\d+)?", text) else None

"""`look`: what the parser sees in a page, and why; for debugging a wrong date or column."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crawler.parsing import explained_page
from domain.captured import DateHow, Detail, Entry, Marks, PageKind, Reading
from domain.targets import ColumnKind
from domain.times import beijing_date
from reports.words import COLUMN_KIND

_KINDS = {
    PageKind.HOME: "首页",
    PageKind.COLUMN: "栏目（列表）页",
    PageKind.ARTICLE: "文章页",
    PageKind.GUIDE: "办事指南",
    PageKind.INQUIRY: "留言/信件页",
    PageKind.ERROR: "错误页",
    PageKind.OTHER: "其他页面",
}
_DETAILS = {
    Detail.OPEN_INFO: "政府信息公开",
    Detail.NAV_HOME: "只有导航，没有信息列表",
    Detail.HUB: "有多个列表",
    Detail.DATASTORE: "列表在页面脚本的数据中",
    Detail.NO_RECORDS: "页面脚本的数据中没有记录",
    Detail.JUMP: "自动跳转到别处",
    Detail.SEARCH: "站内搜索",
    Detail.LOGIN: "登录",
    Detail.EMPTY: "没有内容",
    Detail.BINARY: "不是网页",
    Detail.LETTERS: "列表",
    Detail.LETTER: "一封信件",
}
_HOWS = {
    DateHow.META: "页面 meta 标签",
    DateHow.PRINTED: "页面上显示的日期",
    DateHow.LIST: "列表中的日期",
    DateHow.NO_YEAR: "列表中只有月日，按最近一次计",
    DateHow.ARTICLE: "文章页的日期",
    DateHow.ADDRESS: "网址中的日期",
    DateHow.SCRIPT: "页面内的数据",
    DateHow.RELATIVE: "相对时间",
    DateHow.ABSENT: "页面没有日期",
    DateHow.UNREADABLE: "有日期，但读不出或不能确定是发布日期",
}
_MARKS = {
    "site_code": "网站标识码",
    "icp": "ICP备案",
    "police": "公安备案",
    "party_gov": "党政机关标识",
    "jiucuo": "政府网站找错",
    "sponsor": "主办单位",
    "contact": "联系方式",
    "sitemap": "网站地图",
}


def look(
    source: str,
    *,
    as_of: datetime,
    base_url: str = "",
    body: bytes | None = None,
    content_type: str = "",
    classify: Callable[[str], str | None] | None = None,
    status: int = 200,
) -> dict[str, Any]:
    """Everything one page says, in the shape of `look --format json`, with an `explain` part.

    `source` is an address or a file; the file is read when `body` is None. `classify` tells a column's kind from its name.
    """
    address = base_url or (source if "://" in source else Path(source).resolve().as_uri())
    content = Path(source).read_bytes() if body is None else body
    reading, rule = explained_page(content, address, as_of, content_type, status=status)
    seen = as_dict(reading, classify, beijing_date(as_of))
    seen["explain"]["rule"] = rule
    return seen


def as_dict(
    reading: Reading, classify: Callable[[str], str | None] | None = None, today: date | None = None
) -> dict[str, Any]:
    """A reading in the shape of the contract; `today` tells future entries from the newest one."""
    column = None
    if reading.column_name:
        column = {"name": reading.column_name, "kind": classify(reading.column_name) if classify else None}
    return {
        "kind": reading.kind.value,
        "charset": reading.charset or None,
        "title": reading.title or None,
        "published_on": _iso(reading.published.value),
        "published_how": reading.published.how.value,
        "source": reading.source or None,
        "column": column,
        "entries": [_entry(entry) for entry in reading.entries],
        "marks": _marks(reading.marks),
        "meta": dict(reading.meta),
        "links": sum(1 for link in reading.links if link.tag == "a"),
        "explain": _explain(reading, today),
    }


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _entry(entry: Entry) -> dict[str, Any]:
    return {"title": entry.title, "url": entry.url, "published_on": _iso(entry.published_on)}


def _marks(marks: Marks) -> dict[str, Any]:
    return {
        name: getattr(marks, name) or (False if isinstance(getattr(marks, name), bool) else None) for name in _MARKS
    }


def _explain(reading: Reading, today: date | None) -> dict[str, Any]:
    days = [day for entry in reading.entries if (day := entry.published_on) and (today is None or day <= today)]
    return {
        "newest": _iso(max(days, default=None)),
        "detail": reading.detail or None,
        "reasons": list(reading.reasons),
        "candidates": [
            {"text": seen.text, "value": _iso(seen.value), "how": seen.how.value, "verdict": seen.verdict}
            for seen in reading.candidates
        ],
        "conflict": reading.published.conflict or None,
        "lists": [
            {"name": block.name, "url": block.url, "main": block.main, "items": len(block.entries)}
            for block in reading.lists
        ],
        "entries": [{"how": entry.how.value, "pinned": entry.pinned} for entry in reading.entries],
        "trail": [list(step) for step in reading.trail],
        "next_pages": list(reading.next_pages),
        "inquiries": [
            {
                "title": row.title,
                "asked_on": _iso(row.asked_on),
                "replied_on": _iso(row.replied_on),
                "status": row.status,
            }
            for row in reading.inquiries
        ],
        "guide": dict(reading.guide.elements) if reading.guide else None,
        "needs_render": reading.needs_render or None,
        "framed": reading.framed or None,
    }


def look_text(seen: dict[str, Any]) -> str:
    """The result of `look` as Chinese text for the terminal."""
    explain = seen["explain"]
    lines = [
        f"页面类型　{_KINDS[PageKind(seen['kind'])]}"
        + (f"（{_DETAILS.get(Detail(explain['detail']), explain['detail'])}）" if explain["detail"] else ""),
        *([f"　　规则　{explain['rule']}"] if explain.get("rule") else []),
        *(f"　　理由　{reason}" for reason in explain["reasons"]),
        f"标题　　　{seen['title'] or '（无）'}",
        f"编码　　　{seen['charset'] or '（未知）'}",
    ]
    if seen["column"]:
        lines.append(
            f"栏目　　　{seen['column']['name']}"
            + (f"（{COLUMN_KIND[ColumnKind(seen['column']['kind'])]}）" if seen["column"]["kind"] else "")
        )
    lines += _date_lines(seen) if seen["kind"] == "article" else _list_lines(seen)
    lines += [f"{label}　{_mark(seen['marks'][name])}" for name, label in _MARKS.items()]
    if explain["needs_render"]:
        lines.append(f"需要浏览器渲染：{explain['needs_render']}")
    if explain["framed"]:
        lines.append(f"列表在内嵌框架中：{explain['framed']}（请另看该网址）")
    lines.append(f"链接　　　{seen['links']}个")
    return "\n".join(lines)


def _mark(value: object) -> str:
    return "有" if value is True else str(value) if value else "未发现"


def _date_lines(seen: dict[str, Any]) -> list[str]:
    explain = seen["explain"]
    lines = [f"发布日期　{seen['published_on'] or '（无）'}　依据：{_HOWS[DateHow(seen['published_how'])]}"]
    if explain["conflict"]:
        lines.append(f"　　不一致　{explain['conflict']}")
    lines += [f"　　候选　{c['text']}　{c['verdict']}" for c in explain["candidates"]]
    lines.append(f"来源　　　{seen['source'] or '（无）'}")
    return lines


def _list_lines(seen: dict[str, Any]) -> list[str]:
    explain = seen["explain"]
    lines = [
        f"列表　　　{block['name'] or '（未命名）'}：{block['items']}条"
        + ("" if block["main"] else "（侧栏，不计入更新）")
        for block in explain["lists"]
    ]
    if seen["entries"]:
        lines.append(
            f"最近更新　{explain['newest'] or '（列表中没有可用的日期，看文章页）'}　（以下列表中不晚于监测时间点的最新日期）"
        )
    for entry, why in list(zip(seen["entries"], explain["entries"], strict=True))[:50]:
        shown = entry["published_on"] or _HOWS[DateHow(why["how"])]
        note = (
            "（晚于监测时间点，不计）"
            if entry["published_on"] and entry["published_on"] > (explain["newest"] or "")
            else ""
        )
        note += "" if why["how"] in ("list", "absent", "unreadable") else f"（{_HOWS[DateHow(why['how'])]}）"
        lines.append(f"　　{shown}{note}　{'[置顶] ' if why['pinned'] else ''}{entry['title']}")
    if len(seen["entries"]) > 50:
        lines.append(f"　　……共{len(seen['entries'])}条")
    return lines

"""What is known of a column's newest date: shared by the checks that judge columns by their dates."""

from collections.abc import Mapping
from datetime import date, datetime

from domain.captured import DateHow
from domain.findings import Fact
from domain.times import Window, beijing_date
from domain.views import Column

UNREAD = {"unreadable", "not_read"}
CHILD_UNREAD = "下级栏目的更新日期无法确认，需人工核查"
_WHY = {
    "unreadable": "栏目信息的发布日期无法识别，需人工核查",
    "future": "栏目信息的发布日期均晚于监测时间点，需人工核查",
    "not_read": "",  # `unread_words`
    "absent": "未能确认栏目信息是否注明发布日期，需人工核查",
}


def unread_words(column: Column, so: str = "需人工核查") -> str:
    """That the column's page was not read tonight, and why."""
    said = f"（{column.why.label}）" if column.why.label else ""
    return f"栏目页面本次未能读取{said}，{so}"


def open_question(column: Column) -> str:
    """Why the column's dates do not allow to call it overdue; empty when they do.

    An entry without any date may count as not updated only when its list and its article were read and show none.
    """
    newest_first = [entry for entry in column.entries if not entry.pinned]
    if column.newest is None:
        sure = column.undated == "absent" and all(entry.how is DateHow.ABSENT for entry in newest_first)
        return "" if sure and newest_first else _WHY.get(column.undated) or unread_words(column)
    unread = sum(entry.how is DateHow.UNREADABLE for entry in newest_first) or _undated_on_top(column)
    return f"栏目有 {unread} 条信息的发布日期无法识别，需人工核查" if unread else ""


def _undated_on_top(column: Column) -> int:
    """Undated entries above the newest dated one: in a list that shows dates elsewhere they may well be newer."""
    listed = [entry for entry in column.entries if not entry.pinned]
    dated = [entry for entry in listed if entry.published_on is not None]
    if not dated:
        return 0
    top = max(dated, key=lambda entry: entry.published_on or date.min)
    return sum(entry.published_on is None for entry in listed[: listed.index(top)])


def overdue_facts(column: Column, window: Window, as_of: datetime) -> Mapping[str, Fact]:
    """Facts of an overdue column. Without any date only the number of undated entries is known."""
    today, limit = beijing_date(as_of), window.length(as_of)
    facts: dict[str, Fact] = {
        "label": column.name, "kind": column.kind.value, "limit": limit, "rule": window.words, "items": column.items,
    }  # fmt: skip
    if column.newest is None:
        return facts | {"undated": column.items or len(column.entries)}
    deadline = window.last_day(column.newest)
    return facts | {
        "age": (today - column.newest).days,
        "newest": column.newest.isoformat(),
        "deadline": deadline.isoformat(),
        "late": (today - deadline).days,
    }

"""The manual round (人工核查表): accounts that could not be judged go out as a worksheet and come back as collections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.accounts import AccountFacts, Collected, CollectionStatus, Coverage
from domain.captured import Post
from domain.targets import Account, Source
from domain.times import BEIJING, beijing_date
from inspection.people.fill_in_sheets import KEY, Filling, read_filled, text_of, write_fillings

GIVEN = ("账号名称", "平台", "主办单位", "链接", "最后已知更新", "原因")
TITLE = "人工核查"
COULD_NOT = "未能核查"  # a cell of the sheet
RESULTS = ("正常更新", "未更新", "可以使用", "无法打开", "已注销", "未能核查")
FILLED: Mapping[str, tuple[str, ...]] = {  # what a person fills in, with the answers on offer
    "核查结果": RESULTS, "最后更新日期": (), "核查人": (), "核查时间": (), "互动功能": ("有", "无"), "备注": (),
}  # fmt: skip
_GONE = {"无法打开", "已注销", "无法使用", "账号不存在", "已关停"}
_DATED = {"正常更新", "未更新"}
AHEAD = "核查时间 {:%Y-%m-%d %H:%M} 还没有到；请填实际核查的时间"
_WIDTHS = (26, 10, 24, 36, 14, 40, 12, 14, 10, 18, 10, 24)


@dataclass(frozen=True, slots=True)
class WorksheetRow:
    """One account for a person to look at. `platform` and `unit` are the words shown; `last_known` a Beijing date."""

    account: Account
    platform: str
    unit: str
    reason: str
    last_known: date | None = None


def account_filling(rows: Sequence[WorksheetRow]) -> Filling:
    """The sheet of accounts; the columns to fill are shaded and offer their answers."""
    cells = []
    for row in rows:
        account = row.account
        known = row.last_known.isoformat() if row.last_known else ""
        given = (account.name, row.platform, row.unit, account.url, known, row.reason)
        cells.append([*given, *[""] * len(FILLED), account.id])
    return Filling(TITLE, dict(zip([*GIVEN, *FILLED], _WIDTHS, strict=True)), cells, FILLED)


def write_worksheet(path: Path, rows: Sequence[WorksheetRow]) -> None:
    """Write the worksheet of accounts as xlsx."""
    write_fillings(path, (account_filling(rows),))


def read_worksheet(path: Path, now: datetime | None = None) -> tuple[tuple[Collected, ...], tuple[str, ...]]:
    """(entries, problems) of a filled worksheet. A row left blank is passed over; a faulty row gives one sentence.

    Nobody has looked after `now`; without it any day is taken.
    UsageError when the file is no worksheet.
    """
    entries: dict[str, Collected] = {}
    problems: list[str] = []
    for number, cells in read_filled(path, TITLE, "核查结果", "xunjian worksheet export"):
        if not any(text_of(cells.get(name, "")) for name in FILLED):
            continue
        entry = entry_of(cells, now)
        if isinstance(entry, str):
            problems.append(f"第 {number} 行“{text_of(cells.get('账号名称', ''))}”：{entry}")
        elif entry is not None:
            if entry.account_id in entries:
                problems.append(f"第 {number} 行“{text_of(cells.get('账号名称', ''))}”：与前面的行重复，以本行为准")
            entries[entry.account_id] = entry
    return tuple(entries.values()), tuple(problems)


def entry_of(cells: Mapping[str, Any], now: datetime | None) -> Collected | str | None:
    """The row as a collection, a sentence on what is wrong with it, or None when the person could not judge either."""
    result, by, id = (text_of(cells.get(name, "")) for name in ("核查结果", "核查人", KEY))
    if result == COULD_NOT:
        return None
    if result not in {*RESULTS, *_GONE}:
        return f"核查结果“{result}”不在可选范围内，请填：{'、'.join(RESULTS)}"
    if not id:
        return f"“{KEY}”被删去，不知道是哪个账号，请从原表复制"
    if not by:
        return "没有填写核查人"
    checked = moment_of(cells.get("核查时间", ""))
    if checked is None:
        return f"核查时间“{text_of(cells.get('核查时间', ''))}”无法识别，请写成 2023-04-26 09:30"
    if now is not None and is_ahead(checked, now):
        return AHEAD.format(checked)
    updated = moment_of(cells.get("最后更新日期", ""))
    if result in _DATED and updated is None:
        return f"结果为“{result}”时必须填写最后更新日期，写成 2023-04-26"
    if updated and updated.date() > checked.date():
        return "最后更新日期晚于核查时间"
    return _collected(id, result, by, checked, updated if result in _DATED else None, cells)


def _collected(
    id: str, result: str, by: str, checked: datetime, updated: datetime | None, cells: Mapping[str, Any]
) -> Collected:
    interaction = {"有": True, "无": False}.get(text_of(cells.get("互动功能", "")))
    facts = AccountFacts(state="closed" if result in _GONE else "active", interaction=interaction)
    status = CollectionStatus.NOT_FOUND if result in _GONE else CollectionStatus.OK
    message = "，".join(filter(None, (result, text_of(cells.get("备注", "")))))
    posts: tuple[Post, ...] = ()
    start = None
    if updated:
        start = datetime(updated.year, updated.month, updated.day, tzinfo=BEIJING)
        end = start + timedelta(days=1, seconds=-1)
        posts = (Post(id, f"manual:{start:%Y-%m-%d}", time_low=start, time_high=end, time_source="import"),)
    whole = updated is not None
    coverage = Coverage(start, start, whole, whole, checked)
    return Collected(id, Source("manual"), status, facts, posts, coverage, message, by=by)


def is_ahead(checked: datetime, now: datetime) -> bool:
    """Whether nobody can have looked yet: a day after today."""
    return beijing_date(checked) > beijing_date(now)


def moment_of(cell: Any) -> datetime | None:
    """A cell as Beijing time; a date stands for its first moment."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=BEIJING)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=BEIJING)
    text = text_of(cell).replace("/", "-").replace(".", "-").replace("年", "-").replace("月", "-").replace("日", "")
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=BEIJING)
        except ValueError:
            continue
    return None

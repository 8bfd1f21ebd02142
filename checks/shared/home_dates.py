"""What is the newest thing on a home page: of its lists and their articles, or of its second-level pages."""

from collections.abc import Callable
from datetime import date

from checks.shared.column_dates import open_question
from domain.captured import DateHow, Detail, Entry, Page, PageKind
from domain.times import beijing_date
from domain.views import SiteView


def newest_of_home(view: SiteView, home: Page, is_enough: Callable[[date], bool]) -> tuple[date | None, int, str]:
    """(newest date, undated entries, why it is not certain); a home page that is only a navigation goes by its columns.

    Articles are looked up only where the dates on the page itself are not enough.
    """
    return _by_columns(view) if is_navigation(home) else _by_lists(view, home, is_enough)


def is_navigation(home: Page) -> bool:
    """Whether a home page shows no news of its own."""
    return home.reading is not None and home.reading.detail is Detail.NAV_HOME


def _by_lists(view: SiteView, home: Page, is_enough: Callable[[date], bool]) -> tuple[date | None, int, str]:
    newest = view.home_lists_newest
    if newest is not None and is_enough(newest):
        return newest, 0, ""
    reading = home.reading
    entries = [entry for entry in (reading.entries if reading else ()) if not entry.pinned]
    if reading and reading.needs_render and not home.rendered:
        return newest, 0, "首页内容由脚本生成，本次未能完整读取，需人工核查"
    if not entries and newest is None:
        return None, 0, "首页未识别出信息列表，需人工核查"
    undated = [entry for entry in entries if entry.published_on is None]
    dates, absent, unknown = _look_up(view, undated)
    found = [day for day in (newest, *dates) if day is not None]
    latest = max(found) if found else None
    ahead = sum(entry.published_on is not None for entry in entries)
    if latest is None and ahead:
        return None, 0, f"首页有 {ahead} 条信息的发布日期晚于监测时间点，需人工核查"
    return latest, absent, f"首页有 {unknown} 条信息的发布日期无法确认，需人工核查" if unknown else ""


def _look_up(view: SiteView, entries: list[Entry]) -> tuple[list[date], int, int]:
    """Dates of the articles behind undated entries, how many certainly show none, and how many are open."""
    wanted = {entry.url for entry in entries if entry.how is DateHow.ABSENT}
    open_ones = len({entry.url for entry in entries}) - len(wanted)
    dates: list[date] = []
    absent = 0
    today = beijing_date(view.as_of)
    for page in view.pages(kind=PageKind.ARTICLE) if wanted else ():
        seen = {page.url, page.final_url} & wanted
        if not seen or page.reading is None:
            continue
        wanted -= seen
        day = page.reading.published.day
        if day is not None and day <= today:
            dates.append(day)
        elif day is None and page.reading.published.how is DateHow.ABSENT:
            absent += 1
        else:
            open_ones += 1
    return dates, absent, open_ones + len(wanted)


def _by_columns(view: SiteView) -> tuple[date | None, int, str]:
    newest: date | None = None
    count = doubtful = 0
    for column in view.columns():
        if column.archived or column.undated == "blank":
            continue
        count += 1
        if column.newest is not None:
            newest = max(newest or column.newest, column.newest)
        doubtful += bool(open_question(column))
    if not count:
        return None, 0, "首页为导航页，且未识别出二级页面的信息列表，需人工核查"
    reason = f"首页为导航页，{doubtful} 个二级页面的更新日期无法确认，需人工核查" if doubtful else ""
    return newest, count, reason

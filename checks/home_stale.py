"""home.stale (首页不更新)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from checks.shared.column_dates import open_question
from domain.captured import DateHow, Entry, Page, PageKind
from domain.findings import Fact, Finding, Place, Ref, Result, Unjudged, Why
from domain.times import Freshness, Window, beijing_date, freshness
from domain.views import SiteView


@dataclass(frozen=True, slots=True)
class StaleHomes:
    """Flag a home page whose lists brought nothing new inside the window; the last day passes.

    A home page that is only a navigation is judged by its second-level pages. Entries whose dates could not be read,
    in the list or in their articles, or lie all ahead, leave the question open: a home page is never accused over them.
    """

    id: ClassVar[str] = "home.stale"
    version: ClassVar[int] = 2
    place: ClassVar[Place] = Place.HOME
    window: Window

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge the home page."""
        ref = Ref(view.site.home_url, "首页", view.home.body_hash if view.home else "")
        home = view.home
        if home is None or home.reading is None or home.status >= 400:
            yield Unjudged(self.id, ref, "未能取得首页，不能判断首页是否更新", Why.NO_ANSWER)
            return
        navigation = home.reading.detail == "nav_home"
        newest, undated, reason = _by_columns(view) if navigation else self._by_lists(view, home)
        if newest is not None and freshness(newest, self.window, view.as_of)[0] is not Freshness.STALE:
            return
        if reason:
            yield Unjudged(self.id, ref, reason)
            return
        limit = self.window.length(view.as_of)
        facts: dict[str, Fact] = {"limit": limit, "rule": self.window.words, "navigation": navigation}
        if newest is not None:
            facts |= {"age": (beijing_date(view.as_of) - newest).days, "newest": newest.isoformat()}
            facts |= {"deadline": self.window.last_day(newest).isoformat()}
        else:
            facts |= {"undated": undated}
        yield Finding(self.id, ref, "home", facts, home=True)

    def _by_lists(self, view: SiteView, home: Page) -> tuple[date | None, int, str]:
        """(newest date, undated entries, why it is not certain). Articles are looked up only when it may matter."""
        newest = view.home_lists_newest
        if newest is not None and freshness(newest, self.window, view.as_of)[0] is not Freshness.STALE:
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

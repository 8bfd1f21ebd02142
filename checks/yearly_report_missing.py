"""yearly_report.missing (网站工作年度报表未公开)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.offered_links import home_reading, is_read_whole, offers, page_at
from domain.findings import Finding, Place, Ref, Result, Unjudged, Why
from domain.times import beijing_date
from domain.views import SiteView


@dataclass(frozen=True, slots=True)
class MissingReports:
    """Give notice of a home page that does not lead to last year's 政府网站工作年度报表 (国办函〔2018〕12号: by 31 January).

    A link that names the year is enough; one that names none is followed to the list behind it. Judged from `since` on.
    """

    id: ClassVar[str] = "yearly_report.missing"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.HOME
    names: tuple[str, ...] = ("年度报表", "网站(工作)?年(报|度报告)")
    since: str = "02-01"

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Look at the home page, then at the list it leads to."""
        today = beijing_date(view.as_of)
        if not view.published or f"{today:%m-%d}" < self.since:
            return
        home = home_reading(view)
        ref = Ref(view.site.home_url, "首页", view.home.body_hash if view.home else "")
        if home is None:
            yield Unjudged(self.id, ref, "未能取得首页，不能判断年度报表是否公开", Why.NO_ANSWER)
            return
        pattern, year = re.compile("|".join(self.names)), str(today.year - 1)
        found = list(offers(home, pattern))
        if any(year in text for text, _ in found):
            return
        listed = page_at(view, {url for text, url in found if not re.search(r"20\d\d", text)})
        if listed is not None and listed.reading is not None:
            if any(year in text for text, _ in offers(listed.reading, pattern)):
                return
            ref = Ref(listed.url, listed.reading.title, listed.body_hash)
        elif any(not re.search(r"20\d\d", text) for text, _ in found):
            yield Unjudged(self.id, ref, f"首页有年度报表的入口，但入口页面未能读取，不能判断 {year} 年度报表是否公开")
            return
        if is_read_whole(view):
            yield Finding(self.id, ref, year, {"title": f"{year} 年度政府网站工作年度报表"}, home=True)
        else:
            yield Unjudged(self.id, ref, "网站未能完整读取，不能判断年度报表是否公开", Why.PARTIAL)

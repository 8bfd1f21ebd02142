"""home.stale (首页不更新)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from checks.shared.home_dates import is_navigation, newest_of_home
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
        newest, undated, reason = newest_of_home(view, home, partial(self._is_recent, view.as_of))
        if newest is not None and self._is_recent(view.as_of, newest):
            return
        if reason:
            yield Unjudged(self.id, ref, reason)
            return
        limit = self.window.length(view.as_of)
        facts: dict[str, Fact] = {"limit": limit, "rule": self.window.words, "navigation": is_navigation(home)}
        if newest is not None:
            facts |= {"age": (beijing_date(view.as_of) - newest).days, "newest": newest.isoformat()}
            facts |= {"deadline": self.window.last_day(newest).isoformat()}
        else:
            facts |= {"undated": undated}
        yield Finding(self.id, ref, "home", facts, home=True)

    def _is_recent(self, as_of: datetime, day: date) -> bool:
        return freshness(day, self.window, as_of)[0] is not Freshness.STALE

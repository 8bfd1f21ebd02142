"""veto.early_warning (临近单项否决)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from checks.shared.home_dates import newest_of_home
from checks.shared.visits import count_visits
from domain.findings import EARLY_WARNING, Fact, Finding, Place, Ref, Result
from domain.times import Freshness, Window, beijing_date, freshness
from domain.views import SiteView


@dataclass(frozen=True, slots=True)
class EarlyWarnings:
    """Give notice that a site comes near a veto: its home page, or the share of visits that fail.

    What is counted one by one (stale columns, blank columns) is counted by the veto rows of rules.yaml themselves:
    `warn_at` there, `scorecards/early_warnings.py`. What is not certain warns nobody: the veto's own check says so.
    """

    id: ClassVar[str] = EARLY_WARNING
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.SITE
    home_window: Window
    visits_window: Window
    near_due_ratio: float = 0.7
    samples: int = 140
    share: float = 0.03
    veto_share: float = 0.05
    seconds: float = 15.0

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge the home page, then the visits."""
        yield from self._home(view)
        if view.published:
            yield from self._visits(view)

    def _home(self, view: SiteView) -> Iterator[Result]:
        home = view.home
        if home is None or home.reading is None or home.status >= 400:
            return
        newest, _, reason = newest_of_home(view, home, partial(self._is_fresh, view.as_of))
        if newest is None or reason:
            return
        state, age, _ = freshness(newest, self.home_window, view.as_of, self.near_due_ratio)
        if state is Freshness.NEAR_DUE:
            last = self.home_window.last_day(newest)
            facts: dict[str, Fact] = {"age": age, "newest": newest.isoformat(), "rule": self.home_window.words}
            facts |= {"deadline": last.isoformat(), "days_left": (last - beijing_date(view.as_of)).days}
            yield Finding(self.id, Ref(view.site.home_url, "首页", home.body_hash), "home", facts, home=True)

    def _is_fresh(self, as_of: datetime, day: date) -> bool:
        return freshness(day, self.home_window, as_of, self.near_due_ratio)[0] is Freshness.FRESH

    def _visits(self, view: SiteView) -> Iterator[Result]:
        visits = count_visits(view.site, view.probes(self.visits_window), self.seconds)
        if visits.total >= self.samples and self.share <= visits.failed / visits.total < self.veto_share:
            facts: dict[str, Fact] = {"samples": visits.total, "failed": visits.failed, "percent": visits.percent}
            facts["limit"] = f"{100 * self.veto_share:g}%"
            yield Finding(self.id, Ref(view.site.home_url, "首页访问"), "visits", facts)

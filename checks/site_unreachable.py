"""site.unreachable (站点无法访问)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.visits import count_visits
from domain.findings import Fact, Finding, Place, Ref, Result, Unjudged
from domain.times import Window, beijing_date
from domain.views import SiteView


@dataclass(frozen=True, slots=True)
class UnreachableSites:
    """Flag a site whose home page did not open within `seconds` in at least `share` of a week's visits.

    Fewer than `samples` visits (20 a day for a week) are not judged. Visits during a registered maintenance, while
    our own network was down, or turned away by a bot wall do not count.
    """

    id: ClassVar[str] = "site.unreachable"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.SITE
    window: Window
    samples: int = 140
    share: float = 0.05
    seconds: float = 15.0

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge the probes of the window; a folder or a preview has none."""
        if not view.published:
            return
        ref = Ref(view.site.home_url, view.site.name)
        visits = count_visits(view.site, view.probes(self.window), self.seconds)
        if visits.total < self.samples or visits.start is None:
            reason = (
                f"近 {self.window.length(view.as_of)} 天有效访问 {visits.total} 次，不足 {self.samples} 次，不能判断"
            )
            yield Unjudged(self.id, ref, reason)
        elif visits.failed >= self.share * visits.total:
            facts: dict[str, Fact] = {
                "samples": visits.total,
                "failed": visits.failed,
                "percent": visits.percent,
                "seconds": self.seconds,
                "start": visits.start.isoformat(),
                "end": beijing_date(view.as_of).isoformat(),
            }
            yield Finding(self.id, ref, "home", facts, home=True)

"""site.unreachable (站点无法访问)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.captured import Probe, ProbeOutcome
from domain.findings import Fact, Finding, Place, Ref, Result, Unjudged
from domain.targets import Site
from domain.times import Window, beijing_date
from domain.views import SiteView

_OPEN = {ProbeOutcome.OWN_NETWORK, ProbeOutcome.BLOCKED}  # say nothing about the site


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
        total = failed = 0
        start: date | None = None
        for probe in view.probes(self.window):
            day = beijing_date(probe.at)
            if probe.outcome in _OPEN or _in_maintenance(view.site, day):
                continue
            total += 1
            failed += self._failed(probe)
            start = min(start or day, day)
        if total < self.samples or start is None:
            reason = f"近 {self.window.length(view.as_of)} 天有效访问 {total} 次，不足 {self.samples} 次，不能判断"
            yield Unjudged(self.id, ref, reason)
        elif failed >= self.share * total:
            facts: dict[str, Fact] = {
                "samples": total,
                "failed": failed,
                "percent": round(100 * failed / total, 1),
                "seconds": self.seconds,
                "start": start.isoformat(),
                "end": beijing_date(view.as_of).isoformat(),
            }
            yield Finding(self.id, ref, "home", facts, home=True)

    def _failed(self, probe: Probe) -> bool:
        return probe.outcome is not ProbeOutcome.OK or probe.seconds >= self.seconds


def _in_maintenance(site: Site, day: date) -> bool:
    return any(first <= day <= last for first, last in site.maintenance)

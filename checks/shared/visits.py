"""How often a home page was visited in a window, and how often it did not open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.captured import Probe, ProbeOutcome
from domain.targets import Site
from domain.times import beijing_date

_SAYS_NOTHING = {ProbeOutcome.OWN_NETWORK, ProbeOutcome.BLOCKED}


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits that count, those of them that failed, and the Beijing date of the first one."""

    total: int
    failed: int
    start: date | None

    @property
    def percent(self) -> float:
        """Failed visits in percent, to one digit; 0 without visits."""
        return round(100 * self.failed / self.total, 1) if self.total else 0.0


def count_visits(site: Site, probes: Iterable[Probe], seconds: float) -> Visits:
    """Count probes; one that took `seconds` or longer failed.

    Visits during a registered maintenance, while our own network was down, or turned away by a bot wall do not count.
    """
    total = failed = 0
    start: date | None = None
    for probe in probes:
        day = beijing_date(probe.at)
        if probe.outcome in _SAYS_NOTHING or _in_maintenance(site, day):
            continue
        total += 1
        failed += probe.outcome is not ProbeOutcome.OK or probe.seconds >= seconds
        start = min(start or day, day)
    return Visits(total, failed, start)


def _in_maintenance(site: Site, day: date) -> bool:
    return any(first <= day <= last for first, last in site.maintenance)

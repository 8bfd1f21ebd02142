"""What an earlier night could not judge, or only doubted, of pages that this one did not look at: it stands."""

from collections.abc import Iterable

from checks.discovery import place_of, scope_of
from domain.findings import Doubt, Place, Unjudged
from domain.ports import Store
from domain.runs import Run
from domain.targets import Site
from inspection.judging.examination import Examination
from inspection.judging.places import named_findings


def left_from_before(
    store: Store, site: Site, run: Run, at: Examination, asked: Iterable[Unjudged]
) -> tuple[tuple[Unjudged, ...], tuple[Doubt, ...]]:
    """Questions and doubts about single pages of the site that nobody has looked at since."""
    before = [item for item in store.runs() if item.as_of < run.as_of and site.id in item.targets]
    latest = next((item for item in reversed(before) if not named_findings(item)), None)
    if latest is None:
        return (), ()
    again = {(item.check, item.ref.url) for item in asked}
    seen = at.visited.keys() - at.displaced
    unjudged = tuple(
        item
        for _, item in store.unjudged(latest.id, site.id)
        if _of_a_page(item.check) and item.ref.url not in seen and (item.check, item.ref.url) not in again
    )
    doubts = (doubt for _, doubt in store.doubts(latest.id, site.id))
    return unjudged, tuple(doubt for doubt in doubts if doubt.finding.ref.url not in seen)


def _of_a_page(check: str) -> bool:
    """Whether a check speaks of pages one by one; columns are asked about every night anyway."""
    return scope_of(check) == "page" or place_of(check) is Place.SOURCE or check == "guide.incomplete"

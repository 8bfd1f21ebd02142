"""Lists in a corner of the site that only the site map leads to: no visitor comes there, so they are no columns."""

from datetime import timedelta

from domain.captured import UNLINKED, PageKind
from domain.ports import Store
from domain.runs import Run
from domain.targets import Site
from inspection.judging.examination import is_superseded

SAMPLE = "columns:unlinked"


def unlinked_columns(store: Store, site: Site, run: Run) -> frozenset[str]:
    """The lists of that corner as of a run; noted, for nights on which nothing there was read."""
    kept = frozenset(store.samples(site.id).get(SAMPLE, ()))
    told = next(iter(store.site_runs(run.id, site.id)), None)
    if not kept and not (told and told.unlinked):
        return kept
    corner = {
        item.url for item in store.known(site.id, run.as_of + timedelta(microseconds=1)) if item.priority == UNLINKED
    }
    lists = {
        page.url for page in store.pages(site.id, run.as_of, (PageKind.COLUMN, PageKind.INQUIRY)) if page.url in corner
    }
    linked = (
        {link.url for page, link in store.pointing(site.id, lists, run.as_of) if page not in corner} if lists else set()
    )
    found = frozenset(lists - linked)
    if found != kept and not is_superseded(store, site, run):
        store.save_sample(site.id, SAMPLE, sorted(found))
    return found

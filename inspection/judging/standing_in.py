"""Nights on which a notice (网站升级维护中) stands in for a site: what shows it was not looked at as itself.

Only the home page can say so of the whole site. While it is itself, a page under construction is a page like any other.
"""

from crawler.parsing.maintenance import stands_in
from domain.captured import Page
from domain.ports import Store
from domain.runs import Run
from domain.targets import Site


def itself(home: Page | None) -> Page | None:
    """The home page; None while a notice stands in for it."""
    return None if home is not None and stands_in(home.reading) else home


def displaced(store: Store, site: Site, run: Run) -> frozenset[str]:
    """The addresses at which a run met such a notice, of a site whose home page was not obtained as itself."""
    pages = store.pages(site.id, run.as_of, run_id=run.id)
    return frozenset(page.url for page in pages if page.status < 300 and stands_in(page.reading))

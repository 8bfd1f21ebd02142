"""What a site offers by name: links and navigation of its home page and of pages they lead to."""

import re
from collections.abc import Iterator

from domain.captured import Page, PageKind, Reading
from domain.views import SiteView

_LISTING = (PageKind.COLUMN, PageKind.OTHER, PageKind.HOME, PageKind.INQUIRY)


def home_reading(view: SiteView) -> Reading | None:
    """The home page as it was read tonight or last; None when there is none."""
    home = view.home
    return home.reading if home is not None and home.status < 400 else None


def is_read_whole(view: SiteView) -> bool:
    """Whether the absence of a link may be said: the run looked at everything, and the home page was drawn."""
    home = home_reading(view)
    return view.complete and home is not None and not (home.needs_render and view.home and not view.home.rendered)


def offers(reading: Reading, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """(text, url) of what a page offers under a matching name: navigation, links, entries."""
    yield from ((name, url) for name, url in reading.nav if pattern.search(name))
    yield from ((link.text, link.url) for link in reading.links if link.tag == "a" and pattern.search(link.text))
    yield from ((entry.title, entry.url) for entry in reading.entries if pattern.search(entry.title))


def page_at(view: SiteView, urls: set[str]) -> Page | None:
    """The first page of some addresses that was read."""
    for page in view.pages(kind=_LISTING) if urls else ():
        if page.reading is not None and page.status < 400 and {page.url, page.final_url} & urls:
            return page
    return None

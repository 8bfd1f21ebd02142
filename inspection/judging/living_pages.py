"""The living pages of a site: its home page, what its navigation names, and every page that is no article.

An article, a guide or a file is written once and keeps the links of its day. A column of the site is one that a living
page leads to; columns that only lead to each other are none.
"""

from collections.abc import Callable, Collection
from datetime import timedelta

from domain.captured import Page, PageKind, Reading
from domain.ports import Store
from domain.runs import Run
from domain.targets import Site
from inspection.judging.link_sources import Pointers, spread

LIVING = (PageKind.HOME, PageKind.COLUMN, PageKind.INQUIRY, PageKind.OTHER)


def led_by_living(
    store: Store,
    site: Site,
    run: Run,
    home: Page,
    held: Pointers,
    were_led: Callable[[Collection[str]], Collection[str]],
) -> Pointers:
    """Of the columns that pages read tonight lead to, those that living pages do, with these pages.

    A column that no living page ever led to (a navigation drawn by script; `were_led` tells) is left as it was found;
    so are all of them where the home page shows no column: then its navigation was not read.
    """
    if not held:
        return held
    named = {url for _, url in home.reading.nav} if home.reading else set()
    living = {page.url for page in store.pages(site.id, run.as_of, LIVING, run.id)} | named
    if not living & {link.url for link in (home.reading.links if home.reading else ())} - {site.home_url, home.url}:
        return held
    reached = _reached(held, {}, living)
    left = held.keys() - reached.keys()
    never = left - set(were_led(left)) if left else set()
    return _reached(held, reached | {url: held[url] for url in never}, living) if never else reached


def _reached(held: Pointers, reached: Pointers, living: Collection[str]) -> Pointers:
    """With what living pages lead to, column by column; one that nothing has led to yet leads nowhere."""
    waiting = held.keys() - reached.keys()
    standing = set(living) - waiting
    while waiting:
        found = {url: [item for item in held[url] if item[0] in standing] for url in waiting}
        found = {url: pages for url, pages in found.items() if pages}
        if not found:
            break
        reached = reached | found
        waiting -= found.keys()
        standing |= found.keys() & set(living)
    return reached


def living_sources(store: Store, site: Site, run: Run, column: str, pages: Collection[str]) -> list[str]:
    """Of the pages that pointed to a column before tonight, a spread of the living ones; the home page first.

    Its own page and what hangs below it name it in their breadcrumbs wherever it hangs.
    """
    before = run.as_of - timedelta(microseconds=1)
    chosen = dict.fromkeys([*({*pages} & {site.home_url}), *spread(pages)])
    seen = ((url, store.page(site.id, url, before)) for url in chosen if url != column)
    return [url for url, page in seen if page and page.reading and _is_living(page.reading, column)]


def _is_living(reading: Reading, column: str) -> bool:
    return reading.kind in LIVING and all(url != column for _, url in reading.trail)

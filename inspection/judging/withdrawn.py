"""Columns that nothing leads to any more: they are no columns of the site now, and nobody is accused of them.

Old articles keep the navigation of their day, however often they are read. So the living pages read tonight decide
(`inspection/judging/living_pages.py`); where none of them leads to a column, a spread of the older ones that did is read on the next
night (`loose`), and the pages outside the navigation that do lead to one are read every night (`hubs`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from domain.captured import Page, PageKind
from domain.ports import Store
from domain.runs import Run
from domain.targets import Site
from inspection.judging.examination import Examination, is_superseded
from inspection.judging.link_sources import Pointers, held_tonight, known_sources, suffices
from inspection.judging.living_pages import led_by_living, living_sources
from inspection.judging.redirects import aliases_of

WITHDRAWN, LOOSE, HUBS = "columns:withdrawn", "columns:loose", "columns:hubs"
MAX_HUBS = 100
MAX_LOOKED_AT = 30  # pages that link to a column, until one is found that is not below it


@dataclass(frozen=True, slots=True)
class Leads:
    """What leads to the columns of a site tonight."""

    withdrawn: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()  # only older pages lead there, and not enough of them were read
    unlinked: frozenset[str] = frozenset()  # only the site map leads there


def leads(store: Store, site: Site, run: Run, home: Page | None, at: Examination) -> Leads:
    """Look where the columns read in a run are linked, and note what the next night has to read for it."""
    if home is None or home.reading is None or not at.home or (home.reading.needs_render and not home.rendered):
        kept = store.samples(site.id)
        return Leads(frozenset(kept.get(WITHDRAWN, ())), frozenset(kept.get(LOOSE, ())))
    is_first = not any(item.as_of < run.as_of and site.id in item.targets for item in store.runs())
    shown = {link.url.partition("#")[0] for link in home.reading.links} | {url for _, url in home.reading.nav}
    shown |= {site.home_url, home.url, home.final_url, *(spec.url for spec in site.columns)}
    read = list(store.pages(site.id, run.as_of, (PageKind.COLUMN, PageKind.INQUIRY), run.id))
    urls = {page.url for page in read if page.status < 400} - shown
    urls -= {url for url in urls if not shown.isdisjoint(aliases_of(store, site.id, run.as_of, url))}
    if is_first:
        urls -= {page.url for page in read if page.reading and len(page.reading.trail) > 1}
    held = _led_to(store, site, run, held_tonight(store, site.id, run, urls, at.read))
    if not is_first:
        held = led_by_living(store, site, run, home, held, partial(_were_led, store, site, run))
    found = Leads() if is_first else _unheld(store, site, run, urls - held.keys(), at)
    hubs = {min((page for page, _ in pages), key=lambda url: (len(url), url)) for pages in held.values()}
    if not is_superseded(store, site, run):
        _note(store, site, found, hubs, urls)
    return found


def _led_to(store: Store, site: Site, run: Run, held: Pointers) -> Pointers:
    """Without the column's own pages: their breadcrumbs name it wherever it hangs."""
    found: Pointers = {}
    for url, pages in held.items():
        others = [item for item in pages if item[0] != url and item[1].place in {"nav", "footer"}]
        others = others or [item for item in pages[:MAX_LOOKED_AT] if not _is_below(store, site, run, item[0], url)]
        if others:
            found[url] = others
    return found


def _were_led(store: Store, site: Site, run: Run, urls: Iterable[str]) -> set[str]:
    """The columns that living pages led to on an earlier night: of these, old articles prove nothing."""
    kept = store.samples(site.id)
    sources = known_sources(store, site.id, run.as_of, {*urls})
    told = {url for url, pages in sources.items() if living_sources(store, site, run, url, pages)}
    return told | {*kept.get(LOOSE, ()), *kept.get(WITHDRAWN, ())}


def _is_below(store: Store, site: Site, run: Run, page: str, column: str) -> bool:
    if page == column:
        return True
    seen = store.page(site.id, page, run.as_of)
    return bool(seen and seen.reading and any(url == column for _, url in seen.reading.trail))


def _unheld(store: Store, site: Site, run: Run, urls: Iterable[str], at: Examination) -> Leads:
    before = frozenset(store.samples(site.id).get(WITHDRAWN, ()))
    rest = {*urls} - before
    sources = known_sources(store, site.id, run.as_of, rest)
    asked = {url: living_sources(store, site, run, url, pages) or pages for url, pages in sources.items()}
    gone = {url for url in rest if asked.get(url) and suffices(asked[url], at.examined(asked[url]))}
    loose = {url for url in rest - gone if sources.get(url)}  # a column nothing ever led to is led to by script
    return Leads(frozenset(gone | (before & {*urls})), frozenset(loose))


def _note(store: Store, site: Site, found: Leads, hubs: set[str], judged: set[str]) -> None:
    kept = store.samples(site.id)
    away = {*kept.get(WITHDRAWN, ())} - judged  # not read tonight: as before
    wanted = {
        WITHDRAWN: sorted(away | found.withdrawn),
        LOOSE: sorted(found.loose),
        HUBS: sorted(hubs | {*kept.get(HUBS, ())})[:MAX_HUBS],
    }
    for name, urls in wanted.items():
        if tuple(urls) != kept.get(name, ()):
            store.save_sample(site.id, name, urls)

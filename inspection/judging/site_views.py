"""Views: one target as of a moment, read lazily from the store under today's rules."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial

from crawler.parsing.html.jumps import onward
from domain.captured import Attempt, Link, Page, PageKind, Probe
from domain.findings import Why
from domain.ports import Store
from domain.runs import Run
from domain.site_facts import QrCode
from domain.targets import Registry, Site
from domain.times import Freshness, Window, beijing_date, freshness
from domain.views import Column, LinkTarget, SiteView
from inspection.judging.columns import Classify, ColumnBook
from inspection.judging.examination import Examination, examination
from inspection.judging.frames import framed_entries
from inspection.judging.page_shelf import Shelf
from inspection.judging.redirects import MAX_HOPS, aliases_of, ways_to
from inspection.judging.samples import sampled
from inspection.judging.standing_in import itself
from inspection.judging.withdrawn import Leads

MAX_SOURCES = 5  # pages named for a target outside the site


def build_site_view(
    store: Store,
    site: Site,
    run: Run,
    classify: Classify,
    *,
    published: bool = True,
    registry: Registry | None = None,
    by_archive: bool = False,
    at: Examination | None = None,
    leads: Leads | None = None,
) -> SiteView:
    """Everything known of a site as of the run's `as_of`; `registry` tells what else is registered.

    `by_archive`: page checks speak of older captures as well. `at`: what the run looked at, where that is at hand.
    `leads`: what leads to the columns tonight.
    """
    home = home_page(store, site, run.as_of)
    at = at or examination(store, site, run, home)
    columns = cache(partial(_columns, at, classify, home, leads or Leads()))
    ended = next(iter(store.site_runs(run.id, site.id)), None)
    shown = home if home and home.run_id == run.id else None  # an older home page says nothing of tonight
    shelf = Shelf(store, site.id, run.as_of, run.id, at.displaced)
    return SiteView(
        site=site,
        as_of=run.as_of,
        run_id=run.id,
        home=shown,
        columns=lambda: iter(columns()),
        pages=shelf,
        read=shelf if by_archive else shelf.of_run,
        sample=partial(sampled, store, site.id, run, shelf) if not at.displaced else lambda _: (),
        links=partial(_links, cache(partial(_faulty_links, at, home))),
        probes=partial(_probes, store, site, run.as_of),
        complete=ended is not None and ended.state == "complete" and shown is not None,
        published=published,
        home_lists_newest=_newest_on_home(store, site, run.as_of, shown),
        marks=shown.reading.marks if shown and shown.reading else None,
        nights=at.nights,
        registry=registry,
        outside=partial(_links, cache(partial(_outside, store, site, run, (ended.codes if ended else None) or ()))),
        ipv6=ended.ipv6 if ended else None,
        search=ended.search if ended else None,
        disguise=ended.disguise if ended else None,
    )


def home_page(store: Store, site: Site, as_of: datetime) -> Page | None:
    """The capture of the home page; None when none answered well, or a notice of maintenance stands in for it."""
    return itself(home_answer(store, site, as_of))


def home_answer(store: Store, site: Site, as_of: datetime) -> Page | None:
    """What the home page's address leads to, over its redirects."""
    url = site.home_url
    for _ in range(MAX_HOPS):
        page = store.page(site.id, url, as_of)
        if page is None or page.status >= 400:
            return None
        if 300 <= page.status < 400 and page.final_url != url and page.reading is None:
            url = page.final_url
            continue
        target = onward(page.reading) if page.reading else ""
        if target and target != url and store.page(site.id, target, as_of):
            url = target
            continue
        return page
    return None


def _columns(at: Examination, classify: Classify, home: Page | None, leads: Leads) -> tuple[Column, ...]:
    store, site, run = at.store, at.site, at.run
    away = leads.withdrawn | leads.unlinked | at.displaced
    book = ColumnBook(
        site, run.as_of, classify, partial(_page_itself, at), cache(partial(aliases_of, store, site.id, run.as_of))
    )
    pages = store.pages(site.id, run.as_of, (PageKind.COLUMN, PageKind.INQUIRY, PageKind.OTHER))
    found = book.build(home, (page for page in pages if _may_be_column(page) and page.url not in away))
    return tuple(_tonight(column, at, run.as_of, loose=column.url in leads.loose) for column in found)


def _page_itself(at: Examination, url: str) -> Page | None:
    """The latest capture of a page, unless a notice stands in for it."""
    return None if url in at.displaced else at.store.page(at.site.id, url, at.run.as_of)


def _may_be_column(page: Page) -> bool:
    """A list page, or one that shows nothing but a frame."""
    return page.reading is not None and (page.reading.kind is not PageKind.OTHER or bool(page.reading.framed))


def _tonight(column: Column, at: Examination, as_of: datetime, *, loose: bool) -> Column:
    """A column not read in this run: an older capture proves freshness for good, idleness only for its own night.

    So it is with one that only pages of older nights lead to (`loose`): it may be none any more.
    """
    if not loose and column.url in at.read:
        return replace(column, why=at.why(column.url)) if column.undated == "not_read" else column
    deadline, newest = column.deadline, column.newest
    if newest and (deadline is None or freshness(newest, deadline, as_of)[0] is Freshness.FRESH):
        return column
    why = Why.NOT_PLANNED if loose else at.why(column.url)
    return replace(column, newest=None, undated="not_read", why=why)


def _probes(store: Store, site: Site, as_of: datetime, window: Window) -> Iterator[Probe]:
    since = datetime.combine(window.start(as_of), datetime.min.time(), as_of.tzinfo)
    return store.probes(site.id, since, as_of)


def _links(targets: Callable[[], tuple[LinkTarget, ...]], faulty: bool = True) -> Iterator[LinkTarget]:
    return iter(targets())


def _faulty_links(at: Examination, home: Page | None) -> tuple[LinkTarget, ...]:
    """Targets that failed in this run and that a page read in it points to, directly or through redirects.

    Older pages accuse nobody; where one read tonight has the link, they are counted and come last.
    """
    store, site, run = at.store, at.site, at.run
    tried: dict[str, tuple[Attempt, ...]] = {}
    for url, attempts in store.faulty(site.id, run.as_of):
        if all(attempt.run_id != run.id for attempt in attempts):
            continue  # not asked tonight: an older answer says nothing of it
        if url in at.displaced:
            continue
        tried.setdefault(url, attempts)
        for alias, chain in ways_to(store, site.id, url, run.as_of):
            hops = tuple(replace(attempt, url=alias, chain=(*chain, *attempt.chain)) for attempt in attempts)
            tried.setdefault(alias, hops)
    pointing: dict[str, list[tuple[str, Link]]] = {}
    for page, link in store.pointing(site.id, tried.keys(), run.as_of):
        pointing.setdefault(link.url.partition("#")[0], []).append((page, link))
    held = {url: sorted(found, key=lambda item: item[0] not in at.read) for url, found in pointing.items()}
    return tuple(_target(site, home, url, tried[url], held[url]) for url in sorted(held) if held[url][0][0] in at.read)


def _outside(store: Store, site: Site, run: Run, codes: tuple[QrCode, ...] = ()) -> tuple[LinkTarget, ...]:
    """Where the pages of a run lead outside the site, each with its first source pages; QR codes after the links."""
    found: dict[str, tuple[Link, list[str]]] = {}
    for page, link in store.pointing(site.id, set(store.outside_links(run.id, site.id)), run.as_of, run.id):
        url = link.url.partition("#")[0]
        first, pages = found.setdefault(url, (link, []))
        if len(pages) < MAX_SOURCES and page not in pages:
            pages.append(page)
        if link.text.strip() and not first.text.strip():
            found[url] = (link, pages)
    linked = tuple(
        LinkTarget(url, link.text, link.tag, False, site.home_url in pages, (), partial(iter, tuple(pages)), link.place)
        for url, (link, pages) in sorted(found.items(), key=lambda item: item[0])
    )
    outside = [code for code in codes if not code.text.startswith(_origins(site)) and code.text not in found]
    return linked + tuple(
        LinkTarget(code.text, code.words, "qr", False, code.page == site.home_url, (), partial(iter, (code.page,)))
        for code in outside
    )


def _target(
    site: Site, home: Page | None, url: str, attempts: tuple[Attempt, ...], found: list[tuple[str, Link]]
) -> LinkTarget:
    """`found` holds every link to the target with its page."""
    home_urls = {site.home_url, home.url if home else ""}
    best = next((link for _, link in found if link.text.strip()), found[0][1])
    places = {link.place for _, link in found}
    return LinkTarget(
        url=url,
        text=best.text,
        tag=best.tag,
        inside=url.startswith(_origins(site)),
        home=any(page in home_urls for page, _ in found),
        attempts=attempts,
        sources=lambda: iter(dict.fromkeys(page for page, _ in found)),
        place=places.pop() if len(places) == 1 else "",
    )


def _origins(site: Site) -> tuple[str, str]:
    host = site.home_url.partition("//")[2].partition("/")[0]
    return (f"http://{host}/", f"https://{host}/")


def _newest_on_home(store: Store, site: Site, as_of: datetime, home: Page | None) -> date | None:
    if home is None or home.reading is None:
        return None
    today = beijing_date(as_of)
    entries = [entry for block in home.reading.lists for entry in block.entries]
    entries.extend(framed_entries(home, lambda url: store.page(site.id, url, as_of)))
    dates = [entry.published_on for entry in entries if entry.published_on and entry.published_on <= today]
    undated = [entry for entry in entries if entry.published_on is None][:60]
    for entry in undated:
        page = store.page(site.id, entry.url, as_of)
        day = page.reading.published.day if page and page.reading else None
        if day and day <= today:
            dates.append(day)
    return max(dates, default=None)

"""Samples of pages: drawn once, kept in the store, looked at again every night, topped up when pages go."""

from collections.abc import Iterator

from domain.captured import Page
from domain.ports import Store
from domain.runs import Run
from domain.views import Sample
from inspection.judging.page_shelf import Shelf


def sampled(store: Store, site_id: str, run: Run, shelf: Shelf, sample: Sample) -> tuple[Page, ...]:
    """The pages of a sample that a run has examined, in the order they were drawn."""
    names = store.samples(site_id).get(sample.name, ())
    tonight = shelf.tonight() or {}
    pages = [
        page for url in names if (page := _fitting(tonight.get(url) or store.page(site_id, url, run.as_of), sample))
    ]
    if len(pages) < sample.size:
        pages += _drawn(shelf, sample, {page.url for page in pages})
        if tuple(page.url for page in pages) != names:
            store.save_sample(site_id, sample.name, [page.url for page in pages])
    return tuple(page for page in pages if page.run_id == run.id)


def _fitting(page: Page | None, sample: Sample) -> Page | None:
    """A page as of the run; None when it is no longer what it was drawn for."""
    reading = page.reading if page else None
    return page if page and reading and reading.kind is sample.kind and sample.fits(page) else None


def _drawn(shelf: Shelf, sample: Sample, known: set[str]) -> Iterator[Page]:
    """Further pages of those read tonight, in the order of their addresses."""
    wanted = sample.size - len(known)
    for page in shelf.of_run(sample.kind):
        if wanted <= 0:
            return
        if page.url not in known and sample.fits(page):
            wanted -= 1
            yield page

"""Columns whose list stands in a frame of their page: the frame's page, captured on its own, gives the list."""

from collections.abc import Callable, Iterator

from crawler.parsing.html.addresses import scope_of
from domain.captured import Entry, Page

PageOf = Callable[[str], Page | None]
FRAMES = frozenset({"iframe", "frame"})
MAX_FRAMES = 4
MAX_DEPTH = 2  # a frame may hold another one


def framed_list(page: Page, page_of: PageOf, depth: int = MAX_DEPTH) -> Page | None:
    """The capture of the frame that holds the list of a page without one; None when there is none of the same run."""
    reading = page.reading
    if reading is None or reading.entries or not depth:
        return None
    inner = [frame for frame in _frames(page, page_of) if frame.run_id == page.run_id and frame.reading]
    found = [frame for frame in inner if frame.reading and frame.reading.entries]
    found = found or [deeper for frame in inner if (deeper := framed_list(frame, page_of, depth - 1))]
    return max(found, key=lambda frame: len(frame.reading.entries) if frame.reading else 0, default=None)


def framed_entries(page: Page, page_of: PageOf) -> Iterator[Entry]:
    """The entries of all lists in the frames of a page."""
    for frame in _frames(page, page_of):
        if frame.run_id == page.run_id and frame.reading is not None:
            yield from (entry for block in frame.reading.lists for entry in block.entries)


def _frames(page: Page, page_of: PageOf) -> Iterator[Page]:
    """The captured pages in the frames of a page, those of its own site; `page_of` gives readings with links."""
    whole = page if page.reading and page.reading.links else page_of(page.url)
    links = whole.reading.links if whole and whole.reading else ()
    addresses = dict.fromkeys(link.url for link in links if link.tag in FRAMES and link.place in ("main", ""))
    own = [url for url in addresses if scope_of(url) == scope_of(page.final_url or page.url) and url != page.url]
    for url in own[:MAX_FRAMES]:
        if (frame := page_of(url)) is not None and frame.status < 300:
            yield frame

"""SiteState: what a crawl remembers of one site while it runs. Counts and notes only; nothing is asked here."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.fetch.captures import Fetch
from crawler.fetch.cookies import Jar
from crawler.parsing.html.addresses import scope_of
from crawler.sites.families import Families
from domain.captured import Address, Known, Page
from domain.ports import Store
from domain.runs import Run
from domain.targets import Site

SLOW, MOST_SLOW = 0.5, 120.0  # seconds of processor time: of one page, of all such pages of a site
LARGE = 50_000  # bytes


@dataclass(slots=True)
class SiteState:
    """What the spider remembers of one site during a run."""

    site: Site
    scopes: set[str]
    homes: set[str]
    known: dict[str, Known] = field(default_factory=dict)
    failing: dict[str, Address] = field(default_factory=dict)  # wants a second look
    walled: set[str] = field(default_factory=set)  # behind a bot wall: the second look is the browser's
    faulty: set[str] = field(default_factory=set)  # no good answer the last time
    families: Families = field(default_factory=Families)
    has_gaps: bool = True  # an earlier run may have left linked addresses unasked
    jar: Jar = field(default_factory=Jar)  # cookies that its home page sets: a visitor comes to every link with them
    unanswered: dict[str, str] = field(default_factory=dict)  # no HTTP answer in the second look: address -> error
    unusable: set[str] = field(default_factory=set)  # links to the editor's own machine that were noted
    undrawn: list[Address] = field(default_factory=list)  # waited for the browser when the run was killed
    unlinked: int = 0  # pages read that only the site map leads to
    pages: int = 0
    failures_in_a_row: int = 0
    told_to_wait: int = 0  # answers in a row whose Retry-After is beyond this run
    renderings: int = 0
    slow_seconds: float = 0.0  # of processor time, spent on pages that took long to read
    skipped: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, site: Site) -> "SiteState":
        """A site nothing was asked of yet."""
        return cls(site, {scope_of(site.home_url)}, {site.home_url})

    def leave_out(self, reason: str, count: int = 1) -> None:
        """Count addresses that brought nothing to keep, with their reason."""
        self.skipped[reason] = self.skipped.get(reason, 0) + count

    def note_success(self, url: str) -> None:
        """A good answer ends a row of failures."""
        self.failures_in_a_row = self.told_to_wait = 0
        self.failing.pop(url, None)

    def note_failure(self, fetch: Fetch, *, storm: bool) -> None:
        """Remember what needs a second look; `storm`: the failure may be one of a server that is going under."""
        if fetch.look == 1:
            self.failing[fetch.address.url] = fetch.address
        self.failures_in_a_row = self.failures_in_a_row + 1 if storm else 0

    def captured_homes(self, store: Store, run: Run) -> Iterator[Page]:
        """The captures of this run at the home page and behind its redirects that were read as pages."""
        for url in (self.site.home_url, *sorted(self.homes)):
            page = store.page(self.site.id, url, run.as_of)
            if page and page.reading and page.run_id == run.id and page.status < 300:
                yield page

    def note_reading(self, seconds: float) -> None:
        """Count the processor time of a page that took more than a page takes."""
        self.slow_seconds += seconds if seconds > SLOW else 0.0

    def is_too_dear(self, size: int) -> bool:
        """Whether a page of so many bytes is left unread, because the large ones of its site have cost enough."""
        return self.slow_seconds > MOST_SLOW and size > LARGE

    def was_faulty(self, url: str) -> bool:
        """Whether an address gave no good answer the last time."""
        known = self.known.get(url)
        return url in self.faulty or (known is not None and (known.status >= 400 or known.status == 0))

"""The pages of one site for its checks: those of a run in memory while they are few, everything else from the store."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import islice

from domain.captured import Page, PageKind
from domain.ports import Store

FEW = 1_000  # pages; about 20 kB each
Kinds = PageKind | Collection[PageKind] | None


class Shelf:
    """The captures of a site as `SiteView.pages` and `SiteView.read` give them; every check reads the same values."""

    def __init__(self, store: Store, site_id: str, as_of: datetime, run_id: str, without: Collection[str] = ()) -> None:
        self._store, self._site_id, self._as_of, self._run_id = store, site_id, as_of, run_id
        self._without = without  # addresses that did not show their page in the run
        self._kept: dict[str, Page] | None = None
        self._is_large = False
        self.is_first = not any(True for _ in islice(store.known(site_id, as_of), 1))  # nothing older than this run

    def __call__(self, kind: Kinds = None, changed_in: str = "") -> Iterator[Page]:
        """The latest captures of all pages, or of those of some kinds; with `changed_in` only what that run captured."""
        if self.is_first and not changed_in:
            return self.of_run(kind)
        return self._pages(_kinds(kind), changed_in)

    def of_run(self, kind: Kinds = None) -> Iterator[Page]:
        """The pages that the run captured, also those that had not changed."""
        kept = self.tonight()
        if kept is None:
            return self._pages(_kinds(kind), self._run_id)
        wanted = _kinds(kind)
        return (page for page in kept.values() if not wanted or (page.reading and page.reading.kind in wanted))

    def tonight(self) -> Mapping[str, Page] | None:
        """Address -> page of the run; None when they are too many to hold."""
        if self._kept is None and not self._is_large:
            first = list(islice(self._pages((), self._run_id), FEW + 1))
            self._is_large = len(first) > FEW
            self._kept = None if self._is_large else {page.url: page for page in first}
        return self._kept

    def _pages(self, kinds: tuple[PageKind, ...], run_id: str) -> Iterator[Page]:
        pages = self._store.pages(self._site_id, self._as_of, kinds, run_id)
        return (page for page in pages if page.url not in self._without) if self._without else pages


def _kinds(kind: Kinds) -> tuple[PageKind, ...]:
    return () if kind is None else (kind,) if isinstance(kind, PageKind) else tuple(kind)

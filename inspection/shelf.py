"""The pages of one site for its checks: in memory while they are few, from the store otherwise."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice

from domain.captured import Page, PageKind
from domain.ports import Store

FEW = 1_000  # pages; about 20 kB each


class Shelf:
    """The latest captures of a site as `SiteView.pages` gives them; every check reads the same values."""

    def __init__(self, store: Store, site_id: str, as_of: datetime) -> None:
        self._store, self._site_id, self._as_of = store, site_id, as_of
        self._kept: list[Page] | None = None
        self._is_large = False

    def __call__(self, kind: PageKind | Collection[PageKind] | None = None, changed_in: str = "") -> Iterator[Page]:
        """All pages, or those of some kinds; with `changed_in` only what that run captured."""
        kinds = () if kind is None else (kind,) if isinstance(kind, PageKind) else tuple(kind)
        if changed_in or not self._is_few():
            return self._store.pages(self._site_id, self._as_of, kinds, changed_in)
        kept = self._kept or []
        return (page for page in kept if not kinds or (page.reading is not None and page.reading.kind in kinds))

    def of_run(self, run_id: str, kind: PageKind | Collection[PageKind] | None = None) -> Iterator[Page]:
        """The pages that one run captured, also those that had not changed."""
        kinds = () if kind is None else (kind,) if isinstance(kind, PageKind) else tuple(kind)
        if self._kept is None:
            return self._store.pages(self._site_id, self._as_of, kinds, run_id)
        mine = (page for page in self._kept if page.run_id == run_id)
        return (page for page in mine if not kinds or (page.reading is not None and page.reading.kind in kinds))

    def _is_few(self) -> bool:
        if self._kept is None and not self._is_large:
            first = list(islice(self._store.pages(self._site_id, self._as_of), FEW + 1))
            self._is_large = len(first) > FEW
            self._kept = None if self._is_large else first
        return not self._is_large

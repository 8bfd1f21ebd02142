"""Bodies and texts in the in-memory twin of the store: which something still names, and masking what was read."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from domain.bodies import Tidied
from domain.captured import Page, Post
from storage.documents import from_document, masked_document, to_document, to_text
from storage.memory_captures import MemoryCaptures

T = TypeVar("T")
HASH = re.compile(r"[0-9a-f]{64}")
PAPER = ("_answers", "_issued", "_ledger", "_letters", "_requests")  # what these name is kept for ever


@dataclass
class MemoryBodies(MemoryCaptures):
    """Methods of the `Upkeep` port that speak of bodies and texts."""

    def _rows(self, name: str) -> list[Any]:
        """What another part of the store keeps under a name."""
        return [*getattr(self, name, {}).values()]

    @property
    def _collections_kept(self) -> dict[tuple[str, str], Any]:
        found: dict[tuple[str, str], Any] = getattr(self, "_collections", {})
        return found

    def used_bodies(self, since: datetime) -> frozenset[str]:
        """Hashes of bodies that something from `since` on names, and those of the newest visits."""
        found: set[str] = set()
        for nights in self._visits.values():
            for rendered in (False, True):
                last = max((night for night in nights if night[2] is rendered), default=None)
                found |= {nights[last].body_hash} if last else set()
            found |= {page.body_hash for night, page in nights.items() if night[0] >= since}
        facts = [item for (run, _), item in self._site_runs.items() if self._runs[run][1].as_of >= since]
        paper = [item for name in PAPER for item in self._rows(name)]
        paper += [item for rows in self._rows("_standings") for item in rows]
        texts = [to_text(item) for item in self._lately_collected(since)]
        texts += [to_text(to_document(item)) for item in (*paper, *facts)]
        texts += [entry.text for entry in getattr(self, "_trail", [])]
        return frozenset((found | {each for text in texts for each in HASH.findall(text)}) - {""})

    def _lately_collected(self, since: datetime) -> list[Any]:
        """Collections from a moment on, and the last of each account."""
        last: dict[str, int] = {}
        for run_id, account in self._collections_kept:
            last[account] = max(self._runs[run_id][0], last.get(account, 0))
        return [
            item
            for (run_id, account), item in self._collections_kept.items()
            if self._runs[run_id][1].as_of >= since or self._runs[run_id][0] in last.values()
        ]

    def bodies_of(self, site_id: str, url: str, since: datetime, until: datetime) -> frozenset[str]:
        """Hashes of the bodies an address had in a stretch of time, without that of its newest visit."""
        nights = self._visits.get((site_id, url), {})
        last = nights[max(nights)].body_hash if nights else ""
        return frozenset(page.body_hash for night, page in nights.items() if since <= night[0] <= until) - {last, ""}

    def stored_bodies(self) -> Iterator[tuple[str, int, datetime]]:
        """(hash, bytes, when) of every body; memory keeps no times."""
        return iter([(key, len(body), datetime(1970, 1, 1, tzinfo=UTC)) for key, body in self._bodies.items()])

    def mask_texts(
        self,
        target_id: str,
        url: str,
        since: datetime,
        until: datetime,
        masking: Callable[[str], str],
        *,
        dry_run: bool = False,
    ) -> int:
        """Put masked text in the place of what was read at an address, or in a post."""
        changed = 0
        nights = self._visits.get((target_id, url), {})
        read = [night for night, page in nights.items() if page.reading is not None]
        last = _content(nights[max(read)]) if read else None
        for night in [each for each in read if since <= each[0] <= until and _content(nights[each]) != last]:
            safe = _masked(nights[night].reading, masking)
            changed += safe != nights[night].reading
            if not dry_run:
                nights[night] = replace(nights[night], reading=safe)
        posts: dict[Any, tuple[datetime, Post]] = getattr(self, "_posts", {})
        for key, (shown, item) in list(posts.items()):
            safe_post = _masked(item, masking)
            if (item.account_id, item.url) == (target_id, url) and shown <= until and safe_post != item:
                posts[key] = (shown, item if dry_run else safe_post)
                changed += 1
        return changed

    def drop_bodies(self, hashes: Collection[str], erased: Collection[str] = ()) -> None:
        """Remove bodies."""
        for each in (*hashes, *erased):
            self._bodies.pop(each, None)

    def tidy_bodies(self, gone: Collection[str] = (), *, dry_run: bool = False) -> Tidied:
        """Memory is tidy."""
        return Tidied()


def _content(page: Page) -> tuple[Any, ...]:
    return page.body_hash, page.rendered, page.reading


def _masked(value: T, masking: Callable[[str], str]) -> T:
    return from_document(type(value), masked_document(to_document(value), masking))

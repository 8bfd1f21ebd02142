"""Forgetting in the in-memory twin of the store: the same rows stay."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from domain.captured import Attempt, Page, Post
from storage.documents import from_document, masked_document, to_document, to_text
from storage.kept_cards import replaced_cards
from storage.kept_results import unasked_results
from storage.mapping import LAST_RUNS
from storage.memory_captures import MemoryCaptures, Night
from storage.memory_leases import MemoryLeases
from storage.memory_operations import MemoryOperations

T = TypeVar("T")
HASH = re.compile(r"[0-9a-f]{64}")
PAPER = ("_answers", "_issued", "_ledger", "_letters", "_requests")  # what these name is kept for ever
PROBES_LONGER = timedelta(days=31)
COLLECTIONS_LONGER = timedelta(days=92)


@dataclass
class MemoryUpkeep(MemoryCaptures, MemoryLeases, MemoryOperations):
    """Methods of the `Upkeep` port."""

    def old_rows(self, before: datetime) -> Mapping[str, int]:
        """How many rows can go, by table."""
        return {name: len(keys) for name, (keys, _) in self._old(before).items()}

    def drop_old_rows(self, before: datetime) -> Mapping[str, int]:
        """Drop them."""
        marked = self._old(before)
        for keys, rows in marked.values():
            for place, key in keys:
                (rows[place] if place is not None else rows).pop(key)
        left = self._unasked()  # now that visits have gone
        for key in left:
            getattr(self, "_cache", {}).pop(key)
        counts = {name: len(keys) for name, (keys, _) in marked.items()}
        return counts | {"cache": counts["cache"] + len(left)}

    def _old(self, before: datetime) -> dict[str, tuple[list[tuple[Any, Any]], Any]]:
        """Table -> (places and keys that can go, where they lie)."""
        visits = self._old_visits(before)
        gone = set(visits)
        kept = {
            (*place, night[1])
            for place, nights in self._visits.items()
            for night in nights
            if (place, night) not in gone
        }
        asked = [
            ((run, site), url)
            for (run, site), waiting in self._frontier.items()
            for url in waiting
            if self._runs[run][1].as_of < before and (site, url, self._runs[run][0]) not in kept
        ]
        old_runs = {run.id for _, run in self._runs.values() if run.as_of < before}
        probes = [(None, key) for key in self._probes if key[1] < before - PROBES_LONGER]
        return {
            "visit": (visits, self._visits),
            "attempt": (self._old_attempts(before), self._attempts),
            "finding_run": self._old_noted("_nights", before),
            "unjudged": self._old_noted("_unjudged", before),
            "doubt": self._old_noted("_doubts", before),
            "frontier": (asked, self._frontier),
            "probe": (probes, self._probes),
            "collection": (self._old_collections(before), self._collections_kept),
            "job_run": ([(None, key) for key in self._job_runs if key[0] < before], self._job_runs),
            "scorecard": (self._old_cards(before), self._cards_kept),
            "site_run": (
                [(None, key) for key in self._site_runs if self._runs[key[0]][1].as_of < before],
                self._site_runs,
            ),
            "cache": ([(None, key) for key in self._unasked()], getattr(self, "_cache", {})),
            "lease": ([(None, key) for key in self._leases if key[1] in old_runs], self._leases),
        }

    def _unasked(self) -> list[str]:
        bodies = {page.body_hash for nights in self._visits.values() for page in nights.values()}
        return list(unasked_results(getattr(self, "_cache", {}), bodies))

    @property
    def _cards_kept(self) -> dict[tuple[str, str], Any]:
        found: dict[tuple[str, str], Any] = getattr(self, "_cards", {})
        return found

    def _old_cards(self, before: datetime) -> list[tuple[Any, Any]]:
        old = [
            (*self._runs[run_id][::-1], run_id, target, card.complete)
            for (run_id, target), card in self._cards_kept.items()
            if run_id in self._runs and self._runs[run_id][1].as_of < before
        ]
        old.sort(key=lambda item: (item[0].as_of, item[1]), reverse=True)
        counted = {(item.run_id, item.target_id) for rows in self._rows("_standings") for item in rows}
        rows = ((run_id, target, run.as_of, complete) for run, _, run_id, target, complete in old)
        return [(None, key) for key in replaced_cards(rows, counted)]

    def _old_noted(self, name: str, before: datetime) -> tuple[list[tuple[Any, Any]], Any]:
        """All but what the last old run noted of each target or finding."""
        rows: dict[tuple[str, str], Any] = getattr(self, name)

        def turn(key: tuple[str, str]) -> tuple[datetime, int]:
            number, run = self._runs[key[0]]
            return run.as_of, number

        old = [key for key in rows if key[0] in self._runs and turn(key)[0] < before]
        last: dict[str, tuple[datetime, int]] = {}
        for key in old:
            last[key[1]] = max(turn(key), last.get(key[1], turn(key)))
        return [(None, key) for key in old if turn(key) < last[key[1]]], rows

    def _old_visits(self, before: datetime) -> list[tuple[Any, Night]]:
        named = set(HASH.findall(self._paper_text()))
        old = [
            (place, night, page)
            for place, nights in self._visits.items()
            for night, page in nights.items()
            if night[0] < before
        ]
        old.sort(key=lambda item: item[1][:2], reverse=True)
        seen: set[tuple[Any, ...]] = set()
        gone = []
        for place, night, page in old:
            marks = _marks(place, night, page)
            if marks <= seen:
                if page.body_hash in named:
                    named.discard(page.body_hash)
                else:
                    gone.append((place, night))
            seen |= marks
        return gone

    def _paper_text(self) -> str:
        findings: dict[str, Any] = getattr(self, "_findings", {})
        named = (
            *findings.values(),
            *self._rows("_letters"),
            *(each for rows in self._rows("_standings") for each in rows),
        )
        return "\n".join(to_text(to_document(item)) for item in named)

    def _rows(self, name: str) -> list[Any]:
        """What another part of the store keeps under a name."""
        return [*getattr(self, name, {}).values()]

    @property
    def _collections_kept(self) -> dict[tuple[str, str], Any]:
        found: dict[tuple[str, str], Any] = getattr(self, "_collections", {})
        return found

    def _old_collections(self, before: datetime) -> list[tuple[Any, Any]]:
        old: dict[str, list[tuple[datetime, int, str]]] = {}
        for run_id, account in self._collections_kept:
            number, run = self._runs[run_id]
            if run.as_of < before:
                old.setdefault(account, []).append((run.as_of, number, run_id))
        return [
            (None, (run_id, account))
            for account, nights in old.items()
            for as_of, _, run_id in sorted(nights, reverse=True)[LAST_RUNS + 2 :]
            if as_of < before - COLLECTIONS_LONGER
        ]

    def _old_attempts(self, before: datetime) -> list[tuple[Any, Any]]:
        def turn(item: Attempt) -> tuple[datetime, int]:
            number, run = self._runs[item.run_id]
            return run.as_of, number

        gone = []
        for place, tries in self._attempts.items():
            old = {key: turn(item) for key, item in tries.items() if turn(item)[0] < before}
            kept = sorted(set(old.values()), reverse=True)[: LAST_RUNS + 2]
            gone += [(place, key) for key, moment in old.items() if moment not in kept]
        return gone

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
        self, target_id: str, url: str, since: datetime, until: datetime, masking: Callable[[str], str]
    ) -> int:
        """Put masked text in the place of what was read at an address, or in a post."""
        changed = 0
        nights = self._visits.get((target_id, url), {})
        read = [night for night, page in nights.items() if page.reading is not None]
        last = _content(nights[max(read)]) if read else None
        for night in [each for each in read if since <= each[0] <= until and _content(nights[each]) != last]:
            safe = _masked(nights[night].reading, masking)
            changed += safe != nights[night].reading
            nights[night] = replace(nights[night], reading=safe)
        posts: dict[Any, tuple[datetime, Post]] = getattr(self, "_posts", {})
        for key, (shown, item) in list(posts.items()):
            safe_post = _masked(item, masking)
            if (item.account_id, item.url) == (target_id, url) and shown <= until and safe_post != item:
                posts[key] = (shown, safe_post)
                changed += 1
        return changed

    def drop_bodies(self, hashes: Collection[str]) -> None:
        """Remove bodies."""
        for each in hashes:
            self._bodies.pop(each, None)


def _content(page: Page) -> tuple[Any, ...]:
    return page.body_hash, page.rendered, page.reading


def _masked(value: T, masking: Callable[[str], str]) -> T:
    return from_document(type(value), masked_document(to_document(value), masking))


def _marks(place: Any, night: Night, page: Page) -> set[tuple[Any, ...]]:
    """What a visit may be the newest of."""
    answers = 0 if 0 < page.status < 300 else 1 if 300 <= page.status < 400 else 2
    marks: set[tuple[Any, ...]] = {("drawn", place, night[2]), ("answers", place, answers)}
    if page.final_url not in {"", page.url}:
        marks.add(("final", place[0], page.final_url))
    return marks

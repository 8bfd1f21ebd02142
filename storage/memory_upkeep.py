"""Forgetting in the in-memory twin of the store: the same rows stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.captured import Attempt, Page
from storage.documents import to_document, to_text
from storage.kept_cards import replaced_cards
from storage.kept_results import unasked_results
from storage.mapping import LAST_RUNS
from storage.memory_bodies import HASH, MemoryBodies
from storage.memory_captures import Night
from storage.memory_leases import MemoryLeases
from storage.memory_operations import MemoryOperations

PROBES_LONGER = timedelta(days=31)
COLLECTIONS_LONGER = timedelta(days=92)


@dataclass
class MemoryUpkeep(MemoryBodies, MemoryLeases, MemoryOperations):
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


def _marks(place: Any, night: Night, page: Page) -> set[tuple[Any, ...]]:
    """What a visit may be the newest of."""
    answers = 0 if 0 < page.status < 300 else 1 if 300 <= page.status < 400 else 2
    marks: set[tuple[Any, ...]] = {("drawn", place, night[2]), ("answers", place, answers)}
    if page.final_url not in {"", page.url}:
        marks.add(("final", place[0], page.final_url))
    return marks

"""The in-memory twin of the store: the same behaviour, nothing kept. For gates, tests and trying things out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.answers import Answer
from domain.captured import Post
from domain.errors import StoreError
from domain.finding_search import FindingSearch, mark_of
from domain.findings import Doubt, FindingRecord, FindingState, Unjudged
from domain.runs import Run, RunState
from domain.scores import Scorecard
from domain.targets import Registry
from storage.mapping import FIXED_AS_OF, key_of, moment_of
from storage.memory_buckets import MemoryBuckets
from storage.memory_captures import MemoryCaptures
from storage.memory_days import MemoryDays
from storage.memory_issued import MemoryIssued
from storage.memory_leases import MemoryLeases
from storage.memory_ledger import MemoryLedger
from storage.memory_letters import MemoryLetters
from storage.memory_log_in import MemoryLogIn
from storage.memory_office import MemoryOffice
from storage.memory_operations import MemoryOperations
from storage.memory_periods import MemoryPeriods
from storage.memory_replays import MemoryReplays
from storage.memory_trail import MemoryTrail
from storage.memory_upkeep import MemoryUpkeep
from storage.memory_webhooks import MemoryWebhooks


@dataclass
class MemoryStore(
    MemoryUpkeep,
    MemoryCaptures,
    MemoryBuckets,
    MemoryDays,
    MemoryLeases,
    MemoryOperations,
    MemoryPeriods,
    MemoryOffice,
    MemoryTrail,
    MemoryLetters,
    MemoryLedger,
    MemoryIssued,
    MemoryLogIn,
    MemoryReplays,
    MemoryWebhooks,
):
    """Everything of the `Store` port."""

    _registry: Registry = field(default_factory=Registry)
    _findings: dict[str, FindingRecord] = field(default_factory=dict)
    _nights: dict[tuple[str, str], FindingRecord] = field(default_factory=dict)  # (run, fingerprint)
    _unjudged: dict[tuple[str, str], tuple[Unjudged, ...]] = field(default_factory=dict)
    _doubts: dict[tuple[str, str], tuple[Doubt, ...]] = field(default_factory=dict)
    _samples: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)  # (target, name)
    _answers: dict[tuple[str, str, str], Answer] = field(default_factory=dict)  # (target, check, address)
    _cards: dict[tuple[str, str], Scorecard] = field(default_factory=dict)
    _posts: dict[tuple[str, str], tuple[datetime, Post]] = field(default_factory=dict)
    _collections: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    _cache: dict[str, str] = field(default_factory=dict)

    def close(self) -> None:
        """Nothing to release."""

    def load_registry(self) -> Registry:
        """The registered targets in official order."""
        return self._registry

    def save_registry(self, registry: Registry) -> None:
        """Replace the registered targets."""
        self._registry = registry

    def save_run(self, item: Run) -> None:
        """Insert or update a run; its as_of stays as first saved."""
        number, old = self._runs.get(item.id, (len(self._runs) + 1, item))
        if old.as_of != item.as_of:
            raise StoreError(FIXED_AS_OF.format(run_id=item.id, old=old.as_of, new=item.as_of))
        self._runs[item.id] = (number, item)
        if item.state is RunState.UNKNOWN:  # its cards say nothing of the day
            self._renew_days(self.scorecards(item.id))

    def run(self, run_id: str) -> Run | None:
        """One run."""
        return self._runs[run_id][1] if run_id in self._runs else None

    def runs(self, after: datetime | None = None) -> list[Run]:
        """All runs, or those of a later as_of than `after`, oldest as_of first."""
        ordered = sorted(self._runs.values(), key=lambda item: (item[1].as_of, item[0]))
        return [run for _, run in ordered if after is None or run.as_of > after]

    def findings(self, target_ids: Collection[str] = (), run_id: str = "") -> list[FindingRecord]:
        """Kept findings as they are now; with `run_id` those seen or closed in that run, as that run left them."""
        if run_id:
            records = [record for (run, _), record in self._nights.items() if run == run_id]
        else:
            records = list(self._findings.values())
        wanted = [record for record in records if not target_ids or record.target_id in target_ids]
        return sorted(wanted, key=lambda record: (record.target_id, record.fingerprint))

    def standing_findings(
        self, target_ids: Collection[str] = (), mended_in: Collection[str] = ()
    ) -> list[FindingRecord]:
        """Kept findings without those mended in other runs than `mended_in`: what a list, a score or a period needs."""
        return [
            record
            for record in self.findings(target_ids)
            if record.state is not FindingState.FIXED or record.last_run in mended_in
        ]

    def mended_findings(self, run_ids: Collection[str]) -> list[FindingRecord]:
        """Kept findings that were mended in some runs."""
        found = self.findings()
        return [each for each in found if each.state is FindingState.FIXED and each.last_run in run_ids]

    def noted(self, run_id: str, fingerprints: Collection[str]) -> list[FindingRecord]:
        """Some findings as a run left them, of those that it saw or closed, by fingerprint."""
        return [self._nights[run_id, key] for key in sorted({*fingerprints}) if (run_id, key) in self._nights]

    def finding(self, fingerprint: str) -> FindingRecord | None:
        """One kept finding as it is now."""
        return self._findings.get(fingerprint)

    def search_findings(self, search: FindingSearch) -> list[FindingRecord]:
        """A window of a list of findings, the gravest first, then by fingerprint."""
        found = sorted((each for each in self._findings.values() if search.takes(each)), key=mark_of)
        if search.after is None:
            return found[: search.limit]
        if search.backwards:
            return [each for each in found if mark_of(each) < search.after][-search.limit :]
        return [each for each in found if mark_of(each) > search.after][: search.limit]

    def count_findings(self, search: FindingSearch) -> int:
        """How many a list holds, counted up to the limit of the search and no further."""
        return min(search.limit, sum(search.takes(each) for each in self._findings.values()))

    def save_findings(self, records: Iterable[FindingRecord]) -> None:
        """Insert or update findings by fingerprint."""
        for record in records:
            self._findings[record.fingerprint] = record
            self._nights[(record.last_run, record.fingerprint)] = record

    def unjudged(self, run_id: str, target_id: str = "") -> list[tuple[str, Unjudged]]:
        """(target id, unjudged) of a run."""
        keys = sorted(key for key in self._unjudged if key[0] == run_id and target_id in {"", key[1]})
        return [(key[1], item) for key in keys for item in self._unjudged[key]]

    def save_unjudged(self, run_id: str, target_id: str, items: Sequence[Unjudged]) -> None:
        """Replace what was unjudged for one target in one run."""
        self._unjudged[(run_id, target_id)] = tuple(items)

    def doubts(self, run_id: str, target_id: str = "") -> list[tuple[str, Doubt]]:
        """(target id, doubt) of a run."""
        keys = sorted(key for key in self._doubts if key[0] == run_id and target_id in {"", key[1]})
        return [(key[1], item) for key in keys for item in self._doubts[key]]

    def save_doubts(self, run_id: str, target_id: str, items: Sequence[Doubt]) -> None:
        """Replace the doubts about one target in one run."""
        self._doubts[(run_id, target_id)] = tuple(items)

    def samples(self, target_id: str) -> Mapping[str, tuple[str, ...]]:
        """Name of a sample -> its addresses, of one target."""
        return {name: urls for (target, name), urls in sorted(self._samples.items()) if target == target_id}

    def save_sample(self, target_id: str, name: str, urls: Sequence[str]) -> None:
        """Keep or replace a sample."""
        self._samples[(target_id, name)] = tuple(urls)

    def answers(self, target_id: str) -> list[Answer]:
        """What persons answered about a target, the newest answer of each question."""
        found = [
            (f"{key_of(check, url):x}", item)
            for (target, check, url), item in self._answers.items()
            if target == target_id
        ]
        return [item for _, item in sorted(found, key=lambda each: each[0])]

    def save_answers(self, items: Iterable[Answer]) -> None:
        """Keep answers; a newer one of the same question replaces the older."""
        self._answers |= {(item.target_id, item.check, item.url): item for item in items}

    def save_scorecards(self, cards: Iterable[Scorecard]) -> None:
        """Insert or replace scorecards by (run, target); a replaced one keeps its place."""
        kept = {(card.run_id, card.target_id): card for card in cards}
        self._cards |= kept
        self._renew_days(kept.values())

    def scorecards(self, run_id: str, target_ids: Collection[str] = ()) -> list[Scorecard]:
        """The scorecards of a run, in the order they were saved."""
        return [
            card
            for (run, target), card in self._cards.items()
            if run == run_id and (not target_ids or target in target_ids)
        ]

    def save_posts(self, run_id: str, posts: Sequence[Post]) -> None:
        """Insert or update posts by (account, id); what was collected last stays."""
        for item in posts:
            key = (item.account_id, item.id)
            first = self._posts[key][0] if key in self._posts else self._run_of(run_id)[1].as_of
            self._posts[key] = (moment_of(item) or first, item)

    def posts(self, account_id: str, since: datetime | None, until: datetime) -> Iterator[Post]:
        """Posts of an account in a stretch of time, oldest first."""
        found = [
            (shown_at, item.id, item)
            for shown_at, item in self._posts.values()
            if item.account_id == account_id and shown_at <= until and (since is None or shown_at >= since)
        ]
        return iter([item for _, _, item in sorted(found, key=lambda each: each[:2])])

    def save_collection(self, run_id: str, account_id: str, document: Mapping[str, Any]) -> None:
        """Keep how collecting an account went in a run, as JSON data."""
        self._run_of(run_id)
        self._collections[(run_id, account_id)] = dict(document)

    def collections(self, account_id: str, as_of: datetime) -> list[tuple[str, Mapping[str, Any]]]:
        """(run id, document) of an account in runs with as_of <= `as_of`, oldest first."""
        runs = [run.id for run in self.runs() if run.as_of <= as_of]
        return [(run, self._collections[(run, account_id)]) for run in runs if (run, account_id) in self._collections]

    def cached(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Results kept by their content, those that there are."""
        return {key: self._cache[key] for key in keys if key in self._cache}

    def cache(self, items: Mapping[str, str]) -> None:
        """Keep results by their content."""
        self._cache.update(items)

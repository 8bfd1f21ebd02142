"""The ports: what the crawler and the use cases ask of a store. `storage` ships two of them, SQL and memory."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from domain.answers import Answer
from domain.bodies import Body
from domain.buckets import Bucket
from domain.captured import Address, Attempt, Capture, Known, Link, Page, PageKind, Post, Probe, SiteRun
from domain.figures import Figure
from domain.finding_search import FindingSearch
from domain.findings import Doubt, FindingRecord, Unjudged
from domain.leases import Lease, LeaseState
from domain.letter_ports import Letters
from domain.log_in_ports import LogIn
from domain.office_ports import Office
from domain.operation_ports import Operations, Upkeep
from domain.periods import Period
from domain.replay_ports import Replays
from domain.runs import Run
from domain.scores import Scorecard
from domain.standings import Brief, Standing
from domain.target_days import TargetDay
from domain.targets import Registry
from domain.webhook_ports import Webhooks


class CaptureSink(Protocol):
    """All the crawler may do with a store. Every write is idempotent: repeating it changes nothing."""

    def discover(self, run_id: str, addresses: Sequence[Address]) -> None:
        """Add addresses to the run's frontier; known ones keep their better (lower) priority."""
        ...

    def pending(self, run_id: str, site_id: str, limit: int, loaded: Collection[str] = ()) -> list[Address]:
        """Frontier addresses without a capture of this run, best first, without those in `loaded`."""
        ...

    def seen(self, run_id: str, site_id: str) -> Iterator[str]:
        """Every address of the frontier of this run and site, captured or not (to rebuild a seen-set)."""
        ...

    def write(self, captures: Sequence[Capture], run_id: str = "", addresses: Sequence[Address] = ()) -> None:
        """Keep captures in one transaction. A Page or Attempt marks its frontier address as done.

        `addresses` were found with them in `run_id`, and are discovered in the same transaction: whoever is killed leaves
        both or neither.
        """
        ...

    def skip(self, run_id: str, site_id: str, urls: Sequence[str], reason: str) -> None:
        """Mark frontier addresses as done without a capture, with the reason counted in the SiteRun."""
        ...

    def put_body(self, body: bytes, body_hash: str = "") -> str:
        """Keep a body by content; returns its sha256 in hex (`body_hash`, when the caller has computed it)."""
        ...

    def put_bodies(self, run_id: str, bodies: Sequence[Body]) -> list[str]:
        """Keep what a crawl brings, together and smaller; returns the hashes in this order.

        Others find it once `write` or `save_collection` has said what it belongs to.
        """
        ...

    def lost_bodies(self) -> frozenset[str]:
        """Hashes of bodies that were found missing or damaged and have not come back."""
        ...

    def known(self, site_id: str, before: datetime) -> Iterator[Known]:
        """The latest capture of every address of a site in runs with as_of < `before`."""
        ...


class Buckets(Protocol):
    """How often addresses may be asked, by all processes together."""

    def change_bucket(self, address: str, change: Callable[[Bucket, float], Bucket]) -> Bucket:
        """Change what is kept of an address in one transaction, and return it.

        `change` gets the bucket, an empty one at first, and the moment by the database's clock.
        """
        ...

    def buckets(self) -> list[Bucket]:
        """Every address that was ever asked with a budget, by address."""
        ...


class Leases(Protocol):
    """Who works at what: at most one holder of each (kind, run, target), by the clock of the database."""

    def plan_leases(self, kind: str, run_id: str, target_ids: Sequence[str]) -> None:
        """Add work that waits, in this order; what is there already stays as it is."""
        ...

    def take_lease(self, kind: str, run_id: str, owner: str, patience: float) -> Lease | None:
        """The first free piece of work, held by `owner` now; None when nothing is free.

        A holder that has not shown itself for `patience` seconds has lost it.
        """
        ...

    def show_life(self, lease: Lease) -> bool:
        """Whether the lease is still its owner's, who is alive."""
        ...

    def end_lease(self, lease: Lease, state: LeaseState, result: str = "", pause: float = 0.0) -> bool:
        """Say how it ended; False when somebody else holds it by now. WAITING gives it back, for after `pause` seconds."""
        ...

    def free_leases(self, kind: str, run_id: str, *, ended: bool = False) -> None:
        """Let all that is held wait again: their holders are known to be gone. `ended`: what is done or failed too."""
        ...

    def leases(self, kind: str, run_id: str) -> list[Lease]:
        """All work of a kind in a run, in the order it was planned."""
        ...


class Store(CaptureSink, Buckets, Leases, Office, Letters, Operations, Upkeep, LogIn, Replays, Webhooks, Protocol):
    """Everything the use cases ask."""

    def close(self) -> None:
        """Release files and connections."""
        ...

    def load_registry(self) -> Registry:
        """The registered targets in official order."""
        ...

    def save_registry(self, registry: Registry) -> None:
        """Replace the registered targets."""
        ...

    def save_run(self, run: Run) -> None:
        """Insert or update a run."""
        ...

    def run(self, run_id: str) -> Run | None:
        """One run."""
        ...

    def runs(self, after: datetime | None = None) -> list[Run]:
        """All runs, or those of a later as_of than `after`, oldest as_of first."""
        ...

    def site_runs(self, run_id: str, site_id: str = "") -> list[SiteRun]:
        """What became of each site of a run, or of one of them."""
        ...

    def body(self, body_hash: str) -> bytes:
        """A stored body; BodyLost when it is missing or damaged."""
        ...

    def page(self, site_id: str, url: str, as_of: datetime) -> Page | None:
        """Latest capture of an address (by requested or final URL) in runs with as_of <= `as_of`, with its reading."""
        ...

    def pages(
        self, site_id: str, as_of: datetime, kinds: Collection[PageKind] = (), run_id: str = ""
    ) -> Iterator[Page]:
        """Latest capture of every address, keyset-paged, in address order; readings without links.

        `run_id` keeps only addresses captured (also unchanged) in that run.
        """
        ...

    def visited(self, run_id: str, site_id: str) -> Iterator[tuple[str, int]]:
        """(address, status) of everything captured in a run."""
        ...

    def unasked(self, site_id: str, run_id: str) -> Iterator[Address]:
        """What was found in a run, or left out of it, and was never captured, in any run."""
        ...

    def last_changes(
        self, site_id: str, urls: Collection[str], before: datetime
    ) -> Mapping[str, tuple[datetime, datetime]]:
        """As of which runs (as_of < `before`) an address last showed something new, and was last looked at.

        One that has shown the same ever since the run that first saw it is not among them.
        """
        ...

    def oldest_page(self, site_id: str, as_of: datetime) -> datetime | None:
        """As of a moment: of the pages that could be read, when the one looked at longest ago was looked at last."""
        ...

    def left_out(self, run_id: str, site_id: str, url: str) -> str:
        """Why an address of the frontier of a run was left out; empty when it was not."""
        ...

    def faulty(self, site_id: str, as_of: datetime) -> Iterator[tuple[str, tuple[Attempt, ...]]]:
        """Targets whose latest attempt was not a plain good answer, with their attempts, oldest first."""
        ...

    def sources(self, site_id: str, target: str, as_of: datetime) -> Iterator[tuple[str, str, str]]:
        """(page address, link text, tag) of the latest captures that point to a target."""
        ...

    def pointing(
        self, site_id: str, targets: Collection[str], as_of: datetime, run_id: str = ""
    ) -> Iterator[tuple[str, Link]]:
        """(page address, link) of the latest captures that point to any of `targets`; one pass over the site.

        `run_id` keeps only pages captured (also unchanged) in that run.
        """
        ...

    def attempts(self, site_id: str, url: str, as_of: datetime) -> tuple[Attempt, ...]:
        """What was tried at one address in its last ten runs with as_of <= `as_of`, oldest first."""
        ...

    def aliases(self, site_id: str, target: str, as_of: datetime) -> list[str]:
        """Addresses whose latest capture is a redirect to `target`, in address order."""
        ...

    def outside_links(self, run_id: str, site_id: str) -> Iterator[str]:
        """Distinct targets outside the site's scope, of links and redirects on pages captured in a run."""
        ...

    def probes(self, site_id: str, since: datetime, until: datetime) -> Iterator[Probe]:
        """Visits of a home page in a stretch of time."""
        ...

    def findings(self, target_ids: Collection[str] = (), run_id: str = "") -> list[FindingRecord]:
        """Kept findings; with `run_id` those seen or closed in that run."""
        ...

    def standing_findings(
        self, target_ids: Collection[str] = (), mended_in: Collection[str] = ()
    ) -> list[FindingRecord]:
        """Kept findings without those mended in other runs than `mended_in`: what a list, a score or a period needs."""
        ...

    def mended_findings(self, run_ids: Collection[str]) -> list[FindingRecord]:
        """Kept findings that were mended in some runs, by target and fingerprint."""
        ...

    def noted(self, run_id: str, fingerprints: Collection[str]) -> list[FindingRecord]:
        """Some findings as a run left them, of those that it saw or closed, by fingerprint."""
        ...

    def finding(self, fingerprint: str) -> FindingRecord | None:
        """One kept finding as it is now."""
        ...

    def search_findings(self, search: FindingSearch) -> list[FindingRecord]:
        """A window of a list of findings, the gravest first, then by fingerprint."""
        ...

    def count_findings(self, search: FindingSearch) -> int:
        """How many a list holds, counted up to the limit of the search and no further."""
        ...

    def save_findings(self, records: Iterable[FindingRecord]) -> None:
        """Insert or update findings by fingerprint."""
        ...

    def unjudged(self, run_id: str, target_id: str = "") -> list[tuple[str, Unjudged]]:
        """(target id, unjudged) of a run."""
        ...

    def save_unjudged(self, run_id: str, target_id: str, items: Sequence[Unjudged]) -> None:
        """Replace what was unjudged for one target in one run."""
        ...

    def doubts(self, run_id: str, target_id: str = "") -> list[tuple[str, Doubt]]:
        """(target id, doubt) of a run."""
        ...

    def save_doubts(self, run_id: str, target_id: str, items: Sequence[Doubt]) -> None:
        """Replace the doubts about one target in one run."""
        ...

    def samples(self, target_id: str) -> Mapping[str, tuple[str, ...]]:
        """Name of a sample -> its addresses, of one target."""
        ...

    def save_sample(self, target_id: str, name: str, urls: Sequence[str]) -> None:
        """Keep or replace a sample."""
        ...

    def answers(self, target_id: str) -> list[Answer]:
        """What persons answered about a target, the newest answer of each question."""
        ...

    def save_answers(self, items: Iterable[Answer]) -> None:
        """Keep answers; a newer one of the same question replaces the older."""
        ...

    def save_scorecards(self, cards: Iterable[Scorecard]) -> None:
        """Insert or replace scorecards by (run, target), and renew how their targets stood on those days."""
        ...

    def scorecards(self, run_id: str, target_ids: Collection[str] = ()) -> list[Scorecard]:
        """The scorecards of a run, or those of some targets, in the order they were saved."""
        ...

    def latest_days(self, target_ids: Collection[str] = (), until: date | None = None) -> list[TargetDay]:
        """Of each registered target its latest day (not after `until`) and its latest complete one, by target and day."""
        ...

    def days(self, since: date, until: date, target_id: str = "") -> list[TargetDay]:
        """How targets stood from one Beijing day to another, both included, or one of them; by target and day."""
        ...

    def save_posts(self, run_id: str, posts: Sequence[Post]) -> None:
        """Insert or update posts by (account, id); what was collected last stays."""
        ...

    def posts(self, account_id: str, since: datetime | None, until: datetime) -> Iterator[Post]:
        """Posts of an account in a stretch of time, oldest first.

        A post counts at its publish time, else at the end of its interval, else at the as_of of the run that first brought it.
        """
        ...

    def save_collection(self, run_id: str, account_id: str, document: Mapping[str, Any]) -> None:
        """Keep how collecting an account went in a run, as JSON data."""
        ...

    def collections(self, account_id: str, as_of: datetime) -> list[tuple[str, Mapping[str, Any]]]:
        """(run id, document) of an account in runs with as_of <= `as_of`, oldest first."""
        ...

    def cached(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Results kept by their content: those of the keys that there are."""
        ...

    def cache(self, items: Mapping[str, str]) -> None:
        """Keep results by their content."""
        ...

    def periods(self) -> list[Period]:
        """Every period as it is now, by its first day."""
        ...

    def period(self, period_id: str, version: int = 0) -> Period | None:
        """A period as it is now, or as one of its closings left it."""
        ...

    def save_period(self, item: Period) -> None:
        """Insert or update a period as it is now; what its closings fixed stays."""
        ...

    def freeze(self, item: Period, figures: Sequence[Figure], standings: Sequence[Standing]) -> None:
        """Keep a closing for good, all or nothing; ValueRefused when this version was closed before."""
        ...

    def figures(self, period_id: str, version: int, keys: Collection[tuple[str, str]] = ()) -> list[Figure]:
        """The figures of a closing, in the order they were saved; with `keys` (kind, scope) only these."""
        ...

    def standings(self, period_id: str, version: int) -> list[Standing]:
        """How every target stood in a closing, in the order they were saved."""
        ...

    def briefs(self, period_id: str, version: int) -> list[Brief]:
        """Of each standing of a closing what later periods look back on, in their order."""
        ...

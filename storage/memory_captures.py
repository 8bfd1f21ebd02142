"""The capture half of the in-memory twin: frontier, visits, links."""

import hashlib
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.bodies import Body
from domain.captured import Address, Attempt, Capture, Known, Link, Page, PageKind, Probe, SiteRun
from domain.errors import BodyLost, StoreError
from domain.runs import Run
from storage.mapping import LAST_RUNS, UNKNOWN_RUN, URL_PREFIX, host_of, is_good, merged

Key = tuple[str, str]  # site id, URL
Night = tuple[datetime, int, bool]  # as_of, number of the run, rendered


DEFAULT_PRIORITY = 50


@dataclass(slots=True)
class Waiting:
    """One address of a frontier."""

    address: Address
    seq: int
    state: str = "pending"
    reason: str = ""


@dataclass
class MemoryCaptures:
    """Capture methods of the store."""

    _runs: dict[str, tuple[int, Run]] = field(default_factory=dict)
    _frontier: dict[tuple[str, str], dict[str, Waiting]] = field(default_factory=dict)
    _visits: dict[Key, dict[Night, Page]] = field(default_factory=dict)
    _attempts: dict[Key, dict[tuple[object, ...], Attempt]] = field(default_factory=dict)
    _probes: dict[tuple[str, datetime, str], Probe] = field(default_factory=dict)
    _site_runs: dict[tuple[str, str], SiteRun] = field(default_factory=dict)
    _bodies: dict[str, bytes] = field(default_factory=dict)
    _seq: int = 0
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def _run_of(self, run_id: str) -> tuple[int, Run]:
        if run_id not in self._runs:
            raise StoreError(UNKNOWN_RUN.format(run_id=run_id))
        return self._runs[run_id]

    def discover(self, run_id: str, addresses: Sequence[Address]) -> None:
        """Add addresses; known ones keep their better priority."""
        with self._lock:
            self._discover(run_id, addresses)

    def _discover(self, run_id: str, addresses: Sequence[Address]) -> None:
        for item in addresses:
            self._run_of(run_id)
            mine = self._frontier.setdefault((run_id, item.site_id), {})
            old = mine.get(item.url)
            if old is None:
                mine[item.url] = Waiting(item, self._seq)
                self._seq += 1
            elif item.priority < old.address.priority:
                old.address = item

    def pending(self, run_id: str, site_id: str, limit: int, loaded: Collection[str] = ()) -> list[Address]:
        """Addresses without a capture of this run, best first, without those in `loaded`."""
        with self._lock:
            waiting = [item for item in self._frontier.get((run_id, site_id), {}).values() if item.state == "pending"]
        waiting.sort(key=lambda item: (item.address.priority, item.address.depth, item.seq))
        return [item.address for item in waiting if item.address.url not in loaded][:limit]

    def seen(self, run_id: str, site_id: str) -> Iterator[str]:
        """Every address of the frontier of this run and site."""
        return iter(list(self._frontier.get((run_id, site_id), {})))

    def unasked(self, site_id: str, run_id: str) -> Iterator[Address]:
        """What was found in a run, or left out of it, and was never captured, in any run."""
        rows = [item for item in self._frontier.get((run_id, site_id), {}).values() if item.state != "done"]
        rows.sort(key=lambda item: (item.address.priority, item.address.depth, item.seq))
        return iter([item.address for item in rows if not self._visits.get((site_id, item.address.url))])

    def oldest_page(self, site_id: str, as_of: datetime) -> datetime | None:
        """Of the pages that could be read, when the one looked at longest ago was looked at last."""
        found = []
        for (site, _), nights in self._visits.items():
            seen = [night for night in nights if site == site_id and night[0] <= as_of]
            page = nights[max(seen)] if seen else None
            if page and page.reading is not None and page.status < 400:
                found.append(max(seen)[0])
        return min(found, default=None)

    def left_out(self, run_id: str, site_id: str, url: str) -> str:
        """Why an address of the frontier of a run was left out; empty when it was not."""
        item = self._frontier.get((run_id, site_id), {}).get(url)
        return item.reason if item and item.state == "skipped" else ""

    def skip(self, run_id: str, site_id: str, urls: Sequence[str], reason: str) -> None:
        """Mark addresses as done without a capture."""
        with self._lock:
            for url in urls:
                self._finish(run_id, site_id, url, "skipped", reason)

    def _finish(self, run_id: str, site_id: str, url: str, state: str, reason: str = "") -> None:
        self._run_of(run_id)
        mine = self._frontier.setdefault((run_id, site_id), {})
        item = mine.setdefault(url, Waiting(Address(site_id, url), 0))
        if item.state != "done":
            item.state, item.reason = state, reason

    def put_body(self, body: bytes, body_hash: str = "") -> str:
        """Keep a body by content; returns its sha256 in hex."""
        digest = body_hash or hashlib.sha256(body).hexdigest()
        self._bodies.setdefault(digest, body)
        return digest

    def put_bodies(self, run_id: str, bodies: Sequence[Body]) -> list[str]:
        """Keep what a crawl brings."""
        return [self.put_body(item.data, item.sha256) for item in bodies]

    def body(self, body_hash: str) -> bytes:
        """A stored body."""
        if body_hash not in self._bodies:
            raise BodyLost(f"页面快照 {body_hash} 不在内存库中。")
        return self._bodies[body_hash]

    def lost_bodies(self) -> frozenset[str]:
        """Nothing gets lost in memory."""
        return frozenset()

    def write(self, captures: Sequence[Capture], run_id: str = "", addresses: Sequence[Address] = ()) -> None:
        """Keep captures and the addresses found with them, all or none."""
        with self._lock:
            for item in captures:
                if not isinstance(item, Probe):
                    self._run_of(item.run_id)
            self._discover(run_id, addresses)
            for item in captures:
                if isinstance(item, Page):
                    self._write_page(item)
                elif isinstance(item, Attempt):
                    self._write_attempt(item)
                elif isinstance(item, Probe):
                    self._probes[(item.site_id, item.at, item.url)] = item
                else:
                    self._site_runs[(item.run_id, item.site_id)] = item

    def _write_page(self, page: Page) -> None:
        number, run = self._runs[page.run_id]
        self._finish(page.run_id, page.site_id, page.url, "done")
        nights = self._visits.setdefault((page.site_id, page.url), {})
        night = (run.as_of, number, page.rendered)
        if page.unchanged and page.reading is None:
            page = _continued(page, nights, run.as_of)
        if night not in nights or _turn(page) > _turn(nights[night]):
            nights[night] = replace(page, final_url=page.final_url or page.url)

    def _write_attempt(self, item: Attempt) -> None:
        key = (item.at, item.run_id, item.look, item.method)
        self._attempts.setdefault((item.site_id, item.url), {}).setdefault(key, item)
        waiting = self._frontier.get((item.run_id, item.site_id), {}).get(item.url)
        if waiting and waiting.state == "pending":
            waiting.state = "done"

    def site_runs(self, run_id: str, site_id: str = "") -> list[SiteRun]:
        """What became of each site of a run, or of one of them."""
        counted: dict[str, dict[str, int]] = {}
        for (run, site), waiting in self._frontier.items():
            for item in waiting.values():
                if run == run_id and item.state == "skipped":
                    reasons = counted.setdefault(site, {})
                    reasons[item.reason] = reasons.get(item.reason, 0) + 1
        sites = {site for run, site in self._site_runs if run == run_id} | counted.keys()
        found = []
        for site in sorted(sites & {site_id} if site_id else sites):
            written = self._site_runs.get((run_id, site), SiteRun(run_id, site))
            found.append(replace(written, skipped=merged(dict(written.skipped), counted.get(site, {}))))
        return found

    def probes(self, site_id: str, since: datetime, until: datetime) -> Iterator[Probe]:
        """Visits of a home page in a stretch of time."""
        keys = sorted((at, url) for site, at, url in self._probes if site == site_id and since <= at <= until)
        return iter([self._probes[(site_id, at, url)] for at, url in keys])

    def _addresses(self, site_id: str) -> list[str]:
        urls = {url for site, url in [*self._visits, *self._attempts] if site == site_id}
        return sorted(urls, key=lambda url: (url[:URL_PREFIX], url))

    def _latest(self, site_id: str, url: str, as_of: datetime) -> tuple[Night, Page] | None:
        nights = self._visits.get((site_id, url), {})
        night = max((night for night in nights if night[0] <= as_of), default=None)
        return None if night is None else (night, nights[night])

    def page(self, site_id: str, url: str, as_of: datetime) -> Page | None:
        """Latest capture of an address, by requested or final URL, with its reading and links."""
        direct = self._latest(site_id, url, as_of)
        moved = [
            (night, page)
            for (site, _), nights in self._visits.items()
            for night, page in nights.items()
            if site == site_id and page.final_url == url != page.url and night[0] <= as_of
        ]
        best = max(moved, key=lambda item: item[0], default=None)
        if best and (not direct or best[0][:2] > direct[0][:2]):
            return best[1]
        return direct[1] if direct else None

    def pages(
        self, site_id: str, as_of: datetime, kinds: Collection[PageKind] = (), run_id: str = ""
    ) -> Iterator[Page]:
        """Latest capture of every address, in address order; readings without links."""
        captured = {url for url, _ in self.visited(run_id, site_id)} if run_id else None
        for url in self._addresses(site_id):
            latest = self._latest(site_id, url, as_of)
            if latest is None or (captured is not None and url not in captured):
                continue
            reading = latest[1].reading
            if not kinds or (reading is not None and reading.kind in kinds):
                yield replace(latest[1], reading=replace(reading, links=()) if reading else None)

    def visited(self, run_id: str, site_id: str) -> Iterator[tuple[str, int]]:
        """(address, status) of everything captured in a run."""
        for (site, url), nights in list(self._visits.items()):
            mine = [nights[night] for night in sorted(nights) if nights[night].run_id == run_id]
            if site == site_id and mine:
                yield url, mine[0].status

    def last_changes(self, site_id: str, urls: Collection[str], before: datetime) -> Mapping[str, tuple[datetime, datetime]]:  # fmt: skip
        """As of which runs an address last showed something new, and was last looked at."""
        found = {}
        for url in urls:
            nights = {night: page for night, page in self._visits.get((site_id, url), {}).items() if night[0] < before}
            new = [night[0] for night, page in nights.items() if page.reading is not None and not page.unchanged]
            moments = [night[0] for night in nights]
            if new and max(new) > min(moments):
                found[url] = (max(new), max(moments))
        return found

    def known(self, site_id: str, before: datetime) -> Iterator[Known]:
        """The latest capture of every address in runs with as_of < `before`."""
        for url in self._addresses(site_id):
            nights = {night: page for night, page in self._visits.get((site_id, url), {}).items() if night[0] < before}
            if nights:
                raw = nights[max(nights, key=lambda night: (night[0], night[1], not night[2]))]
                latest = nights[max(nights)]
                best = latest.reading
                names = ("etag", "last_modified", "body_hash", "parser_version", "status")
                kept = {name: getattr(raw, name) for name in names}
                kind, day = (best.kind, best.published.day) if best else (None, None)
                waiting = self._frontier.get((raw.run_id, site_id), {}).get(url)
                yield Known(
                    site_id,
                    url,
                    **kept,
                    kind=kind,
                    published_on=day,
                    visited_at=raw.fetched_at,
                    priority=waiting.address.priority if waiting else DEFAULT_PRIORITY,
                    depth=waiting.address.depth if waiting else 0,
                    rendered=latest.rendered,
                )

    def faulty(self, site_id: str, as_of: datetime) -> Iterator[tuple[str, tuple[Attempt, ...]]]:
        """Targets whose latest attempt was not a plain good answer, with the attempts of the last ten runs, oldest first."""
        for url in self._addresses(site_id):
            tries = self.attempts(site_id, url, as_of)
            if tries and not is_good(tries[-1]) and not self._healed(tries[-1], as_of):
                yield url, tries

    def attempts(self, site_id: str, url: str, as_of: datetime) -> tuple[Attempt, ...]:
        """What was tried at one address in its last ten runs, oldest first."""
        known = self._attempts.get((site_id, url), {}).values()
        tries = [item for item in known if self._runs[item.run_id][1].as_of <= as_of]
        return _last_runs(sorted(tries, key=lambda item: (item.at, item.look, item.method)))

    def _healed(self, last: Attempt, as_of: datetime) -> bool:
        if not last.error and last.status < 400:
            return False
        good = 299 if last.error == "loop" else 399  # one more redirect ends no circle of redirects
        return any(
            page.fetched_at > last.at and page.run_id != last.run_id and 0 < page.status <= good
            for night, page in self._visits.get((last.site_id, last.url), {}).items()
            if night[0] <= as_of
        )

    def sources(self, site_id: str, target: str, as_of: datetime) -> Iterator[tuple[str, str, str]]:
        """(page address, link text, tag) of the latest captures that point to a target."""
        for url in self._addresses(site_id):
            latest = self._latest(site_id, url, as_of)
            for link in latest[1].reading.links if latest and latest[1].reading else ():
                if target in {link.url, link.url.partition("#")[0]}:
                    yield url, link.text, link.tag

    def pointing(
        self, site_id: str, targets: Collection[str], as_of: datetime, run_id: str = ""
    ) -> Iterator[tuple[str, Link]]:
        """(page address, link) of the latest captures that point to any of `targets`."""
        wanted = frozenset(targets)
        captured = {url for url, _ in self.visited(run_id, site_id)} if run_id else None
        for url in self._addresses(site_id):
            if captured is not None and url not in captured:
                continue
            latest = self._latest(site_id, url, as_of)
            for link in latest[1].reading.links if latest and latest[1].reading else ():
                if link.url in wanted or link.url.partition("#")[0] in wanted:
                    yield url, link

    def aliases(self, site_id: str, target: str, as_of: datetime) -> list[str]:
        """Addresses whose latest capture is a redirect to `target`."""
        latest = {url: self._latest(site_id, url, as_of) for url in self._addresses(site_id)}
        pages = {url: found[1] for url, found in latest.items() if found}
        return sorted(u for u, p in pages.items() if 300 <= p.status < 400 and p.final_url == target != u)

    def outside_links(self, run_id: str, site_id: str) -> Iterator[str]:
        """Distinct targets of links and redirects on hosts that are not in the run's frontier, each once."""
        inside = {host_of(url) for url in self.seen(run_id, site_id)}
        pages = [
            page
            for (site, _), nights in self._visits.items()
            for page in nights.values()
            if site == site_id and page.run_id == run_id
        ]
        moved = [page.final_url.partition("#")[0] for page in pages if 300 <= page.status < 400]
        linked = (link.url.partition("#")[0] for page in pages for link in (page.reading.links if page.reading else ()))
        links = (*moved, *linked)
        return iter(dict.fromkeys(url for url in links if host_of(url) and host_of(url) not in inside))


def _turn(page: Page) -> tuple[datetime, int]:
    """Which of two captures of one night counts: the later fetch, then the newer parser."""
    return page.fetched_at, page.parser_version


def _continued(page: Page, nights: dict[Night, Page], as_of: datetime) -> Page:
    """An unchanged page stands on the latest earlier visit with the same body (any body when it names none)."""
    same = [
        night
        for night, old in nights.items()
        if night[0] <= as_of
        and old.reading is not None
        and (old.body_hash == page.body_hash if page.body_hash else old.rendered == page.rendered)
    ]
    if not same:
        return page
    old = nights[max(same)]
    return replace(
        page,
        body_hash=page.body_hash or old.body_hash,
        etag=page.etag or old.etag,
        last_modified=page.last_modified or old.last_modified,
        parser_version=page.parser_version or old.parser_version,
        reading=old.reading,
    )


def _last_runs(tries: list[Attempt]) -> tuple[Attempt, ...]:
    runs: set[str] = set()
    found = []
    for item in reversed(tries):
        runs.add(item.run_id)
        if len(runs) > LAST_RUNS:
            break
        found.append(item)
    return tuple(reversed(found))

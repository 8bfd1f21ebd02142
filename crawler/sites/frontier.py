"""What is still to fetch. The store holds it; this keeps a bounded window of it in memory, fair between sites."""

import heapq
import math
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from crawler.sites.revisits import RECENT
from domain.captured import ENDLESS, NEXT_NIGHTS, Address
from domain.ports import CaptureSink

WINDOW = 2_000


@dataclass(slots=True)
class Place:
    """An address at which several sites stand: so many requests at a time for all of them, site by site."""

    limit: int
    until: float = math.inf  # on the monotonic clock; then the rest is left for the next nights
    active: int = 0
    parked: "deque[SiteQueue]" = field(default_factory=deque)

    @property
    def is_full(self) -> bool:
        """Whether its sites have to wait."""
        return self.active >= self.limit


@dataclass(slots=True)
class SiteQueue:
    """The window of one site: `heap` holds what is in memory, `spilled` says that the store holds more."""

    site_id: str
    budget: int
    limit: int
    seconds: float  # it may be asked, counted only while one of its requests is on the way
    late: str = "time_budget"  # why it is stopped after them
    full: str = "page_budget"  # why it is stopped after its budget
    bars: Callable[[str], bool] = lambda _: False  # whether an address is of a family without end
    barred: list[str] = field(default_factory=list)
    place: Place | None = None
    spent: float = 0.0
    since: float = 0.0  # when the first of its requests on the way was sent
    heap: list[tuple[int, int, str, int]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    loaded: dict[str, None] = field(default_factory=dict)  # in the heap or on its way
    spilled: bool = False
    active: int = 0
    asked: int = 0
    stopped: str = ""
    skipped: dict[str, int] = field(default_factory=dict)

    @property
    def has_room(self) -> bool:
        """Whether another request may start now."""
        return self.active < self.limit and not self.stopped and bool(self.heap or self.spilled)

    @property
    def is_late(self) -> bool:
        """Whether its time is used up."""
        return self.spent + (time.monotonic() - self.since if self.active else 0.0) > self.seconds

    def begin(self) -> None:
        """One more request goes on its way."""
        if not self.active:
            self.since = time.monotonic()
        self.active += 1
        self.asked += 1
        if self.place is not None:
            self.place.active += 1

    def end(self) -> None:
        """One request has come back."""
        self.active -= 1
        if not self.active:
            self.spent += time.monotonic() - self.since
        if self.place is not None:
            self.place.active -= 1


class Frontier:
    """Hands out addresses round-robin over sites, best priority first inside a site."""

    def __init__(self, sink: CaptureSink, run_id: str, flush: Callable[[], None]) -> None:
        self.sink, self.run_id, self.flush = sink, run_id, flush
        self.sites: dict[str, SiteQueue] = {}
        self._ready: deque[SiteQueue] = deque()
        self._in_ready: set[str] = set()
        self._number = 0

    def open_site(self, queue: SiteQueue, first: Iterable[Address], known: Iterable[str] = ()) -> list[Address]:
        """Start a site; returns the addresses that are new to the run and must be written."""
        self.sites[queue.site_id] = queue
        queue.seen.update(hash(url) for url in self.sink.seen(self.run_id, queue.site_id))
        resumed = bool(queue.seen)
        if resumed:
            queue.spilled = True
            queue.seen.update(hash(url) for url in known)
            self._wake(queue)
            return []
        fresh = self.add(queue.site_id, first)
        queue.seen.update(hash(url) for url in known)
        return fresh

    def add(self, site_id: str, addresses: Iterable[Address]) -> list[Address]:
        """Take addresses nobody has seen in this run; returns the new ones."""
        queue = self.sites[site_id]
        fresh = []
        for address in addresses:
            key = hash(address.url)
            if key in queue.seen:
                continue
            queue.seen.add(key)
            fresh.append(address)
            if len(queue.heap) < WINDOW:
                self._push(queue, address)
            else:
                queue.spilled = True
        if fresh:
            self._wake(queue)
        return fresh

    def knows(self, site_id: str) -> Callable[[str], bool]:
        """Tells of an address whether it has been seen in this run."""
        seen = self.sites[site_id].seen
        return lambda url: hash(url) in seen

    def next(self) -> Address | None:
        """The next address whose host has room, or None."""
        while self._ready:
            queue = self._ready.popleft()
            if queue.place is not None and queue.place.is_full and queue.has_room:
                queue.place.parked.append(queue)
                continue
            self._in_ready.discard(queue.site_id)
            address = self._take(queue)
            if address is not None:
                self._wake(queue)
                return address
            self._unpark(queue.place)
        return None

    def finished(self, address: Address) -> None:
        """One address handed out has come to its end, well or badly."""
        queue = self.sites[address.site_id]
        queue.end()
        queue.loaded.pop(address.url, None)
        self._unpark(queue.place)
        self._wake(queue)

    def share(self, site_ids: Collection[str], limit: int, seconds: float, requests: float) -> None:
        """Say that these sites stand at one address: so many requests at a time, and so many in the seconds of a night.

        What does not fit is spread over nights: each site has its part of tonight.
        """
        place = Place(limit, time.monotonic() + seconds)
        for site_id in site_ids:
            queue = self.sites[site_id]
            queue.place = place
            place.active += queue.active
            if requests / len(site_ids) < queue.budget:
                queue.budget, queue.full = max(1, int(requests / len(site_ids))), NEXT_NIGHTS

    def again(self, address: Address) -> None:
        """Put an address back that is to be asked once more in this look."""
        queue = self.sites[address.site_id]
        self._push(queue, address)
        self._wake(queue)

    def stop(self, site_id: str, reason: str) -> None:
        """Leave a site alone for the rest of the run."""
        queue = self.sites[site_id]
        queue.stopped = queue.stopped or reason

    def close(self, site_id: str) -> None:
        """Note what was left out of a site that is done."""
        self._skip_barred(self.sites[site_id])
        self._keep_barred(self.sites[site_id])

    @property
    def is_drained(self) -> bool:
        """Whether nothing is waiting and nothing is on its way."""
        return all(not q.active and (q.stopped or not (q.heap or q.spilled)) for q in self.sites.values())

    @property
    def has_waiting(self) -> bool:
        """Whether something is waiting, though perhaps not startable now."""
        return any(not q.stopped and (q.heap or q.spilled) for q in self.sites.values())

    def leftovers(self, site_id: str) -> Iterable[list[Address]]:
        """Windows of what a stopped site leaves behind; the caller skips each before asking for the next."""
        while batch := self.sink.pending(self.run_id, site_id, WINDOW):
            yield batch

    def _take(self, queue: SiteQueue) -> Address | None:
        if not queue.has_room:
            return None
        self._skip_barred(queue)
        if not queue.heap:
            self._refill(queue)
            self._skip_barred(queue)
        if not queue.heap:
            self._keep_barred(queue)
            return None
        if queue.asked >= queue.budget:
            queue.stopped = queue.full
            return None
        if queue.place is not None and time.monotonic() > queue.place.until:
            queue.stopped = NEXT_NIGHTS
            return None
        if queue.is_late:
            queue.stopped = queue.late
            return None
        priority, _, url, depth = heapq.heappop(queue.heap)
        queue.begin()
        return Address(queue.site_id, url, priority, depth)

    def _skip_barred(self, queue: SiteQueue) -> None:
        """Leave out what comes next and is of a family without end, unless it has a reason of its own to be asked."""
        while queue.heap and queue.heap[0][0] >= RECENT and queue.bars(queue.heap[0][2]):
            _, _, url, _ = heapq.heappop(queue.heap)
            queue.loaded.pop(url, None)
            queue.barred.append(url)
        if len(queue.barred) >= WINDOW:
            self._keep_barred(queue)

    def _keep_barred(self, queue: SiteQueue) -> None:
        """Tell the store what was left out, so that it does not come again."""
        self.flush()
        self.sink.skip(self.run_id, queue.site_id, queue.barred, ENDLESS)
        queue.barred.clear()

    def _refill(self, queue: SiteQueue) -> None:
        self._keep_barred(queue)
        for address in self.sink.pending(self.run_id, queue.site_id, WINDOW, queue.loaded):
            queue.seen.add(hash(address.url))
            self._push(queue, address)
        queue.spilled = len(queue.heap) >= WINDOW

    def _push(self, queue: SiteQueue, address: Address) -> None:
        self._number += 1
        queue.loaded[address.url] = None
        heapq.heappush(queue.heap, (address.priority, self._number, address.url, address.depth))

    def _wake(self, queue: SiteQueue) -> None:
        if queue.has_room and queue.site_id not in self._in_ready:
            self._in_ready.add(queue.site_id)
            self._ready.append(queue)

    def _unpark(self, place: Place | None) -> None:
        """Let the next site of an address that has room take its turn."""
        if place is not None and place.parked and not place.is_full:
            queue = place.parked.popleft()
            self._ready.append(queue)

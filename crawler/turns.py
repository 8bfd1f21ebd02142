"""When an address may be asked: the part of its budget that this process holds, for all that asks in it.

The budget belongs to the address that a name resolves to, or to a known platform, because dozens of sites may stand at
one address. Hosts on this machine need none, unless a rate was agreed for them.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from crawler.guard import is_public, literal_ip
from domain.buckets import HOLD, Bucket, Budget, leave, next_start, quieten, share_out
from domain.crawl_policy import CrawlPolicy
from domain.errors import StoreError
from domain.platforms import platform_at
from domain.ports import Buckets

LINGER = 1.0  # seconds after which what is not used goes to others
POLL = 0.5  # seconds between two questions of somebody who got no seat
Waiter = tuple["asyncio.Future[None]", bool]
T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Stopwatch:
    """Counts the seconds in which a server has its turn: what waits for the budget is not its delay."""

    counted: float = 0.0
    since: float | None = None

    @property
    def seconds(self) -> float:
        """Counted so far."""
        return self.counted + (time.monotonic() - self.since if self.since is not None else 0.0)

    def go(self) -> None:
        """Count from now."""
        self.since = time.monotonic() if self.since is None else self.since

    def stop(self) -> None:
        """Count no more."""
        self.counted, self.since = self.seconds, None


async def within(seconds: float, watch: Stopwatch, work: Coroutine[Any, Any, T]) -> T:
    """The outcome of a work, or TimeoutError when it has run for so long by its stopwatch."""
    task = asyncio.ensure_future(work)
    try:
        while (rest := seconds - watch.seconds) > 0:
            done, _ = await asyncio.wait({task}, timeout=rest + 0.001)
            if done:
                return task.result()
    finally:
        task.cancel()
    raise TimeoutError


@dataclass(slots=True)
class _Lane:
    """What this process holds of one address. Moments are monotonic."""

    address: str
    budget: Budget
    waiting: deque[Waiter] = field(default_factory=deque)
    active: int = 0
    seats: tuple[int, ...] = ()
    ahead: float = 0.0  # of the database's clock before ours
    renewed: float = float("-inf")
    earliest: float = float("-inf")  # before it nothing starts
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)  # the store, for our seats
    work: "asyncio.Task[None] | None" = None

    def start(self, now: float) -> float:
        """When the first that waits may start; infinite as long as no seat is free."""
        _, needs_seat = self.waiting[0]
        if needs_seat and self.active >= len(self.seats):
            return float("inf")
        return next_start(max(now, self.earliest) + self.ahead, self.seats, self.budget) - self.ahead


class Turns:
    """Hands out turns, address by address. One for a process, whatever crawls in it."""

    def __init__(
        self, store: Buckets, policy: CrawlPolicy, owner: str, resolve: Callable[[str], Awaitable[str]]
    ) -> None:
        self._store, self._policy, self._owner, self._resolve = store, policy, owner, resolve
        self._places: dict[str, str | None] = {}  # host -> address; None: needs no budget
        self._lanes: dict[str, _Lane] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    def __deepcopy__(self, memo: dict[int, object]) -> "Turns":
        """Settings of a crawler are copies; the turns are everybody's."""
        return self

    def address_of(self, host: str) -> str | None:
        """The address of a host that was looked up; None when it needs no budget."""
        return self._places.get(host)

    async def place(self, host: str) -> str | None:
        """The address whose budget counts for a host (with its port), or None; an unknown name is an address of its own."""
        if host not in self._places:
            self._places[host] = await self._found(host)
        return self._places[host]

    async def _found(self, host: str) -> str | None:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        if (platform := platform_at(name)) is not None:
            return platform.value
        mapped = self._policy.resolver.get(host)
        ip = literal_ip(f"http://{mapped or host}/")
        if ip is None:
            try:
                async with asyncio.timeout(self._policy.timeout_seconds):
                    ip = await self._resolve(name)
            except Exception as error:  # noqa: BLE001  whatever a resolver may raise: the request itself will say it
                log.debug("%s has no address: %s", name, error)
                return name
        exempt = self._policy.allow_private and not is_public(ip) and ip not in self._policy.address_rates
        return None if exempt else ip

    def budget(self, address: str) -> Budget:
        """What was agreed for an address, or what holds for all."""
        rate = self._policy.address_rates.get(address, 0.0)
        at_once = self._policy.address_at_once.get(address, self._policy.concurrency_per_host)
        return Budget(at_once, 1.0 / rate if rate > 0 else self._policy.delay_seconds)

    async def take(self, address: str, *, seat: bool = True) -> None:
        """Return when a request may start; `done` ends it. Without `seat` it goes within another one's, and has no end."""
        lane = self._lanes.setdefault(address, _Lane(address, self.budget(address)))
        turn = asyncio.get_running_loop().create_future()
        lane.waiting.append((turn, seat))
        lane.changed.set()
        if lane.work is None:
            lane.work = asyncio.ensure_future(self._serve(lane))
        try:
            await turn
        except asyncio.CancelledError:
            if seat and turn.done() and not turn.cancelled():
                self.done(address)
            raise

    def done(self, address: str) -> None:
        """A request has come to its end."""
        lane = self._lanes[address]
        lane.active -= 1
        lane.changed.set()

    @asynccontextmanager
    async def of(self, url: str) -> AsyncIterator[None]:
        """The turn of one request to an address, from its start to its end."""
        address = await self.place(urlsplit(url).netloc.rpartition("@")[2].lower())
        if address is not None:
            await self.take(address)
        try:
            yield
        finally:
            if address is not None:
                self.done(address)

    async def hold(self, address: str, seconds: float) -> None:
        """Ask nothing of an address for a while, in no process: what its server says holds for all of it."""
        lane = self._lanes.setdefault(address, _Lane(address, self.budget(address)))
        lane.earliest = max(lane.earliest, time.monotonic() + seconds)
        try:
            await asyncio.to_thread(
                self._store.change_bucket, address, lambda bucket, now: quieten(bucket, seconds, now)
            )
        except StoreError as error:
            log.warning("the pause of %s could not be told to others: %s", address, error)

    def close(self) -> None:
        """Give back what is held; nothing is asked any more."""
        for lane in self._lanes.values():
            if lane.seats:
                self._give_back(lane)

    # -- one address ---------------------------------------------------------------------------------------------

    async def _serve(self, lane: _Lane) -> None:
        """Let those who wait start, one by one, as long as anybody waits or is on the way."""
        try:
            while lane.waiting or lane.active:
                now = time.monotonic()
                renewal = lane.renewed + (HOLD if lane.seats else POLL)
                start = lane.start(now) if lane.waiting else float("inf")
                if now >= renewal:
                    await self._renew(lane)
                elif start <= now:
                    self._begin(lane, now)
                else:
                    await _changed(lane, min(start, renewal) - now)
        except Exception as error:
            for turn, _ in lane.waiting:
                if not turn.done():
                    turn.set_exception(error)
            lane.waiting.clear()
            raise
        finally:
            lane.work = None
            asyncio.get_running_loop().call_later(LINGER, self._leave, lane)

    def _begin(self, lane: _Lane, now: float) -> None:
        turn, seat = lane.waiting.popleft()
        if turn.done():  # whoever waited has gone
            return
        lane.earliest = now + lane.budget.spacing
        lane.active += seat
        turn.set_result(None)

    async def _renew(self, lane: _Lane) -> None:
        """Ask for our seats. What was somebody else's a moment ago is used a pause later."""
        async with lane.asking:
            had = set(lane.seats)
            try:
                bucket, now = await asyncio.to_thread(self._asked, lane.address, lane.active, lane.budget.at_once)
            except StoreError as error:  # without a store the night ends soon; until then we keep the pace by ourselves
                log.warning("the budget of %s could not be asked for: %s", lane.address, error)
                lane.seats, lane.renewed = lane.seats or tuple(range(lane.budget.at_once)), time.monotonic()
                return
        lane.renewed, lane.ahead, lane.seats = now, bucket.at - now, bucket.seats_of(self._owner)
        if set(lane.seats) - had:
            lane.earliest = max(lane.earliest, now + lane.budget.spacing)
        if bucket.quiet_until > bucket.at:
            lane.earliest = max(lane.earliest, now + bucket.quiet_until - bucket.at)

    def _asked(self, address: str, in_flight: int, at_once: int) -> tuple[Bucket, float]:
        """The bucket, and our clock at the moment of its own."""
        owner = self._owner
        change = self._store.change_bucket
        bucket = change(address, lambda kept, now: share_out(kept, owner, in_flight, at_once, now))
        return bucket, time.monotonic()

    def _leave(self, lane: _Lane) -> None:
        """Give the seats back when nothing has come for a moment."""
        if lane.work is None and lane.seats and not lane.asking.locked():
            self._leaving.add(task := asyncio.ensure_future(self._left(lane)))
            task.add_done_callback(self._leaving.discard)

    async def _left(self, lane: _Lane) -> None:
        async with lane.asking:
            await asyncio.to_thread(self._give_back, lane)

    def _give_back(self, lane: _Lane) -> None:
        lane.seats, lane.renewed = (), float("-inf")
        owner = self._owner
        try:
            self._store.change_bucket(lane.address, lambda bucket, now: leave(bucket, owner, now))
        except StoreError as error:
            log.warning("the seats of %s could not be given back: %s", lane.address, error)


async def _changed(lane: _Lane, seconds: float) -> None:
    """Return when something has come or ended, after so many seconds at the latest."""
    lane.changed.clear()
    try:
        async with asyncio.timeout(seconds if seconds < float("inf") else None):
            await lane.changed.wait()
    except TimeoutError:
        return

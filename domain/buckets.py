"""How often one address may be asked, by everybody who asks it: processes share its seats. Pure, by the database's clock.

A seat is the right to have one request on its way. Whoever holds all seats of an address keeps the pause by itself; who
holds some starts requests only at the marks of these seats, which stand one pause apart. So seats are handed out once in
some seconds, a request asks nobody, and all processes together never start faster than the budget says.
"""

import math
from dataclasses import dataclass, replace
from itertools import count

HOLD = 4.0  # seconds after which a holder asks again
PATIENCE = 30.0  # seconds for which the seats of a process that was killed while asking stay taken
MARGIN = 1.05  # of the pause: what jitter moves together is in no second more than the budget
SLACK, MOST_SLACK = 0.25, 0.04  # of the pause, and seconds: how late after its mark a request may still start


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `at_once` requests on their way, `pause` seconds between two starts."""

    at_once: int
    pause: float

    @property
    def spacing(self) -> float:
        """Seconds that we leave between two starts."""
        return max(self.pause, 0.001) * MARGIN


@dataclass(frozen=True, slots=True)
class Share:
    """The seats one process holds, until when it holds them if nothing more is heard of it."""

    owner: str
    until: float
    seats: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bucket:
    """An address or a platform, and who asks it. Moments are seconds since 1970 by the database's clock."""

    address: str
    shares: tuple[Share, ...] = ()
    quiet_until: float = 0.0  # what its server asked for by Retry-After
    at: float = 0.0  # when it was last changed

    def seats_of(self, owner: str) -> tuple[int, ...]:
        """The seats of one process."""
        return next((share.seats for share in self.shares if share.owner == owner), ())


def share_out(bucket: Bucket, owner: str, in_flight: int, at_once: int, now: float) -> Bucket:
    """The bucket after `owner`, with `in_flight` requests on their way, has asked for its seats.

    Seats go evenly to all who ask; where there are more who ask than seats, they go round. A seat that should go to
    somebody else stays where it is while a request is on its way in it.
    """
    living = tuple(item for item in bucket.shares if item.until > now and item.owner != owner)
    owners = sorted([*(item.owner for item in living), owner])
    taken = {seat for item in living for seat in item.seats}
    turn = math.floor(now / HOLD) * at_once if len(owners) > at_once else 0
    mine = [seat for seat in range(at_once) if owners[(seat + turn) % len(owners)] == owner and seat not in taken]
    kept = [seat for seat in bucket.seats_of(owner) if seat not in mine and seat not in taken]
    mine += kept[: max(0, in_flight - len(mine))]
    until = now + (PATIENCE if in_flight else 2 * HOLD)
    return replace(bucket, shares=(*living, Share(owner, until, tuple(sorted(mine)))), at=now)


def leave(bucket: Bucket, owner: str, now: float) -> Bucket:
    """The bucket without an owner who asks nothing more."""
    return replace(bucket, shares=tuple(item for item in bucket.shares if item.owner != owner), at=now)


def quieten(bucket: Bucket, seconds: float, now: float) -> Bucket:
    """The bucket whose server wants to be left alone for some seconds."""
    return replace(bucket, quiet_until=max(bucket.quiet_until, now + seconds), at=now)


def next_start(moment: float, seats: tuple[int, ...], budget: Budget) -> float:
    """When the next request may start, at `moment` or later by the database's clock; infinite without a seat."""
    if len(seats) >= budget.at_once:
        return moment
    own = [seat for seat in seats if seat < budget.at_once]
    if not own:
        return math.inf
    space = budget.spacing
    slack = min(SLACK * space, MOST_SLACK)
    for mark in count(math.floor(moment / space)):
        if mark % budget.at_once in own and moment <= mark * space + slack:
            return max(moment, mark * space)
    raise AssertionError

"""Days written in figures whose order nobody tells: 05/04/2023, 23.04.20. Neighbours or another source settle it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from crawler.parsing.dates.reader import Stamp, in_orders
from domain.times import beijing_date, months_before

_MOST = 0.8  # of the dates of a list must be days in the right order
_NARROWER = ((4, 8), (3, 50))  # with so many different days, so many times the span of the other order tells
_RECENT_MONTHS = 24


def possible_days(stamp: Stamp, as_of: datetime) -> frozenset[date]:
    """Every day the figures may mean, those to come only where there is no other; empty where the order is told."""
    read = in_orders(stamp.figures, as_of).values()
    past = {day for day in read if _is_past(day, as_of)}
    return frozenset(past or read)


def settled(stamp: Stamp, told: Iterable[date], as_of: datetime) -> Stamp:
    """One date by what other sources tell, else by habit; without value when several days are left."""
    days = possible_days(stamp, as_of)
    if not days:
        return stamp
    known = days if len(days) == 1 else days & set(told)
    value = min(known) if len(known) == 1 else _by_habit(stamp, days, as_of)
    if value is None:
        return replace(stamp, value=None, shape="unreadable")
    return stamp if stamp.day == value else replace(stamp, value=value, shape="full")


def _by_habit(stamp: Stamp, days: frozenset[date], as_of: datetime) -> date | None:
    """With hyphens the year stands first (23-03-15), unless another order makes a day of the last two years too."""
    first = in_orders(stamp.figures, as_of).get("ymd")
    recent = {day for day in days if day > months_before(beijing_date(as_of), _RECENT_MONTHS)}
    return first if "-" in stamp.text and first in days and recent <= {first} else None


def settle_list(stamps: Sequence[Stamp], as_of: datetime) -> list[Stamp]:
    """The dates of one list in the order that makes days of them all; those left with two meanings lose their value."""
    open_ones = [stamp for stamp in stamps if len(stamp.figures) == 3]
    order = _order_of(open_ones, as_of)
    return [_weighed(stamp, stamps) if len(stamp.figures) == 2 else _in_order(stamp, order, as_of) for stamp in stamps]


def _in_order(stamp: Stamp, order: str, as_of: datetime) -> Stamp:
    if not stamp.figures:
        return stamp
    day = in_orders(stamp.figures, as_of).get(order)
    if day and day == stamp.day:
        return stamp
    return replace(stamp, value=day, shape="full") if day else settled(stamp, (), as_of)


def _order_of(stamps: list[Stamp], as_of: datetime) -> str:
    """The order of all figures of a list; empty when several are possible."""
    days: dict[str, list[date]] = {}
    for stamp in stamps:
        for order, day in in_orders(stamp.figures, as_of).items():
            if _is_past(day, as_of):
                days.setdefault(order, []).append(day)
    fitting = {order: found for order, found in days.items() if len(found) >= _MOST * len(stamps)}
    if len(fitting) < 2:
        return next(iter(fitting), "")
    spans = sorted(((max(found) - min(found)).days, order) for order, found in fitting.items())
    (narrow, best), (wide, _) = spans[:2]
    times = next((times for days, times in _NARROWER if len(set(fitting[best])) >= days), 0)
    enough = times and wide >= times * (narrow + 1)
    return best if enough or len({tuple(found) for found in fitting.values()}) == 1 else ""


def _weighed(stamp: Stamp, stamps: Sequence[Stamp]) -> Stamp:
    """A figure with one dot (4.25) is a day only where a whole list of them runs in one direction."""
    alike = [other.day for other in stamps if len(other.figures) == 2]
    days = [day for day in alike if day]
    runs = days in (sorted(days), sorted(days, reverse=True))
    if len(days) >= 3 and len(days) == len(alike) and len(set(days)) > 1 and runs:
        return stamp
    return replace(stamp, value=None, shape="unreadable")


def _is_past(day: date, as_of: datetime) -> bool:
    return day <= beijing_date(as_of) + timedelta(days=1)

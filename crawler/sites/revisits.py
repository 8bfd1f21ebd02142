"""Which known addresses a later night asks again. Pure."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from domain.captured import Address, Known, PageKind
from domain.crawl_policy import CrawlPolicy
from domain.times import beijing_date

# PLACE, SAMPLE: pages of open findings and of samples.
HOME, COLUMN, PLACE, SAMPLE, RECENT, LATER_LIST, ARTICLE, NEW_FILE, REST, ASSET = 0, 10, 12, 14, 20, 30, 40, 45, 50, 70
PATIENCE = 4  # a list that has rested for so many days is asked again after a quarter of them
HALF_A_DAY = timedelta(hours=12)  # nights do not begin to the minute


def plan_night(known: Iterable[Known], home_url: str, as_of: datetime, policy: CrawlPolicy) -> Iterator[Address]:
    """Yield home, first list pages, recent articles, every faulty address, and tonight's share of the rest.

    With `policy.everything` all the rest, behind what has to be looked at.
    """
    recent = beijing_date(as_of) - timedelta(days=policy.recent_days)
    for item in known:
        if item.url == home_url:
            yield Address(item.site_id, item.url, HOME)
        elif item.status >= 400 or item.status == 0 or (item.kind is PageKind.COLUMN and item.priority <= COLUMN):
            yield Address(item.site_id, item.url, COLUMN)
        elif item.published_on and item.published_on >= recent:
            yield Address(item.site_id, item.url, RECENT)
        elif policy.everything:
            yield Address(item.site_id, item.url, max(item.priority, REST))
        elif is_share_of_night(item.url, as_of, policy.revisit_days):
            yield Address(item.site_id, item.url, item.priority)


def plan_lists(
    known: Iterable[Known],
    changes: Callable[[Collection[str]], Mapping[str, tuple[datetime, datetime]]],
    as_of: datetime,
) -> Iterator[Address]:
    """Yield lists beyond the first ones that are due by their own pace: what changes daily is asked daily, what rests
    less and less often, until its share of the nights is all it gets.
    """
    lists = {item.url: item for item in known if _has_own_pace(item)}
    for url, (changed, looked) in changes(list(lists)).items() if lists else ():
        if as_of - looked >= (as_of - changed) / PATIENCE - HALF_A_DAY:
            yield Address(lists[url].site_id, url, lists[url].priority)


def _has_own_pace(item: Known) -> bool:
    is_list = item.kind is PageKind.COLUMN and 0 < item.status < 400
    return is_list and item.priority > COLUMN and item.priority != LATER_LIST  # later pages move with every new entry


def is_share_of_night(url: str, as_of: datetime, cycle_days: int) -> bool:
    """Whether a fixed share of one in `cycle_days` addresses, this one included, falls on the night of `as_of`."""
    number = int.from_bytes(hashlib.blake2b(url.encode(), digest_size=4).digest(), "big")
    return number % cycle_days == beijing_date(as_of).toordinal() % cycle_days

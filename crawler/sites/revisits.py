"""Which known addresses a later night asks again. Pure."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from domain.captured import Address, Known, PageKind
from domain.crawl_policy import CrawlPolicy
from domain.times import beijing_date

# PLACE, SAMPLE: pages of open findings and of samples.
HOME, COLUMN, PLACE, SAMPLE, RECENT, LATER_LIST, ARTICLE, NEW_FILE, REST, ASSET = 0, 10, 12, 14, 20, 30, 40, 45, 50, 70


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


def is_share_of_night(url: str, as_of: datetime, cycle_days: int) -> bool:
    """Whether a fixed share of one in `cycle_days` addresses, this one included, falls on the night of `as_of`."""
    number = int.from_bytes(hashlib.blake2b(url.encode(), digest_size=4).digest(), "big")
    return number % cycle_days == beijing_date(as_of).toordinal() % cycle_days

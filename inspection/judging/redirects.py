"""What redirects to an address, over several hops: a link or a navigation names the first of them."""

from collections.abc import Iterator
from datetime import datetime

from domain.ports import Store

MAX_HOPS = 21  # one more than the crawler follows
Chain = tuple[tuple[int, str], ...]


def ways_to(store: Store, site_id: str, url: str, as_of: datetime) -> Iterator[tuple[str, Chain]]:
    """(address, its way) of everything that redirects to `url`, nearest first."""
    ways: dict[str, Chain] = {url: ()}
    ring = [url]
    for _ in range(MAX_HOPS):
        found = [(alias, target) for target in ring for alias in store.aliases(site_id, target, as_of)]
        ring = []
        for alias, target in found:
            if alias not in ways:
                ways[alias] = ((302, target), *ways[target])
                ring.append(alias)
                yield alias, ways[alias]


def aliases_of(store: Store, site_id: str, as_of: datetime, url: str) -> tuple[str, ...]:
    """The addresses that lead to `url`."""
    return tuple(alias for alias, _ in ways_to(store, site_id, url, as_of))

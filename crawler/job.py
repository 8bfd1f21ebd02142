"""What one child process is told to crawl."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from crawler.watch import Watch
from domain.crawl_policy import CrawlPolicy
from domain.ports import Store
from domain.runs import Run
from domain.targets import Account, Site
from domain.times import Window


class PlacesOf(Protocol):
    """Addresses of a site's findings and of its samples; what is `planned` need not be named again."""

    def __call__(self, site: Site, planned: Collection[str] = ()) -> tuple[Sequence[str], Sequence[str]]:
        """(of findings, of samples)."""
        ...


def _nowhere(site: Site, planned: Collection[str] = ()) -> tuple[Sequence[str], Sequence[str]]:
    return (), ()


def _nothing_strange(title: str, text: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """A run, the sites and accounts of one shard, and where the captures go."""

    run: Run
    sites: tuple[Site, ...]
    store: Store
    policy: CrawlPolicy = field(default_factory=CrawlPolicy)
    estranged: Callable[[str, str], tuple[str, ...]] = _nothing_strange  # (title, text) -> parked, hijack:gambling...
    accounts: tuple[Account, ...] = ()
    places: PlacesOf = _nowhere
    linked: tuple[Account, ...] = ()  # whose posts' links are asked after the crawl
    window: Window = field(default_factory=lambda: Window(days=14))  # how far back an account's posts decide
    watch: Watch = field(default_factory=Watch)
    shards: int = 1  # processes that share the sites of the run, and their budgets
    folder: Path = field(default_factory=Path)  # where relative `file:` sources lie

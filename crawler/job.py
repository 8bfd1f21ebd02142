"""What one child process is told to crawl."""

from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.policy import CrawlPolicy
from domain.ports import Store
from domain.runs import Run
from domain.targets import Site


def _nothing_strange(title: str, text: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """A run, the sites of one shard, and where the captures go."""

    run: Run
    sites: tuple[Site, ...]
    store: Store
    policy: CrawlPolicy = field(default_factory=CrawlPolicy)
    estranged: Callable[[str, str], tuple[str, ...]] = _nothing_strange  # (title, text) -> parked, hijack:gambling...

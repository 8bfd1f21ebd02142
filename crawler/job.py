"""What one child process is told to crawl."""

from dataclasses import dataclass, field

from crawler.policy import CrawlPolicy
from domain.ports import Store
from domain.runs import Run
from domain.targets import Site


@dataclass(frozen=True, slots=True)
class CrawlJob:
    """A run, the sites of one shard, and where the captures go."""

    run: Run
    sites: tuple[Site, ...]
    store: Store
    policy: CrawlPolicy = field(default_factory=CrawlPolicy)

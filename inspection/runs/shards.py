"""What one crawling process crawls, by the name of its shard: it gets this name and a run, nothing else.

`i/n`: every n-th target, starting with the i-th, and with the first all accounts; `batch-N`: a planned batch of sites;
`accounts-PLATFORM`: the accounts of one platform; `links`: what all sites and posts of the run point to.
"""

from dataclasses import dataclass

from domain.runs import Run
from domain.targets import Account, Registry, Site
from inspection.runs.batches import batch_of, platforms_of

LINKS, BATCH, ACCOUNTS = "links", "batch-", "accounts-"


@dataclass(frozen=True, slots=True)
class Shard:
    """Targets of one process. `linked`: the accounts whose posts' links it asks; `parts`: processes that share its budgets."""

    sites: tuple[Site, ...] = ()
    accounts: tuple[Account, ...] = ()
    linked: tuple[Account, ...] = ()
    parts: int = 1
    asks_sites: bool = True
    asks_links: bool = False


def shard_of(name: str, run: Run, registry: Registry) -> Shard:
    """The shard of a run by its name."""
    wanted = set(run.targets)
    sites = tuple(site for site in registry.sites if site.id in wanted)
    accounts = tuple(account for account in registry.accounts if account.id in wanted)
    if name == LINKS:
        return Shard(sites, linked=accounts, asks_sites=False, asks_links=True)
    if name.startswith(ACCOUNTS):
        return Shard(accounts=platforms_of(accounts).get(name.removeprefix(ACCOUNTS), ()), asks_sites=False)
    if name.startswith(BATCH):
        batch = batch_of(run, name)
        return Shard(tuple(site for site in sites if site.id in set(batch.sites)), parts=batch.parts)
    index, count = (int(part) for part in name.split("/"))
    mine = set(run.targets[index::count])
    everyone = accounts if index == 0 else ()  # a platform's pace and its refusals hold for all of them
    chosen = tuple(site for site in sites if site.id in mine)
    return Shard(chosen, everyone, everyone, count, asks_links=count == 1)

"""How a run is cut into batches for workers: sites of one address together, the longest work first. Pure but for the names."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crawler.lookups import Lookups
from crawler.turns import Turns
from domain.crawl_policy import CrawlPolicy
from domain.ports import Store
from domain.runs import Run, RunKind
from domain.targets import Account, Site

KEY = "batches"  # among the settings of a run
MOST_SITES = 64  # of one address in one batch: its budget is what limits them, not the process
UNKNOWN_PAGES = 1_000  # of a site that was never crawled


@dataclass(frozen=True, slots=True)
class Batch:
    """Sites that one process crawls; `parts` is how many batches stand at its address, and share its budget."""

    sites: tuple[str, ...]
    parts: int = 1


def cut(pages: Mapping[str, int], addresses: Mapping[str, str | None], sites_each: int) -> list[Batch]:
    """The sites in batches, the longest first. `pages` expected of each site, `addresses` whose budget it shares (None: nobody's).

    Sites of one address stay together, because together they wait for it. More than `MOST_SITES` of them are batches of
    their own.
    """
    groups: dict[str, list[str]] = {}
    for site in pages:
        groups.setdefault(addresses.get(site) or f"site {site}", []).append(site)
    large = [group for group in groups.values() if len(group) > MOST_SITES]
    batches = [batch for group in large for batch in _split(group, pages)]
    batches += _filled([group for group in groups.values() if len(group) <= MOST_SITES], pages, sites_each)
    return sorted(batches, key=lambda batch: -sum(pages[site] for site in batch.sites))


def _split(group: Sequence[str], pages: Mapping[str, int]) -> Iterator[Batch]:
    """A large group dealt out evenly."""
    parts = -(-len(group) // MOST_SITES)
    dealt = sorted(group, key=lambda site: -pages[site])
    yield from (Batch(tuple(dealt[part::parts]), parts) for part in range(parts))


def _filled(groups: Sequence[Sequence[str]], pages: Mapping[str, int], sites_each: int) -> list[Batch]:
    """Small groups put together, each to the batch with the least work so far."""
    number = max(1, -(-sum(map(len, groups)) // sites_each)) if groups else 0
    batches: list[list[str]] = [[] for _ in range(number)]
    work = [0] * number
    for group in sorted(groups, key=lambda group: -sum(pages[site] for site in group)):
        least = work.index(min(work))
        batches[least] += group
        work[least] += sum(pages[site] for site in group)
    return [Batch(tuple(batch)) for batch in batches if batch]


def plan_batches(store: Store, run: Run, sites: Sequence[Site]) -> dict[str, dict[str, Any]]:
    """The batches of a run, by name, as they are kept among its settings."""
    policy = CrawlPolicy.from_settings({**run.settings, "allow_private": run.allow_private})
    addresses = asyncio.run(_addresses(store, sites, policy))
    batches = cut(_expected(store, run, sites), addresses, policy.sites_per_batch)
    return {f"batch-{no}": {"sites": list(batch.sites), "parts": batch.parts} for no, batch in enumerate(batches)}


def batch_of(run: Run, name: str) -> Batch:
    """A batch that was planned."""
    kept: Any = run.settings.get(KEY, {})
    return Batch(tuple(kept[name]["sites"]), int(kept[name]["parts"]))


def _expected(store: Store, run: Run, sites: Sequence[Site]) -> dict[str, int]:
    """Pages each site had in its last crawl."""
    crawls = [item for item in store.runs() if item.kind is RunKind.NIGHTLY and item.as_of < run.as_of]
    last = {item.site_id: item.pages for item in (store.site_runs(crawls[-1].id) if crawls else ())}
    return {site.id: last.get(site.id, UNKNOWN_PAGES) for site in sites}


async def _addresses(store: Store, sites: Sequence[Site], policy: CrawlPolicy) -> dict[str, str | None]:
    lookups = Lookups(allow_private=True)  # the crawl refuses what it must; here only who shares a budget is asked

    async def resolve(name: str) -> str:
        return (await lookups.place(name, 0))[0]

    turns = Turns(store, policy, "planning", resolve)
    places = await asyncio.gather(*(turns.place(urlsplit(site.home_url).netloc.lower()) for site in sites))
    return {site.id: place for site, place in zip(sites, places, strict=True)}


def platforms_of(accounts: Sequence[Account]) -> dict[str, tuple[Account, ...]]:
    """Accounts by platform: its pace and its refusals hold for all of them, so one process asks them all."""
    found: dict[str, list[Account]] = {}
    for account in accounts:
        found.setdefault(account.platform.value, []).append(account)
    return {name: tuple(found[name]) for name in sorted(found, key=lambda each: -len(found[each]))}

"""How a run is cut into batches for workers, and what a shard's name stands for."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.platforms import Platform
from domain.runs import Run, RunKind
from domain.targets import Account, Registry, Site
from inspection.runs.batches import MOST_SITES, Batch, cut
from inspection.runs.shards import shard_of

NIGHT = datetime(2023, 4, 26, tzinfo=UTC)


def test_sites_of_one_address_stay_together() -> None:
    pages = {f"s{n}": 100 for n in range(40)}
    batches = cut(pages, {f"s{n}": "203.0.113.8" for n in range(20)}, 8)
    together = [batch for batch in batches if "s0" in batch.sites]
    assert len(together) == 1
    assert {f"s{n}" for n in range(20)} <= set(together[0].sites)
    assert Counter(site for batch in batches for site in batch.sites) == Counter(pages.keys())
    assert {batch.parts for batch in batches} == {1}


def test_a_large_platform_is_split_and_each_part_knows_of_the_others() -> None:
    pages = {f"s{n}": 100 for n in range(150)} | {"alone": 50_000}
    batches = cut(pages, {f"s{n}": "203.0.113.8" for n in range(150)}, 16)
    assert batches[0] == Batch(("alone",))
    parts = [batch for batch in batches if "alone" not in batch.sites]
    assert [batch.parts for batch in parts] == [3, 3, 3]
    assert max(len(batch.sites) for batch in parts) <= MOST_SITES


def test_the_longest_work_comes_first_and_is_spread() -> None:
    pages = {f"s{n}": 1000 - n for n in range(32)}
    batches = cut(pages, {}, 8)
    sums = [sum(pages[site] for site in batch.sites) for batch in batches]
    assert sums == sorted(sums, reverse=True)
    assert len(batches) == 4
    assert max(sums) - min(sums) < 100


def test_nothing_to_crawl_makes_no_batch() -> None:
    assert cut({}, {}, 16) == []


@pytest.fixture
def registry() -> Registry:
    sites = tuple(Site(f"s{n}", f"网站{n}", f"http://s{n}.gov.cn/") for n in range(4))
    kinds = (Platform.WEIBO, Platform.WECHAT, Platform.WEIBO)
    accounts = tuple(Account(f"a{n}", f"账号{n}", kind) for n, kind in enumerate(kinds))
    return Registry(sites=sites, accounts=accounts)


def test_every_target_is_in_one_shard(registry: Registry) -> None:
    targets = (*(site.id for site in registry.sites), *(account.id for account in registry.accounts))
    kept = {"batch-0": {"sites": ["s0", "s2"], "parts": 1}, "batch-1": {"sites": ["s1", "s3"], "parts": 3}}
    run = Run("r", RunKind.NIGHTLY, NIGHT, NIGHT, targets=targets, settings={"batches": kept})
    names = ["batch-0", "batch-1", "accounts-weibo", "accounts-wechat"]
    shards = [shard_of(name, run, registry) for name in names]
    asked = [target.id for shard in shards for target in (*shard.sites, *shard.accounts)]
    assert sorted(asked) == sorted(targets)
    assert [shard.parts for shard in shards] == [1, 3, 1, 1]
    assert [shard.asks_links for shard in shards] == [False] * 4
    links = shard_of("links", run, registry)
    assert (len(links.sites), links.accounts, len(links.linked), links.asks_sites) == (4, (), 3, False)
    striped = [shard_of(name, replace(run, settings={}), registry) for name in ("0/2", "1/2")]
    assert sorted(site.id for shard in striped for site in shard.sites) == ["s0", "s1", "s2", "s3"]
    assert [len(shard.accounts) for shard in striped] == [3, 0]

"""Turns of one process: which address a host has, and what waits for what. Time is the machine's; only order is asked."""

import asyncio
import time
from itertools import pairwise

import pytest

from crawler.turns import Stopwatch, Turns, within
from domain.buckets import share_out
from domain.crawl_policy import CrawlPolicy
from storage.memory import MemoryStore

PAUSE = 0.05


async def looked_up(name: str) -> str:
    if name == "gone.gov.cn":
        raise OSError(name)
    return "127.0.0.1" if name == "inside.gov.cn" else "117.0.0.8"


def turns(store: MemoryStore, owner: str = "me", **policy: object) -> Turns:
    values = {"delay_seconds": PAUSE, "allow_private": True, **policy}
    return Turns(store, CrawlPolicy(**values), owner, looked_up)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("a.gov.cn", "117.0.0.8"),
        ("b.gov.cn:8080", "117.0.0.8"),
        ("117.0.0.8", "117.0.0.8"),
        ("gone.gov.cn", "gone.gov.cn"),
        ("mapped.gov.cn", "117.0.0.1"),
        ("mp.weixin.qq.com", "wechat"),
        ("inside.gov.cn", None),
        ("127.0.0.1:81", None),
    ],
)
def test_the_budget_is_the_addresss_own(host: str, address: str | None) -> None:
    mine = turns(MemoryStore(), resolver={"mapped.gov.cn": "117.0.0.1:80"})
    assert asyncio.run(mine.place(host)) == address


def test_this_machine_has_a_budget_where_one_was_agreed() -> None:
    mine = turns(MemoryStore(), address_rates={"127.0.0.1": 8.0}, address_at_once={"127.0.0.1": 3})
    assert asyncio.run(mine.place("127.0.0.1:81")) == "127.0.0.1"
    budget = mine.budget("127.0.0.1")
    assert (budget.pause, budget.at_once) == (0.125, 3)
    other = mine.budget("117.0.0.8")
    assert (other.pause, other.at_once) == (PAUSE, 2)


def test_so_many_at_a_time_and_a_pause_between() -> None:
    async def ask() -> tuple[list[float], int]:
        mine, starts, active, most = turns(MemoryStore()), [], 0, 0

        async def one() -> None:
            nonlocal active, most
            async with mine.of("http://a.gov.cn/"):
                starts.append(time.monotonic())
                active += 1
                most = max(most, active)
                await asyncio.sleep(3 * PAUSE)
                active -= 1

        await asyncio.gather(*(one() for _ in range(6)))
        return starts, most

    starts, most = asyncio.run(ask())
    assert most == 2
    assert all(later - earlier >= PAUSE for earlier, later in pairwise(starts))


def test_who_was_killed_while_it_waited_leaves_nothing_behind() -> None:
    async def ask() -> int:
        mine = turns(MemoryStore())
        await mine.take("117.0.0.8")
        await mine.take("117.0.0.8")
        third = asyncio.ensure_future(mine.take("117.0.0.8"))
        await asyncio.sleep(2 * PAUSE)
        third.cancel()
        await asyncio.gather(third, return_exceptions=True)
        mine.done("117.0.0.8")
        async with asyncio.timeout(5):
            await mine.take("117.0.0.8")
        return mine._lanes["117.0.0.8"].active

    assert asyncio.run(ask()) == 2


def test_seats_go_back_when_nothing_comes() -> None:
    store = MemoryStore()

    async def ask() -> None:
        async with turns(store).of("http://a.gov.cn/"):
            assert store.buckets()[0].seats_of("me") == (0, 1)
        async with asyncio.timeout(10):
            while store.buckets()[0].shares:
                await asyncio.sleep(0.05)

    asyncio.run(ask())


def test_a_seat_of_another_process_is_waited_for() -> None:
    store = MemoryStore()
    store.change_bucket("117.0.0.8", lambda bucket, now: share_out(bucket, "other", 1, 2, now))

    async def ask() -> bool:
        mine = turns(store)
        waiting = asyncio.ensure_future(mine.take("117.0.0.8"))
        done, _ = await asyncio.wait({waiting}, timeout=0.3)
        store.change_bucket("117.0.0.8", lambda bucket, now: share_out(bucket, "other", 1, 2, now))
        async with asyncio.timeout(5):
            await waiting
        return bool(done)

    assert asyncio.run(ask()) is False
    assert store.buckets()[0].seats_of("other") == (1,)


def test_a_stopwatch_stands_while_its_request_waits() -> None:
    async def work(watch: Stopwatch) -> str:
        await asyncio.sleep(0.3)
        watch.go()
        await asyncio.sleep(0.05)
        watch.stop()
        return "done"

    async def too_long(watch: Stopwatch) -> None:
        watch.go()
        await asyncio.sleep(60)

    watch = Stopwatch()
    assert asyncio.run(within(0.2, watch, work(watch))) == "done"
    assert watch.seconds < 0.2
    watch = Stopwatch()
    with pytest.raises(TimeoutError):
        asyncio.run(within(0.1, watch, too_long(watch)))

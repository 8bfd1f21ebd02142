"""Screenshots as evidence: a page as it was captured, the place of a finding framed in red."""

import asyncio
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.browser.forward_proxy import MOST_BYTES, ForwardProxy
from crawler.browser.rendering import CONTEXT, SubrequestGuard, find_browser, launch_options
from crawler.lookups import Lookups
from domain.crawl_policy import CrawlPolicy

WIDTH, HEIGHT = 1280, 960

_MARK = (Path(__file__).parent / "evidence.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Shot:
    """What to show: a page, its captured body, and the place by the address it links to or by its words.

    `foot` shows the end of the page, where marks should stand. `caption` is printed below: address, time and hash.
    """

    key: str
    url: str
    body: bytes
    content_type: str
    address: str = ""
    text: str = ""
    foot: bool = False
    caption: tuple[str, ...] = ()
    sentence: str = ""  # in which `text` is meant
    among: tuple[str, ...] = ()  # the addresses of the list in which `address` is meant


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG; `marked` when the place was found on the page."""

    key: str
    png: bytes
    marked: bool


def take_pictures(shots: Iterable[Shot], policy: CrawlPolicy, seconds: float = math.inf) -> Iterator[Picture]:
    """Pictures of pages, one browser for all; nothing when the machine has no browser. A page that fails is left out,
    as are those still waiting after `seconds`.
    """
    browser = find_browser(policy)
    if browser is None:
        return
    found: list[Picture] = []
    asyncio.run(_all(tuple(shots), policy, browser, found.append, time.monotonic() + seconds))
    yield from found


async def _all(
    shots: tuple[Shot, ...], policy: CrawlPolicy, program: str, keep: Callable[[Picture], None], deadline: float
) -> None:
    from playwright.async_api import Error, async_playwright

    proxy = ForwardProxy(Lookups(policy.allow_private, policy.resolver), MOST_BYTES)
    await proxy.start()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**launch_options(program, proxy.address))
        guard = SubrequestGuard(policy, pictures=True)
        for shot in shots:
            if time.monotonic() > deadline:
                break
            page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, **CONTEXT)
            try:
                keep(await _one(page, shot, guard, policy))
            except Error:
                continue
            finally:
                await page.close()
        await browser.close()
    proxy.close()


async def _one(page: Any, shot: Shot, guard: SubrequestGuard, policy: CrawlPolicy) -> Picture:
    async def answer(route: Any) -> None:
        request = route.request
        if request.is_navigation_request() and request.frame == page.main_frame:
            if request.url != shot.url:  # the picture is of the page as it was captured
                await route.abort()
                return
            headers: Mapping[str, str] = {"content-type": shot.content_type or "text/html"}
            await route.fulfill(status=200, headers=headers, body=shot.body)
        elif await guard(request):
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/*", answer)
    await page.goto(shot.url, wait_until="load", timeout=policy.timeout_seconds * 1_000)
    place = [shot.address, shot.text, shot.foot, list(shot.caption), list(shot.among), shot.sentence]
    marked = bool(await page.evaluate(_MARK, place))
    return Picture(shot.key, await page.screenshot(), marked)

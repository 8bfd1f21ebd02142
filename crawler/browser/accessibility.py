"""Accessibility of live pages: axe-core, unmodified, in a script world of its own that a page cannot reach or forbid."""

import asyncio
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from crawler.browser.forward_proxy import MOST_BYTES, ForwardProxy
from crawler.browser.rendering import CONTEXT, SubrequestGuard, find_browser, launch_options
from crawler.lookups import Lookups
from domain.crawl_policy import CrawlPolicy

AXE = Path(__file__).parent / "axe"
PAGE_SECONDS = 60.0  # for one page, all its requests and the rules
CLOSE_SECONDS = 10.0
SETTLE_SECONDS = 1.0
ENTRY = re.compile(
    r"(进入|打开|切换|开启)?(网站|网页)?(无障碍|适老化|(长者|老年人?|长辈|适老|关怀|敬老|大字)(?=浏览|模式|版|通道|专区))"
    r"(与?(无障碍|适老化|浏览|阅读|模式|版本?|辅助|工具条?|通道|专区))*"
)
_RUN = """axe.run(document, {runOnly: {type: 'rule', values: %s}, iframes: false,
  resultTypes: ['violations', 'incomplete']}).then(r => { const few = list => list.map(v => ({rule: v.id,
  count: v.nodes.length, places: v.nodes.slice(0, 5).map(n => { const e = document.querySelector(n.target[0]);
  return [String(n.target[0]).slice(0, 200), e ? e.textContent.trim().slice(0, 20) : ''] })}));
  return {violations: few(r.violations), incomplete: few(r.incomplete)} })"""
_OFFERED = """window.offered = [...document.querySelectorAll('a,button,[role=button],[onclick],input[type=button]')]
  .slice(0, 5000); offered.map(e => [e.textContent, e.value, e.title, e.getAttribute('aria-label'),
  ...[...e.querySelectorAll('img')].slice(0, 3).map(i => i.alt)].map(t => String(t || '').trim().slice(0, 30)))"""
_CLICK = "(e => { e.closest('a')?.removeAttribute('target'); e.click() })(offered[%d])"
_STATE = """(() => { const h = document.documentElement, b = document.body, s = getComputedStyle(b);
  return [location.href.split('#')[0], h.className + '|' + b.className, (h.getAttribute('style') || '') + '|' +
  (b.getAttribute('style') || ''), s.fontSize + s.zoom + s.color + s.backgroundColor, b.children.length] })()"""


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule on one page: how many places, of which up to five as (selector, short masked text)."""

    rule: str
    count: int
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageLook:
    """What the rules said of one page. `unknown` says why nothing could be said; `entry` is filled for the first page
    of a site only: works, unchanged, none, or empty when it could not be told.
    """

    url: str
    violations: tuple[Breach, ...] = ()
    incomplete: tuple[Breach, ...] = ()
    entry: str = ""
    requests: int = 0
    unknown: str = ""


@cache
def rules() -> dict[str, dict[str, str]]:
    """Rule of axe -> its Chinese title and how to mend it."""
    table: dict[str, dict[str, str]] = yaml.safe_load((AXE / "rules.yaml").read_text(encoding="utf-8"))
    return table


def is_entry(words: str) -> bool:
    """Whether the words of a link or button offer a mode for the blind or the old, not news about such."""
    return ENTRY.fullmatch(re.sub(r"\s", "", words)) is not None


def look_at_pages(urls: Iterable[str], policy: CrawlPolicy) -> tuple[PageLook, ...]:
    """Look at the live pages of one site, its home page first. Empty when the machine has no browser."""
    program = find_browser(policy)
    return asyncio.run(_all(tuple(urls), policy, program)) if program else ()


async def _all(urls: tuple[str, ...], policy: CrawlPolicy, program: str) -> tuple[PageLook, ...]:
    from playwright.async_api import async_playwright

    proxy = ForwardProxy(Lookups(policy.allow_private, policy.resolver), MOST_BYTES)
    await proxy.start()
    looks: list[PageLook] = []
    try:
        async with async_playwright() as playwright:
            guard = SubrequestGuard(policy, pictures=True)
            for url in urls:  # a browser for each page: one that hangs takes no other with it
                browser = await playwright.chromium.launch(**launch_options(program, proxy.address))
                looks.append(await _within(browser, url, guard, policy, not looks))
                await _closed(browser)
                await asyncio.sleep(policy.delay_seconds)
    finally:
        proxy.close()
    return tuple(looks)


async def _closed(browser: Any) -> None:
    try:
        await asyncio.wait_for(browser.close(), CLOSE_SECONDS)
    except TimeoutError:
        return


async def _within(browser: Any, url: str, guard: SubrequestGuard, policy: CrawlPolicy, is_home: bool) -> PageLook:
    from playwright.async_api import Error

    try:
        return await asyncio.wait_for(_one(browser, url, guard, policy, is_home), PAGE_SECONDS)
    except TimeoutError:
        return PageLook(url, unknown="页面在时限内没有看完")
    except Error:
        return PageLook(url, unknown="页面未能打开")


async def _one(browser: Any, url: str, guard: SubrequestGuard, policy: CrawlPolicy, is_home: bool) -> PageLook:
    page = await browser.new_page(viewport={"width": 1280, "height": 960}, **CONTEXT)
    asked: list[int] = []

    async def answer(route: Any) -> None:
        if await guard(route.request):
            await route.abort()
        else:
            asked.append(1)
            await route.continue_()

    await page.route("**/*", answer)
    await page.add_init_script("window.open = url => { location.href = url; return null }")
    shown = await page.goto(url, wait_until="load", timeout=policy.timeout_seconds * 2_000)
    if shown is None or shown.status >= 400:
        return PageLook(url, requests=len(asked), unknown=f"页面未能打开（状态码 {shown.status if shown else '无'}）")
    await asyncio.sleep(SETTLE_SECONDS)
    world = await World.of(page)
    await world.run((AXE / "axe.min.js").read_text(encoding="utf-8") + ";0")
    found = await world.run(_RUN % json.dumps(list(rules())))
    if not isinstance(found, dict):
        return PageLook(url, requests=len(asked), unknown="规则未能在页面中运行")
    entry = await _entry(page, world) if is_home else ""
    return PageLook(url, _breaches(found["violations"]), _breaches(found["incomplete"]), entry, len(asked))


def _breaches(found: list[dict[str, Any]]) -> tuple[Breach, ...]:
    return tuple(
        Breach(
            each["rule"],
            each["count"],
            tuple((place, re.sub(r"\d{4,}", "****", text)) for place, text in each["places"]),
        )
        for each in found
    )


async def _entry(page: Any, world: "World") -> str:
    offered = await world.run(_OFFERED)
    if offered is None:
        return ""
    at = next((place for place, words in enumerate(offered) if any(map(is_entry, words))), None)
    if at is None:
        return "none"
    before = await world.run(_STATE)
    await asyncio.sleep(SETTLE_SECONDS)
    again = await world.run(_STATE)
    answers: list[int] = []
    main = page.main_frame
    page.on(
        "response",
        lambda got: answers.append(got.status) if got.request.is_navigation_request() and got.frame == main else None,
    )
    await world.run(_CLICK % at)
    await asyncio.sleep(SETTLE_SECONDS * 2)
    await page.wait_for_load_state("load")
    after = await (await World.of(page)).run(_STATE)
    if before is None or again is None or after is None:
        return ""
    if answers and answers[-1] >= 400:
        return "unchanged"
    still = [old == new for old, new in zip(before, again, strict=True)]  # what moves by itself proves nothing
    changed = any(quiet and old != new for quiet, old, new in zip(still, again, after, strict=True))
    return "works" if changed else "unchanged"


@dataclass(frozen=True, slots=True)
class World:
    """An isolated script world of a page: it shares the document, not `window`, and no policy of the page binds it."""

    session: Any
    context: int

    @staticmethod
    async def of(page: Any) -> "World":
        """A new world in the document that the page now shows."""
        session = await page.context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        asked = {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "xunjian"}
        return World(session, (await session.send("Page.createIsolatedWorld", asked))["executionContextId"])

    async def run(self, script: str) -> Any:
        """The value of a script, awaited; None when it threw."""
        asked = {"expression": script, "contextId": self.context, "awaitPromise": True, "returnByValue": True}
        answer = await self.session.send("Runtime.evaluate", asked)
        return None if "exceptionDetails" in answer else answer["result"].get("value")

"""One Fetch of an account source to its Answer: files, requests, the browser; pace per host, secrets kept apart."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.page import PageMethod

from crawler import clock
from crawler.accounts.local_files import UnreadableFile, read_below
from crawler.accounts.secrets import Secrets
from crawler.browser import rendering
from crawler.fetch.asker import location_of
from crawler.fetch.captures import retry_delay
from crawler.fetch.errors import RETRIED_ERRORS, error_name
from crawler.guard import is_public, literal_ip
from crawler.platforms.values import Answer, Fetch
from domain.crawl_policy import CrawlPolicy

MAX_HOPS = 5
RETRIED = frozenset({502, 503, 504})  # never 429: a limit is to be kept, not tried again
SELECTOR_SECONDS = 10.0
XHR_BYTES = 8 * 2**20


def host_of(url: str) -> str:
    """The host whose pace counts; `file` for local files."""
    return urlsplit(url).netloc.rpartition("@")[2].lower() or "file"


class AccountAsker:
    """Asks for account sources through the downloader: its guard, its robots.txt, one request at a time per host."""

    def __init__(self, crawler: Crawler, policy: CrawlPolicy, secrets: Secrets, folder: Path) -> None:
        self.crawler, self.policy, self.secrets, self.folder = crawler, policy, secrets, folder
        self.browser = rendering.find_browser(policy) if policy.render else None
        self.asked = self.answered = 0
        self._gates: dict[str, asyncio.Lock] = {}
        self._last: dict[str, float] = {}

    async def ask(self, fetch: Fetch, *, robots: bool, whole: bool = True) -> Answer:
        """Ask until there is a last word. Addresses in the answer never hold a secret value."""
        self.secrets.learn(fetch)
        if urlsplit(fetch.url).scheme == "file":
            return await asyncio.to_thread(self._file, fetch)
        url, plain = fetch.filled(fetch.url, self.secrets.environment), fetch
        for _ in range(MAX_HOPS):
            found: list[tuple[str, bytes]] = []
            outcome = await self._with_retries(plain, url, found, robots=robots, whole=whole)
            if isinstance(outcome, str):
                return self._answer(fetch, url, error=outcome)
            if fetch.render and rendering.is_elsewhere(url, outcome.meta):
                return self._answer(fetch, outcome.meta["document_url"], outcome, tuple(found))
            target = location_of(url, outcome)
            if target is None:
                return self._answer(fetch, url, outcome, tuple(found))
            plain = _redirected(plain, url, target)
            url = target
        return self._answer(fetch, url, error="loop")

    async def _with_retries(
        self, fetch: Fetch, url: str, found: list[tuple[str, bytes]], *, robots: bool, whole: bool
    ) -> Response | str:
        for tries in range(self.policy.retry_times + 1):
            outcome = await self._in_turn(fetch, url, found, robots=robots, whole=whole)
            after = None if isinstance(outcome, str) else outcome.headers.get("Retry-After")
            again = outcome in RETRIED_ERRORS if isinstance(outcome, str) else outcome.status in RETRIED
            delay = retry_delay(after, tries, self.policy) if again else None
            if delay is None or tries == self.policy.retry_times:
                break
            await asyncio.sleep(delay)
        return outcome

    async def _in_turn(
        self, fetch: Fetch, url: str, found: list[tuple[str, bytes]], *, robots: bool, whole: bool
    ) -> Response | str:
        """Wait for the host's turn and the source's delay, then ask once."""
        host, loop = host_of(url), asyncio.get_running_loop()
        async with self._gates.setdefault(host, asyncio.Lock()):
            pause = 0.0 if self.is_local(host) else fetch.delay
            await asyncio.sleep(max(0.0, self._last.get(host, -pause) + pause - loop.time()))
            self._last[host] = loop.time()
            self.asked += 1
            outcome = await self._once(fetch, url, found, robots=robots, whole=whole)
            self.answered += not isinstance(outcome, str)
            return outcome

    async def _once(
        self, fetch: Fetch, url: str, found: list[tuple[str, bytes]], *, robots: bool, whole: bool
    ) -> Response | str:
        assert self.crawler.engine is not None  # noqa: S101
        meta: dict[str, Any] = {"whole_body": whole}
        if not robots:
            meta["dont_obey_robotstxt"] = True
        if fetch.render:
            meta |= _drawn(fetch, found)
        environment = self.secrets.environment
        headers = dict(fetch.headers) | {name: environment[key] for name, key in fetch.headers_env}
        body = fetch.filled(fetch.body, environment)
        try:
            request = Request(url, method=fetch.method, headers=headers, body=body, meta=meta, dont_filter=True)
            return await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001  whatever a download may raise, as an errback would get it
            return error_name(error)

    def is_local(self, host: str) -> bool:
        """Whether a host is this machine, which needs no pauses."""
        ip = literal_ip(f"http://{self.policy.resolver.get(host, host)}/")
        return bool(ip and self.policy.allow_private and not is_public(ip))

    def _answer(
        self,
        fetch: Fetch,
        url: str,
        response: Response | None = None,
        xhr: tuple[tuple[str, bytes], ...] = (),
        error: str = "",
    ) -> Answer:
        shown = self.secrets.hide(url)
        base = Answer(shown, 0, fetched_at=clock.now(), step=fetch.step, error=error, fetch=fetch)
        if response is None:
            return base
        headers = {
            name.decode("latin-1").lower(): (response.headers.get(name) or b"").decode("latin-1")
            for name in response.headers
        }
        answers = tuple((self.secrets.hide(address), body) for address, body in xhr)
        return replace(base, status=response.status, headers=headers, body=response.body, xhr=answers)

    def _file(self, fetch: Fetch) -> Answer:
        """A file on disk speaks for the moment it was written, never for now."""
        try:
            body, written = read_below(self.folder, fetch.url, int(self.policy.max_body_mb * 2**20))
        except UnreadableFile as refusal:
            return Answer(fetch.url, 0, step=fetch.step, error=str(refusal), fetch=fetch)
        return Answer(fetch.url, body=body, fetched_at=written, step=fetch.step, fetch=fetch)


def _redirected(fetch: Fetch, url: str, target: str) -> Fetch:
    """What is sent to where an answer leads: no body, and nothing secret to another host."""
    plain = replace(fetch, method="HEAD" if fetch.method == "HEAD" else "GET", body="")
    return plain if host_of(url) == host_of(target) else replace(plain, headers_env=(), headers=())


def _drawn(fetch: Fetch, found: list[tuple[str, bytes]]) -> Mapping[str, Any]:
    """Request meta that opens the page in the browser and keeps the answers the page itself asked for."""

    async def keep(response: Any) -> None:
        if fnmatch(response.url, fetch.capture_xhr) and 200 <= response.status < 300:
            body = await response.body()
            found.extend([(response.url, body)] if len(body) <= XHR_BYTES else [])

    meta = rendering.request_meta()
    if fetch.capture_xhr:
        meta["playwright_page_event_handlers"] = {"response": keep}
    if fetch.wait_for:
        meta["playwright_page_methods"] = [PageMethod(_wait_for, fetch.wait_for)]
    return meta


async def _wait_for(page: Any, selector: str) -> None:
    """Wait for a selector; without it the page is read as it stands, a captcha for example."""
    from playwright.async_api import TimeoutError as NotShown

    try:
        await page.wait_for_selector(selector, timeout=SELECTOR_SECONDS * 1000)
    except NotShown:
        return

"""One address asked to its end: retries, Retry-After, redirects with their cookies, loops. Scrapy's slots and guards apply."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.browser import rendering
from crawler.fetch.captures import header, retry_delay, size_of
from crawler.fetch.cookies import Jar
from crawler.fetch.errors import RETRIED_ERRORS, RETRIED_STATUS, error_name
from crawler.parsing.html.addresses import resolve
from crawler.parsing.html.jumps import refresh_target
from crawler.turns import Stopwatch
from domain.crawl_policy import BROWSER_AGENT, CrawlPolicy

MAX_HOPS = 20  # as browsers do
TEXT_BYTES = 262_144  # enough of a page that nobody will keep
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """How asking one address ended: a status with headers (lower-case names) and the start of the body, or an error."""

    url: str
    final: str
    status: int = 0
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    size: int = 0  # announced, else received
    stopped: bool = False  # the body was closed early
    chain: tuple[tuple[int, str], ...] = ()
    seconds: float = 0.0


@dataclass(slots=True)
class _Way:
    """One chain of redirects on its way."""

    url: str
    watch: Stopwatch
    chain: list[tuple[int, str]] = field(default_factory=list)
    jar: Jar = field(default_factory=Jar)
    seen: set[tuple[str, str]] = field(default_factory=set)


def location_of(base: str, response: Response) -> str | None:
    """Where a redirect leads, non-ASCII bytes as a browser sends them; None when nowhere or to no web address."""
    raw: bytes | None = response.headers.get("Location")
    if response.status == 200 and (refresh := response.headers.get("Refresh")):
        target = refresh_target(refresh.decode("latin-1"), base)
        return target if target and target != base else None
    if response.status not in REDIRECTS or not raw:
        return None
    text = "".join(chr(byte) if byte < 128 else f"%{byte:02X}" for byte in raw)
    return resolve(base, text, keep_session=True)


class Asker:
    """Asks addresses outside the frontier, through the downloader: its pace per host, its guard, robots.txt."""

    def __init__(self, crawler: Crawler, policy: CrawlPolicy) -> None:
        self.crawler, self.policy = crawler, policy
        self.requests = 0

    async def ask(
        self,
        url: str,
        *,
        as_browser: bool = False,
        drawn: bool = False,
        robots: bool = True,
        limit: int = TEXT_BYTES,
        agent: str = "",
        form: str = "",
        referer: str = "",
        watch: Stopwatch | None = None,
    ) -> Answer:
        """Ask until there is a last word. `as_browser` sends a browser's headers, `drawn` lets the browser itself ask.

        The seconds are those of the servers, on `watch` while they go. `form` is the body of a POST; what it redirects to is asked with GET, as browsers do.
        """
        way = _Way(url, watch or Stopwatch())
        agent = agent or (BROWSER_AGENT if as_browser else "")
        current = url
        while True:
            cookie = way.jar.header(current)
            if (current, cookie) in way.seen or len(way.chain) > MAX_HOPS:
                return _ended(way, current, error="loop")
            way.seen.add((current, cookie))
            sent = form if not way.chain else ""
            response = await self._with_retries(
                current,
                cookie,
                agent,
                drawn=drawn,
                robots=robots,
                limit=limit,
                form=sent,
                referer=referer,
                watch=way.watch,
            )
            if isinstance(response, str):
                return _ended(way, current, error=response)
            if drawn and rendering.is_elsewhere(current, response.meta):
                current = response.meta["document_url"]  # what the browser shows is that address's
                way.chain.append((302, current))
                return _answered(way, current, response)
            if (target := location_of(current, response)) is None:
                return _answered(way, current, response)
            way.jar.take(current, response.headers.getlist("Set-Cookie"))
            way.chain.append((response.status, target))
            current = target

    async def _with_retries(
        self,
        url: str,
        cookie: str,
        agent: str,
        *,
        drawn: bool,
        robots: bool,
        limit: int,
        form: str,
        referer: str,
        watch: Stopwatch,
    ) -> Response | str:
        """A response, or the name of the error; tried again where that may help, when the server says."""
        for tries in range(self.policy.retry_times + 1):
            outcome = await self._once(
                url, cookie, agent, drawn=drawn, robots=robots, limit=limit, form=form, referer=referer, watch=watch
            )
            is_error = isinstance(outcome, str)
            again = outcome in RETRIED_ERRORS if is_error else outcome.status in RETRIED_STATUS  # type: ignore[union-attr]
            if not again or tries == self.policy.retry_times:
                break
            after = None if isinstance(outcome, str) else outcome.headers.get("Retry-After")
            delay = retry_delay(after, tries, self.policy)
            if delay is None:
                break
            await asyncio.sleep(delay)
        return outcome

    async def _once(
        self,
        url: str,
        cookie: str,
        agent: str,
        *,
        drawn: bool,
        robots: bool,
        limit: int,
        form: str,
        referer: str,
        watch: Stopwatch,
    ) -> Response | str:
        self.requests += 1
        assert self.crawler.engine is not None  # noqa: S101
        request = _request(url, cookie, agent, drawn=drawn, robots=robots, limit=limit)
        request.meta["stopwatch"] = watch
        if referer:
            request.headers["Referer"] = referer
        if form:
            request = request.replace(method="POST", body=form)
            request.headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            return await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001  whatever a download may raise, as an errback would get it
            return error_name(error, request)


def _request(url: str, cookie: str, agent: str, *, drawn: bool, robots: bool, limit: int) -> Request:
    headers = {"Cookie": cookie} if cookie else {}
    if agent and not drawn:
        headers["User-Agent"] = agent
    if agent == BROWSER_AGENT and not drawn:
        headers |= {"Upgrade-Insecure-Requests": "1", "Sec-Fetch-Mode": "navigate"}
    meta: dict[str, Any] = {"stop_after": limit}
    if not robots:
        meta["dont_obey_robotstxt"] = True
    if drawn:
        meta |= rendering.request_meta()
    return Request(url, headers=headers, meta=meta, dont_filter=True)


def _ended(way: _Way, current: str, *, error: str) -> Answer:
    return Answer(way.url, current, error=error, chain=tuple(way.chain), seconds=round(way.watch.seconds, 3))


def _answered(way: _Way, current: str, response: Response) -> Answer:
    stopped = "download_stopped" in response.flags
    size = size_of(response)
    names = [name.decode("latin-1") for name in response.headers]
    headers = {name.lower(): header(response, name) for name in names}
    return Answer(
        way.url,
        current,
        response.status,
        "",
        headers,
        response.body,
        size,
        stopped,
        tuple(way.chain),
        round(way.watch.seconds, 3),
    )

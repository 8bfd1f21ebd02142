"""Pages that only a browser shows: which browser, which request settings, what its subrequests may do."""

import asyncio
import os
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit
from weakref import WeakKeyDictionary, WeakSet

from crawler.guard import is_public, literal_ip
from domain.crawl_policy import CrawlPolicy

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-http2",  # one request after the other on a connection
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--block-new-web-contents",  # no popups
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # the proxy resolves; the browser itself cannot
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)
CONTEXT: dict[str, Any] = {"service_workers": "block", "accept_downloads": False}
MAX_NAVIGATIONS = 4  # of the whole page in one drawing, its redirects not counted
LOCAL_DELAY = 0.01  # seconds between a page's requests for a host on this machine
MAX_REQUESTS = 150  # in one drawing
NO_POPUPS = "window.open = () => null"  # a page of its own has a budget of its own: none is opened
UNRULED: WeakSet[Any] = WeakSet()  # pages of sites that let us read what their robots.txt forbids
NEEDLESS = frozenset({"image", "media", "font"})


def find_browser(policy: CrawlPolicy) -> str | None:
    """Path of the configured or first installed Chromium; None when there is none."""
    if policy.browser:
        return policy.browser if Path(policy.browser).exists() else None
    found = next((path for name in CANDIDATES if (path := shutil.which(name))), None)
    return found or _playwright_browser()


def _playwright_browser() -> str | None:
    folder = Path.home() / ".cache" / "ms-playwright"
    return next((str(path) for path in sorted(folder.glob("chromium-*/chrome-linux*/chrome"))), None)


def request_meta() -> dict[str, Any]:
    """Request meta that sends one request through the browser and back as rendered HTML."""
    return {
        "playwright": True,
        "playwright_page_goto_kwargs": {"wait_until": "networkidle"},
        "playwright_page_init_callback": note_documents,
    }


async def note_documents(page: Any, request: Any) -> None:
    """Keep in the request's meta the address of the document the page shows, whatever its script calls itself."""

    def keep(response: Any) -> None:
        asked = response.request
        if asked.is_navigation_request() and asked.frame == page.main_frame and not 300 <= response.status < 400:
            request.meta["document_url"] = response.url

    if request.meta.get("dont_obey_robotstxt"):
        UNRULED.add(page)
    page.on("response", keep)
    page.on("popup", lambda popup: asyncio.ensure_future(popup.close()))
    await page.add_init_script(NO_POPUPS)


def is_elsewhere(asked: str, meta: dict[str, Any]) -> bool:
    """Whether the browser ended at another document than the one it was sent for."""
    shown: str = meta.get("document_url", asked)
    return urldefrag(shown).url != urldefrag(asked).url


def launch_options(program: str | None, proxy: str) -> dict[str, Any]:
    """How the browser starts: everything through the proxy, its sandbox on unless we are root, for whom it does not work."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": program, "args": [*FLAGS, *proxied(proxy)], "chromium_sandbox": not is_root}


def proxied(address: str) -> list[str]:
    """The switches that send everything, loopback too, through our proxy."""
    return [f"--proxy-server={address}", "--proxy-bypass-list=<-loopback>"]


def browser_settings(policy: CrawlPolicy) -> dict[str, Any]:
    """Scrapy settings of the rendering handler; the browser itself starts with the first page that needs it."""
    return {
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.browser.handler.BrowserHandler",
            "https": "crawler.browser.handler.BrowserHandler",
        },
        "PLAYWRIGHT_LAUNCH_OPTIONS": {"executable_path": find_browser(policy)},
        "PLAYWRIGHT_CONTEXTS": {"default": CONTEXT},
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 2,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": policy.timeout_seconds * 2_000,
        "PLAYWRIGHT_ABORT_REQUEST": SubrequestGuard(policy),
    }


MayAsk = Callable[[str], Awaitable[bool]]


@dataclass(slots=True)
class Drawing:
    """What one page has asked for so far."""

    navigations: int = 0
    requests: int = 0

    def is_over(self) -> bool:
        """Whether the page has had all it may ask for."""
        return self.requests > MAX_REQUESTS or self.navigations > MAX_NAVIGATIONS

    def hop(self) -> None:
        """Count one more address that a redirect led to."""
        self.requests += 1


class SubrequestGuard:
    """Stops a page's needless and boundless requests and those to private addresses; the others wait for their turn at
    their host, navigations too, if robots.txt lets them. Where a redirect leads is not seen here: the proxy refuses that.

    A rendered page holds one place of its host's slot, so its own requests go one after another.
    """

    def __init__(self, policy: CrawlPolicy, *, pictures: bool = False) -> None:
        self.policy, self.pictures = policy, pictures
        self.may_ask: MayAsk | None = None  # what robots.txt says; the crawl's own rules, once it has begun
        self._turns: dict[str, asyncio.Lock] = {}
        self._waits: set[asyncio.Task[None]] = set()
        self._drawings: WeakKeyDictionary[Any, Drawing] = WeakKeyDictionary()

    def __deepcopy__(self, memo: dict[int, Any]) -> "SubrequestGuard":
        """A guard of its own for each crawler, whose settings are copies: pages and rules of another are none of its."""
        return SubrequestGuard(self.policy, pictures=self.pictures)

    async def __call__(self, request: Any) -> bool:
        """Whether to abort a Playwright request; returns when it may go."""
        if self.is_refused(request):
            return True
        page = request.frame.page
        drawing = self._drawing_of(page)
        drawing.requests += 1
        drawing.navigations += request.is_navigation_request() and request.frame == page.main_frame
        if drawing.is_over():
            return True
        if drawing.requests == 1:  # what the crawl itself waited for
            return False
        if self.may_ask is not None and page not in UNRULED and not await self.may_ask(request.url):
            return True
        turn = self._turns.setdefault(urlsplit(request.url).netloc.lower(), asyncio.Lock())
        await turn.acquire()
        if page.is_closed() or drawing.is_over():  # what came before may have been sent on and on
            turn.release()
            return True
        task = asyncio.ensure_future(self._hold(request, turn))
        self._waits.add(task)
        task.add_done_callback(self._waits.discard)
        return False

    def _drawing_of(self, page: Any) -> Drawing:
        """What a page has asked for. Hops of a redirect never come by here, so the page itself counts them."""
        if page not in self._drawings:
            drawing = self._drawings[page] = Drawing()
            page.on("request", lambda asked: drawing.hop() if asked.redirected_from else None)
        return self._drawings[page]

    async def _hold(self, request: Any, turn: asyncio.Lock) -> None:
        """Give the turn back when the answer is complete, failed, or too slow."""
        started = time.monotonic()
        try:
            await asyncio.wait_for(_completed(request), self.policy.timeout_seconds)
        except TimeoutError:
            pass
        finally:
            pause = LOCAL_DELAY if self._is_local(request) else self.policy.delay_seconds
            await asyncio.sleep(max(pause - (time.monotonic() - started), pause / 2))
            turn.release()

    def _is_local(self, request: Any) -> bool:
        ip = literal_ip(request.url)
        return urlsplit(request.url).netloc.lower() in self.policy.resolver or bool(ip and not is_public(ip))

    def is_refused(self, request: Any) -> bool:
        """Whether a request must not be made."""
        if request.resource_type in NEEDLESS and not self.pictures:
            return True
        host = urlsplit(request.url).netloc.lower()
        if self.policy.allow_private or host in self.policy.resolver:
            return False
        ip = literal_ip(request.url)
        return bool(ip and not is_public(ip))


async def _completed(request: Any) -> None:
    """Return when a request has come to its end, well or badly, or its page is gone."""
    from playwright.async_api import Error

    try:
        response = await request.response()
        if response is not None:
            await response.finished()
    except Error:
        return

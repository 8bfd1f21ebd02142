"""Pages that only a browser shows: which browser, which request settings, what its subrequests may do."""

import asyncio
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.guard import is_public, literal_ip
from crawler.policy import CrawlPolicy

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
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
    return {"playwright": True, "playwright_page_goto_kwargs": {"wait_until": "networkidle"}}


def browser_settings(policy: CrawlPolicy) -> dict[str, Any]:
    """Scrapy settings of the rendering handler; the browser itself starts with the first page that needs it."""
    rules = ", ".join(f"MAP {host} {target}" for host, target in policy.resolver.items())
    flags = [*FLAGS, f"--host-resolver-rules={rules}"] if rules else list(FLAGS)
    return {
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.browser.BrowserHandler",
            "https": "crawler.browser.BrowserHandler",
        },
        "PLAYWRIGHT_LAUNCH_OPTIONS": {"executable_path": find_browser(policy), "args": flags},
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 2,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": policy.timeout_seconds * 2_000,
        "PLAYWRIGHT_ABORT_REQUEST": SubrequestGuard(policy),
    }


class SubrequestGuard:
    """Stops a page's needless requests and private addresses; the others wait for their turn at their host.

    A rendered page holds one place of its host's slot, so its own requests go one after another.
    """

    def __init__(self, policy: CrawlPolicy, *, pictures: bool = False) -> None:
        self.policy, self.pictures = policy, pictures
        self._turns: dict[str, asyncio.Lock] = {}
        self._waits: set[asyncio.Task[None]] = set()

    async def __call__(self, request: Any) -> bool:
        """Whether to abort a Playwright request; returns when it may go."""
        if self.is_refused(request):
            return True
        if not request.is_navigation_request():
            turn = self._turns.setdefault(urlsplit(request.url).netloc.lower(), asyncio.Lock())
            await turn.acquire()
            if request.frame.page.is_closed():
                turn.release()
                return True
            task = asyncio.ensure_future(self._hold(request, turn))
            self._waits.add(task)
            task.add_done_callback(self._waits.discard)
        return False

    async def _hold(self, request: Any, turn: asyncio.Lock) -> None:
        """Give the turn back when the answer is complete, failed, or too slow."""
        try:
            await asyncio.wait_for(_completed(request), self.policy.timeout_seconds)
        except TimeoutError:
            pass
        finally:
            if not self._is_local(request):
                await asyncio.sleep(self.policy.delay_seconds)
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

"""What a host answers to a path that cannot exist: asked once per host and run, only where a page is doubtful."""

import asyncio
import logging
import secrets
from urllib.parse import urlsplit

from crawler.fetch.asker import Answer, Asker
from crawler.links.soft_404 import Print, is_home, print_of

log = logging.getLogger(__name__)


class Fingerprints:
    """One print a host, or None: it says 404 honestly, does not answer, or shows its home page for everything."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self._prints: dict[str, asyncio.Task[Print | None]] = {}

    async def matches(self, url: str, seen: Print) -> bool:
        """Whether the page looks like the host's answer to a random path."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._prints:
            self._prints[origin] = asyncio.ensure_future(self._ask(origin))
        try:
            known = await self._prints[origin]
        except Exception:
            log.exception("%s: its answer to a random path could not be read", ascii(origin))
            return False
        return known is not None and known.matches(seen)

    async def _ask(self, origin: str) -> Print | None:
        lost = await self.asker.ask(f"{origin}/{secrets.token_hex(6)}.html")
        if not _is_page(lost) or is_home(lost.final):
            return None
        home = await self.asker.ask(f"{origin}/")
        shown = _print(lost)
        return None if not _is_page(home) or _print(home).matches(shown) else shown


def _is_page(answer: Answer) -> bool:
    return not answer.error and 200 <= answer.status < 300 and bool(answer.body)


def _print(answer: Answer) -> Print:
    return print_of(answer.body, answer.headers.get("content-type", ""))

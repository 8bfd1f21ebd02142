"""QR codes on home pages and 新媒体矩阵 pages: which pictures are looked at, and what they say. Never required."""

import asyncio
import base64
import binascii
import importlib.util
import io
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote_to_bytes

from crawler.fetch.asker import Asker
from crawler.job import CrawlJob
from crawler.parsing.html.addresses import scope_of
from crawler.parsing.html.charsets import decode
from crawler.parsing.services.code_pictures import Suspect, code_pictures, matrix_pages
from crawler.sites.state import SiteState
from domain.captured import Page
from domain.errors import BodyLost
from domain.runs import RunKind
from domain.site_facts import QrCode

PICTURES = 12  # of one site
MATRIX_PAGES = 3
BYTES = 1_000_000
SIDE = 4_000  # pixels; a larger picture is a poster
MOST_TEXT = 500


def can_decode() -> bool:
    """Whether the decoder is installed; without it no picture is looked at."""
    return bool(importlib.util.find_spec("zxingcpp") and importlib.util.find_spec("PIL"))


def read_code(body: bytes) -> str:
    """The text of the QR code that a roughly square picture shows; empty for every other picture."""
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(body)) as picture:
            width, height = picture.size
            if max(width, height) > SIDE or min(width, height) < 40 or max(width, height) > 1.6 * min(width, height):
                return ""
            flat = Image.new("L", picture.size, 255)  # codes are often drawn on nothing
            shown = picture.convert("RGBA")
            flat.paste(shown.convert("L"), mask=shown.getchannel("A"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""
    codes = zxingcpp.read_barcodes(flat, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return codes[0].text.strip()[:MOST_TEXT] if len(codes) == 1 else ""  # a poster with many says nothing of one


class Codes:
    """Looks at the few pictures of each site that may be codes of accounts."""

    def __init__(self, job: CrawlJob, asker: Asker) -> None:
        self.job, self.asker = job, asker
        wanted = job.policy.check_codes and job.run.kind is not RunKind.GATE  # a gate knows no accounts
        self.enabled = wanted and can_decode()
        self.results: dict[str, tuple[QrCode, ...]] = {}

    async def look(self, state: SiteState) -> None:
        """The codes of one site; it counts as looked at also when there are none."""
        if not self.enabled:
            return
        found: dict[str, QrCode] = {}
        for page, suspect in await asyncio.to_thread(self._suspects, state):
            body = _inline(suspect.url) if suspect.url.startswith("data:") else await self._fetch(state, suspect.url)
            text = await asyncio.to_thread(read_code, body) if body else ""
            if text and text not in found:
                found[text] = QrCode(page, "" if suspect.url.startswith("data:") else suspect.url, text, suspect.words)
        self.results[state.site.id] = tuple(found.values())

    def _suspects(self, state: SiteState) -> list[tuple[str, Suspect]]:
        """(page, picture), the home page first."""
        found: dict[str, tuple[str, Suspect]] = {}
        for page, text in self._pages(state):
            for suspect in code_pictures(text, page.final_url, PICTURES):
                found.setdefault(suspect.url, (page.url, suspect))
        return list(islice(found.values(), PICTURES))

    def _pages(self, state: SiteState) -> Iterator[tuple[Page, str]]:
        """The home page and the pages of accounts it leads to, as captured in this run, with their source text."""
        home = next((page for page in state.captured_homes(self.job.store, self.job.run) if _is_whole(page)), None)
        if home is None:
            return
        if not (text := self._text(home)):
            return
        yield home, text
        inside = (url for url in matrix_pages(text, home.final_url) if scope_of(url) in state.scopes)
        pages = (self.job.store.page(state.site.id, url, self.job.run.as_of) for url in dict.fromkeys(inside))
        tonight = (page for page in pages if page and page.run_id == self.job.run.id and _is_whole(page))
        yield from (
            (page, self._text(page)) for page in islice((p for p in tonight if p.url != home.url), MATRIX_PAGES)
        )

    def _text(self, page: Page) -> str:
        """Empty when the body of an unchanged page is damaged or gone."""
        try:
            return decode(self.job.store.body(page.body_hash), page.content_type).text
        except BodyLost:
            return ""

    async def _fetch(self, state: SiteState, url: str) -> bytes:
        answer = await self.asker.ask(url, robots=state.site.obeys_robots, limit=BYTES)
        return answer.body if answer.status == 200 and not answer.stopped and not answer.error else b""


def _is_whole(page: Page) -> bool:
    return page.status == 200 and bool(page.body_hash) and page.reading is not None


def _inline(url: str) -> bytes:
    """The bytes of a `data:` picture."""
    head, _, data = url.partition(",")
    try:
        return base64.b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
    except binascii.Error:
        return b""

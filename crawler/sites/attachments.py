"""Documents that pages offer: which bodies a crawl keeps, so that their text can be read after it.

Nothing is read here: a kept file is a capture with an empty reading, marked UNREAD.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.util import find_spec
from typing import Any
from urllib.parse import unquote, urlsplit

from scrapy.http import Response

from crawler.fetch import captures as capturing
from crawler.fetch.file_types import DOCUMENTS, OLD_DOCUMENTS, document_kind, extension, is_picture
from crawler.job import CrawlJob
from crawler.sites.revisits import is_share_of_night
from crawler.sites.state import SiteState
from domain.captured import Address, Detail, Known, Page, PageKind, Reading
from domain.crawl_policy import CrawlPolicy

log = logging.getLogger(__name__)
NOT_READ = "附件尚未读取，未能检查文字"


def is_unkept(known: Known) -> bool:
    """Whether an address promises a document that no run has kept yet: it must be asked for in full."""
    if known.kind is PageKind.FILE:
        return known.parser_version == 0  # kept by a run that was killed before it read it
    return known.kind is None and extension(known.url) in DOCUMENTS


def plan_files(known: Sequence[Known], as_of: datetime, policy: CrawlPolicy) -> Iterator[Address]:
    """Yield about one night's budget of the documents that no run has kept yet, others on other nights."""
    unkept = [item for item in known if item.status == 200 and is_unkept(item)] if policy.files_per_site else []
    cycle = max(1, len(unkept) // max(1, policy.files_per_site))
    for item in unkept:
        if is_share_of_night(item.url, as_of, min(cycle, policy.revisit_days)):
            yield Address(item.site_id, item.url, item.priority)


class Attachments:
    """Keeps documents within the budget of each site; what it leaves out is counted with its reason."""

    def __init__(self, job: CrawlJob) -> None:
        self.most, self.limit = job.policy.files_per_site, int(job.policy.file_mb * 2**20)
        self.pictures = Pictures(job.policy)
        self._kept: Counter[str] = Counter()

    def meta_for(self, state: SiteState, url: str) -> dict[str, Any]:
        """How many bytes may be read of a document of this site, 0 when its budget is used up; and of a picture."""
        if self.pictures.wants(state, url):
            return {"file_limit": self.limit, "picture": True}
        return {"file_limit": self.limit if self._kept[state.site.id] < self.most else 0}

    def keep(self, state: SiteState, response: Response, page: Page) -> Page | None:
        """The capture of a document whose body is to be kept, still to be read; None for anything else."""
        url = page.url
        if self.pictures.keeps(state, page, response):
            return self._unread(page, response)
        if not document_kind(url, page.content_type):
            if extension(url) in OLD_DOCUMENTS:
                state.leave_out("file_format")
            return None
        if page.size > self.limit:
            state.leave_out("file_too_large")
        elif self._kept[state.site.id] >= self.most or "download_stopped" in response.flags:
            state.leave_out("file_budget")
        elif response.status == 200 and response.body:
            self._kept[state.site.id] += 1
            return self._unread(page, response)
        return None

    def _unread(self, page: Page, response: Response) -> Page:
        name = _file_name(capturing.header(response, "Content-Disposition")) or _last_part(page.url)
        reading = Reading(PageKind.FILE, name, detail=Detail.UNREAD, reasons=(NOT_READ,))
        # Version 0: the reading that replaces it, of the same fetch, has today's parser version.
        return Page(
            page.run_id, page.site_id, page.url, page.final_url, page.status, page.fetched_at, page.body_hash,
            page.content_type, page.etag, page.last_modified, page.seconds, page.size, parser_version=0, reading=reading,
        )  # fmt: skip


class Pictures:
    """The pictures of article bodies, when text recognition is installed and asked for."""

    def __init__(self, policy: CrawlPolicy) -> None:
        self.most, self.least = policy.pictures_per_site, int(policy.picture_kb * 1024)
        if self.most and find_spec("rapidocr_onnxruntime") is None:
            log.warning("pictures_per_site is set, but text recognition is not installed: pip install 'xunjian[ocr]'")
            self.most = 0
        self._noted: set[str] = set()
        self._kept: Counter[str] = Counter()

    def note(self, reading: Reading) -> None:
        """Remember the pictures of an article."""
        if self.most and reading.kind is PageKind.ARTICLE:
            self._noted.update(link.url for link in reading.links if link.tag == "img" and link.place == "main")

    def wants(self, state: SiteState, url: str) -> bool:
        """Whether the text of a picture is to be recognised: of new ones, and of those that were once read."""
        if not self.most or self._kept[state.site.id] >= self.most:
            return False
        known = state.known.get(url)
        return url in self._noted or (known is not None and known.kind is PageKind.FILE and not document_kind(url))

    def keeps(self, state: SiteState, page: Page, response: Response) -> bool:
        """Whether an answer is such a picture, whole and no mere decoration."""
        whole = page.status == 200 and "download_stopped" not in response.flags
        if not whole or not is_picture(page.content_type) or not self.wants(state, page.url):
            return False
        is_large = page.size >= self.least
        self._kept[state.site.id] += is_large
        return is_large


def _last_part(url: str) -> str:
    path = urlsplit(url).path
    return unquote(path).rpartition("/")[2]


def _file_name(disposition: str) -> str:
    """The name in `filename*=UTF-8''...` or in `filename="..."`, which Chinese servers fill with UTF-8 or GBK bytes."""
    for part in disposition.split(";")[1:]:
        name, _, value = part.strip().partition("=")
        value = value.strip().strip('"')
        if name.lower() == "filename*" and "''" in value:
            return unquote(value.partition("''")[2])
        if name.lower() == "filename":
            raw = unquote(value, "latin-1").encode("latin-1", "replace")
            return raw.decode("utf-8") if _is_utf8(raw) else raw.decode("gb18030", "replace")
    return ""


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True

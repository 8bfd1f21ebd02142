"""Documents that pages offer: which bodies a crawl keeps, so that their text can be read after it.

Nothing is read here: a kept file is a capture with an empty reading, marked UNREAD.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit

from scrapy.http import Response

from crawler import capturing
from crawler.filetypes import DOCUMENTS, OLD_DOCUMENTS, document_kind, extension
from crawler.job import CrawlJob
from crawler.planning import is_share_of_night
from crawler.policy import CrawlPolicy
from crawler.site_state import SiteState
from domain.captured import UNREAD, Address, Known, Page, PageKind, Reading

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
        self._kept: Counter[str] = Counter()

    def limit_for(self, state: SiteState) -> int:
        """Bytes that may be read of a document of this site; 0 when its budget is used up."""
        return self.limit if self._kept[state.site.id] < self.most else 0

    def keep(self, state: SiteState, response: Response, page: Page) -> Page | None:
        """The capture of a document whose body is to be kept, still to be read; None for anything else."""
        url = page.url
        if not document_kind(url, page.content_type):
            if extension(url) in OLD_DOCUMENTS:
                state.leave_out("file_format")
            return None
        if page.size > self.limit:
            state.leave_out("file_too_large")
        elif not self.limit_for(state) or "download_stopped" in response.flags:
            state.leave_out("file_budget")
        elif response.status == 200 and response.body:
            self._kept[state.site.id] += 1
            return self._unread(page, response)
        return None

    def _unread(self, page: Page, response: Response) -> Page:
        name = _file_name(capturing.header(response, "Content-Disposition")) or _last_part(page.url)
        reading = Reading(PageKind.FILE, name, detail=UNREAD, reasons=(NOT_READ,))
        # Version 0: the reading that replaces it, of the same fetch, has today's parser version.
        return Page(
            page.run_id, page.site_id, page.url, page.final_url, page.status, page.fetched_at, page.body_hash,
            page.content_type, page.etag, page.last_modified, page.seconds, page.size, parser_version=0, reading=reading,
        )  # fmt: skip


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

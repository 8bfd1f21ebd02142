"""After the crawl: the kept documents are read, and stored as readings that the text checks judge like pages."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from crawler.fetch.file_types import document_kind, is_picture
from crawler.parsing import PARSER_VERSION
from crawler.parsing.documents.model import DocumentText, UnreadableDocument
from domain.captured import Dated, DateHow, Detail, Link, Page, PageKind, Reading
from domain.crawl_policy import CrawlPolicy
from domain.errors import StoreError
from domain.ports import Store
from domain.runs import Run
from domain.targets import Site
from inspection.files.reader import MEMORY_MB, DocumentReader

SOURCES = 3  # pages named for a file
BATCH = 20
RECOGNITION_MB = 4_096  # address space; about 0.9 GB of it is used
OUT_OF_TIME = "本次读取附件的时间用完，未能检查文字"
Read = Callable[[bytes, str], DocumentText]


def read_attachments(
    store: Store,
    run: Run,
    sites: Sequence[Site],
    policy: CrawlPolicy,
    *,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Read what the crawl of a run kept and nobody has read yet; returns how many files that were.

    `stopping` is asked before each site whether to leave the rest unread.
    """
    deadline = time.monotonic() + policy.file_minutes * 60
    done = 0
    ended = {item.site_id for item in store.site_runs(run.id) if item.state != "pending"}
    memory = RECOGNITION_MB if policy.pictures_per_site else MEMORY_MB
    with DocumentReader(policy.file_seconds, memory) as reader:

        def read(data: bytes, kind: str) -> DocumentText:
            if time.monotonic() > deadline:
                raise UnreadableDocument(OUT_OF_TIME)
            return reader.read(data, kind)

        for site in (site for site in sites if site.id in ended):
            if stopping():
                break
            unread = [page for page in store.pages(site.id, run.as_of, (PageKind.FILE,), run.id) if _is_unread(page)]
            done += len(unread)
            write_read(store, run, site.id, unread, read)
    return done


def write_read(store: Store, run: Run, site_id: str, files: Sequence[Page], read: Read) -> None:
    """Read the stored bodies of some files of a site and store their readings."""
    named = Naming(store, site_id, run, files)
    for start in range(0, len(files), BATCH):
        store.write([named.read(page, read) for page in files[start : start + BATCH]])


def _is_unread(page: Page) -> bool:
    return page.reading is not None and page.reading.detail is Detail.UNREAD


class Naming:
    """What pages call the files of a site: link text, page and publish date."""

    def __init__(self, store: Store, site_id: str, run: Run, files: Sequence[Page]) -> None:
        self.store, self.site_id, self.as_of = store, site_id, run.as_of
        self._sources: dict[str, dict[str, str]] = {page.url: {} for page in files}
        self._pages: dict[str, tuple[str, str, Dated]] = {}
        self._read: dict[tuple[str, str], DocumentText | str] = {}
        for source, link in store.pointing(site_id, self._sources.keys(), run.as_of) if files else ():
            self._note(source, link)

    def _note(self, source: str, link: Link) -> None:
        sources = self._sources[link.url if link.url in self._sources else link.url.partition("#")[0]]
        if len(sources) < SOURCES or source in sources:
            sources[source] = sources.get(source) or link.text.strip()

    def read(self, page: Page, read: Read) -> Page:
        """The page with its text, its name and the pages that offer it."""
        assert page.reading is not None  # noqa: S101
        trail = tuple(self._trail(page.url))
        reading = Reading(
            PageKind.FILE,
            _name(page.reading.title, [text for text in self._sources[page.url].values() if text]),
            published=next((dated for _, _, dated in trail if dated.value), Dated()),
            trail=tuple((title, url) for title, url, _ in trail),
        )
        return replace(page, reading=self._with_text(page, reading, read), parser_version=PARSER_VERSION)

    def _with_text(self, page: Page, reading: Reading, read: Read) -> Reading:
        kind = "picture" if is_picture(page.content_type) else document_kind(page.url, page.content_type)
        word = "图片" if kind == "picture" else "附件"
        found = self._text(page.body_hash, kind, read)
        if isinstance(found, str):
            return replace(reading, detail=Detail.UNREADABLE, reasons=(f"{word}“{reading.title}”：{found}",))
        reasons = (f"{word}“{reading.title}”过长，只检查了前 {len(found.lines)} 行",) if found.cut else ()
        return replace(reading, detail=Detail(kind), reasons=reasons, text="\n".join(found.lines), places=found.places)

    def _text(self, body_hash: str, kind: str, read: Read) -> DocumentText | str:
        """The text or the reason why there is none; one form offered at many addresses is read once."""
        key = body_hash, kind
        if key not in self._read:
            try:
                self._read[key] = read(self.store.body(body_hash), kind)
            except (UnreadableDocument, StoreError) as refusal:
                self._read[key] = str(refusal)
        return self._read[key]

    def _trail(self, url: str) -> Iterator[tuple[str, str, Dated]]:
        for source in self._sources[url]:
            if source not in self._pages:
                page = self.store.page(self.site_id, source, self.as_of)
                reading = page.reading if page else None
                is_article = reading is not None and reading.kind is PageKind.ARTICLE
                dated = Dated(reading.published.value, DateHow.ARTICLE) if reading and is_article else Dated()
                self._pages[source] = (reading.title if reading else "", source, dated)
            yield self._pages[source]


def _name(file_name: str, texts: list[str]) -> str:
    """The link's text where it says more than 下载."""
    text = max(texts, key=len, default="")
    return text if len(text) >= 4 and text not in _EMPTY_WORDS else file_name or text


_EMPTY_WORDS = frozenset({"点击下载", "附件下载", "下载附件", "点击查看", "点此下载", "查看附件", "下载文件"})

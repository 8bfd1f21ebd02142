"""Who reads what: each reader must take any bytes, and may refuse them only by the errors it promises."""

import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from checks.rules.rulebook import build_rules
from crawler.fetch.walls import wall_of
from crawler.guard import literal_ip
from crawler.links.soft_404 import doubt_of, print_of
from crawler.parsing import read_links, read_page
from crawler.parsing.documents.model import UnreadableDocument
from crawler.parsing.documents.reading import read_document
from crawler.parsing.html.addresses import resolve, scope_of
from crawler.parsing.html.links import css_addresses, srcset_addresses
from crawler.parsing.services.code_pictures import code_pictures
from crawler.parsing.services.search_forms import find_search
from crawler.platforms.adapters import parse
from crawler.platforms.values import Answer, Limits
from crawler.sites.attachments import _file_name
from domain.captured import Page
from domain.errors import ConfigError
from domain.targets import Account, Platform, Registry, Source
from domain.times import BEIJING
from registry import build, read_file
from storage.documents import pack, to_document, unpack

AS_OF = datetime(2023, 4, 26, 9, tzinfo=BEIJING)
URL = "http://www.a.gov.cn/news/"
ADAPTERS = (
    "feed",
    "weibo",
    "bilibili",
    "douyin",
    "kuaishou",
    "toutiao",
    "xiaohongshu",
    "wechat",
    "wechat_article",
    "page",
    "app",
    "import",
)


def page(data: bytes) -> None:
    """A page, and everything that looks at pages; what it says can be stored."""
    for home in (True, False):
        reading = read_page(data, URL, AS_OF, "text/html", home=home)
        doubt_of(reading, URL, data)
        kept = Page("r", "s", URL, URL, 200, AS_OF, reading=reading)
        unpack(pack(to_document(kept)))
    read_links(data, URL)
    print_of(data)
    wall_of(521, {}, data)
    text = data.decode("utf-8", "replace")[:100_000]
    code_pictures(text, URL, 5)
    find_search(text, URL, "utf-8", {"www.a.gov.cn"})


def answer(data: bytes) -> None:
    """An answer of any account platform to any adapter."""
    for adapter in ADAPTERS:
        account = Account("a", "云川发布", Platform.OTHER, url="https://a.b/u/123456")
        source = Source(adapter, "https://a.b/c", (("preset", "douyin"),))
        parsed = parse(account, source, Answer("https://a.b/c", body=data, fetched_at=AS_OF), AS_OF, Limits())
        for post in parsed.posts:
            unpack(pack(to_document(post)))


def sheet(data: bytes) -> None:
    """A registry file of any format; refused by RegistryError only."""
    for ending in (".csv", ".xlsx", ".yaml"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"sites{ending}"
            path.write_bytes(data)
            try:
                build(read_file(path), Registry(), as_of=date(2023, 4, 26))
            except ConfigError:
                continue


def document(data: bytes) -> None:
    """A document of any kind; refused by UnreadableDocument only."""
    for kind in ("docx", "xlsx", "pdf"):
        try:
            read_document(data, kind)
        except UnreadableDocument:
            continue


def rules(data: bytes) -> None:
    """A rule file; refused by RulesError only."""
    try:
        build_rules(data.decode("utf-8", "replace"))
    except ConfigError:
        return


def text(data: bytes) -> None:
    """A manuscript under all text checks."""
    from inspection.texts.proof import proof

    proof(data.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()[:4_000])


def address(data: bytes) -> None:
    """Addresses, style sheets and names of files."""
    for shown in (data.decode("utf-8", "replace"), data.decode("latin-1"), data.decode("utf-8", "surrogateescape")):
        found = resolve(URL, shown)
        if found is not None:
            found.encode()
            scope_of(found)
            literal_ip(found)
        css_addresses(shown, URL)
        srcset_addresses(shown, URL)
        _file_name(f"attachment; filename={shown}")


READERS: dict[str, Callable[[bytes], None]] = {
    "page": page, "answer": answer, "sheet": sheet, "document": document, "rules": rules, "text": text, "address": address,
}  # fmt: skip

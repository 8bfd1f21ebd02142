"""Bytes and an address to a `Reading`: what kind of page it is, and everything it says."""

from dataclasses import replace
from datetime import datetime

from crawler.parsing import kinds
from crawler.parsing.articles.article import NO_ARTICLE, read_article
from crawler.parsing.articles.spots import ABOVE
from crawler.parsing.html.addresses import resolve, scope_of
from crawler.parsing.html.breadcrumbs import read_trail
from crawler.parsing.html.charsets import decode, is_binary
from crawler.parsing.html.hidden_links import hidden_links
from crawler.parsing.html.jumps import is_sent_on_somewhere
from crawler.parsing.html.lines import read_lines
from crawler.parsing.html.links import collect_links
from crawler.parsing.html.needs_browser import list_frame, needs_render
from crawler.parsing.html.tree import build
from crawler.parsing.lists.column import Listing
from crawler.parsing.lists.script_records import bare_datastore
from crawler.parsing.page_kinds.case import Case, OpenPage, Verdict
from crawler.parsing.page_kinds.rules import decide
from crawler.parsing.services.marks import read_marks, read_meta
from crawler.parsing.words import bare_title
from domain.captured import Dated, Detail, Link, Marks, PageKind, Reading
from domain.times import BEIJING

PARSER_VERSION = 6
_NO_TIME = datetime(1970, 1, 1, tzinfo=BEIJING)  # links need no time


def read_page(
    body: bytes,
    url: str,
    as_of: datetime,
    content_type: str = "",
    *,
    home: bool = False,
    status: int = 200,
    marks: bool = True,
) -> Reading:
    """Read one page. Never fails: rubbish gives a Reading of kind other or error.

    `marks=False` leaves the footer marks of articles unread: a crawl needs those of the home page only.
    """
    return explained_page(body, url, as_of, content_type, home=home, status=status, marks=marks)[0]


def explained_page(
    body: bytes,
    url: str,
    as_of: datetime,
    content_type: str = "",
    *,
    home: bool = False,
    status: int = 200,
    marks: bool = True,
) -> tuple[Reading, str]:
    """The same with the name of the rule that says what kind the page is; `binary` where it is no text."""
    if is_binary(body):
        return Reading(PageKind.OTHER, detail=Detail.BINARY, reasons=("内容不是文本",)), "binary"
    case = _case(body, url, as_of, content_type, home=home, status=status)
    verdict = decide(case)
    return _assemble(case, verdict, marks), verdict.rule


def _case(body: bytes, url: str, as_of: datetime, content_type: str, *, home: bool, status: int) -> Case:
    page = _open(body, url, as_of, content_type)
    tree = page.tree
    meta = read_meta(tree)
    lines = read_lines(tree, tree.body, len(tree.tags))
    home = home or bool(kinds.HOME_URL.fullmatch(url))
    article = NO_ARTICLE if home else read_article(tree, meta, lines, url, as_of)
    trail = read_trail(tree, page.targets)
    text = "\n".join(line.text for line in lines)
    printed = article.won in ABOVE
    steps = range(trail.node, tree.ends[trail.node]) if trail.node > tree.body else range(0)
    main = "\n".join(line.text for line in lines if not line.place and not line.hidden and line.start not in steps)
    shown = "\n".join(line.text for line in lines if not line.hidden) if any(tree.hidden) else text
    near = (line for line in lines if not line.place and not line.hidden and line.linked <= 10)
    own = tuple(line.text for line in near) if len(article.text) < 400 else ()
    seen = kinds.Features(
        url,
        tree.title,
        text,
        article.text,
        meta,
        trail.steps,
        main=main,
        printed=printed,
        own=own,
        trail_node=trail.node,
        shown=shown,
    )
    return Case(page, seen, article, lines, home, status)


def read_links(body: bytes, url: str, content_type: str = "") -> tuple[Link, ...]:
    """Only the links of a page, in page order."""
    return _open(body, url, None, content_type).links


def _open(body: bytes, url: str, as_of: datetime | None, content_type: str) -> OpenPage:
    decoded = decode(body, content_type)
    records = bare_datastore(decoded.text)
    tree = build(records or decoded.text, body if decoded.is_utf8 and not records else b"")
    base = (resolve(url, tree.base) or url) if tree.base else url
    targets, links = collect_links(tree, url, base, decoded.charset)
    return OpenPage(tree, url, base, decoded, as_of or _NO_TIME, targets, links)


def _assemble(case: Case, verdict: Verdict, with_marks: bool) -> Reading:
    page, seen, article, home = case.page, case.seen, case.article, case.home
    tree, listing, kind = page.tree, verdict.listing, verdict.kind
    is_article = kind is PageKind.ARTICLE or (kind in (PageKind.GUIDE, PageKind.INQUIRY) and listing is None)
    with_marks = with_marks or kind is not PageKind.ARTICLE
    marks = read_marks(tree, page.links, seen.shown or seen.text, home=home) if with_marks else Marks()
    if with_marks and home and seen.shown != seen.text:  # what only another width of the window shows
        whole = read_marks(tree, page.links, seen.text)
        marks = replace(
            marks,
            icp=marks.icp or whole.icp,
            police=marks.police or whole.police,
            site_code=marks.site_code or whole.site_code,
        )
    lists = listing.lists if listing and kind is not PageKind.ARTICLE else ()
    listing_page = kind in (PageKind.COLUMN, PageKind.HOME) or (kind is PageKind.OTHER and not verdict.detail)
    count, wants_list = sum(len(block.entries) for block in lists if block.main), listing_page and not seen.body[300:]
    frame = list_frame(tree) if wants_list and not count and kind is not PageKind.HOME else ""
    framed = (resolve(page.base, frame) or "") if frame else ""
    render = needs_render(
        tree, seen.text, count, marks, listing=wants_list, home=kind is PageKind.HOME
    ) if kind not in (PageKind.ARTICLE, PageKind.ERROR, PageKind.GUIDE) and verdict.detail != Detail.JUMP else ""  # fmt: skip
    if not render and verdict.detail != Detail.JUMP and is_sent_on_somewhere(tree, seen.main, page.base):
        render = "页面由脚本转到别处，目标地址需由浏览器打开后才能知道"
    return Reading(
        kind=kind,
        title=article.title if is_article else (listing.name if listing and listing.name else bare_title(tree.title)),
        charset=page.decoded.charset,
        detail=verdict.detail,
        reasons=(*verdict.reasons, *page.decoded.notes, *(listing.notes if listing else ())),
        text=article.text if is_article or kind is PageKind.ARTICLE else seen.main,
        published=article.published if is_article else Dated(),
        candidates=article.candidates if is_article else (),
        source=article.source if is_article else "",
        author=article.author if is_article else "",
        column_name=_column_name(seen, listing, is_article),
        trail=seen.trail,
        nav=_nav(page) if kind is PageKind.HOME else (),
        lists=lists,
        links=page.links + (listing.links if listing else ()),
        hidden=hidden_links(tree, page.targets),
        next_pages=listing.next_pages if listing and kind in (PageKind.COLUMN, PageKind.INQUIRY) else (),
        marks=marks,
        meta=seen.meta,
        inquiries=verdict.inquiries,
        guide=verdict.guide,
        needs_render=render,
        framed=framed,
    )


def _column_name(seen: kinds.Features, listing: Listing | None, is_article: bool) -> str:
    if told := seen.meta.get("ColumnName"):
        return told
    if listing and not is_article:
        return listing.name
    steps = [name for name, url in seen.trail if url and not name.endswith("首页")]
    return steps[-1] if steps else ""


def _nav(page: OpenPage) -> tuple[tuple[str, str], ...]:
    """The navigation of a home page inside its own scope."""
    tree, scope = page.tree, scope_of(page.url)
    pairs = ((tree.text_of(i), url) for i, url in page.targets.items() if tree.places[i] == "nav")
    return tuple(
        dict.fromkeys((name, url) for name, url in pairs if name and url != page.url and scope_of(url) == scope)
    )

"""Bytes and an address to a `Reading`: what kind of page it is, and everything it says."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.parsing import kinds
from crawler.parsing.articles.article import NO_ARTICLE, Article, read_article
from crawler.parsing.articles.spots import ABOVE
from crawler.parsing.html.addresses import resolve, scope_of
from crawler.parsing.html.breadcrumbs import read_trail
from crawler.parsing.html.charsets import Decoded, decode, is_binary
from crawler.parsing.html.hidden_links import hidden_links
from crawler.parsing.html.jumps import JUMP, is_sent_on_somewhere, jump_target
from crawler.parsing.html.lines import Line, read_lines
from crawler.parsing.html.links import collect_links
from crawler.parsing.html.needs_browser import list_frame, needs_render
from crawler.parsing.html.tree import Tree, build
from crawler.parsing.lists.blocks import Block
from crawler.parsing.lists.column import Listing, read_listing
from crawler.parsing.lists.script_records import bare_datastore
from crawler.parsing.services.guides import ELEMENTS, close_up, read_guide
from crawler.parsing.services.letters import LETTER_LABEL, read_detail, read_inquiries
from crawler.parsing.services.letters import NAME as INQUIRY_NAME
from crawler.parsing.services.marks import read_marks, read_meta
from crawler.parsing.words import bare_title
from domain.captured import Dated, Guide, Inquiry, Link, Marks, PageKind, Reading
from domain.times import BEIJING

PARSER_VERSION = 6
_GUIDE_WORDS = (
    "依据",
    "条件",
    "材料",
    "流程",
    "程序",
    "时限",
    "收费",
    "地点",
    "窗口",
    "电话",
    "监督",
    "机构",
    "主体",
    "对象",
)
_SURE = 7.0  # article points above which the lists of the page are not looked at
_NO_TIME = datetime(1970, 1, 1, tzinfo=BEIJING)  # links need no time
_MIN = 3.0
_MIN_BARE = 2.0  # enough where no list is to be seen: a video with its date
_MIN_ALONE = 1.2  # enough where nothing speaks for a list


@dataclass(slots=True)
class _Page:
    """One page while it is being read."""

    tree: Tree
    url: str
    base: str
    decoded: Decoded
    as_of: datetime
    targets: dict[int, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()


@dataclass(slots=True)
class _Verdict:
    kind: PageKind
    detail: str = ""
    reasons: tuple[str, ...] = ()
    listing: Listing | None = None
    inquiries: tuple[Inquiry, ...] = ()
    guide: Guide | None = None


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
    if is_binary(body):
        return Reading(PageKind.OTHER, detail="binary", reasons=("内容不是文本",))
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
    verdict = _judge(page, seen, article, lines, home, status)
    return _assemble(page, seen, article, verdict, home, marks)


def read_links(body: bytes, url: str, content_type: str = "") -> tuple[Link, ...]:
    """Only the links of a page, in page order."""
    return _open(body, url, None, content_type).links


def _open(body: bytes, url: str, as_of: datetime | None, content_type: str) -> _Page:
    decoded = decode(body, content_type)
    records = bare_datastore(decoded.text)
    tree = build(records or decoded.text, body if decoded.is_utf8 and not records else b"")
    base = (resolve(url, tree.base) or url) if tree.base else url
    targets, links = collect_links(tree, url, base, decoded.charset)
    return _Page(tree, url, base, decoded, as_of or _NO_TIME, targets, links)


def _judge(page: _Page, seen: kinds.Features, article: Article, lines: list[Line], home: bool, status: int) -> _Verdict:
    if status < 400 and (target := jump_target(page.tree, seen.main, page.base)):
        if not any(link.tag == "meta" for link in page.links):
            page.links += (Link(target, "", "meta"),)
        return _Verdict(PageKind.HOME if home else PageKind.OTHER, JUMP, (f"页面自动跳转到{target}",))
    if found := kinds.special(page.tree, seen, status):
        return _Verdict(found[0], found[1], (found[2],))
    if home:
        return _home(page, seen)
    points, why = kinds.article_points(seen)
    if letter := _letter(seen, lines, article, page):
        return _Verdict(PageKind.INQUIRY, "detail", ("有来信和答复的内容与时间",), inquiries=(letter,))
    if guide := _guide(page, seen, article):
        return _Verdict(PageKind.GUIDE, "", (f"办事指南要素{len(guide.elements)}个",), guide=guide)
    open_info = "open_info" if kinds.is_open_info(seen) else ""
    if points >= _SURE:
        return _Verdict(PageKind.ARTICLE, open_info, tuple(why))
    listing = read_listing(page.tree, page.targets, seen, page.base, page.as_of)
    return _list_or_article(page, article, listing, points, why, open_info)


def _list_or_article(
    page: _Page, article: Article, listing: Listing, points: float, why: list[str], open_info: str
) -> _Verdict:
    seen = listing.features
    if any(_is_summary(listing, block, article, page) for block in listing.blocks):
        points, why = kinds.article_points(replace(seen, body=""))
    if _is_headed(page.tree, article, listing):
        points, why = points + 2.5, [*why, "标题即页面标题，其下有唯一的发布日期"]
    listed, reasons = kinds.list_points(seen)
    told = (*why, *reasons, f"文章特征{points:.1f}，列表特征{listed:.1f}")
    if points >= listed and (points >= _MIN or (points >= _MIN_ALONE and listed < 1)):
        return _Verdict(PageKind.ARTICLE, open_info, told)
    if not seen.items and not seen.empty and len(seen.main) >= 80 and len(seen.body) >= 40:
        return _Verdict(
            PageKind.ARTICLE if points >= _MIN_ALONE else PageKind.OTHER, open_info, (*told, "有正文而没有列表")
        )
    if listed >= 2.0:
        inquiries = _inquiries(page, seen, listing)
        if inquiries:
            return _Verdict(PageKind.INQUIRY, "list", (*told, "有来信状态或答复时间"), listing, inquiries)
        return _Verdict(PageKind.COLUMN, listing.detail or open_info, told, listing)
    return _Verdict(PageKind.ARTICLE if points >= _MIN_BARE else PageKind.OTHER, open_info, told, listing)


_HEADLINE = 8  # characters; shorter ones are names of columns


def _is_headed(tree: Tree, article: Article, listing: Listing) -> bool:
    """Whether a headline of its own with one labelled date stands above all lists: they are comments, or other news."""
    title, seen = article.title, listing.features
    if article.labelled != 1 or len(title) < _HEADLINE or title not in seen.title or seen.paged:
        return False
    head = next((head for head in tree.heads if tree.text_of(head) == title), -1)
    first = min((block.container for block in listing.blocks if not block.side and block.tree is tree), default=head)
    return 0 <= head <= first


def _is_summary(listing: Listing, block: Block, article: Article, page: _Page) -> bool:
    """Whether the running text stands in a list: then it is the summary of an entry."""
    if block.tree is not page.tree or listing.features.dated < 2:
        return False
    if article.body == block.container:
        return block.dated >= 3
    ends = page.tree.ends
    if not any(node <= article.body < ends[node] for node in block.nodes):
        return False
    lengths = sorted(sum(map(len, page.tree.texts[node : ends[node]])) for node in block.nodes)
    return len(lengths) > 1 and lengths[-1] < 5 * lengths[-2]


def _home(page: _Page, seen: kinds.Features) -> _Verdict:
    listing = read_listing(page.tree, page.targets, seen, page.base, page.as_of, home=True)
    entries = sum(len(block.entries) for block in listing.lists)
    detail = "" if entries else "nav_home"
    return _Verdict(PageKind.HOME, detail, ("首页地址" if entries else "首页没有信息列表",), listing)


def _letter(seen: kinds.Features, lines: list[Line], article: Article, page: _Page) -> Inquiry | None:
    if ("来信" in seen.text or "留言" in seen.text or "咨询" in seen.text) and (
        "答复" in seen.text or "回复" in seen.text or "状态" in seen.text
    ):
        return read_detail(lines, article.title, seen.url, page.as_of)
    return None


def _guide(page: _Page, seen: kinds.Features, article: Article) -> Guide | None:
    if "材料" not in seen.text and "办理" not in seen.text:  # the cheap look: no guide does without both
        return None
    if sum(word in seen.text for word in _GUIDE_WORDS) < 5:
        return None
    text = close_up(seen.text)
    if sum(bool(pattern.search(text)) for pattern in list(ELEMENTS.values())[1:]) < 4:
        return None
    return read_guide(page.decoded.text, article.title)


def _inquiries(page: _Page, seen: kinds.Features, listing: Listing) -> tuple[Inquiry, ...]:
    names = seen.title + " ".join(name for name, _ in seen.trail) + listing.name
    found = read_inquiries(page.tree, page.targets, listing.blocks, page.url, page.as_of)
    told = sum(bool(row.replied_on or row.status) for row in found)
    return found if INQUIRY_NAME.search(names) or (told * 2 > len(found) and _speaks_of_letters(listing)) else ()


def _speaks_of_letters(listing: Listing) -> bool:
    """Whether a list of the page, its head included, has the labels of letters."""
    for block in listing.blocks:
        tree, place = block.tree, block.container
        whole = tree.parents[place] if tree.tags[place] == "tbody" else place
        if not block.side and LETTER_LABEL.search(tree.text_of(whole, " ")):
            return True
    return False


def _assemble(
    page: _Page, seen: kinds.Features, article: Article, verdict: _Verdict, home: bool, with_marks: bool
) -> Reading:
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
    ) if kind not in (PageKind.ARTICLE, PageKind.ERROR, PageKind.GUIDE) and verdict.detail != JUMP else ""  # fmt: skip
    if not render and verdict.detail != JUMP and is_sent_on_somewhere(tree, seen.main, page.base):
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


def _nav(page: _Page) -> tuple[tuple[str, str], ...]:
    """The navigation of a home page inside its own scope."""
    tree, scope = page.tree, scope_of(page.url)
    pairs = ((tree.text_of(i), url) for i, url in page.targets.items() if tree.places[i] == "nav")
    return tuple(
        dict.fromkeys((name, url) for name, url in pairs if name and url != page.url and scope_of(url) == scope)
    )

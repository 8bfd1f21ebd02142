"""Bytes and an address to a `Reading`: what kind of page it is, and everything it says."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from crawler.parsing.addresses import resolve, scope_of
from crawler.parsing.articles import Article, bare_title, read_article
from crawler.parsing.charsets import Decoded, decode
from crawler.parsing.items import clicked_address
from crawler.parsing.lines import read_lines
from crawler.parsing.lists import Block, find_blocks, page_numbers, scripted_pages
from crawler.parsing.marks import read_marks, read_meta
from crawler.parsing.tree import Tree, build
from domain.captured import Link, Marks, PageKind, Reading

PARSER_VERSION = 1
_ARTICLE_URL = re.compile(
    r"/t?(?:19|20)\d{6}_\d+\.|/art/(?:19|20)\d\d/|/content[/_]\w*\d|[/_](?:content|article|detail|show|info|view)[/_-]?\d+|/\d{5,}\.s?html?|/c\d+/\d{6}/",
    re.I,
)
_LIST_URL = re.compile(
    r"/(?:index|list|default)(?:_\d+)?\.(?:s?html?|aspx?|jsp|php)(?:\?|$)|/$|/col/col\d+|/col\d+/|[/_]list[/_.?]", re.I
)
_ERROR = re.compile(r"404|not found|找不到|不存在|已删除|无法访问|error|出错|禁止访问|403|500", re.I)


@dataclass(slots=True)
class _Page:
    tree: Tree
    url: str
    base: str
    charset: str
    targets: dict[int, str] = field(default_factory=dict)


def read_page(
    body: bytes, url: str, as_of: datetime, content_type: str = "", *, home: bool = False, status: int = 200
) -> Reading:
    """Read one page. Never fails: rubbish gives a Reading of kind other or error."""
    decoded = decode(body, content_type)
    page = _open(decoded, url)
    meta = read_meta(page.tree)
    links = _links(page)
    text = _whole_text(page.tree)
    marks = read_marks(page.tree, [(link.url, link.text) for link in links], text)
    article = read_article(page.tree, meta, url, as_of)
    blocks = find_blocks(page.tree, page.targets, url, as_of)
    kind, reasons = _kind(page, meta, article, blocks, url, home, status)
    return _reading(page, decoded, kind, reasons, meta, links, marks, article, blocks)


def read_links(body: bytes, url: str, content_type: str = "") -> tuple[Link, ...]:
    """Only the links of a page, in page order."""
    return _links(_open(decode(body, content_type), url))


def _open(decoded: Decoded, url: str) -> _Page:
    tree = build(decoded.text)
    base = resolve(url, tree.base) or url if tree.base else url
    return _Page(tree, url, base, decoded.charset)


_SOURCES = {"img": "src", "iframe": "src", "frame": "src", "embed": "src", "form": "action", "link": "href"}


def _links(page: _Page) -> tuple[Link, ...]:
    tree, found = page.tree, []
    for index in tree.links:
        attrs = tree.attrs[index]
        href = attrs.get("href") or ""
        url = resolve(page.base, href, page.charset)
        if url is None or href.startswith("#"):
            clicked = clicked_address(attrs.get("onclick") or "") or (
                clicked_address(href) if "javascript" in href else ""
            )
            url = resolve(page.base, clicked, page.charset) if clicked else (page.url if href.startswith("#") else None)
        if url is None:
            continue
        page.targets[index] = url
        found.append(Link(url, tree.text_of(index) or attrs.get("title") or "", "a", _place(tree, index)))
    for index in tree.others:
        source = _SOURCES.get(tree.tags[index])
        href = tree.attrs[index].get(source) if source else None
        url = resolve(page.base, href, page.charset) if href else None
        if url:
            tag = tree.tags[index]
            label = tree.attrs[index].get("alt") or tree.attrs[index].get("rel") or ""
            found.append(
                Link(url, label, "css" if tag == "link" and "stylesheet" in label else tag, _place(tree, index))
            )
    for attrs, _ in tree.scripts:
        if (source := attrs.get("src")) and (url := resolve(page.base, source, page.charset)):
            found.append(Link(url, "", "script", ""))
    return tuple(found)


def _place(tree: Tree, index: int) -> str:
    return tree.places[index] or "main"


def _whole_text(tree: Tree) -> str:
    return "\n".join(line.text for line in read_lines(tree, tree.body, len(tree.tags)))


def _kind(
    page: _Page, meta: dict[str, str], article: Article, blocks: list[Block], url: str, home: bool, status: int
) -> tuple[PageKind, list[str]]:
    reasons: list[str] = []
    tree = page.tree
    if status >= 400:
        return PageKind.ERROR, [f"状态码{status}"]
    if not tree.links and len(article.text) < 40 and (not tree.title or _ERROR.search(tree.title)):
        return (PageKind.ERROR if _ERROR.search(tree.title) else PageKind.OTHER), ["没有链接，几乎没有文字"]
    if home or re.fullmatch(r"https?://[^/]+/?(?:index\.\w+)?", url):
        return PageKind.HOME, ["首页地址"]
    article_score = 3 * bool(meta.get("ArticleTitle") or meta.get("PubDate")) + 2 * bool(_ARTICLE_URL.search(url))
    article_score += min(3, len(article.text) // 100) + (article.published.day is not None)
    dated = sum(block.dated for block in blocks if not block.side)
    items = sum(len(block.group.items) for block in blocks if not block.side)
    list_score = 2 * bool(_LIST_URL.search(url)) + min(5, dated) + (2 if items >= 5 else 0)
    reasons.append(f"文章特征{article_score}，列表特征{list_score}")
    if article_score >= list_score and article_score >= 3:
        return PageKind.ARTICLE, reasons
    if list_score >= 2 and (items or re.search(r"暂无|没有(?:相关|找到)", _whole_text(tree))):
        return PageKind.COLUMN, reasons
    if _LIST_URL.search(url) and len(tree.links) > 3:
        return PageKind.COLUMN, reasons
    return (PageKind.ARTICLE if article_score >= 3 else PageKind.OTHER), reasons


def _reading(
    page: _Page,
    decoded: Decoded,
    kind: PageKind,
    reasons: list[str],
    meta: dict[str, str],
    links: tuple[Link, ...],
    marks: Marks,
    article: Article,
    blocks: list[Block],
) -> Reading:
    tree = page.tree
    scope = scope_of(page.url)
    nav = tuple(
        dict.fromkeys(
            (tree.text_of(i), url)
            for i, url in page.targets.items()
            if tree.places[i] == "nav" and tree.text_of(i) and scope_of(url) == scope
        )
    )
    is_article = kind is PageKind.ARTICLE
    column = meta.get("ColumnName") or ("" if is_article else bare_title(tree.title))
    pages = scripted_pages([body for _, body in tree.scripts], page.base) or page_numbers(tree, page.targets, page.url)
    return Reading(
        kind=kind,
        title=article.title if is_article else bare_title(tree.title),
        charset=decoded.charset,
        reasons=(*reasons, *decoded.notes),
        text=article.text,
        published=article.published if is_article else Reading(kind).published,
        candidates=article.candidates if is_article else (),
        source=article.source if is_article else "",
        author=article.author if is_article else "",
        column_name=column,
        nav=nav if kind is PageKind.HOME else (),
        lists=tuple(block.entries for block in blocks) if not is_article else (),
        links=links,
        next_pages=pages if kind is PageKind.COLUMN else (),
        marks=marks,
        meta=meta,
    )

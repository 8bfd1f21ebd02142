"""What was counted on a page, and what of it speaks for an article or for a column, with weights."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

ARTICLE_URL = re.compile(
    r"/[tc]?(?:19|20)\d{6}_\d+\.|/art/(?:19|20)\d\d/|/(?:19|20)\d{2}-?\d{2}[/-]\d{2}/\w|/content[/_]\w*\d|[/_](?:content|article|detail|show|info|view|news)[/_-]?\d+\.|/(?:19|20)\d{4}/\w+\.s?html?$"
    r"|/[a-z]?\d{5,}\.s?html?|/c\d+/\d{6}/|/[0-9a-f]{24,32}\.s?html?|/[a-z]?\d{10,}/?$|/info/\d+/\d+\.|(?:show|view|detail|content|info|article|read)\w{0,40}\.(?:aspx?|jsp|php|do)\?|/art\d+\.html|[?&](?:id|newsid|articleid|infoid|contentid)=\w+",
    re.I,
)
LIST_URL = re.compile(
    r"/(?:index|list|default|more)(?:[_-]\d+)?\.(?:s?html?|aspx?|jsp|php)(?:\?|$)|/$|/col/col\d+|/(?:col|list|node|channel|column|lanmu)[_/-]?\d+|[/_]list[/_.?-]|(?:list|class|more|column)\w{0,40}\.(?:aspx?|jsp|php|do)\?",
    re.I,
)
HOME_URL = re.compile(r"https?://[^/]+/?(?:(?:index|default|home)\.\w+|index)?(?:(?<=html)\?.*|(?<=htm)\?.*)?$", re.I)
_OPEN_INFO = re.compile(r"信息公开|政务公开|公开指南|公开目录|公开年报|索引号")

_SHARED_AS = frozenset(("article", "news", "newsarticle"))
_LEAST_BODY = 60  # characters of running text
_LEAST_ITEMS = 3  # entries without dates


@dataclass(frozen=True, slots=True)
class Features:
    """What was counted on a page."""

    url: str
    title: str
    text: str  # everything visible
    body: str  # the running text
    meta: dict[str, str]
    trail: tuple[tuple[str, str], ...]
    main: str = ""  # visible outside navigation and footer
    dated: int = 0  # dated entries of lists that are not sidebars
    items: int = 0
    paged: bool = False
    printed: bool = False  # a publish date is printed between title and text
    empty: bool = False
    own: tuple[str, ...] = ()  # visible lines of the main part that are no links, of a page without long text
    shown: str = ""  # everything visible at first: without what styles hide
    trail_node: int = -1  # the element that holds the breadcrumbs


class Sign(NamedTuple):
    """One thing that speaks for a kind of page. Of signs with the same `instead` only the first counts."""

    name: str
    points: Callable[[Features], float]  # 0 where it is not there
    reason: str = ""  # in Chinese; {body}, {dated} and {items} are what was counted
    instead: str = ""


def _body_points(seen: Features) -> float:
    return min(3.0, 1 + len(seen.body) / 200) if len(seen.body) >= _LEAST_BODY else 0


def _item_points(seen: Features) -> float:
    return min(2.0, 0.5 + seen.items / 5) if seen.items >= _LEAST_ITEMS else 0


def _share_points(seen: Features) -> float:
    shared = seen.meta.get("og:type", "").lower() in _SHARED_AS or seen.meta.get("article:published_time")
    return 2.5 if shared else 0


def _column_points(seen: Features) -> float:
    tagged = seen.meta.get("ColumnType") or seen.meta.get("ColumnDescription")
    return 1 if tagged and not seen.meta.get("ArticleTitle") else 0


ARTICLE_SIGNS = (
    Sign("article_title", lambda seen: 4 if seen.meta.get("ArticleTitle") else 0, "meta 有 ArticleTitle", "meta"),
    Sign(
        "publish_meta",
        lambda seen: 1.5 if seen.meta.get("PubDate") or seen.meta.get("ContentSource") else 0,
        "meta 有 PubDate/ContentSource",
        "meta",
    ),
    Sign("shared_as_article", _share_points, "meta 有 og:type/article:published_time", "meta"),
    Sign("article_address", lambda seen: 2 if ARTICLE_URL.search(seen.url) else 0, "地址像文章"),
    Sign("printed_date", lambda seen: 2 if seen.printed else 0, "标题与正文之间有日期"),
    Sign("running_text", _body_points, "正文{body}字"),
    Sign("trail_ends_here", lambda seen: 1 if seen.trail and seen.trail[-1][0] in ("正文", "详情") else 0),
)
LIST_SIGNS = (
    Sign("list_address", lambda seen: 2 if LIST_URL.search(seen.url) else 0, "地址像栏目"),
    Sign("column_meta", _column_points, "meta 有 ColumnType/ColumnDescription"),
    Sign(
        "dated_entries",
        lambda seen: min(4.0, 1.5 + seen.dated / 2) if seen.dated else 0,
        "列表有{dated}条带日期",
        "list",
    ),
    Sign("entries", _item_points, "列表有{items}条", "list"),
    Sign("pager", lambda seen: 1.5 if seen.paged else 0, "有分页"),
    Sign("said_to_be_empty", lambda seen: 1.5 if seen.empty else 0, "写明暂无内容"),
)


def weigh(signs: Iterable[Sign], seen: Features) -> tuple[float, list[str]]:
    """(points, reasons) of a page."""
    total: float = 0.0
    reasons: list[str] = []
    met: set[str] = set()
    for sign in signs:
        if sign.instead in met or not (points := sign.points(seen)):
            continue
        met |= {sign.instead} - {""}
        total += points
        if sign.reason:
            reasons.append(sign.reason.format(body=len(seen.body), dated=seen.dated, items=seen.items))
    return total, reasons


def is_open_info(seen: Features) -> bool:
    """Whether a page belongs to 政府信息公开."""
    names = " ".join(name for name, _ in seen.trail)
    return bool(_OPEN_INFO.search(names + seen.title)) or ("索引号" in seen.text and "发布机构" in seen.text)

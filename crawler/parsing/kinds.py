"""What a page is: meta tags, address and structure together, with the reasons."""

import re
from dataclasses import dataclass

from crawler.parsing.html.tree import Tree
from domain.captured import PageKind

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
_ERROR = re.compile(
    r"(?:^|[\s_|-])(?:404|403|500|502|503)(?=$|[\s_|:,.!，。：！-]*(?:$|error|not|forb|bad|int|serv|[-_|]|页|错|抱歉|很|您|对不起|无|未|没|服务))|(?:错误|HTTP)\W{0,3}[45]0\d|not found|找不到|(?:页面|网页|内容|文章|信息)(?:不存在|已删除|已被删除|已下线|走丢|丢失|不见)|无法(?:访问|找到|显示)|出错|错误提示|禁止访问|forbidden|系统(?:错误|异常)|您访问的|运行时错误|server error",
    re.I,
)
_SAID = re.compile(
    r"(?:页面|网页|内容|文章|信息|资源|栏目|地址|文件|您(?:要)?(?:访问|查看|请求|浏览)的).{0,8}(?:不存在|找不到|未找到|没有找到|已被?(?:删除|撤销|撤回|下线|下架|移除|关闭)|未通过审核|走丢|丢失|出错)"
    r"|系统(?:发生|出现)?(?:错误|异常|故障)|服务器.{0,4}(?:错误|异常)|^\W*(?:40[34]|50[0234])\b",
    re.I,
)  # a page that says nothing else is an error page, whatever stands around it
_AROUND = re.compile(r"^\W*(?:返回|关闭|刷新)|今天是|星期[一二三四五六日天]|当前位置|您的位置")
_TOPIC = re.compile(r"关于|通知|公告|说明|公示|[的与和].{2,}")  # a page about errors is no error page
_SEARCH = re.compile(r"/search|/sousuo|/so/|[?&](?:searchword|keyword|kw|q|qt|wd)=", re.I)
_LOGIN = re.compile(r"登录|登陆|login|sign in|统一身份认证", re.I)
_OPEN_INFO = re.compile(r"信息公开|政务公开|公开指南|公开目录|公开年报|索引号")


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


def special(tree: Tree, seen: Features, status: int) -> tuple[PageKind, str, str] | None:
    """Error, login and search pages: (kind, detail, reason)."""
    short = len(seen.text) < 600
    if status >= 400:
        return PageKind.ERROR, "", f"状态码{status}"
    if short and _ERROR.search(seen.title[:40]) and not _TOPIC.search(seen.title) and not seen.body[400:]:
        return PageKind.ERROR, "", f"标题“{seen.title[:30]}”是错误提示"
    if (
        len(seen.text) < 300
        and len(tree.links) < 12
        and not _TOPIC.search(seen.title)
        and _ERROR.search(seen.text[:120])
    ):
        return PageKind.ERROR, "", "内容是错误提示"
    if _only_says_error(seen):
        return PageKind.ERROR, "", "除错误提示外没有内容"
    if (
        any(tree.tags[i] == "input" and (tree.attrs[i].get("type") or "").lower() == "password" for i in tree.others)
        and short
    ):
        return PageKind.OTHER, "login", "有密码输入框"
    if (
        _SEARCH.search(seen.url.partition("://")[2].partition("/")[2].join(("/", "")))
        and "搜索" in seen.title + seen.text[:2000]
    ):
        return PageKind.OTHER, "search", "站内搜索页"
    if not (tree.links or tree.title or tree.heads or tree.scripts):
        return PageKind.OTHER, "empty" if not seen.text.strip() else "", "没有标题和链接，不是网页正文"
    return None


def _only_says_error(seen: Features) -> bool:
    if len(seen.own) > 12:
        return False
    lines = [line for line in seen.own if not _AROUND.search(line) and len(line) > 4]
    return 0 < len(lines) <= 4 and sum(map(len, lines)) < 120 and any(_SAID.search(line[:45]) for line in lines)


_SHARED_AS = frozenset(("article", "news", "newsarticle"))


def article_points(seen: Features) -> tuple[float, list[str]]:
    """How much a page resembles an article."""
    points: float = 0.0
    reasons: list[str] = []
    if seen.meta.get("ArticleTitle"):
        points, reasons = points + 4, [*reasons, "meta 有 ArticleTitle"]
    elif seen.meta.get("PubDate") or seen.meta.get("ContentSource"):
        points, reasons = points + 1.5, [*reasons, "meta 有 PubDate/ContentSource"]
    elif seen.meta.get("og:type", "").lower() in _SHARED_AS or seen.meta.get("article:published_time"):
        points, reasons = points + 2.5, [*reasons, "meta 有 og:type/article:published_time"]
    if ARTICLE_URL.search(seen.url):
        points, reasons = points + 2, [*reasons, "地址像文章"]
    if seen.printed:
        points, reasons = points + 2, [*reasons, "标题与正文之间有日期"]
    length = len(seen.body)
    if length >= 60:
        points, reasons = points + min(3.0, 1 + length / 200), [*reasons, f"正文{length}字"]
    if seen.trail and seen.trail[-1][0] in ("正文", "详情"):
        points += 1
    return points, reasons


def list_points(seen: Features) -> tuple[float, list[str]]:
    """How much a page resembles a column."""
    points: float = 0.0
    reasons: list[str] = []
    if LIST_URL.search(seen.url):
        points, reasons = points + 2, [*reasons, "地址像栏目"]
    if (seen.meta.get("ColumnType") or seen.meta.get("ColumnDescription")) and not seen.meta.get("ArticleTitle"):
        points, reasons = points + 1, [*reasons, "meta 有 ColumnType/ColumnDescription"]
    if seen.dated:
        points, reasons = points + min(4.0, 1.5 + seen.dated / 2), [*reasons, f"列表有{seen.dated}条带日期"]
    elif seen.items >= 3:
        points, reasons = points + min(2.0, 0.5 + seen.items / 5), [*reasons, f"列表有{seen.items}条"]
    if seen.paged:
        points, reasons = points + 1.5, [*reasons, "有分页"]
    if seen.empty:
        points, reasons = points + 1.5, [*reasons, "写明暂无内容"]
    return points, reasons


def is_open_info(seen: Features) -> bool:
    """Whether a page belongs to 政府信息公开."""
    names = " ".join(name for name, _ in seen.trail)
    return bool(_OPEN_INFO.search(names + seen.title)) or ("索引号" in seen.text and "发布机构" in seen.text)

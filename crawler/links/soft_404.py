"""Soft 404: pages that answer 200 and say that there is nothing. Signals only; what they mean, `domain.links` decides."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.parsing.html.addresses import resolve, scope_of
from crawler.parsing.html.charsets import decode
from crawler.parsing.html.lines import Line, read_lines
from crawler.parsing.html.tree import Tree, build
from crawler.parsing.kinds import HOME_URL
from domain.captured import Detail, PageKind, Reading

_WHAT = r"(?:页面|网页|页|内容|文章|信息|文件|资源|地址|链接|网址|栏目|稿件|数据|记录|目录|文档)"
_ASKED = r"(?:您|你)?(?:所|正在|要|想|需要|当前|刚才)?(?:访问|查找|寻找|查看|请求|浏览|打开|输入|找|看|阅读|点击)(?:的|了)?(?:是|一个)?"
_GONE = (
    r"(?:可能|似乎|好像)?(?:已经?|现已|根本)?(?:不存在|找不到|没有找到|未找到|没找到|无法找到|不见了|走丢了?|飞走了|丢失了?|失踪了"
    r"|(?:被)?(?:删除|移除|撤销|撤下|下线|下架|移走)了?)"
)
_SORRY = r"(?:非常|很|十分|真)?(?:抱歉|对不起|遗憾|糟糕|哎呀|哎哟|啊哦|出错了|错误提示?|提示(?:信息)?|404)"
_ENDING = r"(?:或(?:者)?.{0,16}|[啦了哦哟呢~]*)"
_CHINESE = re.compile(
    rf"(?:(?:{_SORRY})[\W_]*)*"
    rf"(?:(?:{_ASKED})?(?:该|此|本|这个)?{_WHAT}(?:或{_WHAT})?{_GONE}{_ENDING}"
    rf"|(?:(?:没有|未能?|无法|不能)(?:找到|打开|显示|访问)|找不到)(?:{_ASKED}的?{_WHAT}|(?:该|此|本|这个|指定)?的?(?:页面|网页|页|文件|文章|网址))"
    rf"|(?:该|此|本)?(?:页面|网页|网址|链接)(?:无法|不能)(?:打开|显示|访问)"
    rf"|(?:404|页面|网页)(?:错误|出错)(?:页面?)?|{_WHAT}(?:404|走丢了))"
)
_ENGLISH = re.compile(
    r"(?:error[\W_]*)?(?:http[\W_]*)?404[\W_]*(?:error|not found|page not found|file not found|页面|错误页面?)?"
    r"|(?:error|oops|sorry|uh-?oh)?[\W_]*(?:(?:the|this|that)\s+)?(?:requested\s+)?(?:page|file|document|url|resource|content|article)"
    r"(?:\s+(?:you(?:'|’)?(?:\s+a)?re looking for|you(?:\s+have)?\s+requested|requested))?"
    r"\s+(?:was\s+|is\s+|could\s+|can\s*|does\s+|cannot\s+)?(?:not\s+(?:be\s+)?(?:found|exist|available)|no longer (?:exists|available)|be found|missing|gone)"
    r"(?:\s+on this server)?|not found|page missing",
    re.I,
)
_STRUCTURE = re.compile(
    r"(?:来源|发布(?:时间|日期|机构)?|发文(?:日期|字号)|索引号|作者|责任编辑|浏览次数)\s*[:：]|^\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}"
)
_PARTS = re.compile(r"\s*[-_|—–·»>]+\s*|\s{2,}")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_SENTENCES = re.compile(r"[。！!？?；;：:]|\.\s|\s{2,}|[，,](?=(?:请|您可以|点击|系统|将在|\d))")
_NOISE = re.compile(r"/\S+|https?:\S+|[0-9a-f]{8,}|\d+", re.I)
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\";\s]+)", re.I)
_MOVE = re.compile(r"location(?:\.href|\.replace)?\s*(?:=|\()\s*['\"]([^'\"]+)['\"]")
THIN_CHARACTERS, THIN_LINKS, LONG_TEXT = 200, 12, 300


@dataclass(frozen=True, slots=True)
class Print:
    """What an answer looks like, without numbers and addresses: to compare it with the answer to a random path."""

    title: str
    lines: frozenset[int]

    def matches(self, other: "Print") -> bool:
        """Whether two answers are one page; blank answers match nothing."""
        if not self.lines or not other.lines or self.title != other.title:
            return False
        return len(self.lines & other.lines) >= 0.8 * len(self.lines | other.lines)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A page that may say "there is nothing": its signals (`phrase`, `thin`, `to_home`) and its print."""

    signals: tuple[str, ...]
    print: Print


def doubt_of(reading: Reading, url: str, body: bytes, content_type: str = "") -> Doubt | None:
    """What makes a page of status 200 doubtful; None for a home page and for one with an article, a list or a form."""
    if is_beyond_doubt(reading, url):
        return None
    tree = build(decode(body, content_type).text)
    lines = [line for line in read_lines(tree, tree.body, len(tree.tags)) if not line.hidden]
    own = [line for line in lines if line.place not in {"nav", "footer"}]
    structured = _is_structured(reading, own)
    signals = []
    if says_missing(tree.title) or (not structured and any(_line_says(line.text) for line in own)):
        signals.append("phrase")
    if not structured and _is_thin(reading, tree, own):
        signals.append("thin")
        if _moves_home(tree, url):
            signals.append("to_home")
    if not signals:
        return None
    return Doubt(tuple(signals), _print(tree, lines))


def is_beyond_doubt(reading: Reading, url: str) -> bool:
    """Whether what was read shows by itself that there is something; else the page has to be looked at."""
    return reading.kind is PageKind.HOME or is_home(url) or _is_full(reading)


def print_of(body: bytes, content_type: str = "") -> Print:
    """The print of any answer."""
    tree = build(decode(body, content_type).text)
    return _print(tree, read_lines(tree, tree.body, len(tree.tags)))


def says_missing(title: str) -> bool:
    """Whether one part of a title is nothing but an error phrase: 404 - 某某市人民政府, but not 404页面优化说明."""
    return any(_is_phrase(part) for part in (title, *_PARTS.split(title)))


def is_home(url: str) -> bool:
    """Whether an address looks like a home page."""
    return HOME_URL.fullmatch(url) is not None and not urlsplit(url).query


def is_sent_home(asked: str, final: str) -> bool:
    """Whether a deep address was redirected to the home page of its host."""
    if is_home(asked) or not is_home(final) or _bare(asked) != _bare(final):
        return False
    path = urlsplit(asked).path
    return path.count("/") > 1 or "." in path or bool(urlsplit(asked).query)


def _bare(url: str) -> str:
    return scope_of(url).partition(":")[0].removeprefix("www.")


def _is_full(reading: Reading) -> bool:
    """Plainly a page with content: no need to look closer. A title that says 404 is looked at all the same."""
    if says_missing(reading.title):
        return False
    if reading.kind in (PageKind.GUIDE, PageKind.INQUIRY) or reading.detail in {Detail.LOGIN, Detail.SEARCH}:
        return True
    return len(reading.text) >= LONG_TEXT or reading.published.value is not None or len(reading.entries) >= 3


def _is_structured(reading: Reading, own: list[Line]) -> bool:
    if reading.meta.get("ArticleTitle") or reading.meta.get("PubDate") or reading.published.value is not None:
        return True
    return any(_STRUCTURE.search(line.text) for line in own) or len(reading.text) >= LONG_TEXT


def _is_thin(reading: Reading, tree: Tree, own: list[Line]) -> bool:
    text = sum(len(line.text) - line.linked for line in own)
    links = sum(1 for index in tree.links if tree.places[index] not in {"nav", "footer"})
    fields = any(
        tree.tags[index] in {"form", "iframe", "embed", "img"} and not tree.places[index] for index in tree.others
    )
    big = fields and text < 12  # a picture, a map, a player: the page is what it shows
    return 0 < text < THIN_CHARACTERS and links <= THIN_LINKS and len(reading.entries) < 3 and not big


def _line_says(text: str) -> bool:
    return len(text) <= 120 and any(_is_phrase(part) for part in (text, *_SENTENCES.split(text)))


def _is_phrase(text: str) -> bool:
    text = _EDGES.sub("", text)
    if not 3 <= len(text) <= 60:
        return False
    return bool(_CHINESE.fullmatch(text) or _ENGLISH.fullmatch(text))


def _moves_home(tree: Tree, url: str) -> bool:
    asked = [m[1] for attrs in tree.metas if (attrs.get("http-equiv") or "").lower() == "refresh"
             for m in _REFRESH.finditer(attrs.get("content") or "")]  # fmt: skip
    asked += [m[1] for _, script in tree.scripts if len(script) < 4_000 for m in _MOVE.finditer(script)]
    return any(is_sent_home(url, target) for each in asked if (target := resolve(url, each)))


def _print(tree: Tree, lines: list[Line]) -> Print:
    kept = (_NOISE.sub("", line.text).strip() for line in lines)
    return Print(_NOISE.sub("", tree.title).strip(), frozenset(hash(text) for text in kept if text))

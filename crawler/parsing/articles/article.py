"""An article: its title, main text, publish date with every candidate, source and author."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from crawler.parsing.articles.absence import is_undated
from crawler.parsing.articles.printed_dates import NO_DATE, Frame, dates_in_pieces, printed_dates
from crawler.parsing.articles.publish_date import decide
from crawler.parsing.articles.spots import Spot
from crawler.parsing.dates import reader as dates
from crawler.parsing.html.lines import Line
from crawler.parsing.html.table_heads import column_heads
from crawler.parsing.html.tree import Tree
from crawler.parsing.words import SIDE_NAME, SITE_NAME, bare_title
from domain.captured import DateCandidate, Dated
from domain.times import BEIJING

_BODY = re.compile(
    r"(?:^|\s)(?:TRS_\w*|UCAP-CONTENT|zoom|Zoom|article[-_]?(?:content|body|con|text|cont|main)|content[-_]?(?:text|body|main|txt)?|(?:news|text|detail|main|page[s]?|view|xl)[-_]?(?:content|con|text|body|txt|detail|info)|vsb_content\w*|zw|zhengwen|con(?:tent)?s?|info-?cont|bt-content|view)(?=$|\s|_\d)",
    re.I,
)
_SOURCE = re.compile(
    r"(?:信息来源|文章来源|稿件来源|内容来源|来源单位|来源于|来源|稿源|來源|出处|供稿单位|供稿|Source)\s*[:]\s*([^\s|][^|]{0,40})"
)
_SOURCE_END = re.compile(
    r"\s{1,}|(?=作者|发布(?:时间|日期|人|者|于|单位|机构|\s*:)|發|时间|時間|日期|字体|字號|字号|浏览|瀏覽|点击|點擊|阅读|编辑|编审|责任|審|审核|修订|修訂|打印|收藏|分享|关闭|關閉|\d{4}[-年/]|[\[【(])"
)
_ENGLISH_END = re.compile(r"\s{2,}|(?=Author|Editor|Published|Date|Time|\d{4}[-/]|[\[(])")
_AUTHOR = re.compile(r"(?:作\s*者|撰稿人?|记者|供稿人)\s*[:]\s*([^\s|:,;()]{2,20})")


@dataclass(frozen=True, slots=True)
class Article:
    """What an article page says."""

    title: str
    text: str
    published: Dated
    candidates: tuple[DateCandidate, ...]
    source: str
    author: str
    body: int  # element that holds the text, -1: none
    won: Spot | None = None  # where the printed date that was taken stands
    labelled: int = 0  # dates with a label between headline and text


NO_ARTICLE = Article("", "", Dated(), (), "", "", -1)


def find_body(tree: Tree) -> int:
    """The element with the running text: -1 when there is none."""
    weights: dict[int, float] = {}
    texts, parents, tags = tree.texts, tree.parents, tree.tags
    link_end = 0
    for index in range(tree.body, len(tags)):
        text = texts[index]
        if tags[index] == "a":
            link_end = max(link_end, tree.ends[index])
        if len(text) < 12 or index < link_end or tree.places[index] or (len(text) < 30 and _DATED.search(text)):
            continue
        above = parents[index]
        while above > tree.body and tags[above] in _INLINE:
            above = parents[above]
        points = len(text) + 20 * (text.count("，") + text.count("。") + text.count("；"))
        shares = (1.0, 0.9, 0.45)  # two blocks of text outweigh each of them alone
        if tags[above] in _PARAGRAPH and parents[above] >= tree.body:
            above, shares = parents[above], (1.0, 0.5, 0.25)
        for share in shares:
            if above < tree.body:
                break
            weights[above] = weights.get(above, 0.0) + points * share
            above = parents[above]
    if not weights:
        return -1
    best = max(weights, key=lambda node: weights[node])
    return best if weights[best] >= 40 else -1


_HEADINGS = frozenset(("h1", "h2", "h3"))
_ANY_TIME = datetime(2030, 1, 1, tzinfo=BEIJING)
_DATED = re.compile(r"(?:19|20)\d\d[-/.年]\d")  # 发布时间：2023-04-20 beside a link is no running text
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "label",
        "mark",
        "o:p",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "u",
        "tt",
        "ins",
        "del",
    ]
)
_PARAGRAPH = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "section", "blockquote", "li", "pre", "center"))


def read_article(tree: Tree, meta: dict[str, str], lines: list[Line], url: str, as_of: datetime) -> Article:
    """Read the page as an article."""
    body = find_body(tree)
    first, last = _span(tree, lines, body)
    title = find_title(tree, meta, lines, first)
    around = _title_line(lines, title, first, last)
    if body < 0:  # a picture, a video: what tells its date stands close to the headline
        first = last = min(first, around + 20)
    elif first <= around < last:
        first = _text_start(lines, around, last)
    frame = Frame(title, around, first, last)
    found = printed_dates(lines, frame, column_heads(tree, lines), as_of)
    if not any(seen.rank < NO_DATE for seen in found):
        found += dates_in_pieces(lines, frame, as_of)
    told = decide(found, meta, url, as_of, lambda: is_undated(tree, lines, frame, found, meta, url))
    near = (*lines[max(0, around - 2) : max(first, min(around + 4, last))], *lines[last : last + 6])
    info = "  ".join(line.text for line in near if len(line.text) < 200 and not line.hidden)
    folded = dates.fold(info)
    source = meta.get("ContentSource") or _field(_SOURCE, folded)
    author = meta.get("Author") or _field(_AUTHOR, folded)
    text = "\n".join(line.text for line in lines[first:last])
    return Article(title, text, told.published, told.candidates, source, author, body, told.won, told.labelled)


def find_title(tree: Tree, meta: dict[str, str], lines: list[Line], first: int) -> str:
    """Meta ArticleTitle, else the heading that the page title begins with, else the headline above the text (line `first`)."""
    if told := meta.get("ArticleTitle"):
        return told
    whole = tree.title
    best = ""
    for head in tree.heads:
        text = tree.text_of(head)
        if 4 <= len(text) <= 120 and text in whole and len(text) > len(best):
            best = text
    if best:
        return best
    if told := _printed_headline(tree, bare_title(whole)):
        return told
    for line in lines:
        if 6 <= len(line.text) <= 120 and line.text in whole and not line.place and len(line.text) > len(best):
            best = line.text
    if not SITE_NAME.search(bare_title(whole)) or "".join(whole.split()) != bare_title(whole):
        return best or bare_title(whole)
    return best or _headline(tree, lines, first) or bare_title(whole)


_CUT = re.compile(r"(?:\.{2,9}|…{1,9}|。{2,9})\s{0,9}\Z")
_ALIKE = 0.7  # of the characters stand in both, in the same order


def _printed_headline(tree: Tree, title: str) -> str:
    """The only large heading that says what the page title says, cut short or in other words."""
    heads = [
        text for head in tree.heads if tree.tags[head] in _HEADINGS and 6 <= len(text := tree.text_of(head)) <= 120
    ]
    begun = _CUT.sub("", title)
    for text in heads if len(begun) >= 6 else ():
        if text.startswith(begun) and begun == title:
            return title  # what follows in the heading is a date, a source
        if text.startswith(begun) or (
            0.5 < len(text) / len(begun) < 2 and SequenceMatcher(None, begun, text, autojunk=False).ratio() >= _ALIKE
        ):
            return text
    return ""


_INFO = re.compile(
    r"(?:来源|时间|日期|作者|浏览|点击|阅读|字号|字体|编辑|索引号|发布|位置)[^一-鿿]*[:：]|(?:Published|Posted|Updated|Source|Date|Author)\b[^:]{0,9}:|[>＞»]|。"
)
_NAMED = re.compile(r"tit(?:le)?(?:$|[\s_\d-])|(?:^|[\s_-])(?:bt|biaoti|headline)", re.I)


def _headline(tree: Tree, lines: list[Line], first: int) -> str:
    """The line above the text, or its first one, that looks most like a headline, when the page title names only the site."""
    best, most = "", 0.0
    for number in range(max(0, first - 12), min(first + 2, len(lines))):
        line = lines[number]
        if line.place or line.hidden or line.linked or not 4 <= len(line.text) <= 100:
            continue
        if _INFO.search(line.text) or SIDE_NAME.search(line.text) or dates.read(line.text, _ANY_TIME):
            continue
        above = [line.start, *tree.ancestors(line.start)[:3]]
        points = 1 + number / (first + 2) + 2 * any(tree.tags[node] in _HEADINGS for node in above)
        points += any(_NAMED.search(tree.hints[node]) for node in above) - 2.5 * (number >= first)
        points += number + 1 < len(lines) and _INFO.search(lines[number + 1].text) is not None
        if points > most:
            best, most = line.text, points
    return best


def _span(tree: Tree, lines: list[Line], body: int) -> tuple[int, int]:
    if body < 0:
        return len(lines), len(lines)
    stop = tree.ends[body]
    inside = [number for number, line in enumerate(lines) if body <= line.start < stop]
    if not inside:
        return len(lines), len(lines)
    return inside[0], inside[-1] + 1


def _title_line(lines: list[Line], title: str, first: int, last: int) -> int:
    """The line of the title: the last one before the text that shows it, else one in the text's first lines."""
    upwards = list(range(min(first, len(lines) - 1), -1, -1))
    for number in upwards + list(range(first, min(first + 8, last))):
        if title and title in lines[number].text and not lines[number].linked:
            return number
    return max(0, first - 8)


def _text_start(lines: list[Line], title: int, last: int) -> int:
    """The first line of running text behind a title that stands in the text's own element."""
    for number in range(title + 1, min(title + 7, last)):
        text = lines[number].text
        if "。" in text or (len(text) > 100 and lines[number].linked < 12) or (len(text) >= 30 and "，" in text):
            return number
    return min(title + 1, last)


def _field(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    if not match:
        return ""
    told = match[1].strip()
    ends = _ENGLISH_END if told[:1].isascii() and told[:1].isalpha() else _SOURCE_END
    return ends.split(told, maxsplit=1)[0].strip(" ,;")

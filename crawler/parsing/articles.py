"""An article: its title, main text, publish date with every candidate, source and author."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.parsing import dates
from crawler.parsing.dates import Stamp
from crawler.parsing.lines import Line
from crawler.parsing.tree import Tree
from domain.captured import DateCandidate, Dated, DateHow

_BODY = re.compile(
    r"(?:^|\s)(?:TRS_\w*|UCAP-CONTENT|zoom|Zoom|article[-_]?(?:content|body|con|text|cont|main)|content[-_]?(?:text|body|main|txt)?|(?:news|text|detail|main|page[s]?|view|xl)[-_]?(?:content|con|text|body|txt|detail|info)|vsb_content\w*|zw|zhengwen|con(?:tent)?s?|info-?cont|bt-content|view)(?=$|\s|_\d)",
    re.I,
)
_LABEL = re.compile(
    r"(发布|发表|发稿|刊登|刊发|公布|公开|添加|录入|上传|发文|更新|生成|成文|印发|制作|编辑|信息)?\s*(日期|时间)\s*[:]?\s*$|(发布于|发表于|刊登于|更新于|发布|发表)\s*[:]?\s*$|(?:Posted|Published|Updated)(?:\s+on)?\s*[:]?\s*$|\b(?:Pub)?[Dd]ate\s*[:]\s*$"
)
SITE_NAME = re.compile(r"(?:人民政府|门户网站|政府网|信息网|官方网站|委员会|管理局|办公室|办公厅|[局厅委网])$")
_SOURCE = re.compile(
    r"(?:信息来源|文章来源|稿件来源|内容来源|来源单位|来源于|来源|出处|供稿单位|供稿|Source)\s*[:]\s*([^\s|][^|]{0,40})"
)
_SOURCE_END = re.compile(r"\s{1,}|(?=作者|发布|时间|日期|字体|字号|浏览|点击|阅读|编辑|责任|\d{4}[-年/]|[\[【(])")
_AUTHOR = re.compile(r"(?:作\s*者|撰稿人?|记者|供稿人)\s*[:]\s*([^\s|:,;()]{2,20})")
_NOISE = re.compile(
    r"字体|字号|[【\[]?\s*[大中小]\s*[】\]]|浏览(?:次数|量)?|点击(?:率|数|量)?|阅读(?:次数|量)?|次数|分享|打印|收藏|关闭|扫一扫|来源|作者|编辑|责任|[:|\s\d次]"
)


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
        if len(text) < 12 or index < link_end or tree.places[index]:
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
    title = find_title(tree, meta, lines)
    first, last = _span(tree, lines, body)
    around = _title_line(lines, title, first)
    found = list(_printed(lines, around, first, last, as_of))
    published, candidates = _decide(found, meta, url, as_of)
    info = "  ".join(line.text for line in (*lines[around:first], *lines[last : last + 6]) if len(line.text) < 200)
    folded = dates.fold(info)
    source = meta.get("ContentSource") or _field(_SOURCE, folded)
    author = meta.get("Author") or _field(_AUTHOR, folded)
    text = "\n".join(line.text for line in lines[first:last])
    return Article(title, text, published, candidates, source, author, body)


def find_title(tree: Tree, meta: dict[str, str], lines: list[Line]) -> str:
    """Meta ArticleTitle, else the heading that the page title begins with, else the page title itself."""
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
    for line in lines:
        if 6 <= len(line.text) <= 120 and line.text in whole and not line.place and len(line.text) > len(best):
            best = line.text
    if not SITE_NAME.search(bare_title(whole)) or "".join(whole.split()) != bare_title(whole):
        return best or bare_title(whole)
    return best or _first_heading(tree) or bare_title(whole)


def _first_heading(tree: Tree) -> str:
    """The first heading of the main part, when the page title is only the site's name."""
    for head in tree.heads:
        direct = [tree.texts[i] for i in tree.children(head) if tree.texts[i]]
        text = " ".join("".join(direct).split()) or tree.text_of(head)
        if not tree.places[head] and 4 <= len(text) <= 120 and not SITE_NAME.search(text):
            return text
    return ""


def bare_title(title: str) -> str:
    """A page title without the site's name."""
    parts = [
        part.strip()
        for part in re.split(
            r"\s*[_|｜]+\s*|\s+[-–—]{1,2}\s*|[-–—]{1,2}(?=[^-–—]*(?:政府|网|局|委|办|厅|部)[^-–—]*$)|\s*>>?\s*", title
        )
        if part.strip()
    ]
    return parts[0] if parts else ""


def _span(tree: Tree, lines: list[Line], body: int) -> tuple[int, int]:
    if body < 0:
        return len(lines), len(lines)
    stop = tree.ends[body]
    inside = [number for number, line in enumerate(lines) if body <= line.start < stop]
    if not inside:
        return len(lines), len(lines)
    return inside[0], inside[-1] + 1


def _title_line(lines: list[Line], title: str, first: int) -> int:
    """The line of the title: the last one before the text that shows it."""
    for number in range(min(first, len(lines) - 1), -1, -1):
        if title and title in lines[number].text and not lines[number].linked:
            return number
    return max(0, first - 8)


@dataclass(frozen=True, slots=True)
class _Seen:
    stamp: Stamp
    rank: int  # smaller is better; 9: not a publish date
    why: str


def _printed(lines: list[Line], title: int, first: int, last: int, as_of: datetime) -> list[_Seen]:
    seen = []
    for number, line in enumerate(lines):
        inside = first <= number < last
        if inside and (len(line.text) > 120 or (first + 3 <= number < last - 3 and len(line.text) > 60)):
            continue  # dates in running text say nothing
        if len(line.text) > 300 or line.linked > 12 or line.place or not _DIGIT.search(line.text):
            continue
        folded = dates.fold(line.text)
        said = dates.fold(lines[number - 1].text) if number and len(lines[number - 1].text) <= 12 else ""
        labelled = len(folded) < 120 and bool(_LABELLED.search(folded) or _LABEL.search(said))
        for stamp in dates.search(line.text, as_of, short=labelled):
            before = folded[max(0, stamp.start - 16) : stamp.start]
            if said and stamp.start < 3 and _LABEL.search(said):
                before = said + before
            if stamp.shape == "month_day" or (labelled and not _LABEL.search(before) and len(stamp.text) < 9):
                continue
            rank, why = _rank(number, before, folded, stamp, title, first, last, inside)
            seen.append(_Seen(stamp, rank, why))
    return seen


_DIGIT = re.compile(r"\d|昨|今|前|刚|[一二][零〇○九]")
_LABELLED = re.compile(r"(?:发布|发表|日期|时间|Date|Posted|Published)\s*[于]?\s*:?", re.I)


def _rank(
    number: int, before: str, line: str, stamp: Stamp, title: int, first: int, last: int, inside: bool
) -> tuple[int, str]:
    label = _LABEL.search(before)
    if dates.OTHER_EVENT.search(before):
        return 9, "旁边的文字说明它不是发布日期"
    kind = (label[1] or label[3] or "") if label else ""
    rest = len(_NOISE.sub("", line[: stamp.start] + line[stamp.end :]))
    if kind in ("成文", "印发", "生成", "制作"):
        return 6, "成文或生成日期，仅在没有发布日期时参考"
    near = title <= number <= first + 1
    if label and near and (not inside or rest < 40):
        return (
            1
            if kind in ("发布", "发表", "发表于", "刊登", "刊发", "发布于", "公布", "公开")
            else 4
            if kind in ("更新", "更新于")
            else 2
        ), "标题与正文之间，有日期标签"
    if inside and label and kind and rest < 8 and number >= last - 2:
        return 3, "正文末尾，有日期标签"
    if inside:
        return 9, "在正文里"
    if near and rest < 30:
        return 3, "标题与正文之间，单独成行"
    if label and kind and number >= last and number <= last + 8:
        return 3, "正文之后，有日期标签"
    if label and kind and rest < 30:
        return 5, "页面其他位置，有日期标签"
    return 9, "不在标题与正文之间，也没有日期标签"


def _decide(
    seen: list[_Seen], meta: dict[str, str], url: str, as_of: datetime
) -> tuple[Dated, tuple[DateCandidate, ...]]:
    candidates: list[DateCandidate] = []
    told = meta.get("PubDate") or meta.get("article:published_time") or ""
    from_meta = dates.read(told, as_of) if told else None
    from_url = dates.from_address(url, as_of)
    usable = sorted((s for s in seen if s.rank < 9 and s.stamp.value is not None), key=lambda s: s.rank)
    printed = usable[0] if usable else None
    broken = bool(from_meta and from_meta.value is None) or any(s.stamp.value is None and s.rank < 6 for s in seen)
    if from_meta and from_meta.value is not None:
        chosen = Dated(from_meta.value, DateHow.META)
    elif printed:
        chosen = Dated(printed.stamp.value, DateHow.RELATIVE if printed.stamp.shape == "relative" else DateHow.PRINTED)
    elif from_url and not broken:
        chosen = Dated(from_url, DateHow.ADDRESS)
    else:
        chosen = Dated(None, DateHow.UNREADABLE if broken or told else DateHow.ABSENT)
    if told:
        candidates.append(
            DateCandidate(
                told,
                from_meta.value if from_meta else None,
                DateHow.META,
                "采用" if chosen.how is DateHow.META else "读不出日期",
            )
        )
    for s in seen:
        won = printed is s and chosen.how in (DateHow.PRINTED, DateHow.RELATIVE)
        candidates.append(
            DateCandidate(s.stamp.text, s.stamp.value, DateHow.PRINTED, ("采用：" if won else "未采用：") + s.why)
        )
    if from_url:
        candidates.append(
            DateCandidate(
                str(from_url),
                from_url,
                DateHow.ADDRESS,
                "采用" if chosen.how is DateHow.ADDRESS else "未采用：有更可靠的日期",
            )
        )
    return _with_conflict(chosen, printed, from_url), tuple(candidates)


def _with_conflict(chosen: Dated, printed: _Seen | None, from_url: date | None) -> Dated:
    if chosen.day is None:
        return chosen
    value = chosen.value
    notes = []
    if printed and printed.rank <= 3 and chosen.how is DateHow.META and printed.stamp.day:
        if printed.stamp.day != chosen.day:
            notes.append(f"页面显示{printed.stamp.day}")
        elif isinstance(printed.stamp.value, datetime) and not isinstance(value, datetime):
            value = printed.stamp.value
    if from_url and abs(from_url - chosen.day) > timedelta(days=1):
        notes.append(f"地址中为{from_url}")
    return Dated(value, chosen.how, "，".join(notes))


def _field(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    if not match:
        return ""
    return _SOURCE_END.split(match[1].strip(), maxsplit=1)[0].strip(" ,;")

"""One Lexbor parse of a page, laid out flat so that every reading walks plain lists instead of nodes."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.parsing.html.bounds import bounded
from domain.plain_text import visible

MAX_NODES = 200_000
_SILENT = frozenset(("script", "style", "noscript", "template", "textarea", "svg", "object", "select"))
BLOCK = frozenset(
    ["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "br", "title"]
)  # fmt: skip
_NAV = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|topnav|mainnav|navbar|daohang|dh|dhl|navigation)|nav(?:$|[\s_-]|\d)|menu(?:$|[\s_-]|\d)",
    re.I,
)
_FOOT = re.compile(
    r"(?:^|[\s_-])(?:foot|(?<!border-)(?<!margin-)(?<!padding-)(?<!align-)bottom|copyright|copy|dibu|bq|banquan)(?:$|[\s_\d-]|er)"
    r"|(?<!card-)(?<!item-)(?<!entry-)(?<!post-)(?<!panel-)(?<!article-)(?<!list-)footer|(?<!-)foot(?:$|[\s_-])",
    re.I,
)
_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_OTHERS = frozenset(
    (
        "img",
        "iframe",
        "frame",
        "form",
        "link",
        "option",
        "embed",
        "object",
        "input",
        "source",
        "video",
        "audio",
        "track",
    )
)
_PLACES = frozenset(("nav", "footer"))
_LISTED = _OTHERS | _HEADS | {"a", "area", "meta", "base", "body", "script"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(slots=True)
class Tree:
    """Elements and texts in document order; `end[i]` is the index behind the last descendant of `i`."""

    tags: list[str] = field(default_factory=list)  # "" for a text
    parents: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # of text nodes
    attrs: list[dict[str, str | None]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    hints: list[str] = field(
        default_factory=list
    )  # class and id, for telling the role of an element; empty without any
    styled: list[int] = field(default_factory=list)  # elements with a style of their own, and every marquee
    scripts: list[tuple[dict[str, str | None], str]] = field(default_factory=list)
    script_at: list[int] = field(default_factory=list)  # the element of each of `scripts`
    styles: list[str] = field(default_factory=list)  # of <style> and style=, where they name an address
    metas: list[dict[str, str | None]] = field(default_factory=list)
    links: list[int] = field(default_factory=list)  # a, area with href
    others: list[int] = field(default_factory=list)  # img, iframe, form, link, frame, option
    clicks: list[int] = field(default_factory=list)  # elements with onclick
    heads: list[int] = field(default_factory=list)  # h1..h6
    zones: list[int] = field(default_factory=list)  # outermost elements named like navigation or footer
    choices: dict[int, str] = field(default_factory=dict)  # option -> its text
    title: str = ""
    base: str = ""
    body: int = 0

    def text_of(self, index: int, joint: str = "") -> str:
        """The text under an element; `joint` stands between separate texts."""
        stop = self.ends[index]
        if stop == index + 2:  # the usual case: one text
            return " ".join(self.texts[index + 1].split())
        return " ".join(joint.join([text for text in self.texts[index:stop] if text]).split())

    def option_text(self, index: int) -> str:
        """What an entry of a list of choices says; it is no text of the page."""
        return self.choices.get(index, "")

    def ancestors(self, index: int) -> list[int]:
        """From the parent up to the root."""
        found = []
        index = self.parents[index]
        while index >= 0:
            found.append(index)
            index = self.parents[index]
        return found

    def children(self, index: int) -> list[int]:
        """Direct children, elements and texts."""
        found, position, stop = [], index + 1, self.ends[index]
        while position < stop:
            found.append(position)
            position = self.ends[position]
        return found


_Attributes = dict[str, str | None]
_Row = tuple[str, int, str, _Attributes, str, bool, str]  # tag, parent, text, attributes, place, hidden, hint
_Open = tuple[int, int, bool, str, bool, str]  # memory id, index, and what it hands down: silent, place, hidden, tag
_NONE: _Attributes = {}
_WRITTEN = re.compile(
    r"(?<=[\"'>\s])(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?(?=[\"'<.\s])"
)  # a date that a small script writes where it stands


def build(html: str, utf8: bytes = b"") -> Tree:
    """Parse once and lay out; never fails on any text. `utf8`: the same text in bytes, where they are at hand."""
    tree = Tree()
    kept = bounded(html)
    root = LexborHTMLParser(utf8 if utf8 and kept is html else kept).root
    if root is None:
        return tree
    _lay_out(tree, root)
    _unmark_frames(tree)
    _mark_footer(tree)
    return tree


def _lay_out(tree: Tree, root: LexborNode) -> None:  # noqa: C901 - one pass over every node of every page
    tags, ends, attributes, texts = tree.tags, tree.ends, tree.attrs, tree.texts
    parents, places, hidden = tree.parents, tree.places, tree.hidden
    opened: list[tuple[int, int, bool, str, bool]] = []
    hints = tree.hints
    top = open_id, above, silent, place, is_hidden = 0, -1, False, "", False  # memory id, index, what it hands down
    count = 0
    for node in root.traverse(include_text=True, skip_empty=True):
        parent = node.parent
        parent_id = parent.mem_id if parent is not None else 0
        while open_id != parent_id and opened:
            ends[above] = count
            opened.pop()
            open_id, above, silent, place, is_hidden = opened[-1] if opened else top
        tag = node.tag or "-"
        if tag == "-text":
            text, attrs, around, hint = node.text_content or "", _NONE, above, ""
            if above < 0 or not text or text.isspace():
                continue
            if (silent or tags[above] == "title") and not (text := _noted(tree, above, text)):
                continue
            tag = ""
        elif tag[0] in "-!":
            continue
        else:
            text, attrs, around, hint = "", node.attributes or _NONE, above, ""
            if attrs or tag in _PLACES:
                if "class" in attrs or "id" in attrs:
                    hint = f"{attrs.get('class') or ''} {attrs.get('id') or ''}"
                if not place and (place := _place(tag, hint)):
                    tree.zones.append(count)
                style, is_hidden = attrs.get("style"), is_hidden or "hidden" in attrs
                if style or tag == "marquee":
                    tree.styled.append(count)
                    is_hidden = _hides(tree, style or "") or is_hidden
            if tag in _LISTED or "onclick" in attrs or "background" in attrs:
                _register(tree, tag, count, attrs)
            above, open_id, silent = count, node.mem_id, silent or tag in _SILENT
            opened.append((open_id, above, silent, place, is_hidden))
        count += 1
        tags.append(tag)
        parents.append(around)
        ends.append(count)
        texts.append(text)
        attributes.append(attrs)
        places.append(place)
        hidden.append(is_hidden)
        hints.append(hint)
        if count > MAX_NODES:
            break
    for _, index, *_ in opened:
        ends[index] = count
    whole = "".join(texts)  # one look at all texts is cheaper than one at each
    if visible(whole) != whole:
        texts[:] = [visible(text) for text in texts]
    if "noscript" in tags:
        _forget_noscript(tree)


def _forget_noscript(tree: Tree) -> None:
    """What only a browser without scripts follows is no link."""
    for start in [index for index, tag in enumerate(tree.tags) if tag == "noscript"]:
        inside = range(start, tree.ends[start])
        tree.links = [index for index in tree.links if index not in inside]
        tree.others = [index for index in tree.others if index not in inside]
        unseen = [id(tree.attrs[index]) for index in inside if tree.tags[index] == "meta"]
        tree.metas = [attrs for attrs in tree.metas if id(attrs) not in unseen]


_PLAIN_DATE = re.compile(r"[^\d,。，]{0,9}(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}\W*")


_INFO = re.compile(r".{0,24}(?:来源|稿源|发布(?:时间|日期))\s*[:：]")  # stands below a headline


def _unmark_frames(tree: Tree) -> None:
    """What is named like navigation but holds running text, dated rows or one long title is none."""
    whole = len(tree.tags) - tree.body
    for zone in tree.zones:
        stop, nav = tree.ends[zone], tree.places[zone] == "nav"
        share = (stop - zone) / whole
        if (
            not (share > (0.15 if nav else 0.5) and _holds_content(tree.texts[zone:stop]))
            and not (
                nav
                and "h1" in tree.tags[zone:stop]
                and any(_INFO.match(text) for text in tree.texts[zone:stop] if text)
            )
            and not (nav and stop - zone < 17 and any(len(text) > 11 for text in tree.texts[zone:stop]))
        ):
            continue
        tree.places[zone] = ""
        for index in range(zone + 1, stop):
            above, attrs = tree.places[tree.parents[index]], tree.attrs[index]
            named = attrs and not above and (tree.hints[index] or tree.tags[index] in _PLACES)
            tree.places[index] = _place(tree.tags[index], tree.hints[index]) if named else above


def _holds_content(texts: list[str]) -> bool:
    return (
        sum(len(text) for text in texts if len(text) > 60 and "。" in text) > 120
        or sum(1 for text in texts if len(text) < 24 and _PLAIN_DATE.fullmatch(text)) >= 3
        or sum(1 for text in texts if len(text) > 15) >= 3
    )


_FOOT_WORDS = re.compile(r"ICP\s?备|公网安备|公安网备|公安备案|标识码|版权所有|Copyright|All Rights", re.I)
_FOOT_NODES = 90


def _mark_footer(tree: Tree) -> None:
    """A footer without a telling name: known by its words at the end of the page."""
    total = len(tree.tags)
    if "footer" in tree.places[-_FOOT_NODES:]:
        return
    for index in range(max(tree.body + 1, total - 2 * _FOOT_NODES), total):
        if not tree.texts[index] or tree.places[index] or not _FOOT_WORDS.search(tree.texts[index]):
            continue
        node = tree.parents[index]
        while (above := tree.parents[node]) > tree.body and _is_footer(tree, above):
            node = above
        if node > tree.body:
            for inside in range(node, tree.ends[node]):
                tree.places[inside] = "footer"


def _is_footer(tree: Tree, node: int) -> bool:
    """Small, in the later part of the page, and without running text or headings."""
    stop = tree.ends[node]
    if stop - node > _FOOT_NODES or node < tree.body + (len(tree.tags) - tree.body) // 3:
        return False
    return not any(len(text) > 60 and "。" in text for text in tree.texts[node:stop]) and not any(
        head in tree.tags[node:stop] for head in ("h1", "h2", "h3")
    )


def _noted(tree: Tree, index: int, text: str) -> str:
    """Keep the text of a title, script or style; what is left of it is text of the page: a date that a script writes."""
    tag, text = tree.tags[index], visible(text)
    if tag == "title":
        tree.title = tree.title or " ".join(text.split())
    elif tag == "style":
        tree.styles.append(text)
    elif tag == "option":
        tree.choices[index] = " ".join(text.split())
    elif tag == "script":
        tree.scripts.append((tree.attrs[index], text))
        tree.script_at.append(index)
        if len(text) < 400 and "document.write" in text and (written := _WRITTEN.search(text)):
            return written[0]
    return ""


def _hides(tree: Tree, style: str) -> bool:
    """Whether a style hides what stands in its element; one that names an address is noted."""
    names_address, hides = _told_by(style)
    if names_address:
        tree.styles.append(style)
    return hides


@lru_cache(maxsize=4096)
def _told_by(style: str) -> tuple[bool, bool]:
    return "url(" in style.lower(), _HIDDEN.search(style) is not None


def _register(tree: Tree, tag: str, index: int, attrs: dict[str, str | None]) -> None:  # noqa: C901 - one list a tag
    if "onclick" in attrs:
        tree.clicks.append(index)
    if "background" in attrs and tag not in _OTHERS:
        tree.others.append(index)
    if tag in ("a", "area"):
        if attrs.get("href") is not None:
            tree.links.append(index)
    elif tag in _OTHERS:
        tree.others.append(index)
    elif tag in _HEADS:
        tree.heads.append(index)
    elif tag == "meta":
        tree.metas.append(attrs)
    elif tag == "base":
        tree.base = tree.base or attrs.get("href") or ""
    elif tag == "body":
        tree.body = index
    elif tag == "script" and attrs.get("src"):
        tree.scripts.append((attrs, ""))
        tree.script_at.append(index)


@lru_cache(maxsize=4096)
def _place(tag: str, hint: str) -> str:
    if tag == "nav" or _NAV.search(hint):
        return "nav"
    if tag == "footer" or _FOOT.search(hint):
        return "footer"
    return ""

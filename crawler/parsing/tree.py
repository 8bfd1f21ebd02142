"""One Lexbor parse of a page, laid out flat so that every reading walks plain lists instead of nodes."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

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
    r"(?:^|[\s_-])(?:foot|footer|bottom|copyright|copy|dibu|bq|banquan)(?:$|[\s_\d-]|er|er)|footer|foot(?:$|[\s_-])",
    re.I,
)
_HEADS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_OTHERS = frozenset(
    ("img", "iframe", "frame", "form", "link", "option", "embed", "input", "source", "video", "audio", "track")
)
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
    scripts: list[tuple[dict[str, str | None], str]] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)  # of <style> and style=, where they name an address
    metas: list[dict[str, str | None]] = field(default_factory=list)
    links: list[int] = field(default_factory=list)  # a, area with href
    others: list[int] = field(default_factory=list)  # img, iframe, form, link, frame, option
    clicks: list[int] = field(default_factory=list)  # elements with onclick
    heads: list[int] = field(default_factory=list)  # h1..h6
    title: str = ""
    base: str = ""
    body: int = 0

    def append(self, tag: str, above: int, attrs: dict[str, str | None], text: str, place: str, hidden: bool) -> None:
        """Add one element or text behind the last."""
        self.tags.append(tag)
        self.parents.append(above)
        self.ends.append(len(self.tags))
        self.texts.append(text)
        self.attrs.append(attrs)
        self.places.append(place)
        self.hidden.append(hidden)

    def text_of(self, index: int, joint: str = "") -> str:
        """The text under an element; `joint` stands between separate texts."""
        parts = [text for text in self.texts[index : self.ends[index]] if text]
        return " ".join(joint.join(parts).split())

    def hint(self, index: int) -> str:
        """Class and id of an element, for telling its role."""
        attributes = self.attrs[index]
        if not attributes:
            return ""
        return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"

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


_NONE: dict[str, str | None] = {}
_MAX_DEPTH = 2_000  # Lexbor's time grows with the square of the depth
_MANY_TAGS = 6_000
_OPENING = re.compile(r"<(/?)(?:div|span|font|center|table|b|i|em|strong|ul|section|blockquote|dl|big|small)\b", re.I)


def build(html: str) -> Tree:
    """Parse once and lay out; never fails on any text."""
    tree = Tree()
    root = LexborHTMLParser(_shallow(html)).root
    if root is None:
        return tree
    _lay_out(tree, root)
    _mark_footer(tree)
    return tree


def _lay_out(tree: Tree, root: LexborNode) -> None:
    ends, tags = tree.ends, tree.tags
    ids: list[int] = []  # memory ids of the open elements; `opened` their indexes
    opened: list[int] = []
    above, silent = -1, 0  # innermost open element; memory id of the open script, style, noscript...
    for node in root.traverse(include_text=True):
        parent = node.parent
        parent_id = parent.mem_id if parent is not None else 0
        while ids and ids[-1] != parent_id:
            ends[opened.pop()] = len(tags)
            above = opened[-1] if opened else -1
            if ids.pop() == silent:
                silent = 0
        tag = node.tag or "-"
        if tag == "-text":
            text = node.text_content
            if text and above >= 0 and not text.isspace():
                _add_text(tree, above, text, silent != 0)
        elif tag[0] not in "-!":
            _add_element(tree, tag, above, node.attributes or _NONE)
            above = len(tags) - 1
            opened.append(above)
            ids.append(node.mem_id)
            if not silent and tag in _SILENT:
                silent = node.mem_id
            if above > MAX_NODES:
                break
    while opened:
        ends[opened.pop()] = len(tags)


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


def _shallow(html: str) -> str:
    """Cut where elements are nested absurdly deep."""
    if html.count("<") < _MANY_TAGS:
        return html
    depth = 0
    for tag in _OPENING.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _MAX_DEPTH:
            return html[: tag.start()]
    return html


def _add_text(tree: Tree, above: int, text: str, silent: bool) -> None:
    tag = tree.tags[above]
    if tag == "title":
        tree.title = tree.title or " ".join(text.split())
    elif tag == "script":
        tree.scripts.append((tree.attrs[above], text))
    elif tag == "style":
        tree.styles.append(text)
    elif not silent:
        tree.append("", above, _NONE, text, tree.places[above], tree.hidden[above])


def _add_element(tree: Tree, tag: str, above: int, attrs: dict[str, str | None]) -> None:
    index = len(tree.tags)
    place = tree.places[above] if above >= 0 else ""
    hidden = tree.hidden[above] if above >= 0 else False
    if attrs:
        if not place and ("class" in attrs or "id" in attrs or tag in ("nav", "footer")):
            place = _place(tag, f"{attrs.get('class') or ''} {attrs.get('id') or ''}")
        if style := attrs.get("style"):
            hidden = hidden or _HIDDEN.search(style) is not None
            if "url(" in style.lower():
                tree.styles.append(style)
    elif not place and tag in ("nav", "footer"):
        place = tag if tag == "nav" else "footer"
    tree.append(tag, above, attrs, "", place, hidden)
    _register(tree, tag, index, attrs)


def _register(tree: Tree, tag: str, index: int, attrs: dict[str, str | None]) -> None:
    if "onclick" in attrs:
        tree.clicks.append(index)
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


@lru_cache(maxsize=4096)
def _place(tag: str, hint: str) -> str:
    if tag == "nav" or _NAV.search(hint):
        return "nav"
    if tag == "footer" or _FOOT.search(hint):
        return "footer"
    return ""

"""What a page may hold before the parser sees it. Lexbor's time grows with the square of three things: how deep elements
are nested, how many attributes one element has, how many options stand in one selection.
"""

import re

MAX_DEPTH = 2_000
MAX_ATTRIBUTES = 1_000
MAX_OPTIONS = 3_000
_MANY_TAGS = 6_000
_LARGE = 20_000  # characters of a page, and of one tag, below which attributes cannot be many enough to matter
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)")
_FLAT = frozenset(
    ("a", "area", "base", "br", "button", "col", "colgroup", "dd", "dt", "embed", "frame", "hr", "img", "input", "li", "link",
     "meta", "nobr", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr")
)  # fmt: skip  # without an end, or ended by their neighbours
_WHOLE_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_OPTION = re.compile(r"<option\b[^<>]*+>?", re.I)


def bounded(html: str) -> str:
    """The page, cut where elements are nested absurdly deep; what else is beyond all measure is left out of it."""
    if len(html) > _LARGE:
        html = _few_attributes(html)
    if html.count("<") < _MANY_TAGS:
        return html
    return _few_options(_shallow(html))


def _shallow(html: str) -> str:
    depth = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > MAX_DEPTH:
            return html[: tag.start()]
    return html


def _few_attributes(html: str) -> str:
    """Without the attributes of an element that has thousands; a picture inside an attribute is only long."""
    absurd = [
        tag
        for tag in _WHOLE_TAG.finditer(html)
        if tag.end() - tag.start() > _LARGE // 4 and len(_QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES
    ]
    for tag in reversed(absurd):
        html = html[: tag.start()] + html[tag.start() :].split(None, 1)[0] + html[tag.end() :]
    return html


def _few_options(html: str) -> str:
    if html.count("<option") + html.count("<OPTION") <= MAX_OPTIONS:
        return html
    places = [option.span() for option in _OPTION.finditer(html)][MAX_OPTIONS:]
    ends = [0, *(end for _, end in places)]
    starts = [*(start for start, _ in places), len(html)]
    return "".join(html[end:start] for end, start in zip(ends, starts, strict=True))

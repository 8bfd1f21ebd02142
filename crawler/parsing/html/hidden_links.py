"""Links a page carries and does not show (暗链), and how each is hidden."""

import re
from collections.abc import Iterator
from functools import lru_cache

from crawler.parsing.html.tree import Tree
from domain.captured import Link

_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?(?![.\d])", re.I)
_AWAY = re.compile(r"(?:left|top|right|bottom|text-indent|margin-(?:left|top))\s*:\s*-\d{3,}", re.I)
_TINY = re.compile(
    r"font-size\s*:\s*[01](?:px|pt|%)?(?![.\d])|(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*[01](?:px)?(?![.\d%])", re.I
)
_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;]+)", re.I)
_GROUND = re.compile(r"background(?:-color)?\s*:\s*([^;\s]+)", re.I)
_RULE = re.compile(r"([.#][\w-]+)\s*\{([^{}]*)\}")
_SWITCHED = re.compile(r"getElementById\(\s*['\"]([\w-]+)['\"]\s*\)\.style\.display\s*=\s*['\"]none", re.I)
MAX_LINKS = 200


def hidden_links(tree: Tree, targets: dict[int, str]) -> tuple[Link, ...]:
    """The links under hidden elements; `place` says how: none, away, tiny, colour."""
    if not targets:
        return ()
    found: dict[int, str] = {}
    for index, how in _hidden_elements(tree):
        for link in range(index, tree.ends[index]):
            if link in targets:
                found.setdefault(link, how)
        if len(found) >= MAX_LINKS:
            break
    return tuple(Link(targets[link], tree.text_of(link), "a", how) for link, how in sorted(found.items()))


def _hidden_elements(tree: Tree) -> Iterator[tuple[int, str]]:
    named = _named(tree)
    for index in range(tree.body, len(tree.tags)) if named else tree.styled:
        attrs = tree.attrs[index]
        if not attrs:
            continue
        if (style := attrs.get("style")) and (how := how_hidden(style)):
            yield index, how
        elif tree.tags[index] == "marquee" and (attrs.get("height") in {"0", "1"} or attrs.get("width") in {"0", "1"}):
            yield index, "tiny"
        elif named and (how := _by_name(attrs, named)):
            yield index, how


@lru_cache(maxsize=4096)
def how_hidden(style: str) -> str:
    """How a style hides its element: away (off the screen), tiny, colour (that of its ground), none; or empty."""
    if _AWAY.search(style):
        return "away"
    if _TINY.search(style):
        return "tiny"
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    if colour and ground and _plain(colour[1]) == _plain(ground[1]):
        return "colour"
    return "none" if _NONE.search(style) else ""


def _plain(colour: str) -> str:
    text = colour.strip().lower().removesuffix("!important").strip()
    names = {"white": "#ffffff", "black": "#000000", "#fff": "#ffffff", "#000": "#000000"}
    return names.get(text, text)


def _named(tree: Tree) -> dict[str, str]:
    """.class and #id that the page's own style sheets or scripts hide."""
    rules = {name: how for text in tree.styles for name, how in _rules(text)}
    return rules | {f"#{match[1]}": "none" for _, script in tree.scripts for match in _SWITCHED.finditer(script)}


@lru_cache(maxsize=256)
def _rules(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((match[1], how) for match in _RULE.finditer(text) if (how := how_hidden(match[2])))


def _by_name(attrs: dict[str, str | None], named: dict[str, str]) -> str:
    if (name := attrs.get("id")) and (how := named.get(f"#{name}")):
        return how
    return next((named[f".{name}"] for name in (attrs.get("class") or "").split() if f".{name}" in named), "")

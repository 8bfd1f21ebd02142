"""Every address a page points to, with the words and the place it stands in."""

import re
from functools import lru_cache

from crawler.parsing.html.addresses import clicked_address, resolve
from crawler.parsing.html.jumps import refresh_target
from crawler.parsing.html.tree import Tree
from crawler.spans import without
from domain.captured import Link

_SOURCES = {
    "form": "action",
    "link": "href",
    "object": "data",
    **dict.fromkeys(("img", "iframe", "frame", "embed", "source", "video", "audio", "track"), "src"),
}
_COMMENT, _COMMENT_END = re.compile(r"/\*"), re.compile(r"\*/")
_CSS_URL = re.compile(r"url\(\s*+(?:\"([^\"]*)\"|'([^']*)'|([^'\"()\s]+))\s*+\)|@import\s++[\"']([^\"']+)[\"']", re.I)
_CANDIDATE = re.compile(r"[\s,]*([^\s]*[^\s,],*)")
_TITLE = 6  # characters; shorter scripted links are buttons
_link = lru_cache(maxsize=8192)(Link)  # every page of a site has the same navigation
_NO_PAGE = frozenset(("dns-prefetch", "preconnect"))


def collect_links(tree: Tree, url: str, base: str, charset: str) -> tuple[dict[int, str], tuple[Link, ...]]:
    """(element -> address of every a and area, all links in page order)."""
    targets: dict[int, str] = {}
    found: list[Link] = []
    for index in tree.links:
        target = _target(tree, index, url, base, charset)
        if target is not None:
            targets[index] = target
            text = tree.text_of(index) or tree.attrs[index].get("title") or ""
            found.append(_link(target, text, "a", tree.places[index] or "main"))
    found += _embedded(tree, base, charset)
    found += _clicked(tree, targets, base, charset)
    found += _unusable(tree)
    for attrs, _ in tree.scripts:
        if (source := attrs.get("src")) and (address := resolve(base, source, charset)):
            found.append(_link(address, "", "script", ""))
    found += [_link(address, "", "css", "") for text in tree.styles for address in css_addresses(text, base, charset)]
    found += _refreshes(tree, base, charset)
    return targets, tuple(found)


_OPENS = re.compile(
    r"(?:(?:window|self|top|parent|document)\.)?(?:location(?:\.href)?\s*=(?!=)\s*|location\.(?:assign|replace)\(\s*|(?<![\w.])(?:window\.)?open\(\s*)([\"'])([^\"'\s<>{}]+)\1\s*(?![\s+])"
)  # an address that a click opens, written out whole
_PAGE = re.compile(r"\.(?:s?html?|jsp|aspx?|php|docx?|xlsx?|pdf|zip)(?:[?#]|$)|/$", re.I)


def _clicked(tree: Tree, targets: dict[int, str], base: str, charset: str) -> list[Link]:
    """Where elements that are no links lead: a click that opens an address, an entry of a list of links."""
    found = []
    for index in tree.clicks:
        match = _OPENS.search(tree.attrs[index].get("onclick") or "") if index not in targets else None
        if match and (address := resolve(base, match[2], charset)):
            found.append(_link(address, tree.text_of(index)[:80], "a", tree.places[index] or "main"))
    for index in tree.others:
        if tree.tags[index] != "option" or not (value := (tree.attrs[index].get("value") or "").strip()):
            continue
        sends = _SENDS.search(tree.attrs[_select_of(tree, index)].get("onchange") or "")
        opens = re.match(r"https?://|//\w", value) or (sends and _PAGE.search(value))
        if opens and (address := resolve(base, value, charset)):
            found.append(_link(address, tree.option_text(index), "a", tree.places[index] or "main"))
    return found


_SENDS = re.compile(r"location|open\s*\(|\bgo\w*\(|jump", re.I)


def _select_of(tree: Tree, index: int) -> int:
    return next((above for above in tree.ancestors(index) if tree.tags[above] == "select"), index)


_OWN_DISK = re.compile(r"\s*(?:file:|[A-Za-z]:[\\/]{1,2}\w)")
_MISSPELT = re.compile(r"\s*(?!https?:)h[tp]{2,4}s?\s?[:;：]{1,2}\s?/{1,2}\w", re.I)


_OPENED = {"a": "href", "area": "href", "img": "src"}
_PLAIN_START = re.compile(r"[/.#?]|https?://|javascript:|\Z")  # of nearly every address: neither of the two


def _unusable(tree: Tree) -> list[Link]:
    """Links and pictures that lead to the editor's own disk, or whose scheme is misspelt: nobody else can open them."""
    found = []
    for index in (*tree.links, *tree.others):
        tag = tree.tags[index]
        if tag not in _OPENED:
            continue
        attrs = tree.attrs[index]
        href = attrs.get(_OPENED[tag]) or ""
        if _PLAIN_START.match(href):
            continue
        href = href.strip()
        if _OWN_DISK.match(href):
            path = re.sub(r"^file:", "", href.replace("\\", "/"), flags=re.I).lstrip("/")
            found.append(_link(f"file:///{path}", tree.text_of(index) or attrs.get("alt") or "", "a" if tag != "img" else tag, tree.places[index] or "main"))  # fmt: skip
        elif _MISSPELT.match(href):
            found.append(_link(href, tree.text_of(index), "a", tree.places[index] or "main"))
    return found


def loose_targets(tree: Tree, targets: dict[int, str], url: str, base: str, charset: str) -> dict[int, str]:
    """Items that only a script opens (href="javascript:...", a row with onclick): element -> address, else the page's."""
    loose = {}
    for index in tree.links:
        href = (tree.attrs[index].get("href") or "").strip().lower()
        if index not in targets and href.startswith("javascript:") and len(tree.text_of(index)) >= _TITLE:
            loose[index] = url
    for index in tree.clicks:
        inside = tree.tags[index + 1 : tree.ends[index]]
        if index in targets or index in loose or "a" in inside or len(tree.text_of(index)) < _TITLE or len(inside) > 30:
            continue
        clicked = clicked_address(tree.attrs[index].get("onclick") or "")
        loose[index] = (resolve(base, clicked, charset) if clicked else None) or url
    return loose


@lru_cache(maxsize=256)
def _css_hrefs(text: str) -> tuple[str, ...]:
    """One style sheet stands on many pages."""
    hrefs = (
        next(filter(None, match.groups()), "")
        for match in _CSS_URL.finditer(without(text, _COMMENT, lambda _: _COMMENT_END, " "))
    )
    return tuple(href for href in hrefs if href and not href.startswith("#"))


def css_addresses(text: str, base: str, charset: str = "utf-8") -> list[str]:
    """What a style sheet loads: url() and @import, each once; comments, data: and fragments left out."""
    found = (resolve(base, href, charset) for href in _css_hrefs(text))
    return list(dict.fromkeys(address for address in found if address))


def srcset_addresses(text: str, base: str, charset: str = "utf-8") -> list[str]:
    """The addresses of a srcset, read as WHATWG HTML says: a comma inside an address belongs to it."""
    found, position = [], 0
    while match := _CANDIDATE.match(text, position):
        position = match.end()
        if not match[1].endswith(","):  # its size follows, up to the next comma
            comma = text.find(",", position)
            position = comma if comma >= 0 else len(text)
        if address := resolve(base, match[1].rstrip(","), charset):
            found.append(address)
    return found


def _refreshes(tree: Tree, base: str, charset: str) -> list[Link]:
    found = []
    for attrs in tree.metas:
        if (attrs.get("http-equiv") or "").lower() != "refresh":
            continue
        if address := refresh_target(attrs.get("content") or "", base):
            found.append(_link(address, "", "meta", ""))
    return found


def _target(tree: Tree, index: int, url: str, base: str, charset: str) -> str | None:
    attrs = tree.attrs[index]
    href = attrs.get("href") or ""
    if not href.startswith("#") and (target := resolve(base, href, charset)):
        return target
    clicked = clicked_address((attrs.get("onclick") or "") + (href if href[:11].lower() == "javascript:" else ""))
    if clicked:
        return resolve(base, clicked, charset)
    return url if href.startswith("#") else None


def _leads_nowhere(tag: str, attrs: dict[str, str | None]) -> bool:
    """A hint to the browser, or a form that is sent and never opened."""
    if tag == "form":
        return (attrs.get("method") or "").lower() == "post"
    return tag == "link" and not _NO_PAGE.isdisjoint((attrs.get("rel") or "").lower().split())


def _embedded(tree: Tree, base: str, charset: str) -> list[Link]:
    found = []
    for index in tree.others:
        tag = tree.tags[index]
        attrs = tree.attrs[index]
        href = attrs.get(_SOURCES[tag]) if tag in _SOURCES else None
        if tag == "input" and (attrs.get("type") or "").lower() == "image":
            tag, href = "img", attrs.get("src")
        if "background" in attrs or "poster" in attrs:
            pictures = (resolve(base, each, charset) for each in (attrs.get("background"), attrs.get("poster")) if each)
            found += [_link(picture, "", "img", "") for picture in pictures if picture]
        if tag == "img" and (not href or href.startswith("data:")):
            href = attrs.get("data-src") or attrs.get("data-original") or href
        address = resolve(base, href, charset) if href else None
        if tag in ("img", "source") and (candidates := attrs.get("srcset")):
            found += [
                _link(each, "", "img", "") for each in srcset_addresses(candidates, base, charset) if each != address
            ]
        if address and not _leads_nowhere(tag, attrs):
            label = attrs.get("alt") or attrs.get("rel") or ""
            name = "css" if tag == "link" and "stylesheet" in label.lower() else "embed" if tag == "object" else tag
            found.append(_link(address, label, name, tree.places[index] or "main"))
    return found

"""Every address a page points to, with the words and the place it stands in."""

from crawler.parsing.addresses import resolve
from crawler.parsing.items import clicked_address
from crawler.parsing.tree import Tree
from domain.captured import Link

_SOURCES = {"img": "src", "iframe": "src", "frame": "src", "embed": "src", "form": "action", "link": "href"}


def collect_links(tree: Tree, url: str, base: str, charset: str) -> tuple[dict[int, str], tuple[Link, ...]]:
    """(element -> address of every a and area, all links in page order)."""
    targets: dict[int, str] = {}
    found: list[Link] = []
    for index in tree.links:
        target = _target(tree, index, url, base, charset)
        if target is not None:
            targets[index] = target
            text = tree.text_of(index) or tree.attrs[index].get("title") or ""
            found.append(Link(target, text, "a", tree.places[index] or "main"))
    found += _embedded(tree, base, charset)
    for attrs, _ in tree.scripts:
        if (source := attrs.get("src")) and (address := resolve(base, source, charset)):
            found.append(Link(address, "", "script", ""))
    return targets, tuple(found)


def _target(tree: Tree, index: int, url: str, base: str, charset: str) -> str | None:
    attrs = tree.attrs[index]
    href = attrs.get("href") or ""
    if not href.startswith("#") and (target := resolve(base, href, charset)):
        return target
    clicked = clicked_address((attrs.get("onclick") or "") + (href if href[:11].lower() == "javascript:" else ""))
    if clicked:
        return resolve(base, clicked, charset)
    return url if href.startswith("#") else None


def _embedded(tree: Tree, base: str, charset: str) -> list[Link]:
    found = []
    for index in tree.others:
        tag = tree.tags[index]
        attrs = tree.attrs[index]
        href = attrs.get(_SOURCES[tag]) if tag in _SOURCES else None
        address = resolve(base, href, charset) if href else None
        if address:
            label = attrs.get("alt") or attrs.get("rel") or ""
            name = "css" if tag == "link" and "stylesheet" in label.lower() else tag
            found.append(Link(address, label, name, tree.places[index] or "main"))
    return found

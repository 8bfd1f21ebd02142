"""What an adapter must say about one platform's JSON, and texts and links taken out of HTML fragments."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.platforms.drafts import Context
from crawler.platforms.ownership import Draft
from crawler.platforms.values import Fetch
from crawler.spans import spans
from domain.accounts import AccountFacts
from domain.captured import Link
from domain.targets import Platform

Node = dict[str, Any]


def _no_facts(value: Any, items: list[Node]) -> AccountFacts:
    return AccountFacts()


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of answer. `item` recognises an item; `draft` reads it, or says in one word why it is left out."""

    platform: Platform
    name: str  # list, article, profile, account
    item: Callable[[Node], bool]
    draft: Callable[[Node, Context], Draft | str | list[Draft | str]]
    facts: Callable[[Any, list[Node]], AccountFacts] = _no_facts  # of the whole answer and its items
    more: Callable[[Any], bool] = field(default=lambda value: False)
    complete: Callable[[Any, Context], bool] = field(default=lambda value, ctx: True)
    following: Callable[[Any, Context], tuple[Fetch, ...]] = field(default=lambda value, ctx: ())


@dataclass(frozen=True, slots=True)
class Profile:
    """An answer about the account alone. `empty` says whether it states positively that there are no posts."""

    platform: Platform
    node: Callable[[Node], bool]
    facts: Callable[[Node], AccountFacts]


_BREAK = re.compile(r"(?i)<br\s*/?>|</p>|</div>|</section>|</li>")
_ANCHOR, _ANCHOR_END = re.compile(r"<a\b([^<>]*)>", re.I), re.compile(r"</a>", re.I)
_ATTR = re.compile(r"(?is)\b(href|data-url|src|data-src)\s*+=\s*+(\"[^\"]*\"|'[^']*')")
_TAG = re.compile(r"<[^<>]+>")
_IMAGE = re.compile(r"<img\b[^<>]*>", re.I)
_EMOJI = re.compile(r"\balt\s*+=\s*+(\"\[[^\"]*\"|'\[[^']*')", re.I)


def plain(fragment: str) -> str:
    """Readable text of an HTML fragment: breaks become newlines, emoji images their names."""
    text = _IMAGE.sub(_name, _BREAK.sub("\n", fragment))
    lines = (re.sub(r"[ \t\u3000\xa0]+", " ", line).strip() for line in html.unescape(_TAG.sub("", text)).splitlines())
    return "\n".join(line for line in lines if line)


def _name(image: re.Match[str]) -> str:
    """The name of an emoji image; empty for a picture."""
    found = _EMOJI.search(image[0])
    return found[1][1:-1] if found else ""


def links_of(fragment: str, place: str = "main") -> tuple[Link, ...]:
    """Outward links of a fragment, redirect wrappers taken off; topics, mentions and scripts left out."""
    found: dict[str, Link] = {}
    for head, inner in spans(fragment, _ANCHOR, _ANCHOR_END):
        attributes = {name.lower(): html.unescape(value[1:-1]) for name, value in _ATTR.findall(head[1])}
        url = unwrap(attributes.get("href", ""))
        if url.startswith(("http://", "https://")) and "m.weibo.cn/search" not in url:
            found.setdefault(url, Link(url, plain(inner), "a", place))
    return tuple(found.values())


def unwrap(url: str) -> str:
    """The target of a redirect wrapper (weibo.cn/sinaurl?u=..., link.zhihu.com/?target=...), else the address itself."""
    url = absolute(url)
    parts = urlsplit(url)
    if parts.path.endswith(("/sinaurl", "/redirect", "/link")) or parts.netloc.startswith("link."):
        query = parse_qs(parts.query)
        for name in ("u", "url", "toasturl", "target"):
            if query.get(name, [""])[0].startswith("http"):
                return query[name][0]
    return url


def absolute(url: str) -> str:
    """`//host/path` as https; anything else unchanged."""
    url = html.unescape(url.strip())
    return f"https:{url}" if url.startswith("//") else url


def images_of(fragment: str) -> tuple[str, ...]:
    """Image addresses of a fragment; lazy ones (`data-src`) first."""
    found = []
    for tag in _IMAGE.findall(fragment):
        attributes = {name.lower(): html.unescape(value[1:-1]) for name, value in _ATTR.findall(tag)}
        url = absolute(attributes.get("data-src") or attributes.get("src", ""))
        if url.startswith("http"):
            found.append(url)
    return tuple(dict.fromkeys(found))


def listed(value: Any) -> list[Any]:
    """A list from a list or from a dict keyed "0", "1"...; anything else is empty."""
    return list(value) if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []

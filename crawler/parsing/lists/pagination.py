"""Where a list goes on: linked page numbers, and pagers that a script draws."""

import re

from crawler.parsing.html.addresses import resolve
from crawler.parsing.html.tree import Tree

MAX_PAGES = 500
_NUMBER = re.compile(r"\d{1,4}|第?\s?[下后]一?页.{0,2}|[>»›＞]{1,2}|[末尾]页|next", re.I)
_MORE = re.compile(r"(?:点击|继续)?(?:加载|查看|显示)更多|load more", re.I)
_CREATE = re.compile(
    r"\bcreate\w{0,30}(?:Page|page)\w{0,30}\(\s*+(?:(?P<holder>['\"][A-Za-z][\w-]*['\"])\s*,\s*)?['\"]?(?P<count>\d{1,6})['\"]?\s*,\s*['\"]?(?P<current>\d{1,6})['\"]?\s*,\s*['\"](?P<stem>[\w./-]+)['\"]\s*,\s*['\"]\.?(?P<suffix>\w+)['\"]"
)
_COUNT = re.compile(r"(?:countPage|pageCount|totalPages?|nPageCount|pagecount)['\"]?\s*[=:]\s*['\"]?(\d{1,5})", re.I)
_LISTED = re.compile(r"/(?:(index|list|default)\.(s?html?|jsp|aspx?|php))?$", re.I)
_NUMBERED = re.compile(r"(?:index|list)[_-]['\"]?\s*\+|_['\"]\s*\+\s*\w+\s*\+\s*['\"]\.", re.I)


def next_pages(tree: Tree, targets: dict[int, str], url: str, base: str) -> tuple[str, ...]:
    """Addresses of the further pages of a list, without the page itself."""
    found = dict.fromkeys((*_linked(tree, targets, url), *_scripted(tree, url, base)))
    found.pop(url, None)
    return tuple(found)[:MAX_PAGES]


def _linked(tree: Tree, targets: dict[int, str], url: str) -> list[str]:
    found = []
    for link, address in targets.items():
        if address == url or tree.ends[link] - link > 6:
            continue
        text = tree.text_of(link)
        if not text or len(text) >= 8 or not (_NUMBER.fullmatch(text) or _MORE.fullmatch(text)):
            continue
        plain = not text.isdigit() and tree.places[link] != "nav" and not _MORE.fullmatch(text)
        if plain or _alike(address, url):
            found.append(address)
    return found


def _alike(address: str, url: str) -> bool:
    """A number links to a further page only when the addresses differ in little."""
    one, two = address.partition("?")[0], url.partition("?")[0]
    return one == two or one.rpartition("/")[0] == two.rpartition("/")[0] or one.startswith(two)


def _scripted(tree: Tree, url: str, base: str) -> list[str]:
    for _, script in tree.scripts:
        if len(script) > 100_000:
            continue
        if match := _CREATE.search(script):
            first = 1 if match["holder"] else 0  # with an element's name before them, pages count from one (开普)
            return _numbered(int(match["count"]), int(match["current"]), match["stem"], match["suffix"], base, first)
        count = _COUNT.search(script)
        if count and _NUMBERED.search(script) and (listed := _LISTED.search(url.partition("?")[0])):
            return _numbered(int(count[1]), 0, listed[1] or "index", listed[2] or "html", base)
    return []


def _numbered(count: int, current: int, stem: str, suffix: str, base: str, first: int = 0) -> list[str]:
    """TRS names: index.html, index_1.html .. index_{count-1}.html; with `first` 1 index.html, index_2.html .. index_{count}.html."""
    numbers = range(first, first + min(count, MAX_PAGES))
    names = [f"{stem}_{n}.{suffix}" if n > first else f"{stem}.{suffix}" for n in numbers if n != current]
    return [page for name in names if (page := resolve(base, name))]

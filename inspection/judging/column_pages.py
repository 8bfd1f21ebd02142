"""Which captured pages are the first pages of columns. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from crawler.parsing.words import EMPTY_LIST, SITE_NAME
from domain.captured import Detail, Page, PageKind, Reading

LIST_KINDS = (PageKind.COLUMN, PageKind.INQUIRY)
BLANK_TEXT = 20  # with less text and without a link of its own, a page has no content
_WAY_BACK = re.compile(r"首\s*页|主\s*页|返回|后退|更多|上一页|下一页|尾页|打印|关闭")
_CLOCK = re.compile(r"^.{0,16}(?:今天|现在|当前时间|星期[一二三四五六日天]).{0,24}$", re.M)
_CHROME = re.compile(
    r"无障碍\w{0,4}|(?:网站|站点)地图|搜索|登录|注册|长者\w{0,4}|设为首页|加入收藏|[简繁][体體]\w?|English|(?:移动|手机)版|[|｜]"
)


def no_aliases(url: str) -> Iterable[str]:
    """For pages that nothing redirects to."""
    return ()


@dataclass(frozen=True, slots=True)
class ColumnPage:
    """The first page of a column, how the site names it, and where it hangs."""

    url: str
    name: str
    level: int  # 1: in the navigation of the home page
    parent: str
    page: Page


def first_pages(
    home: Page | None,
    home_urls: set[str],
    pages: Iterable[Page],
    aliases_of: Callable[[str], Iterable[str]] = no_aliases,
) -> Iterator[ColumnPage]:
    """The columns found by themselves: later pages of a list and second addresses of one page are left out.

    A column that redirects (`aliases_of`) has the name and the place that the home page gives the address it names.
    """
    nav = dict(reversed([(url, name) for name, url in home.reading.nav])) if home and home.reading else {}
    called = _called_on(home)
    found = {page.url: page for page in pages if page.reading is not None}
    for names in (nav, called):
        led = {url: [*(alias for alias in aliases_of(url) if alias in names)] for url in found.keys() - names.keys()}
        names |= {url: names[aliases[0]] for url, aliases in led.items() if aliases}
    later = _later_pages(found, nav)
    bodies: set[str] = set()
    for url in sorted(found, key=lambda url: (url not in nav, len(url), url)):
        page, reading = found[url], found[url].reading
        if reading is None or url in later or url in home_urls or (page.body_hash and page.body_hash in bodies):
            continue
        bodies.add(page.body_hash)
        name = nav.get(url) or _own_name(reading, home) or called.get(url) or reading.column_name or reading.title
        yield ColumnPage(url, name, 1 if url in nav else 2, _parent(reading, url, found), page)


def _own_name(reading: Reading, home: Page | None) -> str:
    """What a column's page calls itself; empty when that is only the site's name."""
    site = home.reading.title if home and home.reading else ""
    name = reading.column_name
    return "" if name == site or SITE_NAME.search(name) else name


def _called_on(home: Page | None) -> dict[str, str]:
    """What the home page calls the addresses it links to, where a link is short enough to be a column's name."""
    links = home.reading.links if home and home.reading else ()
    return {link.url: link.text for link in reversed(links) if link.tag == "a" and 2 <= len(link.text) <= 12}


def _later_pages(found: Mapping[str, Page], nav: Mapping[str, str]) -> set[str]:
    """Addresses a pager leads to. Page 2 leads back to page 1, so of two only the later one counts."""
    anchors = {link for page in found.values() if page.reading for _, link in page.reading.trail} | set(nav)

    def rank(url: str) -> tuple[bool, int, str]:
        return (url not in anchors, len(url), url)

    pairs = ((url, target) for url, page in found.items() if page.reading for target in page.reading.next_pages)
    return {target for url, target in pairs if target not in nav and rank(url) < rank(target)}


def _parent(reading: Reading, url: str, found: Mapping[str, Page]) -> str:
    """The nearest breadcrumb that is itself a column."""
    return next((link for _, link in reversed(reading.trail) if link != url and link in found), "")


def is_blank(page: Page) -> bool:
    """Whether a list page shows nothing at all, or says so: no entries, no text, no links of its own."""
    reading = page.reading
    if reading is None or reading.kind not in LIST_KINDS or reading.entries:
        return False
    if reading.detail is Detail.NO_RECORDS or EMPTY_LIST.search(reading.text):
        return True
    text = _CLOCK.sub("", _CHROME.sub("", reading.text)).replace(reading.title, "").replace(reading.column_name, "")
    around = {page.url, *(url for _, url in reading.trail)}
    links = (link for link in reading.links if link.place == "main" and link.tag == "a" and link.url not in around)
    words = (link.text.strip("\xa0 ") for link in links)
    return len(text.strip()) < BLANK_TEXT and not any(
        word and not _WAY_BACK.search(word) and not _CHROME.fullmatch(word) for word in words
    )

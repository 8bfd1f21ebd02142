"""link.hidden (暗链)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from checks.shared.cloaked_pages import ONLY_PROGRAMS, disguised_pages
from checks.shared.strange_words import hits, speaks_lawfully
from domain.captured import Link
from domain.findings import Fact, Finding, Place, Ref, Result, Unjudged, Why
from domain.views import SiteView

_WAYS = {"none": "不显示", "away": "移出屏幕", "tiny": "缩为零尺寸", "colour": "与背景同色", "agent": ONLY_PROGRAMS}
_NO_USE = frozenset({"away", "tiny", "colour", "agent"})  # ways that serve no menu, tab or popup


@dataclass(slots=True)
class _Seen:
    """One hidden target with the pages that carry it."""

    link: Link
    words: tuple[str, ...]
    pages: list[str] = field(default_factory=list)
    capture: str = ""


@dataclass(frozen=True, slots=True)
class HiddenLinks:
    """Flag links to other hosts that a page carries and does not show. Always a candidate.

    Hidden by display:none, which menus and popups use too, a link is flagged only when its words are of gambling or
    porn. Off the screen, of no size or in the colour of the ground, any link to a host that is neither the site's nor
    in `trusted` is flagged; so is one that every look of a program showed and no look of a browser. Words of gambling
    or porn that only programs are shown make a candidate of page.defaced.
    """

    id: ClassVar[str] = "link.hidden"
    version: ClassVar[int] = 2
    place: ClassVar[Place] = Place.SOURCE
    kinds: ClassVar[tuple[str, ...]] = tuple(_WAYS)
    yields: ClassVar[tuple[str, ...]] = ("page.defaced",)
    trusted: tuple[str, ...] = (".gov.cn", ".edu.cn", ".cnzz.com", ".baidu.com", ".conac.cn", ".kaipuyun.cn", ".qq.com")
    sources_named: int = 5

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge the hidden links of every page."""
        own = _host(view.site.home_url)
        found: dict[str, _Seen] = {}
        for page in view.read():
            for link in page.reading.hidden if page.reading else ():
                self._note(found, page.url, page.body_hash, link, own)
        for shown in view.disguise.shown if view.disguise else ():
            for address, text in shown.links:
                self._note(found, shown.page, shown.capture, Link(address, text, "a", "agent"), own)
        yield from disguised_pages(view)
        for url, seen in sorted(found.items()):
            yield self._finding(view, url, seen)
        if view.disguise is not None and view.site.home_url not in view.disguise.compared:
            reason = "首页以程序和浏览器的身份访问，所见不是同一页面或未能取得，无法核对是否另有只给搜索引擎看的内容"
            yield Unjudged(self.id, Ref(view.site.home_url, view.site.name), reason)
        if not view.complete:
            yield Unjudged(
                self.id, Ref(view.site.home_url, view.site.name), "本次采集未完成，没有检查到全部页面", Why.PARTIAL
            )

    def _note(self, found: dict[str, _Seen], page: str, capture: str, link: Link, own: str) -> None:
        host = _host(link.url)
        if not host or host == own:
            return
        words = () if speaks_lawfully(link.text) else hits("gambling", link.text).words + hits("porn", link.text).words
        trusted = f".{host.partition(':')[0]}".endswith(self.trusted)
        if not words and (trusted or link.place not in _NO_USE or not link.text.strip()):
            return
        seen = found.setdefault(link.url, _Seen(link, words, capture=capture))
        seen.pages.append(page)

    def _finding(self, view: SiteView, url: str, seen: _Seen) -> Finding:
        facts: dict[str, Fact] = {
            "text": seen.link.text.strip() or None,
            "way": _WAYS.get(seen.link.place, seen.link.place),
            "words": "、".join(seen.words[:5]) or None,
            "pages": len(seen.pages) if len(seen.pages) > 1 else None,
        }
        ref = Ref(url, seen.link.text.strip() or url, seen.capture)
        home = view.site.home_url in seen.pages
        named = tuple(seen.pages[: self.sources_named])
        return Finding(
            self.id, ref, url, facts, seen.link.place, home=home, candidate=True, found_on=named, count=len(seen.pages)
        )


def _host(url: str) -> str:
    return url.partition("//")[2].partition("/")[0].lower()

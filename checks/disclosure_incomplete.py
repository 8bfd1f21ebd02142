"""disclosure.incomplete (政府信息公开专栏不完整)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.offered_links import home_reading, is_read_whole, offers, page_at
from domain.findings import Finding, Place, Ref, Result, Unjudged, Why
from domain.views import SiteView

_SECTION = re.compile("政府信息公开")
_PARTS = {
    "政府信息公开指南": re.compile("指南"),
    "政府信息公开制度": re.compile("制度"),
    "法定主动公开内容": re.compile("主动公开"),
    "政府信息公开年报": re.compile("年报|年度报告"),
}


@dataclass(frozen=True, slots=True)
class IncompletePlatforms:
    """Give notice of a site without a section called 政府信息公开, or whose section lacks one of its four parts.

    国办公开办函〔2019〕61号. The parts are looked for by name on the section's page and on the home page. A section that
    was not read, or that leads to another site, is not judged.
    """

    id: ClassVar[str] = "disclosure.incomplete"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.HOME

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Find the section, then its parts."""
        home = home_reading(view)
        ref = Ref(view.site.home_url, "首页", view.home.body_hash if view.home else "")
        if not view.published:
            return
        if home is None:
            yield Unjudged(self.id, ref, "未能取得首页，不能判断政府信息公开专栏", Why.NO_ANSWER)
            return
        sections = [(text, url) for text, url in offers(home, _SECTION)]
        if not sections:
            if is_read_whole(view):
                yield Finding(
                    self.id, ref, "section", {"names": "以“政府信息公开”为名的专栏"}, kind="section", home=True
                )
            else:
                yield Unjudged(self.id, ref, "网站未能完整读取，不能判断政府信息公开专栏", Why.PARTIAL)
            return
        page = page_at(view, {url for _, url in sections})
        if page is None or page.reading is None:
            yield Unjudged(self.id, Ref(sections[0][1], sections[0][0]), "政府信息公开专栏未能读取，不能判断是否完整")
            return
        names = [
            text
            for reading in (page.reading, home)
            for text, _ in offers(reading, re.compile("公开|年报|年度报告|指南|制度"))
        ]
        missing = [part for part, pattern in _PARTS.items() if not any(pattern.search(name) for name in names)]
        if missing and page.reading.needs_render and not page.rendered:
            yield Unjudged(self.id, Ref(page.url, page.reading.title), "政府信息公开专栏由脚本生成，未能完整读取")
        elif missing:
            facts = {"names": "、".join(missing)}
            yield Finding(self.id, Ref(page.url, page.reading.title, page.body_hash), "parts", facts, kind="parts")

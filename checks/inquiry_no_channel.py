"""inquiry.no_channel (未提供网上咨询建言渠道)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from domain.captured import PageKind, Reading
from domain.findings import Finding, Place, Ref, Result, Unjudged, Why
from domain.views import SiteView


@dataclass(frozen=True, slots=True)
class MissingChannels:
    """Flag a site where neither the home page, a column nor an inquiry page offers a way to ask or suggest online.

    A candidate: a channel may hide behind a picture or another name. Online petitions and reports of misconduct are
    no such channel. Without the whole home page, or after a partial run, nothing is judged.
    """

    id: ClassVar[str] = "inquiry.no_channel"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.HOME
    names: tuple[str, ...]
    excluded: tuple[str, ...] = ()

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Look for the channel's names on the home page, in the columns and on inquiry pages."""
        ref = Ref(view.site.home_url, "首页", view.home.body_hash if view.home else "")
        home = view.home.reading if view.home and view.home.status < 400 else None
        if home is None or view.home is None:
            yield Unjudged(self.id, ref, "未能取得首页，不能判断有无网上咨询渠道", Why.NO_ANSWER)
            return
        inquiry = next(view.pages(kind=PageKind.INQUIRY), None)
        if inquiry or self._offered(_words(home)) or self._offered(column.name for column in view.columns()):
            return
        if (home.needs_render and not view.home.rendered) or not view.complete:
            yield Unjudged(self.id, ref, "网站未能完整读取，不能判断有无网上咨询渠道", Why.PARTIAL)
        else:
            yield Finding(self.id, ref, "home", {"label": "网上咨询建言渠道"}, home=True, candidate=True)

    def _offered(self, words: Iterable[str]) -> bool:
        wanted, excluded = re.compile("|".join(self.names)), "|".join(self.excluded)
        return any(wanted.search(re.sub(excluded, "", word) if excluded else word) for word in words)


def _words(home: Reading) -> Iterator[str]:
    yield from (name for name, _ in home.nav)
    yield from (link.text for link in home.links)
    yield from (block.name for block in home.lists)
    yield home.text

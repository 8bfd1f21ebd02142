"""rules_library.missing (未公开规章库)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.offered_links import home_reading, is_read_whole, offers
from domain.captured import PageKind
from domain.findings import Finding, Place, Ref, Result, Unjudged, Why
from domain.targets import SiteKind
from domain.views import SiteView

_NAME = re.compile("规章库|政府规章|市政府规章|现行有效规章|^规章$")


@dataclass(frozen=True, slots=True)
class MissingLibraries:
    """Give notice of a city portal that offers no list of its valid rules (规章), home page, columns and sections looked at.

    国办公开办函〔2021〕33号; for cities with rule-making power, so it is switched on by the office.
    """

    id: ClassVar[str] = "rules_library.missing"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.HOME

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Look for the list by its name."""
        if view.site.kind is not SiteKind.CITY_PORTAL or not view.published:
            return
        ref = Ref(view.site.home_url, "首页", view.home.body_hash if view.home else "")
        home = home_reading(view)
        if home is None:
            yield Unjudged(self.id, ref, "未能取得首页，不能判断有无规章库", Why.NO_ANSWER)
            return
        if any(offers(home, _NAME)) or any(_NAME.search(column.name) for column in view.columns()):
            return
        lists = (page.reading for page in view.pages(kind=(PageKind.COLUMN, PageKind.OTHER)) if page.reading)
        if any(any(offers(reading, _NAME)) for reading in lists):
            return
        if is_read_whole(view):
            yield Finding(self.id, ref, "library", {"names": "规章库"}, home=True)
        else:
            yield Unjudged(self.id, ref, "网站未能完整读取，不能判断有无规章库", Why.PARTIAL)

"""mark.missing (网站标识缺失)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from domain.findings import Finding, Place, Ref, Result, Unjudged, Why
from domain.views import SiteView

NAMES = {
    "site_code": "网站标识码",
    "icp": "ICP备案编号",
    "police": "公安机关备案标识",
    "party_gov": "党政机关网站标识",
    "jiucuo": "“我为政府网站找错”入口",
    "sponsor": "主办单位",
    "contact": "联系方式",
    "sitemap": "网站地图",
}


@dataclass(frozen=True, slots=True)
class MissingMarks:
    """Flag each element that the design guideline (国办发〔2017〕47号) asks of the home page and that is not there.

    A footer drawn by a script that was not rendered is not judged.
    """

    id: ClassVar[str] = "mark.missing"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.HOME
    kinds: ClassVar[tuple[str, ...]] = tuple(NAMES)
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {"required": tuple(NAMES)}
    required: tuple[str, ...] = tuple(NAMES)

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge the marks of the home page."""
        home = view.home
        ref = Ref(view.site.home_url, "首页", home.body_hash if home else "")
        if view.marks is None or home is None or home.status >= 400:
            yield Unjudged(self.id, ref, "未能取得首页，不能判断网站标识是否齐全", Why.NO_ANSWER)
            return
        missing = [name for name in self.required if not getattr(view.marks, name)]
        if missing and home.reading and home.reading.needs_render and not home.rendered:
            yield Unjudged(
                self.id, ref, "首页内容由脚本生成，本次未能完整读取，不能判断网站标识是否齐全", Why.NO_BROWSER
            )
            return
        for name in missing:
            yield Finding(
                self.id,
                Ref(ref.url, NAMES[name], ref.capture),
                name,
                {"mark": name, "label": NAMES[name]},
                kind=name,
                home=True,
            )

"""search.broken (站内搜索不可用)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from domain.findings import Fact, Finding, Place, Ref, Result, Unjudged
from domain.views import SiteView

_REASONS = {
    "no_form": "首页未见可以直接提交的站内搜索框",
    "script": "站内搜索由脚本完成",
    "other_host": "站内搜索在其他网站上",
    "login": "站内搜索要求登录",
    "captcha": "站内搜索要求输入验证码",
    "robots": "网站不允许程序访问搜索页（robots.txt）",
    "blocked": "搜索页限制自动访问",
    "no_titles": "没有读到可以用来搜索的文章标题",
    "no_answer": "搜索页没有应答",
    "no_result_page": "搜索后打开的页面看不出是搜索结果",
    "site_down": "首页未能取得",
}
_NOT_ASKED = "本次巡检没有试用站内搜索"


@dataclass(frozen=True, slots=True)
class BrokenSearches:
    """Flag an in-site search that answers with an error twice, or finds none of `titles` articles known to exist.

    The crawler tries the search form of the home page. A search on another host, by script, behind a login or a
    captcha, or one that answers in a way that is not plainly a result page is not judged.
    """

    id: ClassVar[str] = "search.broken"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.HOME
    kinds: ClassVar[tuple[str, ...]] = ("failing", "missing")
    titles: int = 3

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge the trial of this run; a folder of files has no search."""
        if not view.published:
            return
        trial = view.search
        if trial is None or trial.outcome == "unknown":
            why = _REASONS.get(trial.reason, _NOT_ASKED) if trial else _NOT_ASKED
            ref = Ref(view.site.home_url, view.site.name)
            yield Unjudged(self.id, ref, f"{why}，需人工试用")
        elif trial.outcome == "failing" or (trial.outcome == "missing" and len(trial.titles) >= self.titles):
            facts: dict[str, Fact] = {"asked": len(trial.titles), "title": trial.titles[0] if trial.titles else None}
            if trial.outcome == "failing":
                facts |= {"asked": None, "status": trial.status}
            yield Finding(self.id, Ref(trial.url, "站内搜索"), "home", facts, kind=trial.outcome, home=True)
        elif trial.outcome == "missing":
            ref = Ref(view.site.home_url, view.site.name)
            yield Unjudged(self.id, ref, f"只试搜了 {len(trial.titles)} 篇文章，不足以判断，需人工试用")

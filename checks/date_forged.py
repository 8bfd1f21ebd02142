"""date.forged (疑似伪造发布日期)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from domain.captured import DateHow, Page, PageKind
from domain.findings import Fact, Finding, Place, Ref, Result, Unjudged
from domain.times import beijing_date
from domain.views import Sample, SiteView


@dataclass(slots=True)
class _Tally:
    """What the sampled articles say, as page addresses."""

    read: int = 0
    today: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ForgedDates:
    """Flag a site whose articles seem to be re-dated: a candidate, only a person can say so.

    `today`: at least `share` of `least` or more articles carry the very day they were fetched although their addresses
    say otherwise. `moved`: at least `repeated` articles carry a date more than `apart_days` later than their address.
    Too few dated articles are not judged.
    """

    id: ClassVar[str] = "date.forged"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.SITE
    kinds: ClassVar[tuple[str, ...]] = ("today", "moved")
    sample: int = 20
    least: int = 10
    share: float = 0.9
    repeated: int = 3
    apart_days: int = 365

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge a sample of the articles."""
        ref = Ref(view.site.home_url, view.site.name)
        tally = self._count(view.sample(Sample(self.id, PageKind.ARTICLE, self.sample)), view)
        if tally.read < self.least:
            yield Unjudged(self.id, ref, f"已读取的带日期文章只有 {tally.read} 篇，不足 {self.least} 篇，不能判断")
            return
        if len(tally.today) >= self.share * tally.read:
            yield self._finding(ref, "today", tally.today, tally.read)
        if len(tally.moved) >= self.repeated:
            yield self._finding(ref, "moved", tally.moved, tally.read)

    def _count(self, pages: Iterable[Page], view: SiteView) -> _Tally:
        tally = _Tally()
        for page in pages:
            day = page.reading.published.day if page.reading else None
            if day is None:
                continue
            tally.read += 1
            elsewhere = _address_date(page)
            if elsewhere is not None and (day - elsewhere).days > self.apart_days:
                tally.moved.append(page.url)
            if elsewhere is not None and elsewhere < day == view.nights.get(page.run_id, beijing_date(page.fetched_at)):
                tally.today.append(page.url)
        return tally

    def _finding(self, ref: Ref, kind: str, pages: list[str], read: int) -> Finding:
        what = {"today": "均标为采集当日", "moved": "标注日期比网址中的日期晚一年以上"}[kind]
        facts: dict[str, Fact] = {"articles": len(pages), "read": read, "what": what}
        return Finding(
            self.id, ref, kind, facts, kind=kind, candidate=True, found_on=tuple(pages[:5]), count=len(pages)
        )


def _address_date(page: Page) -> date | None:
    """The date in the article's address, as the parser read it."""
    for seen in page.reading.candidates if page.reading else ():
        if seen.how is DateHow.ADDRESS and seen.value is not None:
            return seen.value.date() if isinstance(seen.value, datetime) else seen.value
    return None

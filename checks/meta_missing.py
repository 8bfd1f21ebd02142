"""meta.missing (网页标签缺失)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from domain.captured import Page, PageKind
from domain.findings import Fact, Finding, Place, Ref, Result, Unjudged, Why
from domain.views import Sample, SiteView

LABELS = {PageKind.HOME: "首页", PageKind.COLUMN: "栏目页", PageKind.ARTICLE: "文章页"}


@dataclass(frozen=True, slots=True)
class MissingMeta:
    """Flag a meta tag of the guideline (国办发〔2017〕47号) that pages of one kind lack; one finding a kind and tag.

    A sample of `sample` lists and as many dated articles is looked at: a template fault shows on all of them.
    """

    id: ClassVar[str] = "meta.missing"
    version: ClassVar[int] = 2
    place: ClassVar[Place] = Place.PAGE
    kinds: ClassVar[tuple[str, ...]] = tuple(LABELS)
    sample: int = 20
    home: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    article: tuple[str, ...] = ()

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge the home page, then samples of column and article pages."""
        if view.home is None or view.home.reading is None or view.home.status >= 400:
            yield Unjudged(self.id, Ref(view.site.home_url, "首页"), "未能取得首页，不能判断网页标签", Why.NO_ANSWER)
        else:
            yield from self._judge(PageKind.HOME, (view.home,), self.home)
        for kind, tags in ((PageKind.COLUMN, self.column), (PageKind.ARTICLE, self.article)):
            sample = Sample(f"{self.id}:{kind.value}", kind, self.sample, _is_sample)
            yield from self._judge(kind, view.sample(sample) if tags else (), tags)

    def _judge(self, kind: PageKind, pages: Sequence[Page], tags: tuple[str, ...]) -> Iterator[Result]:
        for tag in tags:
            lacking = [page for page in pages if not _filled(page, tag)]
            if lacking:
                first = lacking[0]
                facts: dict[str, Fact] = {
                    "tag": tag,
                    "label": LABELS[kind],
                    "sampled": len(pages),
                    "missing": len(lacking),
                }
                yield Finding(
                    self.id,
                    Ref(first.final_url or first.url, LABELS[kind], first.body_hash),
                    f"{kind.value}:{tag}",
                    facts,
                    kind=kind.value,
                    home=kind is PageKind.HOME,
                    found_on=tuple(page.final_url or page.url for page in lacking[:5]),
                    count=len(lacking),
                )


def _is_sample(page: Page) -> bool:
    """Whether a page surely is what its kind says: a list with entries, a dated article; others prove nothing."""
    reading = page.reading
    if reading is None or page.status >= 400:
        return False
    return bool(reading.entries) if reading.kind is PageKind.COLUMN else reading.published.day is not None


def _filled(page: Page, tag: str) -> bool:
    meta: Mapping[str, str] = page.reading.meta if page.reading else {}
    return any(name.lower() == tag.lower() and value.strip() for name, value in meta.items())

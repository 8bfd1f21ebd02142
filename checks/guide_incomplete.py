"""guide.incomplete (办事指南要素不全)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from domain.captured import Page, PageKind, Reading
from domain.findings import Fact, Finding, Place, Ref, Result, Unjudged
from domain.views import Sample, SiteView


@dataclass(frozen=True, slots=True)
class IncompleteGuides:
    """Flag a service guide that lacks key elements; level `many` from `many` missing ones on, else `few`.

    A guide of which fewer than three elements could be read is not judged: it may be written in a form we do not know.
    """

    id: ClassVar[str] = "guide.incomplete"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.PAGE
    elements: tuple[str, ...]
    many: int = 4
    sample: int = 20  # guides that are read every night; the others when their turn comes

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Judge every guide of the site."""
        view.sample(Sample(self.id, PageKind.GUIDE, self.sample))
        for page in view.read(kind=PageKind.GUIDE):
            if page.reading is not None and page.status < 400:
                yield from self._judge(page, page.reading)

    def _judge(self, page: Page, reading: Reading) -> Iterator[Result]:
        ref = Ref(page.final_url or page.url, reading.guide.title if reading.guide else reading.title, page.body_hash)
        found = {name for name, text in reading.guide.elements.items() if text.strip()} if reading.guide else set()
        unread = bool(reading.needs_render) and not page.rendered
        if unread or len(found) < 3:
            yield Unjudged(self.id, ref, "办事指南未能完整读取，需人工核查要素是否齐全")
            return
        if reading.guide and reading.guide.title:
            found.add("事项名称")
        missing = [name for name in self.elements if name not in found]
        if missing:
            facts: dict[str, Fact] = {"missing": len(missing), "names": "、".join(missing), "asked": len(self.elements)}
            level = "many" if len(missing) >= self.many else "few"
            yield Finding(self.id, ref, page.final_url or page.url, facts, level=level)

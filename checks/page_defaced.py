"""page.defaced (网页被篡改)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.strange_words import HEAD, KINDS, named_words, strange_words
from domain.captured import Page, PageKind
from domain.findings import Finding, Place, Ref, Result, Unjudged, Why


@dataclass(frozen=True, slots=True)
class DefacedPages:
    """Flag a page whose title, description or first text speaks like a gambling or porn site. Always a candidate.

    A rule, a warning or news of the police that uses the same words is none: such texts speak of it, they do not solicit.
    """

    id: ClassVar[str] = "page.defaced"
    version: ClassVar[int] = 2
    place: ClassVar[Place] = Place.PAGE
    kinds: ClassVar[tuple[str, ...]] = tuple(KINDS)

    def __call__(self, page: Page) -> Iterator[Result]:
        """Judge one page by its title, its meta tags and the start of its text."""
        assert page.reading is not None  # noqa: S101
        reading = page.reading
        if reading.kind is PageKind.FILE:
            return
        if reading.needs_render and not page.rendered and not reading.text:
            yield Unjudged(self.id, Ref(page.url, reading.title), "页面内容由脚本绘制，未能读取", Why.NO_BROWSER)
            return
        meta = " ".join(text for name, text in reading.meta.items() if name.lower() in {"description", "keywords"})
        for kind, name in KINDS.items():
            words = strange_words(kind, reading.title, f"{meta[:HEAD]}\n{reading.text[:HEAD]}")
            words = words or named_words(kind, f"{reading.title} {meta[:HEAD]}", reading.text)
            if words:
                ref = Ref(page.final_url or page.url, reading.title, page.body_hash)
                facts = {"subject": name, "words": "、".join(words[:6]), "title": reading.title}
                yield Finding(self.id, ref, ref.url, facts, kind, candidate=True)
                return

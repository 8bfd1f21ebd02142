"""What a site shows to programs and to no browser: gambling or porn in place of its own words."""

from collections.abc import Iterator

from checks.shared.strange_words import KINDS, hits, strange_words
from domain.findings import Finding, Ref
from domain.views import SiteView

ONLY_PROGRAMS = "只对搜索引擎等程序显示，用浏览器打开不显示"


def disguised_pages(view: SiteView) -> Iterator[Finding]:
    """One `page.defaced` candidate a page, as that check would word it."""
    for shown in view.disguise.shown if view.disguise else ():
        if not shown.strange:
            continue
        told = {kind: strange_words(kind, shown.title, shown.text) for kind in KINDS}
        kind = next((kind for kind, words in told.items() if words), "gambling")
        words = told[kind] or hits(kind, f"{shown.title}\n{shown.text}").words
        facts = {"subject": KINDS[kind], "words": "、".join(words[:6]), "title": shown.title, "way": ONLY_PROGRAMS}
        ref = Ref(shown.page, shown.title, shown.capture)
        home = shown.page == view.site.home_url
        yield Finding("page.defaced", ref, shown.page, facts, kind, home=home, candidate=True)

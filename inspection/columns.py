"""The columns of a site from its captured pages, the registry and today's rules. Decided when the view is built."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.captured import DateHow, Entry, Page, PageKind, Reading
from domain.rules import ColumnRule
from domain.targets import ColumnKind, ColumnSpec, Site
from domain.times import Window, beijing_date
from domain.views import Column

Classify = Callable[[str, str], ColumnRule | None]
ArticleOf = Callable[[str], Page | None]
MAX_DATED_BY_ARTICLES = 30
LIST_KINDS = (PageKind.COLUMN, PageKind.INQUIRY)
BLANK_TEXT, BLANK_LINKS = 20, 1  # below both, a page has no content of its own
_NOTHING = re.compile(r"(暂无|没有)(相关)?(信息|内容|数据|记录|文章)|(栏目|内容)(正在)?(建设|更新|完善)中")


@dataclass(frozen=True, slots=True)
class Draft:
    """A column before its dates are judged."""

    url: str
    name: str
    level: int
    parent: str
    page: Page | None
    spec: ColumnSpec | None = None


@dataclass(slots=True)
class ColumnBook:
    """All columns of one site as of a moment."""

    site: Site
    as_of: datetime
    classify: Classify
    article_of: ArticleOf
    drafts: dict[str, Draft] = field(default_factory=dict)

    def build(self, home: Page | None, pages: Iterable[Page]) -> Iterator[Column]:
        """Yield every column, parents as fresh as their freshest child."""
        self._collect(home, pages)
        drafts = [draft for draft in self.drafts.values() if not self._is_left_out(draft)]
        columns = {draft.url: self._column(draft) for draft in drafts}
        for column in columns.values():
            yield self._with_children(column, columns)

    def _collect(self, home: Page | None, pages: Iterable[Page]) -> None:
        nav = dict(reversed([(url, name) for name, url in home.reading.nav])) if home and home.reading else {}
        found = {page.url: page for page in pages}
        later = {url for page in found.values() if page.reading for url in page.reading.next_pages}
        aliases = {page.final_url for page in found.values() if page.final_url != page.url}
        home_urls = {self.site.home_url, home.url if home else "", home.final_url if home else ""}
        for url, page in found.items():
            reading = page.reading
            if url in home_urls or reading is None or (url in later and url not in nav) or url in aliases - {url}:
                continue
            name = nav.get(url) or reading.column_name or reading.title
            self.drafts[url] = Draft(url, name, 1 if url in nav else 2, _parent(reading, url, found), page)
        for spec in self.site.columns:
            draft = self.drafts.get(spec.url) or Draft(spec.url, spec.name, 1, "", found.get(spec.url))
            self.drafts[spec.url] = replace(draft, spec=spec, name=spec.name or draft.name)

    def _is_left_out(self, draft: Draft) -> bool:
        """Columns the registry ignores, and pages with text of their own instead of a list (联系我们, 网站地图)."""
        if draft.spec:
            return draft.spec.ignored
        reading = draft.page.reading if draft.page else None
        is_static = reading is not None and not reading.entries and not reading.needs_render
        return is_static and draft.page is not None and not self._is_blank(draft.page)

    def _is_blank(self, page: Page) -> bool:
        """Whether a list page shows nothing at all, or says so: no entries, no text, no links of its own."""
        full = self.article_of(page.url) or page
        reading = full.reading
        if reading is None or page.reading is None or page.reading.kind not in LIST_KINDS:
            return False
        if _NOTHING.search(reading.text):
            return True
        own_text = reading.text.replace(reading.title, "").replace(reading.column_name, "").strip()
        own_links = [link for link in reading.links if link.place == "main" and link.tag == "a" and link.text]
        return len(own_text) < BLANK_TEXT and len(own_links) <= BLANK_LINKS

    def _column(self, draft: Draft) -> Column:
        rule = self.classify(draft.name, draft.url)
        spec = draft.spec
        kind = (spec and spec.kind) or (rule.kind if rule else ColumnKind.OTHER)
        deadline = Window.parse(spec.deadline) if spec and spec.deadline else self._deadline(kind, rule)
        entries, newest, undated = self._dates(draft.page)
        return Column(
            name=draft.name,
            url=draft.url,
            kind=kind,
            deadline=deadline,
            archived=bool(spec and spec.archived) or bool(rule and rule.archived and not (spec and spec.deadline)),
            declared=spec is not None,
            level=draft.level,
            parent=draft.parent,
            entries=entries,
            items=len(entries),
            newest=newest,
            undated=undated,
            capture=draft.page.body_hash if draft.page else "",
        )

    def _deadline(self, kind: ColumnKind, rule: ColumnRule | None) -> Window | None:
        if rule and rule.kind is kind:
            return rule.deadline
        named = self.classify(_KIND_NAMES.get(kind, ""), "")
        return named.deadline if named else None

    def _dates(self, page: Page | None) -> tuple[tuple[Entry, ...], date | None, str]:
        if page is None or page.reading is None or (page.reading.needs_render and not page.rendered):
            return (), None, "not_read"
        entries = page.reading.entries
        if not entries:
            return (), None, "blank" if self._is_blank(page) else "not_read"
        entries = self._dated_by_articles(entries)
        today = beijing_date(self.as_of)
        dates = [entry.published_on for entry in entries if entry.published_on and entry.published_on <= today]
        return entries, max(dates, default=None), _why_undated(entries) if not dates else ""

    def _dated_by_articles(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Entries whose list shows no date take the date of their article, as far as it was captured."""
        if any(entry.published_on for entry in entries):
            return entries
        return tuple(
            self._from_article(entry) if number < MAX_DATED_BY_ARTICLES and entry.published_on is None else entry
            for number, entry in enumerate(entries)
        )

    def _from_article(self, entry: Entry) -> Entry:
        page = self.article_of(entry.url)
        if page is None or page.reading is None:
            return replace(entry, how=DateHow.UNREADABLE)
        published = page.reading.published
        if published.day is None:
            return replace(entry, how=published.how)
        return replace(entry, published_on=published.day, how=DateHow.ARTICLE)

    def _with_children(self, column: Column, columns: Mapping[str, Column]) -> Column:
        best = column.newest
        for child in columns.values():
            if child.parent == column.url and child.url != column.url and child.newest:
                best = max(best, child.newest) if best else child.newest
        if best == column.newest:
            return column
        return replace(column, newest=best, undated="")


_KIND_NAMES = {
    ColumnKind.NEWS: "工作动态",
    ColumnKind.NOTICE: "通知公告",
    ColumnKind.POLICY: "政策文件",
    ColumnKind.EXPLAIN: "政策解读",
    ColumnKind.PERSONNEL: "人事信息",
    ColumnKind.PLAN: "规划计划",
    ColumnKind.STATISTICS: "统计信息",
    ColumnKind.INQUIRY: "留言答复",
}


def _parent(reading: Reading, url: str, found: Mapping[str, Page]) -> str:
    """The nearest breadcrumb that is itself a column."""
    return next((link for _, link in reversed(reading.trail) if link != url and link in found), "")


def _why_undated(entries: tuple[Entry, ...]) -> str:
    hows = {entry.how for entry in entries if entry.published_on is None}
    if not hows:
        return "future"
    return "unreadable" if DateHow.UNREADABLE in hows else "absent"

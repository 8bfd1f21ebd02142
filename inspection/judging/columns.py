"""The columns of a site from its captured pages, the registry and today's rules. Decided when the view is built."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.captured import Page, PageKind
from domain.rules import ColumnRule
from domain.targets import ColumnKind, ColumnSpec, Site
from domain.times import Freshness, Window, freshness
from domain.views import Column
from inspection.judging.column_pages import ColumnPage, first_pages, is_blank, no_aliases
from inspection.judging.entry_dates import read_dates
from inspection.judging.frames import framed_list

Classify = Callable[[str, str], ColumnRule | None]
PageOf = Callable[[str], Page | None]
SHORT_TEXT = 80  # beside a frame: more is what the page is for


@dataclass(frozen=True, slots=True)
class ColumnBook:
    """Builds all columns of one site as of a moment. `page_of` finds the latest capture of an address."""

    site: Site
    as_of: datetime
    classify: Classify
    page_of: PageOf
    aliases_of: Callable[[str], Iterable[str]] = no_aliases

    def build(self, home: Page | None, pages: Iterable[Page]) -> Iterator[Column]:
        """Yield every column; parents are as fresh as their freshest child, children of an archive are archived."""
        home_urls = {self.site.home_url, *((home.url, home.final_url) if home else ())}
        specs = {spec.url: spec for spec in self.site.columns}
        columns: dict[str, Column] = {}
        first = [self._framed(found) for found in first_pages(home, home_urls, pages, self.aliases_of)]
        nav = {found.url for found in first if found.level == 1}
        frames = {found.page.url for found in first if found.page.url != found.url} - nav - specs.keys()
        for found in first:
            if found.url in frames:
                continue
            spec = specs.pop(self._declared_as(found.url, specs), None)
            if spec.ignored if spec else self._is_no_list(found.page):
                continue
            columns[found.url] = self._column(found.name, found, spec)
        for spec in specs.values():
            if not spec.ignored:
                columns[spec.url] = self._declared(spec)
        yield from (_in_family(column, columns) for column in columns.values())

    def _declared_as(self, url: str, specs: Mapping[str, ColumnSpec]) -> str:
        """The address by which the registry knows a column, if it redirects."""
        if not specs or url in specs:
            return url
        return next((alias for alias in self.aliases_of(url) if alias in specs), url)

    def _framed(self, found: ColumnPage) -> ColumnPage:
        """The column with the frame's page in place of its own where the list stands in the frame."""
        frame = framed_list(found.page, self.page_of)
        return replace(found, page=frame) if frame else found

    def _is_no_list(self, page: Page) -> bool:
        """Pages with text of their own instead of a list (联系我们, 网站地图) are no columns."""
        reading = page.reading
        if reading is None or reading.entries or (reading.needs_render and not page.rendered):
            return False
        if reading.framed and len(reading.text) < SHORT_TEXT:
            return reading.kind is PageKind.OTHER
        return not is_blank(self.page_of(page.url) or page)

    def _declared(self, spec: ColumnSpec) -> Column:
        page = self.page_of(spec.url)
        name = spec.name or (page.reading.column_name if page and page.reading else "") or spec.url
        found = self._framed(ColumnPage(spec.url, name, 1, "", page)) if page else None
        return self._column(name, found, spec)

    def _column(self, name: str, found: ColumnPage | None, spec: ColumnSpec | None) -> Column:
        url = found.url if found else spec.url if spec else ""
        name = (spec.name if spec else "") or name
        rule = self.classify(name, url)
        kind = (spec.kind if spec else None) or (rule.kind if rule else ColumnKind.OTHER)
        own = Window.parse(spec.deadline) if spec and spec.deadline else None
        deadline = own or self._deadline(kind, rule)
        told = read_dates(found.page if found else None, self.as_of, self.page_of)
        if told.unread_later and not _is_fresh(told.newest, deadline, self.as_of):
            told = replace(told, newest=None, undated="not_read")
        return Column(
            name=name,
            url=url,
            kind=kind,
            deadline=deadline,
            archived=bool(spec and spec.archived) or bool(rule and rule.archived and own is None),
            declared=spec is not None,
            level=found.level if found else 1,
            parent=found.parent if found else "",
            entries=told.entries,
            items=len(told.entries),
            newest=told.newest,
            undated=told.undated,
            capture=found.page.body_hash if found else "",
        )

    def _deadline(self, kind: ColumnKind, rule: ColumnRule | None) -> Window | None:
        if rule and rule.kind is kind:
            return rule.deadline
        named = self.classify(_KIND_NAMES.get(kind, ""), "")
        return named.deadline if named else None


def _is_fresh(newest: date | None, deadline: Window | None, as_of: datetime) -> bool:
    return newest is not None and (deadline is None or freshness(newest, deadline, as_of)[0] is Freshness.FRESH)


def _in_family(column: Column, columns: Mapping[str, Column]) -> Column:
    """What a column takes from its relatives: the freshest date below it, the archive above it."""
    family = [child for child in columns.values() if column.url in _ancestors(child, columns)]
    newest = max((child.newest for child in (column, *family) if child.newest), default=None)
    archived = column.archived or any(columns[url].archived for url in _ancestors(column, columns))
    if newest == column.newest and archived == column.archived:
        return column
    return replace(column, newest=newest, undated="" if newest else column.undated, archived=archived)


def _ancestors(column: Column, columns: Mapping[str, Column]) -> list[str]:
    above: list[str] = []
    while column.parent in columns and column.parent not in above and column.parent != column.url:
        above.append(column.parent)
        column = columns[column.parent]
    return above


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

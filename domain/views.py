"""All a check sees: one target as of a moment. Lazy, so that a site of a million pages fits."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.captured import Attempt, Entry, Marks, Page, PageKind, Probe
from domain.findings import Ref, Why
from domain.site_facts import Disguise, Ipv6Lookup, SearchTrial
from domain.targets import ColumnKind, Registry, Site
from domain.times import Window


@dataclass(frozen=True, slots=True)
class Sample:
    """Pages drawn once and looked at again every night; `fits` says which may be drawn."""

    name: str  # the same name, the same pages
    kind: PageKind
    size: int
    fits: Callable[[Page], bool] = field(default=lambda page: page.status < 400, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Column:
    """栏目 as the view sees it; kind, deadline and archived are decided by today's rules and the registry."""

    name: str
    url: str
    kind: ColumnKind
    deadline: Window | None = None
    archived: bool = False
    declared: bool = False
    level: int = 1  # 1: 一级栏目 (in the navigation)
    parent: str = ""  # url of the parent column
    entries: tuple[Entry, ...] = ()  # how ABSENT: neither list nor article shows a date; UNREADABLE also when not read
    items: int = 0  # entries on all list pages that were read
    newest: date | None = None  # newest trustworthy date, children included; never in the future
    undated: str = ""  # why `newest` is None: absent, unreadable, future, blank, not_read
    why: Why = Why.OPEN  # what kept tonight's crawl from its page, where that is so
    capture: str = ""

    @property
    def ref(self) -> Ref:
        """The column as evidence."""
        return Ref(self.url, self.name, self.capture)


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """A link target of a site with everything known about it; `sources` asks the store only when needed."""

    url: str
    text: str
    tag: str
    inside: bool  # in the site's own scope
    home: bool  # stands on the home page
    attempts: tuple[Attempt, ...]
    sources: Callable[[], Iterator[str]] = field(repr=False)  # every page that points to it, each once
    place: str = ""  # where the link always stands: nav, footer (a template link), else empty
    owner: str = ""  # the account whose posts have it; the sources are the posts then
    post: str = ""  # the newest of these posts, by its first words


def _no_pages(kind: PageKind | Collection[PageKind] | None = None) -> Iterator[Page]:
    return iter(())


def _no_sample(sample: Sample) -> tuple[Page, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class SiteView:
    """One site as of `as_of`, over captures of runs with as_of <= that."""

    site: Site
    as_of: datetime
    run_id: str
    home: Page | None  # latest capture of the home page, with its reading
    columns: Callable[[], Iterator[Column]] = field(repr=False)
    pages: Callable[..., Iterator[Page]] = field(repr=False)  # pages(kind=None, changed_in=None): the latest captures
    links: Callable[..., Iterator[LinkTarget]] = field(repr=False)  # links(faulty=True): targets with a failing attempt
    probes: Callable[[Window], Iterator[Probe]] = field(repr=False)
    read: Callable[..., Iterator[Page]] = field(default=_no_pages, repr=False)  # read(kind=None): what to speak of
    sample: Callable[[Sample], tuple[Page, ...]] = field(default=_no_sample, repr=False)  # as far as it was examined
    complete: bool = True  # the run looked at all it meant to look at
    published: bool = True  # False for a folder or a preview: network and domain checks do not apply
    home_lists_newest: date | None = None
    marks: Marks | None = None  # of the home page, after rendering when it was needed
    nights: Mapping[str, date] = field(default_factory=dict)  # run id -> Beijing date of its as_of
    history: Callable[[str], Iterator[Mapping[str, object]]] | None = field(default=None, repr=False)
    registry: Registry | None = field(default=None, repr=False)  # None: a single target without a registry
    outside: Callable[[], Iterator[LinkTarget]] | None = field(default=None, repr=False)  # links that leave the scope
    ipv6: Ipv6Lookup | None = None  # of this run; None: not looked at
    search: SearchTrial | None = None
    disguise: Disguise | None = None

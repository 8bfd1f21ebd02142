"""What the crawler saw: facts, never edited and never judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.site_facts import Disguise, Ipv6Lookup, QrCode, SearchTrial


class PageKind(StrEnum):
    """What a page is; `Reading.detail` may say more."""

    HOME = "home"
    COLUMN = "column"
    ARTICLE = "article"
    GUIDE = "guide"
    INQUIRY = "inquiry"
    ERROR = "error"
    OTHER = "other"
    FILE = "file"  # a document that pages offer; read after the crawl, `Reading.detail` says how far


class Detail(StrEnum):
    """What more there is to say of a page of its kind, or of a file: how far it was read, or of which form it is."""

    NONE = ""
    NAV_HOME = "nav_home"  # a home page without lists of its own
    OPEN_INFO = "open_info"  # 政府信息公开
    HUB = "hub"  # several lists
    DATASTORE = "datastore"  # its list stands in a script
    NO_RECORDS = "no_records"  # a datastore that says it holds nothing
    LETTERS = "list"  # a list of letters
    LETTER = "detail"  # one letter
    SEARCH = "search"
    LOGIN = "login"
    JUMP = "jump"  # sends its visitor on
    EMPTY = "empty"
    BINARY = "binary"  # no text
    STYLES = "styles"  # a style sheet
    UNREAD = "unread"  # a file whose text is still to be read
    UNREADABLE = "unreadable"  # a file whose text cannot be read
    PICTURE = "picture"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


class DateHow(StrEnum):
    """How a publish date was found, or why there is none."""

    META = "meta"  # <meta name="PubDate">
    PRINTED = "printed"  # beside a label or in its own element
    LIST = "list"  # beside the entry in a list
    NO_YEAR = "no_year"  # beside the entry, month and day only: the latest such day, unless its article tells the year
    ARTICLE = "article"  # taken from the entry's article
    ADDRESS = "address"  # t20230420_1.html, art/2023/4/20/
    SCRIPT = "script"  # a data record inside the page
    RELATIVE = "relative"  # 昨天, 3天前, read against the run's as_of
    ABSENT = "absent"  # the page shows no date
    UNREADABLE = "unreadable"  # there is something like a date that we cannot read


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One date seen on a page and why it won or lost (shown by `look`)."""

    text: str
    value: date | datetime | None
    how: DateHow
    verdict: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A publish date with its origin. A value without a time of day is a `date`, else a naive Beijing `datetime`."""

    value: date | datetime | None = None
    how: DateHow = DateHow.ABSENT
    conflict: str = ""  # how other sources on the page disagree; empty when they agree

    @property
    def day(self) -> date | None:
        """The Beijing calendar date."""
        return self.value.date() if isinstance(self.value, datetime) else self.value


@dataclass(frozen=True, slots=True)
class Entry:
    """信息条目: one item of a list."""

    title: str
    url: str
    published_on: date | None = None
    how: DateHow = DateHow.ABSENT
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class EntryList:
    """Repeated items found on a page. Only `main` lists may date a column; sidebars never do."""

    name: str
    url: str  # address of the 更多 link or of the page itself
    entries: tuple[Entry, ...]
    main: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """Where a page points to. `place`: nav, main, footer or other; `tag`: a, img, iframe, form, link, script, css, meta..."""

    url: str
    text: str = ""
    tag: str = "a"
    place: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """Footer marks of the 网页设计规范; empty string or False means not seen."""

    site_code: str = ""
    icp: str = ""
    police: str = ""
    party_gov: bool = False
    jiucuo: bool = False
    sponsor: str = ""
    contact: str = ""
    sitemap: bool = False


@dataclass(frozen=True, slots=True)
class Inquiry:
    """留言 with its dates; `status` is the word the page shows (已答复, 办理中...)."""

    title: str
    url: str
    asked_on: date | None = None
    replied_on: date | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """办事指南: which key elements were found (element name -> quoted start of its text)."""

    title: str
    elements: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the parser saw in one body. Pure: the same bytes, address and as_of give the same reading."""

    kind: PageKind
    title: str = ""
    charset: str = ""
    detail: Detail = Detail.NONE
    reasons: tuple[str, ...] = ()
    text: str = ""  # main text, paragraphs separated by newlines
    published: Dated = field(default_factory=Dated)
    candidates: tuple[DateCandidate, ...] = ()
    source: str = ""
    author: str = ""
    column_name: str = ""
    trail: tuple[tuple[str, str], ...] = ()  # breadcrumbs: (name, url)
    nav: tuple[tuple[str, str], ...] = ()  # navigation of a home page: (name, url)
    lists: tuple[EntryList, ...] = ()
    links: tuple[Link, ...] = ()
    hidden: tuple[Link, ...] = ()  # links the page does not show; `place` says how: none, away, tiny, colour
    next_pages: tuple[str, ...] = ()
    marks: Marks = field(default_factory=Marks)
    meta: Mapping[str, str] = field(default_factory=dict)  # canonical name -> content
    inquiries: tuple[Inquiry, ...] = ()
    guide: Guide | None = None
    needs_render: str = ""  # reason, or empty
    framed: str = ""  # address of a frame that stands where a list should
    places: tuple[tuple[int, str], ...] = ()  # of a file: line number -> where it stands; holds until the next

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the main lists, in page order."""
        return tuple(entry for block in self.lists if block.main for entry in block.entries)


@dataclass(frozen=True, slots=True)
class Page:
    """页面快照: one answered fetch of an in-scope address."""

    run_id: str
    site_id: str
    url: str
    final_url: str
    status: int
    fetched_at: datetime
    body_hash: str = ""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    seconds: float = 0.0
    size: int = 0
    rendered: bool = False
    unchanged: bool = False  # 304, or the same body under the same parser version
    parser_version: int = 0
    reading: Reading | None = None  # None: not HTML, or unchanged


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to reach a link target. `error` is "" or dns, refused, reset, timeout, tls, loop, no_http, crashed, robots, private, other."""

    run_id: str
    site_id: str
    url: str
    at: datetime
    method: str = "GET"
    status: int = 0
    error: str = ""
    look: int = 1  # 1: first look; 2: second look of the same run
    seconds: float = 0.0
    chain: tuple[tuple[int, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    head_hash: str = ""
    signals: tuple[str, ...] = ()  # e.g. phrase, thin, random_match, to_home, botwall:ruishu, bad_type, empty


class ProbeOutcome(StrEnum):
    """How one visit of a home page ended."""

    OK = "ok"
    DNS = "dns"
    REFUSED = "refused"
    RESET = "reset"
    TLS = "tls"
    TIMEOUT = "timeout"
    BLOCKED = "blocked"
    HTTP_ERROR = "http_error"
    OWN_NETWORK = "own_network"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Probe:
    """访问监测: one visit of a home page and how it ended."""

    site_id: str
    url: str
    at: datetime
    outcome: ProbeOutcome
    seconds: float = 0.0
    status: int = 0
    run_id: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """A family of addresses without end, of which the crawl read some pages that all said the same."""

    shape: str  # what its addresses have in common
    example: str = ""
    read: int = 0


@dataclass(frozen=True, slots=True)
class SiteRun:
    """What became of one site in one run; every address left out has a counted reason."""

    run_id: str
    site_id: str
    state: str = "pending"  # pending, complete, partial
    pages: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""
    ipv6: Ipv6Lookup | None = None  # None: not looked at
    search: SearchTrial | None = None
    codes: tuple[QrCode, ...] | None = None  # QR codes of its home and 新媒体矩阵 pages; None: not looked at
    disguise: Disguise | None = None
    unlinked: int = 0  # pages read that only the site map leads to
    traps: tuple[Trap, ...] = ()


UNLINKED = 60  # priority of an address that only a site map names, and of all that is found from there
ENDLESS = "endless"  # why an address was left out: its family has no end and says nothing new
NEXT_NIGHTS = "next_nights"  # why an address was left out: its share of the night was used up


@dataclass(frozen=True, slots=True)
class Address:
    """An in-scope address of the frontier. Lower priority numbers are fetched first."""

    site_id: str
    url: str
    priority: int = 50
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier runs know of an address: for conditional requests and for what to revisit."""

    site_id: str
    url: str
    etag: str
    last_modified: str
    body_hash: str
    parser_version: int
    status: int
    kind: PageKind | None
    published_on: date | None
    visited_at: datetime
    priority: int = 50  # of its latest frontier row
    depth: int = 0  # of the same row: how many links from the home page
    rendered: bool = False  # its latest reading came from a browser


@dataclass(frozen=True, slots=True)
class Post:
    """推文: one item an account published itself (kind: original, repost, video, article, image, text). Times are aware; an interval when the source is relative."""

    account_id: str
    id: str
    url: str = ""
    kind: str = "original"
    title: str = ""
    text: str = ""
    truncated: bool = False
    published_at: datetime | None = None
    time_low: datetime | None = None
    time_high: datetime | None = None
    time_source: str = "none"  # explicit, relative, derived_id, import, none
    edited_at: datetime | None = None
    pinned: bool = False
    deleted: bool = False
    links: tuple[Link, ...] = ()
    images: tuple[str, ...] = ()
    comments_open: bool | None = None


Capture = Page | Attempt | Probe | SiteRun

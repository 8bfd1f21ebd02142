"""What was collected of an account, and all a check sees of it. A collection state is never a verdict."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.captured import Post
from domain.targets import Account, Registry, Source
from domain.views import LinkTarget


class CollectionStatus(StrEnum):
    """How one source answered. Only `ok` may ever take part in a "not updated"."""

    OK = "ok"
    OK_EMPTY = "ok_empty"
    PARTIAL = "partial"
    STALE_SOURCE = "stale_source"
    AUTH_REQUIRED = "auth_required"
    AUTH_EXPIRED = "auth_expired"
    RATE_LIMITED = "rate_limited"
    CHALLENGE = "challenge"
    NOT_FOUND = "not_found"
    SOURCE_DOWN = "source_down"
    PARSE_ERROR = "parse_error"
    NOT_CONFIGURED = "not_configured"
    MANUAL_PENDING = "manual_pending"

    @property
    def label(self) -> str:
        """The Chinese words an inspector reads."""
        return _STATUS_LABELS[self.value]

    @property
    def failed(self) -> bool:
        """Whether the source told nothing about the account's posts."""
        return self not in _TELLING


_STATUS_LABELS = {
    "ok": "已采集",
    "ok_empty": "账号存在但没有内容",
    "partial": "只采集到一部分",
    "stale_source": "采集源数据过旧",
    "auth_required": "需要登录或授权",
    "auth_expired": "登录或授权已过期",
    "rate_limited": "被平台限流或额度用完",
    "challenge": "遇到验证码或风控页面",
    "not_found": "平台称账号或内容不存在",
    "source_down": "采集源无法访问",
    "parse_error": "返回内容无法识别",
    "not_configured": "未配置采集源",
    "manual_pending": "等待人工核查",
}
_TELLING = frozenset(
    {CollectionStatus.OK, CollectionStatus.OK_EMPTY, CollectionStatus.PARTIAL, CollectionStatus.STALE_SOURCE}
)


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What a source says of the account itself; None and "" mean not said."""

    platform_id: str = ""
    name: str = ""
    alias: str = ""
    url: str = ""
    verified: bool | None = None
    verified_type: str = ""
    verified_body: str = ""
    intro: str = ""
    avatar_url: str = ""
    followers: int | None = None
    followers_approx: bool = False  # read from "145.5万"
    posts_total: int | None = None
    state: str = "unknown"  # active, closed, renamed, unknown
    interaction: bool | None = None  # a person saw that interaction works, or does not


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the account's time line a source showed."""

    oldest_seen: datetime | None = None
    newest_seen: datetime | None = None
    reached_window_start: bool = False
    list_complete: bool = False  # nothing of the account between oldest_seen and source_as_of is hidden
    source_as_of: datetime | None = None  # the moment the source speaks for


@dataclass(frozen=True, slots=True)
class Evidence:
    """One stored answer: the capture is kept under its sha256."""

    url: str
    fetched_at: datetime
    status: int = 0
    sha256: str = ""
    step: str = ""  # what was asked for: list, file, page...; xhr: by the page itself, which follows
    error: str = ""  # why there is no answer
    headers: tuple[tuple[str, str], ...] = ()  # those that a reading depends on


@dataclass(frozen=True, slots=True)
class Collected:
    """What one source of an account gave in one run."""

    account_id: str
    source: Source
    status: CollectionStatus
    facts: AccountFacts = field(default_factory=AccountFacts)
    posts: tuple[Post, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    message: str = ""
    skipped: Mapping[str, int] = field(default_factory=dict)  # foreign, live, unreadable, unusable rows...
    evidence: tuple[Evidence, ...] = ()
    run_id: str = ""
    by: str = ""  # the person, for manual entries
    as_of: datetime | None = None  # of its run, where an earlier one is meant: nights are told apart by it

    @property
    def manual(self) -> bool:
        """Whether a person looked."""
        return self.source.adapter == "manual"

    @property
    def label(self) -> str:
        """The source as an inspector reads it."""
        return "人工核查" if self.manual else " ".join(filter(None, (self.source.adapter, self.source.argument)))


def _no_posts() -> Iterator[Post]:
    return iter(())


def _no_links(faulty: bool = True) -> Iterator[LinkTarget]:
    return iter(())


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account as of `as_of`: this run's collections (manual entries among them) and the posts kept of earlier runs."""

    account: Account
    as_of: datetime
    run_id: str
    collections: tuple[Collected, ...] = ()
    posts: Callable[[], Iterator[Post]] = field(default=_no_posts, repr=False)  # history, any order
    registry: Registry | None = field(default=None, repr=False)
    earlier: Callable[[], Iterator[Collected]] | None = field(default=None, repr=False)  # of earlier runs, newest first
    gone: Mapping[str, str] = field(default_factory=dict)  # id of a post that is known to be gone -> why
    links: Callable[..., Iterator[LinkTarget]] = field(
        default=_no_links, repr=False
    )  # links(faulty=True), of the posts
    nights: Mapping[str, date] = field(
        default_factory=dict
    )  # run id -> Beijing date of its as_of, where there are links

"""Who is inspected: units, their sites and accounts, and the columns declared for a site."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class UnitKind(StrEnum):
    """Where a unit stands in the notice."""

    CITY = "市本级"
    DISTRICT = "区县"
    DEPARTMENT = "部门"
    AFFILIATED = "直属"
    RESIDENT = "驻外"


class SiteKind(StrEnum):
    """网站类型."""

    CITY_PORTAL = "市门户"
    DISTRICT_PORTAL = "区县门户"
    DEPARTMENT = "部门"

    @property
    def is_portal(self) -> bool:
        """Whether the site counts as 门户网站."""
        return self is not SiteKind.DEPARTMENT


class ColumnKind(StrEnum):
    """栏目 kinds that own a deadline; names are those of the JSON contract."""

    NEWS = "news"
    NOTICE = "notice"
    POLICY = "policy"
    EXPLAIN = "explain"
    PERSONNEL = "personnel"
    PLAN = "plan"
    STATISTICS = "statistics"
    INQUIRY = "inquiry"
    TOPIC = "topic"
    OTHER = "other"


class Platform(StrEnum):
    """新媒体平台."""

    WECHAT = "wechat"
    WEIBO = "weibo"
    BILIBILI = "bilibili"
    DOUYIN = "douyin"
    KUAISHOU = "kuaishou"
    TOUTIAO = "toutiao"
    XIAOHONGSHU = "xiaohongshu"
    CHANNELS = "channels"
    APP = "app"
    MINIPROGRAM = "miniprogram"
    FEED = "feed"
    OTHER = "other"


class TargetState(StrEnum):
    """运行状态; a closed target leaves the count from its `valid_to`."""

    NORMAL = "正常"
    CLOSING = "申请关停"
    CLOSED = "已关停"
    MISSING = "待确认关停"


@dataclass(frozen=True, slots=True)
class Unit:
    """单位 (主办单位)."""

    id: str
    name: str
    short_name: str = ""
    kind: UnitKind = UnitKind.DEPARTMENT
    order: int = 0
    parent_id: str = ""  # the unit above it; empty: the office itself

    @property
    def label(self) -> str:
        """The name used in the notice."""
        return self.short_name or self.name


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column the registry declares; it overrides what is found by itself."""

    url: str
    name: str = ""
    kind: ColumnKind | None = None
    deadline: str = ""  # a Window text; empty: the kind's deadline
    archived: bool = False
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """政府网站. `id` is the 网站标识码 where known, else the host."""

    id: str
    name: str
    home_url: str
    unit_id: str = ""
    kind: SiteKind = SiteKind.DEPARTMENT
    columns: tuple[ColumnSpec, ...] = ()
    obeys_robots: bool = True  # False records the owner's permission to ignore robots.txt
    service_function: bool = True
    maintenance: tuple[tuple[date, date], ...] = ()
    state: TargetState = TargetState.NORMAL
    valid_from: date | None = None
    valid_to: date | None = None
    proof_file: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One way to collect an account: `feed https://...`, `weibo 123456`, `manual`."""

    adapter: str
    argument: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """政务新媒体账号. `id` is `platform:platform_id`, else `platform:name@unit`.

    Where the platform is OTHER its own name stands in `platform_label` and in the id (`other/百家号:...`).
    """

    id: str
    name: str
    platform: Platform
    unit_id: str = ""
    platform_id: str = ""
    url: str = ""
    verified_body: str = ""
    sources: tuple[Source, ...] = ()
    state: TargetState = TargetState.NORMAL
    valid_from: date | None = None
    valid_to: date | None = None
    proof_file: str = ""
    platform_label: str = ""  # the platform's own name (百家号) where `platform` is OTHER


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything that is inspected; tuples in official order."""

    units: tuple[Unit, ...] = ()
    sites: tuple[Site, ...] = ()
    accounts: tuple[Account, ...] = ()

    def on(self, day: date) -> "Registry":
        """The targets that count on a day."""
        return Registry(
            self.units,
            tuple(site for site in self.sites if is_valid(site, day)),
            tuple(account for account in self.accounts if is_valid(account, day)),
        )

    def under(self, unit_ids: Iterable[str]) -> frozenset[str]:
        """The ids of all units below some units, at any depth; the units themselves are not among them."""
        below: dict[str, list[str]] = {}
        for unit in self.units:
            below.setdefault(unit.parent_id, []).append(unit.id)
        first = {*unit_ids} - {""}
        found: set[str] = set()
        waiting = [*first]
        while waiting:
            fresh = [each for each in below.get(waiting.pop(), ()) if each not in found]
            found.update(fresh)
            waiting += fresh
        return frozenset(found - first)

    def unit_of(self, target: Site | Account) -> Unit | None:
        """The unit that owns a target."""
        return next((unit for unit in self.units if unit.id == target.unit_id), None)


def is_valid(target: Site | Account, day: date) -> bool:
    """Whether a target is inspected on a day (validity dates; closed ones leave the count)."""
    if target.valid_from and day < target.valid_from:
        return False
    if target.valid_to and day >= target.valid_to:
        return False
    return not (target.state is TargetState.CLOSED and target.valid_to is None)


@dataclass(frozen=True, slots=True)
class RegistryChange:
    """One line of an import preview."""

    action: str  # "added" | "changed" | "missing"
    kind: str  # "unit" | "site" | "account" | "column"
    id: str
    name: str
    details: tuple[str, ...] = field(default=())

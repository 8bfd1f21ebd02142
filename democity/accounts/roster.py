"""The 273 accounts: who owns them, where they are collected, and the twelve that cannot be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from democity.calendar import ANCHOR, Rhythm
from democity.names import CITY, DEPARTMENTS, DISTRICTS, PORTAL, Body, in_city
from democity.text import dice
from domain.targets import Source, UnitKind

ZONE = "yunchuan.example"  # every collection service of the demo lives below this invented name
DISTRICT_OFFICES = ("教育局", "卫生健康局", "文化旅游局", "公安分局", "融媒体中心", "政务服务中心")
AFFILIATES = (
    "第一人民医院", "第二人民医院", "中医医院", "图书馆", "博物馆", "科学技术馆", "公共资源交易中心", "疾病预防控制中心",
    "急救中心", "青少年宫", "公共交通集团", "自来水集团", "热力集团", "职业技术学院",
)  # fmt: skip
RESIDENT = ("驻北京办事处", "驻上海办事处", "驻广州办事处")
TYPO_HOLDERS = ("ycdd", "ycfl", "ycbl")  # three districts, one post each
NEAR_DUE = "xzsp"  # its Douyin account
FAILING = ("werss_stale", "captcha", "quota", "auth", "down", "login")


@dataclass(frozen=True, slots=True)
class Owner:
    """A unit with accounts; `body` writes for it."""

    key: str
    name: str
    short: str
    kind: UnitKind
    body: Body
    main: bool  # one of the 56


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """One account: how it is served (`style`), what is wrong with that (`failing`), and how often it posts."""

    owner: Owner
    platform: str
    name: str
    id: str
    style: str
    rhythm: Rhythm
    failing: str = ""  # "", one of FAILING, or manual
    typo: int = 0  # 1, 2, 3: which typo stands in the newest post

    @property
    def key(self) -> str:
        """Stable name of the account inside the city."""
        return f"{self.platform}/{self.owner.key}"

    @property
    def source(self) -> Source:
        """How the registry says it is collected."""
        return source_of(self)


def owners(bodies: Sequence[Body]) -> list[Owner]:
    """Units with accounts in official order: the sites' bodies, then offices of districts, affiliates, residents."""
    kinds = {"portal": UnitKind.CITY, "district": UnitKind.DISTRICT, "department": UnitKind.DEPARTMENT}
    out = [Owner(body.label, _full(body), body.short, kinds[body.kind], body, True) for body in bodies]
    for body in (body for body in bodies if body.kind == "district"):
        area = body.name.removesuffix("人民政府")
        places = [f"{place}{'办事处' if place.endswith('街道') else '人民政府'}" for place in body.places]
        for number, office in enumerate((*places, *DISTRICT_OFFICES)):
            name = f"{area}{office}"
            out.append(Owner(f"{body.label}{number}", in_city(name), name, UnitKind.DISTRICT, body, False))
    if PORTAL in bodies:
        for number, name in enumerate(AFFILIATES):
            out.append(Owner(f"zs{number}", CITY + name, f"市{name}", UnitKind.AFFILIATED, PORTAL, False))
        for number, name in enumerate(RESIDENT):
            out.append(Owner(f"zw{number}", f"{CITY}人民政府{name}", f"市政府{name}", UnitKind.RESIDENT, PORTAL, False))
    return out


def _full(body: Body) -> str:
    if body.kind == "portal":
        return "云川市人民政府办公室"
    return in_city(body.name)


def account_name(owner: Owner) -> str:
    """The name people see: 云川发布, 云东发布, 云川教育."""
    if owner.body.kind == "portal" and owner.main:
        return "云川发布"
    if owner.main and owner.body.kind == "district":
        return owner.body.name.removesuffix("人民政府")[:-1] + "发布"
    core = owner.short.removeprefix("市").removesuffix("局").removesuffix("委").removesuffix("办公室")
    return f"云川{core}" if owner.main or owner.kind is UnitKind.AFFILIATED else core.removeprefix("政府")


def plan_accounts(bodies: Sequence[Body]) -> tuple[AccountPlan, ...]:
    """Every account of the units of these bodies; with all bodies there are 273."""
    everyone = owners(bodies)
    own = {owner.key: owner for owner in everyone}
    rows = [(owner, "wechat") for owner in everyone]
    rows += [(own[body.label], "weibo") for body in (PORTAL, *DISTRICTS, *DEPARTMENTS[:26]) if body.label in own]
    for platform, keys in _OTHERS.items():
        rows += [(own[key], platform) for key in keys if key in own]
    return tuple(_plan(owner, platform, number) for number, (owner, platform) in enumerate(rows))


_MEDIA = [f"{body.label}7" for body in DISTRICTS]  # the media centres of the districts
_OTHERS: dict[str, Sequence[str]] = {
    "douyin": ["www", NEAR_DUE, "gaj", "wlj", "yjj", *_MEDIA[:9]],
    "kuaishou": ["gaj", "nyj", *_MEDIA[9:12]],
    "toutiao": ["www", "sthj", "scjg", "wjw", "jtj", *_MEDIA[:4]],
    "bilibili": ["wlj", "kjj", "www", "jyj"],
    "xiaohongshu": ["wlj", "zs4"],
    "channels": ["www", "rsj", "ybj"],
    "app": ["www", "gjj", "zs10"],
    "miniprogram": ["ybj", "zs0", "jtj"],
}
_WECHAT_FAILING = {"ycsq4": "werss_stale", "ychw1": "captcha", "zs6": "quota", "yctx2": "down"}
_WEIBO_FAILING = {"slj": "login", "nyj": "auth"}


def _plan(owner: Owner, platform: str, number: int) -> AccountPlan:
    rng = dice("account", platform, owner.key)
    rhythm = Rhythm(14, 1, 5, rng.randint(1, 5))
    failing = {"wechat": _WECHAT_FAILING, "weibo": _WEIBO_FAILING}.get(platform, {}).get(owner.key, "")
    if platform in ("channels", "miniprogram"):
        failing = "manual"
    plan = AccountPlan(
        owner, platform, account_name(owner), _id(platform, number, rng.randrange(10**6)), _style(platform, owner, number),
        rhythm, failing,
    )  # fmt: skip
    if platform == "douyin" and owner.key == NEAR_DUE:
        near = replace(rhythm, lag=11, resumes=ANCHOR + timedelta(days=2))
        return replace(plan, name="云川政务服务", rhythm=near)
    if owner.key in TYPO_HOLDERS and platform == ("weibo" if owner.key == "ycfl" else "wechat"):
        return replace(plan, typo=TYPO_HOLDERS.index(owner.key) + 1)
    return plan


def _id(platform: str, number: int, luck: int) -> str:
    if platform == "wechat":
        return f"gh_{number:04x}{luck:08x}"
    if platform == "xiaohongshu":
        return f"5f{number:06x}00000000{luck:08x}"
    if platform == "douyin":
        return f"MS4wYC{number:04d}{luck:06d}"
    return (
        f"{'app' if platform in ('app', 'miniprogram', 'channels') else ''}{7_000_000_000 + number * 1_000_000 + luck}"
    )


def _style(platform: str, owner: Owner, number: int) -> str:
    if platform != "wechat":
        return platform
    if owner.key in ("jgsw", "daj"):
        return "wechat_article"
    return ("werss", "werss", "werss", "rsshub", "werss", "atom", "rsshub", "jsonfeed", "werss", "atom")[number % 10]


_ADDRESSES = {
    "werss": ("feed", "http://werss.{zone}/feed/MP_WXS_{id}.rss"),
    "rsshub": ("feed", "http://rsshub.{zone}/wechat/gh/{id}"),
    "atom": ("feed", "http://feeds.{zone}/atom/{id}.xml"),
    "jsonfeed": ("feed", "http://feeds.{zone}/json/{id}.json"),
    "wechat_article": ("wechat_article", "http://mp.{zone}/s/{id}_latest"),
    "weibo": ("weibo", "http://weibo.{zone}/api/container/getIndex?type=uid&value={id}&containerid=107603{id}"),
    "bilibili": ("json", "http://bilibili.{zone}/x/polymer/web-dynamic/v1/feed/space?host_mid={id}"),
    "douyin": ("json", "http://douyin.{zone}/aweme/v1/web/aweme/post/?sec_user_id={id}"),
    "kuaishou": ("json", "http://kuaishou.{zone}/rest/feed/profile?userId={id}"),
    "toutiao": ("json", "http://toutiao.{zone}/api/pc/list/user/feed?user_id={id}"),
    "xiaohongshu": ("json", "http://xhs.{zone}/api/notes?user_id={id}"),
    "app": ("app", "http://store.{zone}/apk/{id}.apk"),
}
_PRESETS = {"xiaohongshu": "xhs"}


def source_of(plan: AccountPlan) -> Source:
    """The registry's source of one account; failing ones point to the service that fails."""
    if plan.failing == "manual":
        return Source("manual")
    if plan.failing == "captcha":
        return Source("wechat_article", f"http://mp.{ZONE}/s/{plan.id}_captcha")
    if plan.failing == "quota":
        return Source(
            "json", f"http://api.{ZONE}/cgi-bin/freepublish/batchget?account={plan.id}", (("preset", "wechat"),)
        )
    adapter, pattern = _ADDRESSES[plan.style]
    address = pattern.format(zone=ZONE, id=plan.id)
    if (
        plan.style == "toutiao" and plan.owner.key == "sthj"
    ):  # an own page of the bureau instead of the platform's answer
        options = {"render": "no", "item": ".feed-card", "time": "time", "title": "h3", "text": "p", "name": "h1"}
        return Source("page", f"http://toutiao.{ZONE}/c/user/{plan.id}/", tuple(options.items()))
    preset = (("preset", _PRESETS.get(plan.platform, plan.platform)),) if adapter == "json" else ()
    return Source(adapter, address, preset)


def hosts() -> Iterator[str]:
    """Every host of the collection services."""
    for label in (
        "werss",
        "rsshub",
        "feeds",
        "mp",
        "weibo",
        "bilibili",
        "douyin",
        "kuaishou",
        "toutiao",
        "xhs",
        "store",
        "api",
    ):
        yield f"{label}.{ZONE}"

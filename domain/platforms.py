"""The platforms of new-media accounts, one row each: what it is called, what offices write for it, where it lives."""

import re
from dataclasses import dataclass

from domain.targets import Platform


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """One platform.

    `name` is what every report calls it; `words` is what offices write, the first of them exported. `hosts` are its own
    (a link there does not lead away). `homes` are (hosts, path) patterns of an account's home page, the id in the first
    """

    platform: Platform
    name: str
    words: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    homes: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()  # adapters of 采集来源 that read its saved answers, the first of them exported
    by_use: bool = False  # judged by whether it can be used, not by posts
    many: bool = False  # a unit may have several under one name


_ROWS = (
    PlatformRow(
        Platform.WECHAT, "微信",
        ("微信", "微信公众号", "公众号", "订阅号", "服务号", "微信订阅号", "微信服务号", "wechat", "weixin"),
        ("weixin.qq.com", "qpic.cn"),
        ((r"mp\.weixin\.qq\.com", r"mp/profile_ext\?(?:.*&)?__biz=([\w=%]+)"),),
        (r"weixin\.qq\.com/r/\S",), saved=("wechat",),
    ),
    PlatformRow(
        Platform.WEIBO, "微博", ("微博", "新浪微博", "新浪", "weibo"), ("weibo.com", "weibo.cn"),
        (
            (r"(?:www\.|e\.)?weibo\.com|(?:m\.)?weibo\.cn", r"(?:u|p|profile)/(\d{5,})"),
            (r"(?:www\.|e\.)?weibo\.com", r"(\d{5,})/?(?:[?#].*)?$"),
            (r"(?:www\.|e\.)?weibo\.com", r"(?!n/|u/|p/|tv|hot|login|signup|search|ttarticle|a/)([A-Za-z][\w-]{2,})/?(?:[?#].*)?$"),
            (r"(?:www\.|m\.)?weibo\.cn", r"qr/userinfo\?(?:.*&)?uid=(\d{5,})"),
        ),
    ),
    PlatformRow(
        Platform.BILIBILI, "哔哩哔哩", ("哔哩哔哩", "B站", "哔哩", "bilibili", "哔哩哔哩弹幕网"), ("bilibili.com", "b23.tv"),
        ((r"space\.bilibili\.com", r"(\d{2,})"),), (r"b23\.tv/\w",), saved=("bilibili",),
    ),
    PlatformRow(
        Platform.DOUYIN, "抖音", ("抖音", "抖音号", "抖音短视频", "douyin", "tiktok"), ("douyin.com", "iesdouyin.com"),
        ((r"(?:www\.)?(?:ies)?douyin\.com", r"(?:share/)?user/([\w-]{6,})"),), (r"v\.douyin\.com/\w",), saved=("douyin",),
    ),
    PlatformRow(
        Platform.KUAISHOU, "快手", ("快手", "快手号", "快手短视频", "kuaishou"), ("kuaishou.com",),
        ((r"(?:www\.|live\.)?kuaishou\.com", r"(?:profile|u)/([\w-]{4,})"),), (r"(?:v|c)\.kuaishou\.com/\w",), saved=("kuaishou",),
    ),
    PlatformRow(
        Platform.TOUTIAO, "今日头条", ("今日头条", "头条", "头条号", "今日头条号", "toutiao"), ("toutiao.com",),
        ((r"(?:www\.|m\.)?toutiao\.com", r"c/user/(?:token/)?([\w-]{5,})"), (r"profile\.zjurl\.cn", r".*[?&]user_id=(\d{5,})")), saved=("toutiao",),
    ),
    PlatformRow(
        Platform.XIAOHONGSHU, "小红书", ("小红书", "小红书号", "xiaohongshu", "xhs"), ("xiaohongshu.com", "xhslink.com"),
        ((r"(?:www\.)?xiaohongshu\.com", r"user/profile/(\w{8,})"),), (r"xhslink\.com/\w",), saved=("xiaohongshu", "xhs"),
    ),
    PlatformRow(Platform.CHANNELS, "视频号", ("视频号", "微信视频号", "channels"), codes=(r"weixin\.qq\.com/sph/\S",)),
    PlatformRow(
        Platform.APP, "移动客户端", ("客户端", "APP", "移动客户端", "手机客户端", "移动应用", "应用程序"), by_use=True, many=True
    ),
    PlatformRow(
        Platform.MINIPROGRAM, "小程序", ("小程序", "微信小程序", "支付宝小程序", "miniprogram"), by_use=True, many=True
    ),
    PlatformRow(Platform.FEED, "订阅源", ("订阅源", "RSS", "feed"), many=True),
    PlatformRow(Platform.OTHER, "其他", ("其他", "其它", "other"), many=True),
)  # fmt: skip
PLATFORMS = {row.platform: row for row in _ROWS}

_HOMES = tuple(
    (row.platform, re.compile(rf"^https?://(?:{hosts})(?::\d+)?/{path}", re.I))
    for row in _ROWS
    for hosts, path in row.homes
)
_CODES = tuple((row.platform, re.compile(rf"^https?://{code}", re.I)) for row in _ROWS for code in row.codes)


def name_of(platform: Platform) -> str:
    """What every report calls it."""
    return PLATFORMS[platform].name


def home_in(url: str) -> tuple[Platform, str] | None:
    """(platform, id as written) of an account's home page address; None for every other address."""
    found = ((platform, pattern.search(url)) for platform, pattern in _HOMES)
    return next(((platform, match[1]) for platform, match in found if match), None)


def code_of(url: str) -> Platform | None:
    """The platform of an address that leads to an account without telling its id; None for every other address."""
    return next((platform for platform, pattern in _CODES if pattern.match(url)), None)


def platform_at(host: str) -> Platform | None:
    """The platform a host belongs to, whatever its addresses are tonight."""
    owners = ((row.platform, own) for row in _ROWS for own in row.hosts)
    return next((platform for platform, own in owners if host == own or host.endswith("." + own)), None)


def saved_answers() -> dict[str, Platform]:
    """Adapter -> the platform whose saved answers it reads."""
    return {name: row.platform for row in _ROWS for name in row.saved}

"""Which account an address leads to: home pages of accounts only, never single posts or share buttons."""

import re

from domain.targets import Account, Platform

_HOMES: tuple[tuple[Platform, re.Pattern[str]], ...] = tuple(
    (platform, re.compile(rf"^https?://(?:{hosts})(?::\d+)?/{path}", re.I))
    for platform, hosts, path in (
        (Platform.WEIBO, r"(?:www\.|e\.)?weibo\.com|(?:m\.)?weibo\.cn", r"(?:u|p|profile)/(\d{5,})"),
        (Platform.WEIBO, r"(?:www\.|e\.)?weibo\.com", r"(\d{5,})/?(?:[?#].*)?$"),
        (Platform.WEIBO, r"(?:www\.|e\.)?weibo\.com", r"(?!n/|u/|p/|tv|hot|login|signup|search|ttarticle|a/)([A-Za-z][\w-]{2,})/?(?:[?#].*)?$"),
        (Platform.WEIBO, r"(?:www\.|m\.)?weibo\.cn", r"qr/userinfo\?(?:.*&)?uid=(\d{5,})"),
        (Platform.WECHAT, r"mp\.weixin\.qq\.com", r"mp/profile_ext\?(?:.*&)?__biz=([\w=%]+)"),
        (Platform.DOUYIN, r"(?:www\.)?(?:ies)?douyin\.com", r"(?:share/)?user/([\w-]{6,})"),
        (Platform.KUAISHOU, r"(?:www\.|live\.)?kuaishou\.com", r"(?:profile|u)/([\w-]{4,})"),
        (Platform.TOUTIAO, r"(?:www\.|m\.)?toutiao\.com", r"c/user/(?:token/)?([\w-]{5,})"),
        (Platform.TOUTIAO, r"profile\.zjurl\.cn", r".*[?&]user_id=(\d{5,})"),
        (Platform.BILIBILI, r"space\.bilibili\.com", r"(\d{2,})"),
        (Platform.XIAOHONGSHU, r"(?:www\.)?xiaohongshu\.com", r"user/profile/(\w{8,})"),
    )
)  # fmt: skip

# What the platforms' own QR codes hold: an account, but not its id.
_HIDDEN: tuple[tuple[Platform, re.Pattern[str]], ...] = tuple(
    (platform, re.compile(rf"^https?://{address}", re.I))
    for platform, address in (
        (Platform.WECHAT, r"weixin\.qq\.com/r/\S"),
        (Platform.CHANNELS, r"weixin\.qq\.com/sph/\S"),
        (Platform.DOUYIN, r"v\.douyin\.com/\w"),
        (Platform.KUAISHOU, r"(?:v|c)\.kuaishou\.com/\w"),
        (Platform.XIAOHONGSHU, r"xhslink\.com/\w"),
        (Platform.BILIBILI, r"b23\.tv/\w"),
    )
)
_SHORT = re.compile(r"https?://(v\.douyin\.com|v\.kuaishou\.com|xhslink\.com|b23\.tv)/\w", re.I)


def account_of(url: str) -> tuple[Platform, str] | None:
    """(platform, platform id) of an account's home page address; None for every other address."""
    for platform, pattern in _HOMES:
        match = pattern.search(url)
        if match:
            return platform, match[1].replace("%3D", "=").replace("%3d", "=")
    return None


def is_short(url: str) -> bool:
    """Whether a platform's short address hides where it leads."""
    return bool(_SHORT.match(url))


def hidden_account(url: str) -> Platform | None:
    """The platform of an address that leads to an account without telling its id; None for every other address."""
    return next((platform for platform, pattern in _HIDDEN if pattern.match(url)), None)


def is_account(account: Account, platform: Platform, id: str) -> bool:
    """Whether a registered account is the one an address leads to."""
    if account.platform is not platform:
        return False
    linked = account_of(account.url) if account.url else None
    named = {account.platform_id, account.id.partition(":")[2], linked[1] if linked else ""}
    named |= {word for source in account.sources for word in re.split(r"[\s/?&=]+", source.argument)}
    return id in named or id.lower() in {name.lower() for name in named}

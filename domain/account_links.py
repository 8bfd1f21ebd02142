"""Which account an address leads to: home pages of accounts only, never single posts or share buttons."""

import re

from domain.platforms import home_in
from domain.targets import Account, Platform

_SHORT = re.compile(r"https?://(v\.douyin\.com|v\.kuaishou\.com|xhslink\.com|b23\.tv)/\w", re.I)


def account_of(url: str) -> tuple[Platform, str] | None:
    """(platform, platform id) of an account's home page address; None for every other address."""
    found = home_in(url)
    return (found[0], found[1].replace("%3D", "=").replace("%3d", "=")) if found else None


def is_short(url: str) -> bool:
    """Whether a platform's short address hides where it leads."""
    return bool(_SHORT.match(url))


def is_account(account: Account, platform: Platform, id: str) -> bool:
    """Whether a registered account is the one an address leads to."""
    if account.platform is not platform:
        return False
    linked = account_of(account.url) if account.url else None
    named = {account.platform_id, account.id.partition(":")[2], linked[1] if linked else ""}
    named |= {word for source in account.sources for word in re.split(r"[\s/?&=]+", source.argument)}
    return id in named or id.lower() in {name.lower() for name in named}

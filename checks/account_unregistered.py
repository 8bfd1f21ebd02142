"""account.unregistered (网站链接的账号未登记)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from domain.account_links import account_of, is_account, is_short
from domain.findings import Fact, Finding, Place, Ref, Result, Unjudged
from domain.platforms import code_of, name_of
from domain.targets import Platform, Registry
from domain.views import LinkTarget, SiteView


@dataclass(frozen=True, slots=True)
class UnregisteredAccounts:
    """Put up for review an account that the site links to, in text or by a QR code, and that the registry does not know.

    The platforms' own codes and short addresses tell no account's id. Such a code is left to a person, unless its words
    name a registered account, or name nobody and the site's unit has an account on the platform.
    """

    id: ClassVar[str] = "account.unregistered"
    version: ClassVar[int] = 2
    place: ClassVar[Place] = Place.SOURCE
    kinds: ClassVar[tuple[str, ...]] = tuple(Platform)
    sources_named: int = 5

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Compare the links that leave the site with the registry; without a registry there is nothing to compare."""
        if view.registry is None or view.outside is None:
            return
        seen: dict[tuple[Platform, str], LinkTarget] = {}
        for target in view.outside():
            if target.tag == "qr" and (platform := code_of(target.url)):
                yield from _hidden(self.id, view, view.registry, target, platform)
                continue
            if is_short(target.url):
                reason = "短链接看不出指向哪个账号，需人工核查是否登记"
                yield Unjudged(self.id, Ref(target.url, target.text), reason)
            found = account_of(target.url)
            if found and not any(is_account(account, *found) for account in view.registry.accounts):
                seen.setdefault(found, target)
        for (platform, id), target in sorted(seen.items()):
            facts: dict[str, Fact] = {"platform": name_of(platform), "account": id, "text": target.text or None}
            if target.tag == "qr":
                facts["way"] = "二维码"
            pages = tuple(islice(target.sources(), self.sources_named))
            ref = Ref(target.url, target.text or f"{name_of(platform)}账号 {id}")
            yield Finding(
                self.id, ref, f"{platform.value}:{id}", facts, kind=platform.value, candidate=True, found_on=pages
            )


def _hidden(
    check: str, view: SiteView, registry: Registry, target: LinkTarget, platform: Platform
) -> Iterator[Unjudged]:
    words = _SPACE.sub("", target.text)
    own = [account for account in registry.accounts if account.platform is platform]
    if any(account.name and account.name in words for account in own):
        return
    has_one = any(account.unit_id == view.site.unit_id for account in own)
    if has_one and not _names_another(words, view, registry):
        return
    said = f"（旁边文字“{words[:30]}”）" if words else ""
    reason = f"{name_of(platform)}二维码{said}看不出指向哪个账号，需人工核查是否登记"
    yield Unjudged(check, Ref(target.url, target.text or f"{name_of(platform)}二维码"), reason)


def _names_another(words: str, view: SiteView, registry: Registry) -> bool:
    """Whether words beside a code name somebody else than the site's own unit."""
    name = _GENERIC.sub("", words)
    names = [
        view.site.name,
        *(text for unit in registry.units if unit.id == view.site.unit_id for text in (unit.name, unit.label)),
    ]
    return len(name) >= 2 and not any(name in own or own in name for own in names if own)


_SPACE = re.compile(r"[\s\u3000|:：·,，。、!！（）()\[\]【】“”\"-]+")
_GENERIC = re.compile(
    r"政府网站|官方|微信|公众号|公众平台|订阅号|服务号|微博|抖音|快手|小红书|今日头条|头条号?|哔哩哔哩|视频号|二维码|扫一扫|扫描|扫码"
    r"|政务|新媒体|关注|我们|欢迎|手机|客户端|移动端|平台|更多|下方|账号|[请号版端的上用可]|[A-Za-z0-9]+"
)

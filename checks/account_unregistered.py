"""account.unregistered (网站链接的账号未登记)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from checks.account_facts import PLATFORM_NAMES
from domain.account_links import account_of, is_account, is_short
from domain.findings import Fact, Finding, Ref, Result, Unjudged
from domain.targets import Platform
from domain.views import LinkTarget, SiteView


@dataclass(frozen=True, slots=True)
class UnregisteredAccounts:
    """Put up for review an account's home page that the site links to and that the registry does not know."""

    id: ClassVar[str] = "account.unregistered"
    version: ClassVar[int] = 1
    kinds: ClassVar[tuple[str, ...]] = tuple(Platform)
    sources_named: int = 5

    def __call__(self, view: SiteView) -> Iterator[Result]:
        """Compare the links that leave the site with the registry; without a registry there is nothing to compare."""
        if view.registry is None or view.outside is None:
            return
        seen: dict[tuple[Platform, str], LinkTarget] = {}
        for target in view.outside():
            if is_short(target.url):
                reason = "短链接看不出指向哪个账号，需人工核查是否登记"
                yield Unjudged(self.id, Ref(target.url, target.text), reason)
            found = account_of(target.url)
            if found and not any(is_account(account, *found) for account in view.registry.accounts):
                seen.setdefault(found, target)
        for (platform, id), target in sorted(seen.items()):
            facts: dict[str, Fact] = {"platform": PLATFORM_NAMES[platform], "account": id, "text": target.text or None}
            pages = tuple(islice(target.sources(), self.sources_named))
            ref = Ref(target.url, target.text or f"{PLATFORM_NAMES[platform]}账号 {id}")
            yield Finding(
                self.id, ref, f"{platform.value}:{id}", facts, kind=platform.value, candidate=True, found_on=pages
            )

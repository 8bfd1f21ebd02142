"""account.identity (账号名称或认证主体与登记不一致)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.account_facts import account_ref
from domain.accounts import AccountView, Collected
from domain.findings import Fact, Finding, Place, Result, Unjudged

# These name the feed or the file, not the account; a feed's title may still confirm a name.
_NAMELESS = frozenset({"feed", "import", "app", "manual"})
_NOISE = re.compile(r"[\s\W_]+|官方(账号|微博|微信|抖音号?|快手号?|头条号?)?|(认证|账号)$")


@dataclass(frozen=True, slots=True)
class ChangedAccounts:
    """Put up for review an account whose name or verified body differs from the registry (变更未备案).

    Spaces, punctuation, width and the word 官方 make no difference. A body is compared only where the registry names one.
    """

    id: ClassVar[str] = "account.identity"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.ACCOUNT
    kinds: ClassVar[tuple[str, ...]] = ("name", "body")

    def __call__(self, view: AccountView) -> Iterator[Result]:
        """Compare what the sources say with the registry; one finding for a name, one for a body."""
        told = [item for item in view.collections if item.source.adapter not in _NAMELESS]
        account = view.account
        titles = [item.facts.name for item in view.collections if item.source.adapter == "feed"]
        confirmed = any(_plain(account.name) in _plain(title) for title in titles)
        if account.name and not confirmed and not any(item.facts.name for item in told):
            yield Unjudged(self.id, account_ref(view), "采集源没有给出账号名称，不能与登记核对")
        yield from self._compare(view, "name", account.name, [(item, item.facts.name) for item in told])
        bodies = [(item, item.facts.verified_body) for item in told]
        yield from self._compare(view, "body", account.verified_body, bodies)

    def _compare(
        self, view: AccountView, kind: str, registered: str, seen: list[tuple[Collected, str]]
    ) -> Iterator[Result]:
        seen = [(item, value) for item, value in seen if value]
        other = [(item, value) for item, value in seen if not _same(registered, value, kind)]
        if not registered or not other:
            return
        item, value = other[0]
        if len(other) < len(seen):
            yield Unjudged(self.id, account_ref(view), f"{item.label}给出“{value}”，其他来源与登记一致，需人工核查")
            return
        facts: dict[str, Fact] = {
            "what": "名称" if kind == "name" else "认证主体",
            "registered": registered,
            "seen": value,
            "source": item.label,
        }
        yield Finding(self.id, account_ref(view), kind, facts, kind=kind, candidate=True)


def _same(registered: str, seen: str, kind: str) -> bool:
    one, two = _plain(registered), _plain(seen)
    # Platforms wrap the body into a sentence: “某市民政局官方账号”.
    return one == two or (kind == "body" and (one in two or two in one))


def _plain(name: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", name).casefold())

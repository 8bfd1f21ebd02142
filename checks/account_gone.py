"""account.gone (账号已注销、迁移或无法使用)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from checks.shared.account_facts import account_ref
from domain.accounts import AccountView, Collected, CollectionStatus
from domain.findings import Fact, Finding, Place, Result, Unjudged
from domain.targets import Platform
from domain.times import beijing_date


@dataclass(frozen=True, slots=True)
class GoneAccounts:
    """Put up for review an account that its platform calls missing on two days; flag one that a person found gone.

    "Not found" is ambiguous on every platform, so a person decides. A deleted article says nothing about its account.
    """

    id: ClassVar[str] = "account.gone"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.ACCOUNT
    kinds: ClassVar[tuple[str, ...]] = tuple(Platform)

    def __call__(self, view: AccountView) -> Iterator[Result]:
        """Judge this run's answers together with those of earlier days."""
        missing = [item for item in view.collections if _says_missing(item)]
        if not missing:
            return
        ref, kind = account_ref(view), view.account.platform.value
        seen = next((item for item in missing if item.manual), None)
        facts: dict[str, Fact] = {"source": missing[0].label, "message": missing[0].message or missing[0].status.label}
        if seen:
            yield Finding(self.id, ref, "gone", facts | {"by": seen.by or "人工核查"}, kind=kind)
        elif any(not item.status.failed for item in view.collections):
            yield Unjudged(self.id, ref, f"{missing[0].label}称账号不存在，但其他来源可以采集，需人工核查")
        elif _missing_before(view):
            yield Finding(self.id, ref, "gone", facts | {"by": None}, kind=kind, candidate=True)
        else:
            yield Unjudged(self.id, ref, f"{missing[0].label}称账号不存在，待次日复核")


def _says_missing(item: Collected) -> bool:
    return item.status is CollectionStatus.NOT_FOUND and item.source.adapter != "wechat_article"


def _moments(item: Collected) -> list[datetime]:
    """When an earlier answer was given: its run's as_of, since a night may end after midnight."""
    return [item.as_of] if item.as_of else [answer.fetched_at for answer in item.evidence]


def _missing_before(view: AccountView) -> bool:
    """Whether the latest earlier day with an answer said the same."""
    today = beijing_date(view.as_of)
    for item in view.earlier() if view.earlier else ():
        days = [beijing_date(moment) for moment in _moments(item)]
        if item.manual or item.source.adapter == "wechat_article" or not days or max(days) >= today:
            continue
        if _says_missing(item):
            return True
        if not item.status.failed:
            return False
    return False

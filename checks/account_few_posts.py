"""account.few_posts (账号月发布量不足)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.account_facts import account_ref
from checks.shared.account_months import is_whole_since, last_month, posts_of
from domain.accounts import AccountView
from domain.findings import Fact, Finding, Place, Result, Unjudged
from domain.times import beijing_date


@dataclass(frozen=True, slots=True)
class SparseAccounts:
    """Give notice of an account that published fewer than `least` items in the last whole month.

    No national rule: a city that asks for it switches it on and says how many. Enough is enough wherever it was seen; too
    few is said only where a complete list reaches back to the month's first day.
    """

    id: ClassVar[str] = "account.few_posts"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.ACCOUNT
    least: int = 1

    def __call__(self, view: AccountView) -> Iterator[Result]:
        """Count the items of the last whole month."""
        first, last = last_month(beijing_date(view.as_of))
        found = posts_of(view, first, last)
        if len(found) >= self.least:
            return
        if not is_whole_since(view, first):
            yield Unjudged(self.id, account_ref(view), f"采集结果没有完整包括 {first:%Y 年 %-m 月}，不能判断当月推文数")
            return
        facts: dict[str, Fact] = {"posts": len(found), "limit": self.least, "start": f"{first:%Y 年 %-m 月}"}
        yield Finding(self.id, account_ref(view), f"{first:%Y-%m}", facts)

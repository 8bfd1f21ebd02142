"""account.few_originals (账号月原创量不足)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.account_months import few_in_month
from domain.accounts import AccountView
from domain.findings import Place, Result


@dataclass(frozen=True, slots=True)
class BorrowingAccounts:
    """Give notice of an account with fewer than `least` items of its own (not reposted) in the last whole month.

    No national rule: a city that asks for it switches it on and says how many. Enough is enough wherever it was seen; too
    few is said only where a complete list reaches back to the month's first day.
    """

    id: ClassVar[str] = "account.few_originals"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.ACCOUNT
    least: int = 1

    def __call__(self, view: AccountView) -> Iterator[Result]:
        """Count the items of the last whole month."""
        return few_in_month(self.id, view, self.least, "原创推文", lambda post: post.kind != "repost")

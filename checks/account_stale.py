"""account.stale (账号内容不更新)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.account_facts import account_ref, freshness_facts
from domain.account_freshness import AccountState, freshness_of
from domain.accounts import AccountView
from domain.findings import Finding, Place, Result, Unjudged
from domain.times import Window


@dataclass(frozen=True, slots=True)
class StaleAccounts:
    """Flag an account proven not to have published anything within the window.

    What could not be collected, or not collected completely, is not judged; see `domain.account_freshness`.
    """

    id: ClassVar[str] = "account.stale"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.ACCOUNT
    window: Window

    def __call__(self, view: AccountView) -> Iterator[Result]:
        """Judge the account by all its sources and by the posts kept of earlier runs."""
        verdict = freshness_of(view.account, view.collections, view.posts(), view.as_of, self.window)
        if verdict.state is AccountState.UNKNOWN:
            yield Unjudged(self.id, account_ref(view), verdict.reason)
        elif verdict.state is AccountState.NOT_UPDATED:
            facts = freshness_facts(view, verdict)
            yield Finding(self.id, account_ref(view), "stale", facts, kind=view.account.platform.value)

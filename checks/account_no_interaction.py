"""account.no_interaction (账号未提供有效互动功能)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.account_facts import account_ref
from domain.accounts import AccountView
from domain.findings import Fact, Finding, Place, Result, Unjudged


@dataclass(frozen=True, slots=True)
class MuteAccounts:
    """Put up for review an account on whose posts nobody can comment; flag one where a person found no way to interact.

    A private message or a menu also is an interaction, so closed comments alone are a candidate.
    """

    id: ClassVar[str] = "account.no_interaction"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.ACCOUNT
    least: int = 5

    def __call__(self, view: AccountView) -> Iterator[Result]:
        """Judge by what a person saw, else by the comment switches of the posts."""
        ref = account_ref(view)
        seen = [item for item in view.collections if item.manual and item.facts.interaction is not None]
        if seen:
            if not seen[-1].facts.interaction:
                facts: dict[str, Fact] = {"by": seen[-1].by or "人工核查", "posts": None}
                yield Finding(self.id, ref, "interaction", facts)
            return
        switches = [
            post.comments_open for item in view.collections for post in item.posts if post.comments_open is not None
        ]
        if any(switches):
            return
        if len(switches) < self.least:
            yield Unjudged(self.id, ref, "采集结果不足以说明能否评论，互动功能需人工核查")
            return
        yield Finding(self.id, ref, "interaction", {"posts": len(switches), "by": None}, candidate=True)

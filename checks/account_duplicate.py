"""account.duplicate (同一单位在同一平台开设多个账号)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from checks.shared.account_facts import account_ref
from domain.accounts import AccountView
from domain.findings import Fact, Finding, Place, Result, Unjudged
from domain.platforms import PLATFORMS, name_of
from domain.targets import TargetState, is_valid
from domain.times import beijing_date


@dataclass(frozen=True, slots=True)
class DuplicateAccounts:
    """Put up for review an account of a unit that has an earlier one on the same platform; the first is not named."""

    id: ClassVar[str] = "account.duplicate"
    version: ClassVar[int] = 1
    place: ClassVar[Place] = Place.ACCOUNT

    def __call__(self, view: AccountView) -> Iterator[Result]:
        """Compare with the registry of the day."""
        account, day = view.account, beijing_date(view.as_of)
        if not account.unit_id or PLATFORMS[account.platform].many:
            return
        if view.registry is None:
            yield Unjudged(self.id, account_ref(view), "没有登记表，不能核对是否重复开设")
            return
        siblings = [
            other
            for other in view.registry.accounts
            if other.unit_id == account.unit_id
            and other.platform is account.platform
            and is_valid(other, day)
            and other.state is TargetState.NORMAL
        ]
        first = siblings[0] if siblings else account
        if len(siblings) > 1 and first.id != account.id and any(other.id == account.id for other in siblings):
            facts: dict[str, Fact] = {
                "platform": name_of(account.platform),
                "total": len(siblings),
                "first": first.name,
            }
            yield Finding(self.id, account_ref(view), account.platform.value, facts, candidate=True)

"""What the account checks share: how an account is named as evidence, and the facts of its freshness."""

from domain.account_freshness import AccountFreshness
from domain.accounts import AccountView
from domain.findings import Fact, Ref
from domain.platforms import name_of
from domain.times import beijing_date


def account_ref(view: AccountView) -> Ref:
    """The account as evidence, named as notices name it: 账号（平台）."""
    captures = [item.sha256 for source in view.collections for item in source.evidence if item.sha256]
    account = view.account
    label = f"{account.name}（{name_of(account.platform)}）"
    return Ref(account.url, label, captures[-1] if captures else "")


def freshness_facts(view: AccountView, verdict: AccountFreshness) -> dict[str, Fact]:
    """The numbers behind a verdict; dates are Beijing dates."""
    return {
        "platform": name_of(view.account.platform),
        "name": view.account.name,
        "limit": verdict.limit,
        "age": verdict.age,
        "newest": beijing_date(verdict.low).isoformat() if verdict.low else None,
        "source": verdict.decided_by,
        "post": (verdict.newest.url or verdict.newest.id) if verdict.newest else None,
    }

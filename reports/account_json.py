"""How an account came to its verdict, as JSON: every source with its state, which one decided, and who looked by hand."""

from datetime import datetime
from typing import Any

from domain.account_freshness import AccountState
from domain.accounts import Collected, CollectionStatus
from domain.targets import Account
from reports.model import Report


def account_document(report: Report, account: Account) -> dict[str, Any] | None:
    """The `account` of a target in `xunjian.run/1`; None when the run holds nothing of it."""
    outcome = report.accounts.get(account.id)
    if outcome is None:
        return None
    verdict = outcome.freshness
    decided = verdict.decided_by if verdict.state is not AccountState.UNKNOWN else ""
    by = report.manual.get(account.id)
    return {
        "platform": account.platform.value,
        "state": verdict.state.value,
        "reason": verdict.reason,
        "newest": _iso(verdict.low),
        "age_days": verdict.age,
        "limit_days": verdict.limit or None,
        "decided_by": decided or None,
        "manual": {"by": by} if by is not None else None,
        "sources": [_source(item, decided) for item in outcome.collections],
    }


def manual_document(report: Report) -> dict[str, Any]:
    """How many accounts of the run a person looked at, and who."""
    return {"accounts": len(report.manual), "people": list(dict.fromkeys(report.manual.values()))}


def _source(item: Collected, decided: str) -> dict[str, Any]:
    return {
        "source": item.label,
        "adapter": item.source.adapter,
        "status": item.status.value,
        "message": item.message or item.status.label,
        "decided": bool(decided) and item.label == decided,
        "manual": item.manual and item.status is not CollectionStatus.MANUAL_PENDING,
        "by": item.by or None,
        "posts": len(item.posts),
        "newest": _iso(item.coverage.newest_seen),
        "as_of": _iso(item.coverage.source_as_of),
        "reached_window_start": item.coverage.reached_window_start,
        "list_complete": item.coverage.list_complete,
        "skipped": dict(item.skipped),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
